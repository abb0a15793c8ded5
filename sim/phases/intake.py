"""Phase 4: centres, courts and offices take matters in, triage, route or bounce them."""

from __future__ import annotations

import numpy as np

from sim.agenda import Phase, due_row, enter, take_due
from sim.agents.centre import CITY, best_pool, pool_of_village
from sim.agents.department import Department, leverage, response_probability
from sim.agents.dispute import (
    DEPARTMENTS,
    NO_DEPARTMENT,
    Answer,
    Call,
    Forum,
    MediationKind,
    Opponent,
    Stage,
    draw_quad,
)
from sim.agents.petition_office import closing_days
from sim.agents.resident import TRUST_OF_FORUM
from sim.agents.village import WOMENS_TEAM
from sim.chance import Purpose, days
from sim.compilation import compiled
from sim.ledger import DISPUTE_KINDS, event
from sim.phases.cohorts import reach_office
from sim.phases.collective import is_threat
from sim.phases.grievance import feel
from sim.phases.petition import present
from sim.phases.settle import close_petition, fail
from sim.phases.suit import file_suit
from sim.phases.wait import schedule_petition
from sim.records import Row
from sim.world import World, county_regime, note, wait_in_pool

HANDED_OFF, HANDED_UP = event("handed_off"), event("handed_up")
DUPLICATE_MERGED, DUPLICATE_RECORDED = event("duplicate_merged"), event("duplicate_recorded")
STATIONED, CALLED, FAILED = event("answer_stationed"), event("whistle_called"), event("failed_bilateral")
MOST_DOORS = 12
"""After a dozen doors somebody takes the matter in (assumed)."""
DEPARTMENT_COUNT = len(DEPARTMENTS)

FAMILY = DISPUTE_KINDS.index("family")

_take_call = Department.take_call


@compiled
def intake(world: World, today: int, month: int) -> None:
    """Every matter that reaches an office today is taken in."""
    due = take_due(world, Phase.INTAKE, today)
    for n in range(due):
        d = due_row(world, n, due)
        dispute = world.disputes[d]
        reach_office(world, dispute, today, month)
        forum = dispute.forum
        if forum == Forum.VILLAGE:
            receive_in_village(world, d, today, month)
        elif forum == Forum.COURT:
            file_suit(world, d, today, month)
        elif forum >= Forum.PETITION_COUNTY:
            if dispute.accepted_on >= 0:
                hand_to_handlers(world, d, today, month)
            else:
                present(world, d, today, month)
        else:
            receive_at_centre(world, d, today, month)


@compiled
def send_away(world: World, d: int, today: int, month: int) -> None:
    """Nobody works where the claimant came."""
    dispute = world.disputes[d]
    county = world.villages[dispute.village].county
    world.counts[county, month, dispute.kind, FAILED + dispute.forum - 1] += 1
    fail(world, d, today, month, world.behaviour[0].failure_grievance)


@compiled
def hand_to_handlers(world: World, d: int, today: int, month: int) -> None:
    """A petition has been routed and its acceptance decided: the deadline runs from today (Art. 33)."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    dispute.accepted_on = today
    dispute.deadline = today + closing_days(dispute.complexity, dispute.is_review != 0)
    if world.pools[dispute.pool].mediators > 0:
        wait_in_pool(world, d, dispute.pool, today)
        return
    close_petition(world, dispute, village, today, world.counts[village.county, month, dispute.kind])
    send_away(world, d, today, month)


@compiled
def receive_in_village(world: World, d: int, today: int, month: int) -> None:
    """A village committee takes everything; a concerned department is out of its reach."""
    dispute = world.disputes[d]
    pool = pool_of_village(len(world.centres), dispute.village)
    if world.pools[pool].mediators == 0:
        send_away(world, d, today, month)
        return
    dispute.doors = 1
    dispute.registered_twice = 0
    dispute.match = village_match(world, dispute, world.villages[dispute.village])
    dispute.answer = Answer.NOT_NEEDED if dispute.department == NO_DEPARTMENT else Answer.MISSING
    wait_in_pool(world, d, pool, today)


@compiled
def village_match(world: World, dispute: Row, village: Row) -> float:
    """How well a village's mediators suit: people's mediation, and who else there is whom people know."""
    behaviour = world.behaviour[0]
    match = world.kinds[dispute.kind].fit[MediationKind.PEOPLE]
    if village.informal_mediators > 0 and dispute.opponent == Opponent.PEER:
        match += behaviour.informal_match
    if village.has[WOMENS_TEAM] != 0 and dispute.kind == FAMILY:
        match += behaviour.womens_match
    return min(1.0, match)


@compiled
def centre_for(world: World, dispute: Row, village: Row) -> int:
    """Row of the centre that takes a matter brought to township or county.

    Matters against the county government go to the city's centre where it works.
    """
    if dispute.forum == Forum.TOWNSHIP:
        return village.township
    city = world.townships + world.counties + world.city
    if dispute.opponent == Opponent.COUNTY_GOVERNMENT and world.centres[city].is_working != 0:
        return city
    return world.townships + village.county


@compiled
def empty_hand_off(world: World, d: int, today: int) -> None:
    """A door too many: grievance, and a lesson about the level that sent the claimant on."""
    dispute = world.disputes[d]
    feel(world, d, world.behaviour[0].hand_off_grievance, today)
    dispute.doors = min(dispute.doors + 1, MOST_DOORS)
    trust = TRUST_OF_FORUM[dispute.forum]
    note(world, dispute, trust, -1, 0)


@compiled
def favoured_kind(dispute: Row, regime: Row) -> int | np.int64:
    """The kind of mediators that is asked first: those whom enterprises share, in a matter against one of them."""
    is_shared = regime.enterprise_mediators > 0.0 and dispute.opponent == Opponent.ORGANISATION
    return np.int64(MediationKind.PROFESSIONAL) if is_shared else -1


@compiled
def receive_at_centre(world: World, d: int, today: int, month: int) -> None:
    """A township or county takes a matter in: at windows or at one register, by a centre or without one."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    kind = world.kinds[dispute.kind]
    tally = world.counts[village.county, month, dispute.kind]
    row = centre_for(world, dispute, village)
    centre = world.centres[row]
    regime = world.regime[centre.regime]
    window, duplicate, detected, wait = draw_quad(world, d, Purpose.WINDOW)
    favoured = favoured_kind(dispute, regime)
    pool = best_pool(world.pools, row, kind.fit, -1, favoured)
    if dispute.forum == Forum.TOWNSHIP and (centre.is_built == 0 or pool < 0):
        tally[HANDED_UP] += 1
        empty_hand_off(world, d, today)
        dispute.forum = Forum.COUNTY
        until = today + days(behaviour.hand_up_delay, wait)
        enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, until, today)
        return
    if pool < 0:
        send_away(world, d, today, month)
        return
    is_unified = centre.is_working != 0 and regime.intake > 0.5
    if window >= regime.triage_accuracy:
        if is_unified:  # routed to the second-best mediators, unseen by the claimant
            other = best_pool(world.pools, row, kind.fit, world.pools[pool].kind, favoured)
            pool = other if other >= 0 else pool
        elif dispute.doors < MOST_DOORS:
            tally[HANDED_OFF] += 1
            empty_hand_off(world, d, today)
            until = today + days(behaviour.hand_off_delay, wait)
            enter(world, d, Stage.ON_THE_WAY, Phase.INTAKE, until, today)
            return
    dispute.doors = min(dispute.doors + 1, MOST_DOORS)
    dispute.registered_twice = 0
    if duplicate < behaviour.duplicate_share:
        if detected < regime.duplicate_detection:
            tally[DUPLICATE_MERGED] += 1
        else:
            tally[DUPLICATE_RECORDED] += 1
            dispute.registered_twice = 1
    dispute.match = kind.fit[world.pools[pool].kind]
    dispute.pool = pool
    if dispute.department == NO_DEPARTMENT:
        dispute.answer = Answer.NOT_NEEDED
        wait_in_pool(world, d, pool, today)
    else:
        ask_department(world, d, today, month, centre)


@compiled
def ask_department(world: World, d: int, today: int, month: int, centre: Row) -> None:
    """A concerned department has to answer: stationed in the centre, called by its whistle, or left to itself."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    regime = county_regime(world, village.county)
    tally = world.counts[village.county, month, dispute.kind]
    department = world.departments[village.county * DEPARTMENT_COUNT + dispute.department]
    effort = world.governments[village.county].effort
    has_commissar = dispute.forum == Forum.TOWNSHIP and world.centres[village.township].has_commissar != 0
    coordination = behaviour.commissar_coordination if has_commissar else 0.0
    if centre.level == CITY:
        coordination = leverage(behaviour.answer_leverage, 1)
    answers, when, _, _ = draw_quad(world, d, Purpose.ANSWER)
    if centre.is_working != 0 and department.is_stationed != 0:
        dispute.call = Call.STATIONED
        dispute.answer = Answer.GIVEN
        tally[STATIONED] += 1
        wait = days(behaviour.stationed_days, when)
    elif centre.is_working != 0:
        dispute.call = Call.WHISTLE
        tally[CALLED] += 1
        _take_call(department)
        if answers < response_probability(regime.whistle_response, effort, coordination):
            dispute.answer = Answer.GIVEN
            wait = 1 + int(when * regime.whistle_deadline)
        else:
            dispute.answer = Answer.MISSING
            wait = int(regime.whistle_deadline)
    else:
        dispute.call = Call.UNAIDED
        base = behaviour.responsiveness_threat if is_threat(world, dispute, today) else behaviour.responsiveness
        is_given = answers < response_probability(base, effort, coordination)
        dispute.answer = Answer.GIVEN if is_given else Answer.MISSING
        empty_hand_off(world, d, today)
        wait = days(behaviour.unaided_days, when)
    until = today + max(1, wait)
    schedule_petition(world, d, today, behaviour)
    enter(world, d, Stage.AWAITING_ANSWER, Phase.WHISTLE, until, today)
