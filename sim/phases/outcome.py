"""How any try of a dispute ends, wherever it was made: settled, and for how long, or failed (parts of all phases).

Who is at no forum (``Forum.NOTHING``) and is settled with is so where he or she is: by a grid worker or the police.
"""

from __future__ import annotations

import numpy as np

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.dispute import NEVER, Forum, Stage, draw_aside
from sim.agents.petition_office import VISIT
from sim.agents.resident import PATIENCE, TRUST_OF_FORUM
from sim.chance import Purpose
from sim.compilation import compiled, compiled_apart, origin
from sim.ledger import event
from sim.phases.cohorts import DURABLE_END, NOMINAL_END, stop_clocks
from sim.phases.grievance import feel, offend
from sim.phases.linked import leave_group, link_up
from sim.phases.notice_clock import patience_days
from sim.phases.together import next_carried, release
from sim.records import Row
from sim.world import GroupFigure, World, count_in_groups, free_row, note

DURABLE, NOMINAL = event("durable_bilateral"), event("nominal_bilateral")
POLICE_DURABLE, POLICE_NOMINAL = event("police_durable"), event("police_nominal")
RELAPSED_LATE = event("relapsed_late")
DOORS, TRIPS, CLOSED = event("doors"), event("trips"), event("closed_cases")

DURABLE_AFTER = 365
"""A settlement is durable when it has not relapsed within twelve months."""


@compiled
def close_dispute(world: World, d: int, today: int, month: int, trust: int, forum: int) -> None:
    """A dispute is settled for good, and its row free again."""
    book_settlement(world, d, today, month, trust, forum)
    free_row(world, d)


@compiled
def book_settlement(world: World, d: int, today: int, month: int, trust: int, forum: int) -> None:
    """A dispute is settled durably: the ledger, the parties and the village take note."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    if dispute.forum != Forum.BILATERAL:
        record_closure(world, dispute, village, month)
        count_in_groups(world, dispute, village, month, GroupFigure.HELPED, 1)
        count_in_groups(world, dispute, village, month, GroupFigure.DAYS, today - dispute.opened)
        count_in_groups(world, dispute, village, month, GroupFigure.TRIPS, trips_of(dispute))
    count_in_groups(world, dispute, village, month, GroupFigure.DURABLE, 1)
    stop_clocks(world, dispute, today, DURABLE_END)
    offend(world, d, today, today)
    leave_group(world, dispute, today)
    note(world, dispute, trust, forum, 1)


@compiled
def record_closure(world: World, dispute: Row, village: Row, month: int) -> None:
    """Books a recorded settlement by a third party: doors and trips."""
    tally = world.counts[village.county, month, dispute.kind]
    tally[CLOSED] += 1
    tally[DOORS] += doors_of(dispute)
    tally[TRIPS] += trips_of(dispute)


@compiled
def doors_of(dispute: Row) -> int:
    """Doors the claimant passed in the last try; a grid worker and the police come to the claimant's own."""
    return 0 if dispute.forum == Forum.NOTHING else max(1, np.int64(dispute.doors))  # type: ignore[return-value]


@compiled
def trips_of(dispute: Row) -> int:
    """Trips the claimant made for the last try: one for each door; who writes does not travel."""
    if dispute.forum < Forum.PETITION_COUNTY or dispute.channel == VISIT:
        return doors_of(dispute)
    return 0


@compiled
def fail(world: World, d: int, today: int, month: int, grievance: float) -> None:
    """A try has failed at the dispute's forum, for its claimant and for all whom he or she carries: each will act
    again."""
    forum = np.int64(world.disputes[d].forum)
    c = release(world, d)
    take_failure(world, d, forum, today, grievance)
    return_later(world, d, today)
    if c >= 0:
        fail_carried(origin(world), c, forum, today, grievance)
        return_carried(origin(world), c, today)


@compiled
def take_failure(world: World, d: int, forum: int, today: int, grievance: float) -> None:
    """One more failure at a forum, more grievance, a lesson, and others to act with."""
    dispute = world.disputes[d]
    dispute.forum = forum
    dispute.failures[forum] = min(dispute.failures[forum] + 1, 255)
    feel(world, d, grievance, today)
    if forum > Forum.BILATERAL:
        link_up(world, dispute, today)
    note(world, dispute, TRUST_OF_FORUM[forum], forum, 0)


@compiled_apart
def fail_carried(world: World, c: int, forum: int, today: int, grievance: float) -> None:
    """A try has failed for all of a cause who are carried."""
    m = next_carried(world, world.causes[c].first)
    while m >= 0:
        take_failure(world, m, forum, today, grievance)
        m = next_carried(world, world.disputes[m].next_member)


@compiled
def return_later(world: World, d: int, today: int) -> None:
    """The claimant is aggrieved again and will act after another, shorter patience."""
    behaviour = world.behaviour[0]
    dispute = world.disputes[d]
    wait = patience_days(behaviour, dispute.traits[PATIENCE], dispute.severity, behaviour.patience_again)
    dispute.is_review = 0
    dispute.claim_on = today + max(1, wait)
    dispute.repeat_on = NEVER
    enter(world, d, Stage.AGGRIEVED, Phase.CLAIM, dispute.claim_on, today)


@compiled
def return_all_later(world: World, d: int, today: int) -> None:
    """The claimant, and all whom he or she carries, will act again."""
    c = release(world, d)
    return_later(world, d, today)
    if c >= 0:
        return_carried(origin(world), c, today)


@compiled_apart
def return_carried(world: World, c: int, today: int) -> None:
    """All of a cause who are carried will act again."""
    m = next_carried(world, world.causes[c].first)
    while m >= 0:
        following = next_carried(world, world.disputes[m].next_member)
        return_later(world, m, today)
        m = following


@compiled
def days_to_relapse(u: float, rate: float) -> float:
    """Days until a settlement that does not hold in truth breaks, given the rate a year; endless at a rate of 0."""
    return chance.exponential(u) / rate * 365.0 if rate > 0.0 else np.inf


@compiled
def conclude(world: World, d: int, today: int, month: int, breaks_after: float) -> None:
    """What was tried ends in a settlement, which breaks after so many days: durable when it holds for twelve months."""
    dispute = world.disputes[d]
    village = world.villages[dispute.village]
    tally = world.counts[village.county, month, dispute.kind]
    forum = np.int64(dispute.forum)
    by_police = forum == Forum.NOTHING
    if breaks_after <= DURABLE_AFTER:
        tally[POLICE_NOMINAL if by_police else NOMINAL + forum - 1] += 1
        leave_group(world, dispute, today)
        if forum != Forum.BILATERAL:
            record_closure(world, dispute, village, month)
        stop_clocks(world, dispute, today, NOMINAL_END)
        enter(world, d, Stage.RELAPSING, Phase.SETTLE, today + max(1, int(breaks_after)), today)
        return
    tally[POLICE_DURABLE if by_police else DURABLE + forum - 1] += 1
    book_settlement(world, d, today, month, TRUST_OF_FORUM[forum], forum)
    if today + breaks_after < len(world.month_of_day):
        breaks_on = today + int(breaks_after)
        world.counts[village.county, world.month_of_day[breaks_on], dispute.kind, RELAPSED_LATE] += 1
        if world.behaviour[0].late_relapse_returns > 0.0:
            returns, _, _, _ = draw_aside(world, d, Purpose.RETURN)
            if returns < world.behaviour[0].late_relapse_returns:
                enter(world, d, Stage.HOLDING, Phase.SETTLE, breaks_on, today)
                return
    free_row(world, d)


@compiled_apart
def conclude_carried(world: World, c: int, forum: int, today: int, month: int, breaks_after: float) -> None:
    """What was tried ends so for all of a cause who are carried."""
    m = next_carried(world, world.causes[c].first)
    while m >= 0:
        following = next_carried(world, world.disputes[m].next_member)
        world.disputes[m].forum = forum
        conclude(world, m, today, month, breaks_after)
        m = following
