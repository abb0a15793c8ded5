"""Phase 4: centres, courts and offices take matters in, triage, route or bounce them."""

from __future__ import annotations

import numpy as np

from sim.agenda import Phase, due_row, enter, take_due
from sim.agents.centre import best_pool, pool_of_village
from sim.agents.dispute import Answer, Forum, Opponent, Origin, Stage, draw_quad
from sim.agents.dispute_kind import NO_DEPARTMENT, MediationKind
from sim.agents.petition_office import closing_days
from sim.agents.village import WOMENS_TEAM
from sim.causes import matters_of
from sim.chance import Purpose, days
from sim.compilation import compiled
from sim.ledger import DISPUTE_KINDS, event
from sim.phases.cohorts import reach_office
from sim.phases.departments import ask_departments, concerns_department
from sim.phases.outcome import fail
from sim.phases.petition import present
from sim.phases.reception import MOST_DOORS, book_acceptance, empty_hand_off, finds_nobody
from sim.phases.settle import close_petition
from sim.phases.suit import file_suit
from sim.records import Row
from sim.world import World, wait_in_pool

HANDED_OFF, HANDED_UP = event("handed_off"), event("handed_up")
DUPLICATE_MERGED, DUPLICATE_RECORDED = event("duplicate_merged"), event("duplicate_recorded")
FAILED = event("failed_bilateral")

FAMILY = DISPUTE_KINDS.index("family")


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
        elif dispute.accepted_on >= 0:
            hand_to_handlers(world, d, today, month)
        elif forum < Forum.PETITION_COUNTY or present(world, d, today, month):
            receive_at_centre(world, d, today, month)


@compiled
def send_away(world: World, d: int, today: int, month: int) -> None:
    """Nobody works where the claimant came."""
    dispute = world.disputes[d]
    county = world.villages[dispute.village].county
    world.counts[county, month, dispute.kind, FAILED + dispute.forum - 1] += matters_of(world, d)
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
    if finds_nobody(world, d, row, tally):  # no case was opened, so none has failed
        fail(world, d, today, month, behaviour.failure_grievance)
        return
    favoured = favoured_kind(dispute, regime)
    pool = best_pool(world.pools, row, kind.fit, -1, favoured)
    if dispute.forum == Forum.TOWNSHIP and (centre.is_built == 0 or pool < 0):
        tally[HANDED_UP] += 1
        empty_hand_off(world, d, today)
        dispute.forum = Forum.COUNTY
        dispute.origin = Origin.TOWNSHIP
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
    book_acceptance(world, d, row, dispute.origin, month, tally)
    if concerns_department(world, d):
        ask_departments(world, d, today, month, centre)
    else:
        dispute.answer = Answer.NOT_NEEDED
        wait_in_pool(world, d, pool, today)
