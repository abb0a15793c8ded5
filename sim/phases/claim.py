"""Phase 3: aggrieved residents whose patience ran out choose a forum; petitioners in process come back."""

from __future__ import annotations

import numpy as np

from sim.agenda import Phase, enter, row_of, take_due
from sim.agents.centre import WAIT_UNIT, pool_of_centre, pool_of_village
from sim.agents.court import Court
from sim.agents.dispute import FORUM_COUNT, Dispute, Forum, MediationKind, Stage, draw
from sim.agents.petition_office import ROUTING_DAYS
from sim.agents.resident import (
    HUNDREDTH,
    INCOME_MIDDLE,
    LEGAL,
    MIDDLE,
    SLOW,
    TRUST,
    TRUST_OF_FORUM,
    choose,
    constant_of,
    within,
)
from sim.agents.village import NEAR_FORUMS
from sim.chance import Purpose, days
from sim.compilation import compiled
from sim.ledger import event
from sim.memory import prefetch
from sim.phases.collective import gather
from sim.phases.linked import has_failed_beyond_talk, link_up
from sim.phases.petition import known_acceptance, office_level, present_repeat
from sim.phases.settle import await_reactivation, give_up
from sim.world import GroupFigure, count_in_groups

FIRST, CHOSE, OFFENCE = event("first_nothing"), event("chose_nothing"), event("offence")
REACTIVATED = event("reactivated")
NOT_OPEN = -np.inf
LOCKED_DOWN = 4.0
"""What a full lockdown puts in the way of going anywhere beyond the village (utility, assumed)."""

HINDRANCE_OF_FORUM = np.array([-1, -1, 0, 1, 2, 3, 4, 4, 4, 4], np.int64)
"""Which of ``hindrances`` a forum has."""

AT_COUNTY, HANDED_UP, AT_COURT, AT_PETITIONS = range(4)
"""Figures of ``World.hindrance``; a township without a centre hands up."""

_stake = Dispute.stake
_feel = Dispute.feel
_is_eligible = Dispute.is_eligible
_court_wait = Court.wait


@compiled
def claim(world, today, month):
    """Everyone whose patience ends today acts; repeat petitions of matters in process are presented."""
    gather(world, today, month)
    for county in range(world.first_county, world.last_county):
        hinder(world, county, world.behaviour[0])
    due = take_due(world, Phase.CLAIM, today)
    for n in range(due):
        dispute = world.disputes[row_of(world.keys[0, n])]
        prefetch(world.residents, world.villages[dispute.village].first_resident + dispute.claimant)
    for n in range(due):
        d = row_of(world.keys[0, n])
        stage = world.disputes[d].stage
        if stage in (Stage.LATENT, Stage.AGGRIEVED):
            act(world, d, today, month)
        elif stage == Stage.LAPSED:
            reconsider(world, d, today, month)
        else:
            present_repeat(world, d, today, month)


@compiled
def reconsider(world, d, today, month):
    """Somebody who had given up may take the grievance up again: likelier where forums nearby settle well."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    county = world.governments[village.county]
    hope = village.reputation[Forum.VILLAGE] + village.reputation[Forum.TOWNSHIP] + county.reputation[Forum.COUNTY]
    if draw(world, d, Purpose.REACTIVATE) < hope / 3.0:
        world.counts[village.county, month, dispute.kind, REACTIVATED] += 1
        count_in_groups(world, dispute, village, month, GroupFigure.UNRESOLVED, -1)
        if has_failed_beyond_talk(dispute):
            link_up(world, dispute, village)
        dispute.stage = Stage.AGGRIEVED
        act(world, d, today, month)
    else:
        await_reactivation(world, d, today)


@compiled
def act(world, d, today, month):
    """The claimant chooses where to take the matter, or to leave it."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    resident = world.residents[village.first_resident + dispute.claimant]
    _feel(dispute, 0.0, today, behaviour.grievance_half_life)
    weigh(world, dispute, village, resident, today, behaviour, world.choice[0])
    may_offend(world, d, today, tally, behaviour, resident)
    u = draw(world, d, Purpose.CHOOSE)
    forum = choose(world.choice, behaviour.nest_scale, u)
    if dispute.stage == Stage.LATENT:  # a grievance taken up again has chosen before
        tally[FIRST + forum] += 1
    tally[CHOSE + forum] += 1
    if forum == Forum.NOTHING:
        give_up(world, d, today, month)
        return
    dispute.attempts = min(dispute.attempts + 1, 255)
    dispute.forum = forum
    dispute.doors = 0
    dispute.is_review = 0
    if forum != Forum.BILATERAL:
        village.reported += 1
    if forum == Forum.BILATERAL:
        wait = draw(world, d, Purpose.TALK)
        until = today + days(behaviour.bilateral_days, wait)
        enter(world, d, Stage.TALKING, Phase.SETTLE, until, today)
    else:
        enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, today, today)


@compiled
def may_offend(world, d, today, tally, behaviour, resident):
    """A small hazard of a public-order offence while aggrieved, growing with grievance and distrust."""
    dispute = world.disputes[d]
    if dispute.grievance <= 0.0:
        return
    trust = within(dispute.traits[TRUST + MIDDLE] + HUNDREDTH * resident.learned[MIDDLE], 0.0, 1.0)
    years = max(1, today - dispute.since) / 365.0
    hazard = behaviour.offence_rate * dispute.grievance * (1.0 - trust) * years
    if draw(world, d, Purpose.OFFENCE) < 1.0 - np.exp(-hazard):
        tally[OFFENCE] += 1


@compiled
def waited_for(world, centre):
    """The pool whose published wait people expect at a centre: the people's mediators, or who is there instead."""
    pool = pool_of_centre(centre, MediationKind.PEOPLE)
    if world.pools[pool].mediators == 0:
        pool = pool_of_centre(centre, MediationKind.ADMINISTRATIVE)
    return pool


@compiled
def hinder(world, county, behaviour):
    """Publishes what waits and doors cost at a county's bodies today: they change overnight, and on no claim."""
    is_unified = world.regime[0].intake > 0.5
    centre = world.townships + county
    at_county = world.pools[waited_for(world, centre)]
    handlers = world.pools[pool_of_centre(centre, MediationKind.PETITION)]
    hindrance = world.hindrance[county]
    hindrance[AT_COUNTY] = behaviour.weight_wait * at_county.log_wait
    if not (is_unified and world.centres[centre].is_working != 0):
        hindrance[AT_COUNTY] += behaviour.weight_doors * (behaviour.doors_windows - 1.0)
    handed_up = at_county.wait + behaviour.hand_up_delay
    hindrance[HANDED_UP] = behaviour.weight_wait * np.log(1.0 + handed_up / WAIT_UNIT)
    two_doors = behaviour.weight_doors
    court_wait = _court_wait(world.courts[county])
    hindrance[AT_COURT] = behaviour.weight_wait * np.log(1.0 + court_wait / WAIT_UNIT) + two_doors
    petition_wait = 2.0 * ROUTING_DAYS + handlers.wait
    hindrance[AT_PETITIONS] = behaviour.weight_wait * np.log(1.0 + petition_wait / WAIT_UNIT) + two_doors


@compiled
def hindrances(world, row, village, behaviour):
    """What waits and doors cost at village, township, county, court and petition offices (utility, positive)."""
    of_county = world.hindrance[village.county]
    centre = world.centres[village.township]
    if centre.is_built != 0:
        township_cost = behaviour.weight_wait * world.pools[waited_for(world, village.township)].log_wait
    else:  # no centre there: the matter will be handed up
        township_cost = of_county[HANDED_UP]
    if not (world.regime[0].intake > 0.5 and centre.is_working != 0):
        township_cost += behaviour.weight_doors * (behaviour.doors_windows - 1.0)
    at_village = world.pools[pool_of_village(len(world.centres), row)].log_wait
    return (
        behaviour.weight_wait * at_village,
        township_cost,
        of_county[AT_COUNTY],
        of_county[AT_COURT],
        of_county[AT_PETITIONS],
    )


@compiled
def weigh(world, dispute, village, resident, today, behaviour, utilities):
    """Fills the utility of every forum (ODD, submodel Claim); minus infinity where it is not open."""
    regime = world.regime[0]
    kind = world.kinds[dispute.kind]
    government = world.governments[village.county]
    stake = _stake(dispute)
    is_online = dispute.online < regime.online_channel
    legal = dispute.traits[LEGAL]
    if world.centres[village.township].has_judge != 0:
        legal = min(1.0, legal + behaviour.contact_awareness)
    costs = hindrances(world, dispute.village, village, behaviour)
    failures_below = 0
    for forum in range(FORUM_COUNT):
        if forum == Forum.NOTHING:
            utilities[forum] = 0.0
            continue
        level = office_level(forum, regime.county_tier)
        if (forum == Forum.COURT and kind.court_takes == 0) or (
            forum >= Forum.PETITION_COUNTY and (dispute.terminated != 0 or level < 0)
        ):
            utilities[forum] = NOT_OPEN
            continue
        utility = constant_of(forum, dispute.opponent, behaviour)
        reputation = village.reputation[forum] if forum < NEAR_FORUMS else government.reputation[forum]
        acceptance = 1.0
        if level > 0:
            acceptance = known_acceptance(
                regime, forum, _is_eligible(dispute, level), today, dispute.traits[SLOW] * behaviour.rule_spread
            )
        utility += behaviour.weight_success * stake * reputation * acceptance
        trust_level = TRUST_OF_FORUM[forum]
        if trust_level >= 0:
            trust = within(dispute.traits[TRUST + trust_level] + HUNDREDTH * resident.learned[trust_level], 0.0, 1.0)
            utility += behaviour.weight_trust * (trust - 0.5)
        if forum > Forum.BILATERAL:
            utility -= costs[HINDRANCE_OF_FORUM[forum]]
            in_person = behaviour.visit_share if level > 0 and is_online else 1.0
            utility -= in_person * behaviour.weight_travel * village.log_hours[forum]
            if forum > Forum.VILLAGE:
                utility -= in_person * LOCKED_DOWN * regime.lockdown
        if forum in (Forum.VILLAGE, Forum.TOWNSHIP) and dispute.is_migrant != 0:
            utility -= behaviour.migrant_barrier
        if forum == Forum.COURT:
            fee = behaviour.weight_fee * (1.0 + behaviour.income_fee * (INCOME_MIDDLE - np.float64(dispute.income)))
            utility += behaviour.weight_law * legal - fee
        utility += dispute.assertiveness
        if failures_below > 0:
            utility += behaviour.weight_failed * np.log(1.0 + failures_below)
        failures = dispute.failures[forum]
        utility -= behaviour.weight_again * failures
        utility -= behaviour.weight_fatigue * dispute.attempts
        utilities[forum] = utility - regime.discouragement[forum]
        failures_below += failures
