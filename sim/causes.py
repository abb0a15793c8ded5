"""Causes that several claimants share: a table a city, in which a cause stands while a dispute of it does.

A cause without disputes gives its row back. As every cause has at least one dispute of its own, a table of as many rows
as a city has for disputes is always long enough.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.chance import days
from sim.compilation import compiled
from sim.records import Row

ALONE = -1
"""The cause of a dispute whose claimant shares it with nobody."""

CAUSE = np.dtype(
    [
        ("village", np.int32),  # of all its claimants
        ("ordinal", np.int32),  # of its candidate, which is its first claimant's dispute
        ("kind", np.int32),
        ("members", np.int32),  # disputes of it that have a row; 0 when the row is free
        ("first", np.int32),  # row of the first of these, -1 for none
        ("open", np.int32),  # of these, those that are neither settled nor given up
        ("failed", np.int32),  # of these, those that are linked (``sim.phases.linked``)
        ("open_before", np.int32),  # the two before the day on which they last changed
        ("failed_before", np.int32),
        ("changed_on", np.int32),  # that day
        ("leader", np.int32),  # row of the dispute whose claimant acts for others, -1 for none
        ("is_at_source", np.int32),  # whether an alert has brought the leader to the centre
        ("matters", np.int32),  # disputes for which that one acts, its own included
        ("next_free", np.int32),  # the free row after this one
    ],
    align=True,
)


@compiled
def claimants(several: float, number: float, shared: float, group_size: float) -> int:
    """How many claimants a cause has, from two uniform numbers: one, or two and a geometric number of mean
    ``group_size`` in all with probability ``shared``.

    The numbers are of 32 bits and below 1 by 2⁻³³ at least, so that nobody shares a cause with more than 23 times the
    mean of others.
    """
    return 1 + days(group_size - 1.0, number) if several < shared else 1


@compiled
def new_cause(world: Any, village: int, ordinal: int, kind: int) -> np.int64:
    """A row for a new cause, without disputes as yet."""
    state = world.state[0]
    c = np.int64(state.free_cause)
    if c >= 0:
        state.free_cause = world.causes[c].next_free
    else:
        c = np.int64(state.used_causes)
        state.used_causes += 1
    cause = world.causes[c]
    cause.village = village
    cause.ordinal = ordinal
    cause.kind = kind
    cause.members = 0
    cause.first = -1
    cause.open = 0
    cause.failed = 0
    cause.changed_on = -1
    cause.leader = -1
    return c


@compiled
def join_cause(world: Any, d: int, c: int, today: int) -> None:
    """A new dispute has this cause."""
    dispute = world.disputes[d]
    cause = world.causes[c]
    dispute.cause = c
    dispute.before_member = -1
    dispute.next_member = cause.first
    if cause.first >= 0:
        world.disputes[cause.first].before_member = d
    cause.first = d
    cause.members += 1
    count_members(cause, 1, 0, today)


@compiled
def count_members(cause: Row, opened: int, failed: int, today: int) -> None:
    """So many more disputes of a cause are open, and so many more are linked; others see last night's numbers."""
    if cause.changed_on != today:
        cause.open_before = cause.open
        cause.failed_before = cause.failed
        cause.changed_on = today
    cause.open += opened
    cause.failed += failed


@compiled
def open_last_night(cause: Row, today: int) -> np.int64:
    """Disputes of a cause that were open when today began, at least one."""
    return max(np.int64(1), np.int64(cause.open_before if cause.changed_on == today else cause.open))


@compiled
def failed_last_night(cause: Row, today: int) -> np.int64:
    """Claimants of a cause who had failed when today began."""
    return np.int64(cause.failed_before if cause.changed_on == today else cause.failed)


@compiled
def led_by(world: Any, d: int) -> np.int64:
    """The cause for whose claimants that of a dispute acts, -1 for none."""
    c = np.int64(world.disputes[d].cause)
    return c if c >= 0 and world.causes[c].leader == d else np.int64(-1)


@compiled
def is_at_source(world: Any, d: int) -> bool:
    """Whether an alert has brought the claimant of a dispute to the centre for all of its cause."""
    c = led_by(world, d)
    return c >= 0 and world.causes[c].is_at_source != 0


@compiled
def matters_of(world: Any, d: int) -> np.int64:
    """Disputes for which the claimant of a dispute acts, this one included."""
    c = led_by(world, d)
    return np.int64(world.causes[c].matters) if c >= 0 else np.int64(1)


@compiled
def leave_cause(world: Any, dispute: Row) -> None:
    """A dispute gives its row back; the last one takes its cause along."""
    if dispute.cause < 0:
        return
    state = world.state[0]
    c = np.int64(dispute.cause)
    cause = world.causes[c]
    before, following = dispute.before_member, dispute.next_member
    if before >= 0:
        world.disputes[before].next_member = following
    else:
        cause.first = following
    if following >= 0:
        world.disputes[following].before_member = before
    dispute.cause = ALONE
    cause.members -= 1
    if cause.members == 0:
        cause.next_free = state.free_cause
        state.free_cause = c
