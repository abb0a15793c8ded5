"""What a claimant weighs before choosing a forum (part of phase 3): ODD, submodel Claim."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.centre import WAIT_UNIT, pool_of_centre, pool_of_village
from sim.agents.court import Court
from sim.agents.dispute import FORUM_COUNT, Dispute, Forum, Opponent, key_of
from sim.agents.dispute_kind import MediationKind
from sim.agents.petition_office import ROUTING_DAYS, has_office
from sim.agents.resident import (
    COURT,
    HIGHER,
    HUNDREDTH,
    INCOME_MIDDLE,
    LEGAL,
    LOCAL,
    MIDDLE,
    NOT_OPEN,
    SLOW,
    TRUST,
    TRUST_OF_FORUM,
    constant_of,
    hears_of,
    within,
)
from sim.causes import open_last_night
from sim.compilation import compiled
from sim.ledger import TRUST_LEVELS
from sim.phases.petition import known_acceptance
from sim.records import Row
from sim.world import World, county_regime

LOCKED_DOWN = 4.0
"""What a full lockdown puts in the way of going anywhere beyond the village (utility, assumed)."""

OPPONENTS, LEVELS = len(Opponent), len(TRUST_LEVELS)

_stake = Dispute.stake
_is_eligible = Dispute.is_eligible
_is_terminated = Dispute.is_terminated
_court_wait = Court.wait


@compiled
def waited_for(world: World, centre: int) -> int:
    """The pool whose published wait people expect at a centre: the people's mediators, or who is there instead."""
    pool = pool_of_centre(centre, MediationKind.PEOPLE)
    if world.pools[pool].mediators == 0:
        pool = pool_of_centre(centre, MediationKind.ADMINISTRATIVE)
    return pool


@compiled
def appeal_today(world: World, county: int, month: int, behaviour: Row) -> None:
    """Fills ``World.appeal`` of a county: what speaks for each forum, whoever the claimant is.

    Its constant, less discouragement, the county's taste for mediation, what the month does for petitions, and at
    county and above less what waits and doors cost. That changes overnight and not with a claim. Two doors are passed
    on the way to a court or a petition's handlers.
    """
    centre = world.townships + county
    regime = county_regime(world, county)
    at_county = world.pools[waited_for(world, centre)]
    handlers = world.pools[pool_of_centre(centre, MediationKind.PETITION)]
    county_cost = behaviour.weight_wait * at_county.log_wait
    if not (regime.intake > 0.5 and world.centres[centre].is_working != 0):
        county_cost += behaviour.weight_doors * (behaviour.doors_windows - 1.0)
    court_wait = np.log(1.0 + _court_wait(world.courts[county]) / WAIT_UNIT)
    petition_wait = np.log(1.0 + (2.0 * ROUTING_DAYS + handlers.wait) / WAIT_UNIT)
    for opponent in range(OPPONENTS):
        appeal = world.appeal[county, opponent]
        for forum in range(FORUM_COUNT):
            appeal[forum] = constant_of(forum, opponent, behaviour) - regime.discouragement[forum]
        for forum in (Forum.VILLAGE, Forum.TOWNSHIP, Forum.COUNTY):
            appeal[forum] += world.profiles[county].mediation
        appeal[Forum.COUNTY] -= county_cost
        appeal[Forum.COURT] -= behaviour.weight_wait * court_wait + behaviour.weight_doors
        for forum in range(Forum.PETITION_COUNTY, FORUM_COUNT):
            appeal[forum] -= behaviour.weight_wait * petition_wait + behaviour.weight_doors
            appeal[forum] += world.months[month].petitions


@compiled
def cost_today(world: World, township: int, behaviour: Row) -> None:
    """Fills what the wait and the doors of a township cost; without a centre there the matter will be handed up.

    As ``appeal_today``, for every township.
    """
    centre = world.centres[township]
    if centre.is_built != 0:
        cost = behaviour.weight_wait * world.pools[waited_for(world, township)].log_wait
    else:
        at_county = world.pools[waited_for(world, world.townships + centre.county)]
        cost = behaviour.weight_wait * np.log(1.0 + (at_county.wait + behaviour.hand_up_delay) / WAIT_UNIT)
    if not (world.regime[centre.regime].intake > 0.5 and centre.is_working != 0):
        cost += behaviour.weight_doors * (behaviour.doors_windows - 1.0)
    centre.claim_cost = cost


@compiled
def confide(world: World, dispute: Row, n: int, behaviour: Row) -> None:
    """Fills ``World.confidence[level, n]``: utility of the trust that the claimant has today in bodies of a level."""
    resident = world.residents[world.villages[dispute.village].first_resident + dispute.claimant]
    for level in range(LEVELS):
        trust = within(dispute.traits[TRUST + level] + HUNDREDTH * resident.learned[level], 0.0, 1.0)
        world.confidence[level, n] = behaviour.weight_trust * (trust - 0.5)


@compiled
def is_known(world: World, centre: int, village: Row, claimant: int) -> bool:
    """Whether a claimant knows a centre: residents hear of it one after the other, and nobody unlearns it by luck."""
    known = world.centres[centre].known
    return known >= 1.0 or hears_of(world.seed, key_of(village.code, claimant)) <= known


@compiled
def regard(world: World, centre: int, village: Row, claimant: int, behaviour: Row) -> float:
    """What a claimant sees in a centre beyond what it is to everybody: who knows one that works its appeal, who does
    not know it a department with separate windows.
    """
    place = world.centres[centre]
    if place.is_working == 0:
        return 0.0
    if is_known(world, centre, village, claimant):
        return behaviour.centre_appeal
    if world.regime[place.regime].intake > 0.5:
        return -behaviour.weight_doors * (behaviour.doors_windows - 1.0)
    return 0.0


@compiled
def weigh(world: World, dispute: Row, n: int, today: int) -> None:
    """Fills the utility of every forum for the claimant of a dispute, ``World.choice[forum, n]``."""
    behaviour, regime = world.behaviour[0], world.regime[0]
    village = world.villages[dispute.village]
    county = world.governments[village.county]
    utility, confidence = world.choice, world.confidence
    appeal = world.appeal[village.county, dispute.opponent]
    hope = behaviour.weight_success * _stake(dispute)
    own = dispute.assertiveness - behaviour.weight_fatigue * dispute.attempts * (1.0 - village.lesson)
    travel = behaviour.weight_travel
    locked = LOCKED_DOWN * regime.lockdown

    utility[Forum.NOTHING, n] = 0.0
    utility[Forum.BILATERAL, n] = own + appeal[Forum.BILATERAL] + hope * village.reputation[Forum.BILATERAL]

    near = own + confidence[LOCAL, n]
    if dispute.is_migrant != 0:
        near -= behaviour.migrant_barrier
    wait = behaviour.weight_wait * world.pools[pool_of_village(len(world.centres), dispute.village)].log_wait
    for forum, cost in ((Forum.VILLAGE, wait), (Forum.TOWNSHIP, locked + world.centres[village.township].claim_cost)):
        expected = hope * village.reputation[forum]
        utility[forum, n] = near + appeal[forum] + expected - cost - travel * village.log_hours[forum]

    utility[Forum.TOWNSHIP, n] += regard(world, village.township, village, dispute.claimant, behaviour)

    middle = confidence[MIDDLE, n]
    expected = hope * county.reputation[Forum.COUNTY]
    far = locked + travel * village.log_hours[Forum.COUNTY]
    known = regard(world, world.townships + village.county, village, dispute.claimant, behaviour)
    utility[Forum.COUNTY, n] = own + middle + appeal[Forum.COUNTY] + expected - far + known

    utility[Forum.COURT, n] = NOT_OPEN
    if world.kinds[dispute.kind].court_takes != 0:
        legal = dispute.traits[LEGAL]
        if world.centres[village.township].has_judge != 0:
            legal = min(1.0, legal + behaviour.contact_awareness)
        fee = behaviour.weight_fee * (1.0 + behaviour.income_fee * (INCOME_MIDDLE - np.float64(dispute.income)))
        lawful = behaviour.weight_law * legal - fee + confidence[COURT, n]
        expected = hope * county.reputation[Forum.COURT]
        far = locked + travel * village.log_hours[Forum.COURT]
        utility[Forum.COURT, n] = own + lawful + appeal[Forum.COURT] + expected - far

    higher = confidence[HIGHER, n]
    courage, way = 0.0, travel
    if dispute.cause >= 0:
        together = np.log(np.float64(open_last_night(world.causes[dispute.cause], today)))
        courage = behaviour.group_courage * together
        way *= np.exp(-behaviour.group_pooling * together)
    in_person = behaviour.visit_share if dispute.online < regime.online_channel else 1.0
    slow = dispute.traits[SLOW] * behaviour.rule_spread
    is_closed = _is_terminated(dispute)
    level = 0
    for forum in range(Forum.PETITION_COUNTY, FORUM_COUNT):  # type: ignore[assignment]
        if is_closed or not has_office(forum - Forum.PETITION_COUNTY, regime):
            utility[forum, n] = NOT_OPEN
            continue
        level += 1  # as ``office_level`` counts them
        acceptance = known_acceptance(regime, forum, _is_eligible(dispute, level), today, slow)
        expected = hope * county.reputation[forum] * acceptance
        trust = middle if TRUST_OF_FORUM[forum] == MIDDLE else higher
        far = in_person * (locked + way * village.log_hours[forum])
        utility[forum, n] = own + trust + appeal[forum] + expected - far + courage
        if forum > Forum.PETITION_COUNTY:
            utility[forum, n] += behaviour.weight_lesson * village.lesson

    if dispute.attempts > 0 and behaviour.choice_model < 0.5:
        remember_failures(dispute, utility, n, behaviour)


@compiled
def remember_failures(dispute: Row, utility: NDArray, n: int, behaviour: Row) -> None:
    """Who has failed at a forum shuns it, and leans towards those above it."""
    below = 0
    for forum in range(Forum.BILATERAL, FORUM_COUNT):
        failures = dispute.failures[forum]
        utility[forum, n] -= behaviour.weight_again * failures
        if below > 0:
            utility[forum, n] += behaviour.weight_failed * np.log(1.0 + below)
        below += failures
