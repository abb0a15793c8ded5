"""How a claimant weighs forums and chooses one: a nested logit (ODD 7.10; McFadden 1978), or the nearest that is good
enough (ODD 7.32; Simon 1955)."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from sim.agents.dispute import Forum, Opponent
from sim.behaviour import ChoiceModel
from tests.reference.centre import Centre
from tests.reference.dispute import PETITIONS, Dispute
from tests.reference.fixed import LOCKED_DOWN, PETITION, ROUTING_DAYS, WAIT_UNIT
from tests.reference.resident import BODY_OF_FORUM
from tests.reference.village import HOURS_TO, NEAR

if TYPE_CHECKING:
    from tests.reference.places import City

NESTS = (
    (Forum.NOTHING, Forum.BILATERAL),
    (Forum.VILLAGE, Forum.TOWNSHIP, Forum.COUNTY),
    (Forum.COURT,),
    PETITIONS,
)

MEDIATORS = (Forum.VILLAGE, Forum.TOWNSHIP, Forum.COUNTY)
"""Mediators of the village and of centres, for whom counties have more or less of a taste."""


def choose(utilities: dict[Forum, float], scale: float, u: float) -> Forum:
    """The forum chosen by a nested logit, by inversion of ``u``; ``utilities``: of the forums that are open."""
    weights: dict[Forum, float] = {}
    for nest in NESTS:
        inside = {forum: math.exp(utilities[forum] / scale) for forum in nest if forum in utilities}
        if total := sum(inside.values()):
            of_nest = math.exp(scale * math.log(total))
            weights |= {forum: weight * (of_nest / total) for forum, weight in inside.items()}
    target, reached = u * sum(weights.values()), 0.0
    for forum, weight in weights.items():
        reached += weight
        if target < reached:
            return forum
    return forum


def satisfice(dispute: Dispute, utilities: dict[Forum, float]) -> Forum:
    """The first forum beyond all where the matter has failed that is worth more than its claimant aspires to."""
    failures = dispute.failures - Counter({Forum.NOTHING: dispute.failures[Forum.NOTHING]})  # less what police settled
    failed = dispute.model.behaviour.satisficing.aspiration_failed * failures.total()
    good_enough = (forum for forum, worth in utilities.items() if worth > dispute.claimant.aspiration + failed)
    return next((forum for forum in good_enough if forum > max(failures, default=Forum.NOTHING)), Forum.NOTHING)


def utilities(dispute: Dispute) -> dict[Forum, float]:
    """Utility of every forum that is open, against doing nothing."""
    weighed = {Forum.NOTHING: 0.0}
    failures_below = 0
    for forum in list(Forum)[Forum.BILATERAL :]:
        if is_open(dispute, forum):
            weighed[forum] = utility(dispute, forum, failures_below)
        failures_below += dispute.failures[forum]
    return weighed


def is_open(dispute: Dispute, forum: Forum) -> bool:
    """Whether the claimant can take the matter there."""
    if forum == Forum.COURT:
        return bool(dispute.nature["court_takes"])
    if forum in PETITIONS:
        return not dispute.is_terminated and office_above_township(dispute.city, forum) > 0
    return True


def office_above_township(city: City, forum: Forum) -> int:
    """Levels of a petition office above the township, in the chain of acceptance; 0 where there is no such office."""
    level = PETITIONS.index(forum)
    return city.petition_levels.index(level) + 1 if level in city.petition_levels else 0


def utility(dispute: Dispute, forum: Forum, failures_below: int) -> float:
    """The equation of ODD 7.10, term by term."""
    behaviour, regime, claimant, village = (
        dispute.model.behaviour,
        dispute.city.regime,
        dispute.claimant,
        dispute.village,
    )
    reputation = (village if forum in NEAR else dispute.county.government).reputation[forum]
    v = constant(dispute, forum) + dispute.assertiveness
    v += behaviour.weight_success * dispute.stake * reputation * acceptance(dispute, forum)
    if forum in BODY_OF_FORUM:
        v += behaviour.weight_trust * (claimant.trust(BODY_OF_FORUM[forum]) - 0.5)
    is_online = forum in PETITIONS and dispute.online < regime.online_channel
    in_person = behaviour.visit_share if is_online else 1.0
    if forum in HOURS_TO:
        way = math.log1p(village.hours[HOURS_TO[forum]])
        if forum in PETITIONS:
            way /= open_matters(dispute) ** behaviour.causes.group_pooling
        v -= behaviour.weight_travel * in_person * way
        v -= LOCKED_DOWN * regime.lockdown * in_person
    if forum in MEDIATORS:
        v += dispute.county.profile.mediation
    if forum in (Forum.TOWNSHIP, Forum.COUNTY):
        centre = (dispute.township if forum == Forum.TOWNSHIP else dispute.county).centre
        v += behaviour.centres.centre_appeal * (centre.is_working and centre.is_known_to(dispute))
    if forum != Forum.BILATERAL:
        v -= behaviour.weight_wait * math.log(1 + wait(dispute, forum) / WAIT_UNIT)
        v -= behaviour.weight_doors * (doors(dispute, forum) - 1)
    if forum in (Forum.VILLAGE, Forum.TOWNSHIP) and claimant.circumstances.is_migrant:
        v -= behaviour.migrant_barrier
    if forum == Forum.COURT:
        v += behaviour.weight_law * legal_awareness(dispute)
        v -= behaviour.weight_fee * (1 + behaviour.income_fee * (1 - claimant.circumstances.income))
    if forum in PETITIONS:
        v += behaviour.causes.group_courage * math.log(open_matters(dispute))
        v += dispute.model.almanac.petition_appeal
    if behaviour.choice_model is ChoiceModel.random_utility:
        v += behaviour.weight_failed * math.log(1 + failures_below)
        v -= behaviour.weight_again * dispute.failures[forum]
    if forum in PETITIONS[1:]:
        v += behaviour.concessions.weight_lesson * village.lesson
    v -= behaviour.weight_fatigue * dispute.attempts * (1 - village.lesson)
    return v - regime.discouragement[forum]


def open_matters(dispute: Dispute) -> int:
    """Of the claimant's cause, as last night stood."""
    return dispute.cause.open if dispute.cause else 1


def constant(dispute: Dispute, forum: Forum) -> float:
    """The forum's own appeal, which for petitions depends on whom the grievance is against."""
    behaviour = dispute.model.behaviour
    if forum not in PETITIONS:
        return getattr(behaviour, f"constant_{forum.name.lower()}")
    return (
        behaviour.constant_petition
        + {Opponent.PEER: 0.0, Opponent.ORGANISATION: behaviour.petition_against_organisation}.get(
            dispute.opponent, behaviour.petition_against_agency
        )
        + (behaviour.constant_nation if forum == Forum.PETITION_NATION else 0.0)
    )


def acceptance(dispute: Dispute, forum: Forum) -> float:
    """Chance that a petition is accepted under the rule that the claimant knows."""
    if forum not in PETITIONS:
        return 1.0
    regime, level = dispute.city.regime, PETITIONS.index(forum)
    is_eligible = dispute.is_eligible(office_above_township(dispute.city, forum))
    if dispute.model.today - regime.rule_changed_on < dispute.claimant.traits.slowness:
        return 1.0 if is_eligible else regime.acceptance_known[level]
    return regime.open_door[level] * (1.0 if is_eligible else regime.acceptance_ineligible[level])


def wait(dispute: Dispute, forum: Forum) -> float:
    """Published days until somebody takes the matter in hand."""
    county = dispute.county
    if forum == Forum.VILLAGE:
        return dispute.village.pool.wait
    if forum == Forum.TOWNSHIP and dispute.township.centre.is_built:
        return dispute.township.centre.waited_for.wait
    if forum == Forum.TOWNSHIP:
        return county.centre.waited_for.wait + dispute.model.behaviour.hand_up_delay
    if forum == Forum.COUNTY:
        return county.centre.waited_for.wait
    if forum == Forum.COURT:
        return county.court.wait
    return 2 * ROUTING_DAYS + county.centre.pools[PETITION].wait


def doors(dispute: Dispute, forum: Forum) -> float:
    """Doors a matter passes."""
    if forum == Forum.VILLAGE:
        return 1
    if forum in (Forum.TOWNSHIP, Forum.COUNTY):
        centre: Centre = (dispute.township if forum == Forum.TOWNSHIP else dispute.county).centre
        is_one = centre.is_working and centre.place.regime.is_unified and centre.is_known_to(dispute)
        return 1 if is_one else dispute.model.behaviour.doors_windows
    return 2


def legal_awareness(dispute: Dispute) -> float:
    """The claimant's, and what a judge's contact point adds."""
    awareness = dispute.claimant.traits.legal_awareness
    if "judge_contact_points" in dispute.township.centre.posts:
        awareness = min(1.0, awareness + dispute.model.behaviour.contact_awareness)
    return awareness
