"""Phase 1: new disputes arise, as a thinned compound Poisson stream of every village (ODD 7.7)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim import chance
from sim.agents.dispute import Opponent, Stage
from sim.agents.dispute_kind import KINDS
from sim.chance import Purpose
from sim.ledger import DISPUTE_KINDS
from tests.reference.cause import Cause, shared
from tests.reference.dispute import Dispute
from tests.reference.numbers import single

if TYPE_CHECKING:
    from tests.reference.village import Village

PREVENTED, HIDDEN, SAID = "prevented", "hidden", "said"

FIRST_OF_REFUSED = 2**21
"""Half of a village's ordinals is for candidates, half for grievances of refused requests."""

REFUSED_A_DAY = 2**8
"""Ordinals of a county and day; the first is that of the number."""


def arise(model) -> None:
    """Today's candidates of every village."""
    for village in model.villages:
        while village.next_candidate < model.today + 1:
            claimants = claimants_of_candidate(model, village)
            judge_candidate(model, village, claimants)
            village.await_next_candidate(claimants)
    for county in model.counties:
        complain(model, county)


def complain(model, county) -> None:
    """Requests that the county's hall refused today raise grievances against its agencies."""
    mean = model.behaviour.services.service_grievance * county.hall.refused
    first = FIRST_OF_REFUSED + model.today * REFUSED_A_DAY % FIRST_OF_REFUSED
    if mean <= 0:
        return
    u, v, _, _ = model.luck.four(Purpose.REFUSED, county.code, first)
    kind = DISPUTE_KINDS.index("administration")
    for ordinal in range(first + 1, first + 1 + min(REFUSED_A_DAY - 1, chance.poisson_of_any_mean(mean, u, v))):
        real, who, _, _ = model.luck.four(Purpose.REFUSED, county.code, ordinal)
        number = int(who * county.population)
        for village in (village for township in county.townships for village in township.villages):
            if number < village.population:
                break
            number -= village.population
        fate = surfaces(model, village, kind, real, 1.0, 1)
        if fate != PREVENTED:
            dispute = Dispute(model, village, ordinal, village.residents[number], kind)
            complexity, concerns, _, _ = model.luck.four(Purpose.NATURE, dispute.key, 0)
            dispute.opponent = Opponent.COUNTY_AGENCY
            if concerns < dispute.nature["concerns"]:
                dispute.department = int(dispute.nature["department"])
            dispute.severity = single(severity(model, dispute.key, DISPUTE_KINDS[kind]))
            dispute.complexity = single(0.5 + complexity)
            dispute.tally("raised_by_service")
            arises(dispute, fate)


def claimants_of_candidate(model, village: Village) -> int:
    """One, or with the probability of its kind several: two, and as many more as a geometric draw says."""
    causes, key = model.behaviour.causes, village.key_of(village.candidates)
    if causes.groups == 0:
        return 1
    kind = kind_of(village, model.luck.four(Purpose.ARISE, key, 0)[1])
    several, number, _, _ = model.luck.four(Purpose.CAUSE, key, 0)
    if several >= shared(model.behaviour, DISPUTE_KINDS[kind]):
        return 1
    goes_on = (causes.group_size - 2) / (causes.group_size - 1)
    return 2 + math.floor(math.log(1 - number) / math.log(goes_on))


def judge_candidate(model, village: Village, claimants: int) -> None:
    """A candidate is real with probability rate now over highest rate; the village may keep it from surfacing."""
    county = village.township.county
    key = village.key_of(village.candidates)
    u, which, _, _ = model.luck.four(Purpose.ARISE, key, 0)
    kind = kind_of(village, which)
    usual = county.city.regime.arise_share * model.almanac.grievances(kind)
    if DISPUTE_KINDS[kind] == "administration":
        usual *= county.profile.unserved
    if u >= usual:
        return
    fate = surfaces(model, village, kind, u, usual, claimants)
    if fate == PREVENTED:
        return
    cause = Cause(village, village.candidates, kind) if claimants > 1 else None
    if cause:
        model.causes.append(cause)
        model.ledger.count(county.row, model.month, kind, "causes")
        model.ledger.count(county.row, model.month, kind, "cause_members", claimants)
    for number in range(claimants):
        arises(describe(model, village, kind, number, cause), fate)


def arises(dispute: Dispute, fate: str) -> None:
    """A grievance that the village did not prevent: said, left unsaid, or violent."""
    dispute.tally("raised")
    dispute.tally_group("raised")
    is_violent = violence(dispute) < dispute.nature["violent"]
    if is_violent:
        dispute.tally("violent")
    if fate == HIDDEN:
        hide(dispute, is_violent)
    elif is_violent:
        dispute.tally("protected")
        dispute.end()
    else:
        await_notice(dispute)


def kind_of(village: Village, u: float) -> int:
    """The kind whose part of the unit interval holds ``u``."""
    cumulated = village.township.county.profile.kinds[village.is_urban]
    return next(kind for kind, reached in enumerate(cumulated) if u < reached)


def surfaces(model, village: Village, kind: int, u: float, usual: float, claimants: int) -> str:
    """What the village does with a candidate that would usually be real; what stays is what lies lowest."""
    behaviour, name, level = model.behaviour, DISPUTE_KINDS[kind], usual

    def prevented_by(cause: str) -> str:
        model.ledger.count(village.township.county.row, model.month, kind, f"prevented_by_{cause}", claimants)
        return PREVENTED

    if village.is_alert:
        level *= 1 - behaviour.alert_prevention
        if u >= level:
            return prevented_by("alert")
    if village.has["first_contact"] and name == "housing":
        level *= 1 - behaviour.first_contact_prevention
        if u >= level:
            return prevented_by("contact")
    if village.has["moral_bank"] and name in ("neighbour", "family"):
        if u >= level * (1 - behaviour.norm_effect * (1 - behaviour.norm_hidden)):
            return prevented_by("norms")
        level *= 1 - behaviour.norm_effect
        if u >= level:
            return HIDDEN
    if village.has["praise_meetings"] and name == "family" and u >= level * (1 - behaviour.norm_effect):
        return HIDDEN
    return SAID


def describe(model, village: Village, kind: int, number: int, cause: Cause | None) -> Dispute:
    """Claimant, opponent and nature of the grievance of a candidate's claimant of that number, 0 for the first."""
    behaviour, nature = model.behaviour, KINDS[kind]
    key, first = village.key_of(village.candidates + number), village.key_of(village.candidates)
    like, _, who, _ = model.luck.four(Purpose.ARISE, key, 0)
    *_, against = model.luck.four(Purpose.ARISE, first, 0)
    _, concerns, _, agency = model.luck.four(Purpose.NATURE, first, 0)
    complexity, _, _, _ = model.luck.four(Purpose.NATURE, key, 0)
    claimant = village.residents[int(who * village.population)]
    dispute = Dispute(model, village, village.candidates + number, claimant, kind)
    dispute.cause = cause
    if against < nature["organisation"]:
        dispute.opponent = Opponent.ORGANISATION
    elif against < nature["organisation"] + nature["agency"]:
        is_government = agency < behaviour.agency_at_government
        dispute.opponent = Opponent.COUNTY_GOVERNMENT if is_government else Opponent.COUNTY_AGENCY
    if concerns < nature["concerns"]:
        dispute.department = int(nature["department"])
    is_alike = like < behaviour.causes.group_likeness
    dispute.severity = single(severity(model, first if is_alike else key, DISPUTE_KINDS[kind]))
    dispute.complexity = single(0.5 + complexity)
    return dispute


def severity(model, key: int, kind: str) -> float:
    """The a-th of four uniform numbers in order, Beta(a, 5 − a), or as far between two as their means need."""
    draws = sorted(model.luck.four(Purpose.SEVERITY, key, 0))
    rank = 5 * getattr(model.behaviour.kinds, f"severity_{kind}")
    below = min(math.floor(rank), 3)
    way = rank - below
    return (1 - way) * draws[below - 1] + way * draws[below]


def violence(dispute: Dispute) -> float:
    """The draw for violence, the third of the nature's."""
    return dispute.model.luck.four(Purpose.NATURE, dispute.key, 0)[2]


def hide(dispute: Dispute, is_violent: bool) -> None:
    """Norms keep a grievance from being said: it is left at once and fades some day."""
    model = dispute.model
    dispute.tally("hidden_by_norms")
    dispute.tally("lumped")
    if is_violent:
        dispute.tally("violence_hidden")
    dispute.tally_group("unresolved")
    dispute.stop_clocks("given_up")
    fades(dispute, fading_day(model, model.luck.one(Purpose.FADE, dispute.key, 0)))


def fading_day(model, u: float) -> int:
    """Day on which a grievance left today has faded."""
    return model.today + int(chance.exponential(u) * model.behaviour.grievance_half_life / math.log(2))


def fades(dispute: Dispute, day: int) -> None:
    """The dispute is over for the model; its fading is booked in its own month."""
    if day < dispute.model.days:
        dispute.model.ledger.count(dispute.county.row, dispute.model.month_of(day), dispute.kind, "faded")
    dispute.end()


def await_notice(dispute: Dispute) -> None:
    """Latent until its claimant acts or the visiting clock has run off what is drawn now."""
    model, behaviour, village = dispute.model, dispute.model.behaviour, dispute.village
    dispute.claim_on = model.today + dispute.claimant.patience(dispute.severity)
    dispute.enter(Stage.LATENT, dispute.claim_on)
    disclosure = behaviour.disclosure * dispute.claimant.trust("local")
    if village.has["first_contact"]:
        disclosure *= 1 + behaviour.first_contact_notice
    left = chance.exponential(model.luck.one(Purpose.NOTICE, dispute.key, 0))
    worker = village.grid_worker_of(dispute.claimant)
    dispute.noticed_at = single(worker.hazard() + left / disclosure) if disclosure > 0 else math.inf
