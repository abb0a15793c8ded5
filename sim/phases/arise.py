"""Phase 1: new disputes arise, as a thinned compound Poisson stream of every village.

A candidate is a cause. It takes as many ordinals of its village as it has claimants, whether or not it becomes real.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agenda import NOWHERE
from sim.agents.dispute import FORUM_COUNT, NEVER, Opponent, key_of, severity_of
from sim.agents.dispute_kind import NO_DEPARTMENT
from sim.agents.resident import circumstances_from, traits_from
from sim.agents.village import FIRST_CONTACT, MORAL_BANK, PRAISE_MEETINGS, Village
from sim.causes import ALONE, claimants, join_cause, new_cause
from sim.chance import Purpose, exponentials, four, pairs_of_normals, quads, uniforms
from sim.compilation import compiled, compiled_apart, origin
from sim.county_profile import ADMINISTRATION, kind_of
from sim.ledger import DISPUTE_KINDS, event
from sim.memory import prefetch
from sim.phases.cohorts import FROM_GRIEVANCE, GIVEN_UP_END, NOT_YET, book_time
from sim.phases.notice_clock import grid_of, set_clocks
from sim.phases.refused import describe_refused, grievances_of_hall
from sim.records import Row
from sim.world import BATCH, BATCH_KEYS, GroupFigure, World, count_in_groups, free_row, new_row

CAUSES, MEMBERS = event("causes"), event("cause_members")
RAISED, VIOLENT, PROTECTED = event("raised"), event("violent"), event("protected")
BY_SERVICE = event("raised_by_service")
BY_NORMS, BY_CONTACT, BY_ALERT = (event(f"prevented_by_{name}") for name in ("norms", "contact", "alert"))
HIDDEN, HIDDEN_VIOLENCE, LUMPED, FADED = (
    event("hidden_by_norms"),
    event("violence_hidden"),
    event("lumped"),
    event("faded"),
)
NEIGHBOUR, FAMILY, HOUSING = (DISPUTE_KINDS.index(name) for name in ("neighbour", "family", "housing"))
DAYS_A_YEAR = 365.0

_advance = Village.advance


@compiled
def highest_rate(behaviour: Row) -> float:
    """Highest possible causes per resident and day where counties are alike and nobody shares one: a property of
    behaviour, never of policy."""
    return behaviour.grievances * behaviour.rate_headroom / 1000.0 / DAYS_A_YEAR


@compiled
def opponent_of(kind: Row, behaviour: Row, u: float, v: float) -> int:
    """Whom a grievance of a kind is against."""
    if u < kind.organisation:
        return Opponent.ORGANISATION
    if u < kind.organisation + kind.agency:
        return Opponent.COUNTY_GOVERNMENT if v < behaviour.agency_at_government else Opponent.COUNTY_AGENCY
    return Opponent.PEER


PREVENTED, UNSPOKEN, SPOKEN = range(3)
"""Whether a grievance does not arise, stays unsaid, or surfaces."""

GAP, OCCURS, NATURE, SEVERITY, NOTICE, CIRCUMSTANCES, TRAITS_1, TRAITS_2, SEVERAL = 0, 1, 5, 9, 13, 14, 18, 22, 26
"""Rows of ``World.draws``: gaps and notices take one number each, everything else four."""

CANDIDATES, ARISEN, CLAIMANTS, ONCE = range(BATCH_KEYS)
"""Rows of ``World.batch_keys``: whose keys they are; the ordinals of what is drawn once, which are zero."""


@compiled
def arise(world: World, today: int, month: int) -> None:
    """Every village's candidates of today become disputes with probability rate now / highest rate.

    Villages are taken in batches, so that what is drawn for one purpose is drawn side by side. Requests that halls
    refused for good raise further ones.
    """
    v, waiting = world.first_village, 0
    while v < world.last_village or waiting > 0:
        while v < world.last_village and waiting < BATCH:
            if world.villages[v].next_candidate < today + 1:
                world.candidates[waiting].village = v
                waiting += 1
            v += 1
        waiting = take_candidates(world, waiting, today, month)
    for county in range(world.first_county, world.last_county):
        complain(origin(world), county, today, month)


@compiled
def take_candidates(world: World, number: int, today: int, month: int) -> int:
    """Takes one candidate of each village of a batch; those with another one today stay in it: their number."""
    seed, draws, keys, behaviour = world.seed, world.draws, world.batch_keys, world.behaviour[0]
    for n in range(number):
        village = world.villages[world.candidates[n].village]
        keys[CANDIDATES, n] = key_of(village.code, village.candidates)
        keys[ONCE, n] = 0
    uniforms(draws, GAP, seed, Purpose.GAP, keys, CANDIDATES, ONCE, number)
    exponentials(draws, GAP, number)
    quads(draws, OCCURS, seed, Purpose.ARISE, 0, keys, CANDIDATES, number)
    if behaviour.groups > 0.0:
        quads(draws, SEVERAL, seed, Purpose.CAUSE, 0, keys, CANDIDATES, number)
    rate = highest_rate(behaviour)
    arisen = again = 0
    for n in range(number):
        v = world.candidates[n].village
        village = world.villages[v]
        members = members_of(world, n, village, behaviour)
        if occurs(world, n, v, month, members, world.arisen[arisen]):
            claimant = int(draws[OCCURS + 2, n] * village.population)
            worker = grid_of(village, claimant)
            prefetch(world.residents, village.first_resident + claimant, 0, 1)
            prefetch(world.grid_workers, worker, 0, 1)
            world.arisen[arisen].claimant = claimant
            world.arisen[arisen].worker = worker
            keys[ARISEN, arisen] = keys[CANDIDATES, n]
            keys[CLAIMANTS, arisen] = key_of(village.code, claimant)
            arisen += 1
        _advance(village, draws[GAP, n], rate * world.profiles[village.county].rate[village.urban], members)
        if village.next_candidate < today + 1:
            world.candidates[again].village = v
            again += 1
    draw_natures(world, arisen)
    shared = 0
    for n in range(arisen):
        raise_dispute(world, n, today, month, behaviour)
        if world.arisen[n].members > 1:
            world.shared[shared] = world.arisen[n]
            shared += 1
    for n in range(shared):
        raise_members(origin(world), world.shared[n], today, month, behaviour)
    return again


@compiled_apart
def complain(world: World, county: int, today: int, month: int) -> None:
    """Requests that a county's hall refused for good today become grievances against its agencies."""
    behaviour, keys = world.behaviour[0], world.batch_keys
    number, first = grievances_of_hall(world, county, today), 0
    while first < number:
        arisen = 0
        for nth in range(first, min(number, first + BATCH)):
            grievance = world.arisen[arisen]
            u = describe_refused(world, county, today, nth, grievance)
            village = world.villages[grievance.village]
            tally = world.counts[county, month, ADMINISTRATION]
            grievance.surfacing = surfaces(village, ADMINISTRATION, u, 1.0, 1, tally, behaviour)
            if grievance.surfacing != PREVENTED:
                keys[ARISEN, arisen] = key_of(village.code, grievance.ordinal)
                keys[CLAIMANTS, arisen] = key_of(village.code, grievance.claimant)
                keys[ONCE, arisen] = 0
                arisen += 1
        draw_natures(world, arisen)
        for n in range(arisen):
            raise_dispute(world, n, today, month, behaviour)
        first += BATCH


@compiled
def draw_natures(world: World, number: int) -> None:
    """Draws what grievances and their claimants, whose keys stand in the batch, are like."""
    seed, draws, keys = world.seed, world.draws, world.batch_keys
    quads(draws, NATURE, seed, Purpose.NATURE, 0, keys, ARISEN, number)
    quads(draws, SEVERITY, seed, Purpose.SEVERITY, 0, keys, ARISEN, number)
    uniforms(draws, NOTICE, seed, Purpose.NOTICE, keys, ARISEN, ONCE, number)
    exponentials(draws, NOTICE, number)
    quads(draws, CIRCUMSTANCES, seed, Purpose.CIRCUMSTANCES, 0, keys, CLAIMANTS, number)
    quads(draws, TRAITS_1, seed, Purpose.TRAITS, 0, keys, CLAIMANTS, number)
    quads(draws, TRAITS_2, seed, Purpose.TRAITS, 1, keys, CLAIMANTS, number)
    pairs_of_normals(draws, TRAITS_1, number)
    exponentials(draws, TRAITS_2 + 1, number)


@compiled
def members_of(world: World, n: int, village: Row, behaviour: Row) -> int:
    """Claimants of candidate ``n`` of the batch: a function of its key, whatever becomes of it."""
    if behaviour.groups <= 0.0:
        return 1
    kind = kind_of(world.profiles[village.county], village.urban, world.draws[OCCURS + 1, n])
    several, number, _, _ = four(world.draws, SEVERAL, n)
    return claimants(several, number, behaviour.groups * world.kinds[kind].shared, behaviour.group_size)


@compiled_apart
def raise_members(world: World, first: Row, today: int, month: int, behaviour: Row) -> None:
    """The further members of a cause, of which ``first`` has arisen.

    They are residents by their own keys, of the cause's kind, with its opponent and department, and with probability
    ``group_likeness`` as severe as the first; all else is their own.
    """
    seed, draws, keys = world.seed, world.draws, world.batch_keys
    village = world.villages[first.village]
    key = key_of(village.code, first.ordinal)
    _, concerns, _, agency = chance.quad(seed, Purpose.NATURE, key, 0)
    a, b, c, e = chance.quad(seed, Purpose.SEVERITY, key, 0)
    raised = 1
    while raised < first.members:
        number = min(BATCH, first.members - raised)
        for n in range(number):
            keys[ARISEN, n] = key + raised + n
            keys[ONCE, n] = 0
        quads(draws, OCCURS, seed, Purpose.ARISE, 0, keys, ARISEN, number)
        for n in range(number):
            grievance = world.arisen[n]
            grievance.village = first.village
            grievance.ordinal = first.ordinal + raised + n
            grievance.claimant = int(draws[OCCURS + 2, n] * village.population)
            grievance.worker = grid_of(village, grievance.claimant)
            grievance.kind = first.kind
            grievance.is_refused = 0
            grievance.surfacing = first.surfacing
            grievance.against = first.against
            grievance.cause = first.cause
            keys[CLAIMANTS, n] = key_of(village.code, grievance.claimant)
        draw_natures(world, number)
        for n in range(number):
            draws[NATURE + 1, n] = concerns
            draws[NATURE + 3, n] = agency
            if draws[OCCURS, n] < behaviour.group_likeness:
                draws[SEVERITY, n], draws[SEVERITY + 1, n] = a, b
                draws[SEVERITY + 2, n], draws[SEVERITY + 3, n] = c, e
            raise_dispute(world, n, today, month, behaviour)
        raised += number


@compiled
def occurs(world: World, n: int, v: int, month: int, members: int, grievance: Row) -> bool:
    """Whether candidate ``n`` of the batch, of village ``v`` and with so many members, arises; if so, notes what it
    is."""
    behaviour = world.behaviour[0]
    village = world.villages[v]
    real, which, _, against = four(world.draws, OCCURS, n)
    profile = world.profiles[village.county]
    of_month = world.months[month]
    if real >= world.regime[0].arise_share * of_month.most:
        return False
    kind = kind_of(profile, village.urban, which)
    usual = world.regime[0].arise_share * of_month.grievances[kind]
    if real >= usual:
        return False
    if kind == ADMINISTRATION:
        usual *= profile.unserved
        if real >= usual:
            return False
    tally = world.counts[village.county, month, kind]
    surfacing = surfaces(village, kind, real, usual, members, tally, behaviour)
    grievance.village = v
    grievance.ordinal = village.candidates
    grievance.kind = kind
    grievance.is_refused = 0
    grievance.surfacing = surfacing
    grievance.against = against
    grievance.members = members
    if surfacing == PREVENTED:
        return False
    grievance.cause = ALONE
    if members > 1:
        grievance.cause = new_cause(world, v, village.candidates, kind)
        tally[CAUSES] += 1
        tally[MEMBERS] += members
    return True


@compiled
def surfaces(village: Row, kind: int, real: float, usual: float, members: int, tally: NDArray, behaviour: Row) -> int:
    """Whether a candidate that would usually be real arises and surfaces, given what the village does.

    Every cause thins the stream: it removes the candidates whose ``real`` lies highest and leaves the others as they
    are. A moral bank keeps part of neighbour and family grievances from arising and another part from being said;
    praise meetings only keep family grievances from being said.
    """
    level = usual
    if village.is_alert != 0:
        level *= 1.0 - behaviour.alert_prevention
        if real >= level:
            tally[BY_ALERT] += members
            return PREVENTED
    if kind == HOUSING and village.has[FIRST_CONTACT] != 0:
        level *= 1.0 - behaviour.first_contact_prevention
        if real >= level:
            tally[BY_CONTACT] += members
            return PREVENTED
    if kind in (NEIGHBOUR, FAMILY) and village.has[MORAL_BANK] != 0:
        if real >= level * (1.0 - behaviour.norm_effect * (1.0 - behaviour.norm_hidden)):
            tally[BY_NORMS] += members
            return PREVENTED
        level *= 1.0 - behaviour.norm_effect
        if real >= level:
            return UNSPOKEN
    if kind == FAMILY and village.has[PRAISE_MEETINGS] != 0 and real >= level * (1.0 - behaviour.norm_effect):
        return UNSPOKEN
    return SPOKEN


@compiled
def fades_on(today: int, exponential: float, behaviour: Row) -> int:
    """Day on which an unresolved grievance has faded, after a unit exponential."""
    return today + int(exponential * behaviour.grievance_half_life / np.log(2.0))


@compiled
def raise_dispute(world: World, n: int, today: int, month: int, behaviour: Row) -> None:
    """Grievance ``n`` of those that arise in the batch: a dispute, unless it is left at once or goes to protection."""
    grievance = world.arisen[n]
    k = np.int64(grievance.kind)
    kind = world.kinds[k]
    village = world.villages[grievance.village]
    tally = world.counts[village.county, month, k]
    complexity, concerns, violence, agency = four(world.draws, NATURE, n)
    a, b, c, e = four(world.draws, SEVERITY, n)
    tally[RAISED] += 1
    d = new_row(world)
    dispute = world.disputes[d]
    dispute.cause = ALONE
    dispute.claimant = grievance.claimant
    if grievance.is_refused != 0:
        tally[BY_SERVICE] += 1
        dispute.opponent = Opponent.COUNTY_AGENCY
    else:
        dispute.opponent = opponent_of(kind, behaviour, grievance.against, agency)
    profile = world.profiles[village.county]
    circumstances = circumstances_from(four(world.draws, CIRCUMSTANCES, n), behaviour, profile)
    dispute.assertiveness, dispute.is_migrant, dispute.income, dispute.online = circumstances
    count_in_groups(world, dispute, village, month, GroupFigure.RAISED, 1)
    is_violent = violence < kind.violent
    if is_violent:
        tally[VIOLENT] += 1
    if grievance.surfacing == UNSPOKEN:  # left at once, and so is the violence in it
        tally[HIDDEN] += 1
        tally[LUMPED] += 1
        book_time(world, village.county, FROM_GRIEVANCE, today, today, GIVEN_UP_END)
        if is_violent:
            tally[HIDDEN_VIOLENCE] += 1
        count_in_groups(world, dispute, village, month, GroupFigure.UNRESOLVED, 1)
        u = chance.uniform(world.seed, Purpose.FADE, world.batch_keys[ARISEN, n], 0)
        faded = fades_on(today, chance.exponential(u), behaviour)
        if faded < len(world.month_of_day):
            world.counts[village.county, world.month_of_day[faded], k, FADED] += 1
        drop_row(world, d)
        return
    if is_violent:  # to protection, never to mediation
        tally[PROTECTED] += 1
        drop_row(world, d)
        return
    if grievance.cause >= 0:
        join_cause(world, d, grievance.cause, today)
    dispute.village = grievance.village
    dispute.ordinal = grievance.ordinal
    dispute.key = world.batch_keys[ARISEN, n]
    begin_record(dispute, today)
    dispute.severity = severity_of(kind.severity_rank, a, b, c, e)
    dispute.complexity = 0.5 + complexity
    dispute.kind = k
    dispute.department = kind.department if concerns < kind.concerns else NO_DEPARTMENT
    traits = traits_from(four(world.draws, TRAITS_1, n), four(world.draws, TRAITS_2, n), behaviour, profile)
    set_clocks(world, d, grievance.worker, traits, world.draws[NOTICE, n], today, behaviour)


@compiled
def begin_record(dispute: Row, today: int) -> None:
    """A dispute of which nothing has been tried yet."""
    dispute.opened = today
    dispute.felt_on = today
    dispute.deadline = NEVER
    dispute.repeat_on = NEVER
    dispute.bucket = NOWHERE
    dispute.pool = -1
    dispute.next_in_queue = -1
    dispute.before_in_queue = -1
    dispute.queued_on = today
    dispute.mediator = -1
    dispute.accepted_on = -1
    dispute.grievance = 0.0
    dispute.until_offence = 0.0
    dispute.offences = 0
    dispute.match = 0.0
    dispute.entries = 0
    dispute.forum = 0
    dispute.channel = 0
    dispute.attempts = 0
    for forum in range(FORUM_COUNT):
        dispute.failures[forum] = 0
    dispute.closed_level = 0
    dispute.reviews = 0
    dispute.presentations = 0
    dispute.doors = 0
    dispute.answer = 0
    dispute.call = 0
    dispute.registered_twice = 0
    dispute.is_linked = 0
    dispute.is_review = 0
    dispute.is_withdrawn = 0
    dispute.is_confirmed = 0
    dispute.origin = 0
    dispute.others_missing = 0
    dispute.rushed = 0.0
    dispute.reached_on = NOT_YET
    dispute.is_timed = 0


@compiled
def drop_row(world: World, d: int) -> None:
    """Gives back the row of a grievance that never becomes a case."""
    world.disputes[d].bucket = NOWHERE
    free_row(world, d)
