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
        ("failed", np.int32),  # of these, those that are linked (``sim.phases.linked``)
        ("failed_before", np.int32),  # the same before the day on which that last changed
        ("changed_on", np.int32),  # that day
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
    cause.failed = 0
    cause.changed_on = -1
    return c


@compiled
def join_cause(world: Any, dispute: Row, c: int) -> None:
    """A new dispute has this cause."""
    dispute.cause = c
    world.causes[c].members += 1


@compiled
def count_failed(cause: Row, change: int, today: int) -> None:
    """One claimant more or less has failed; what others see is last night's number."""
    if cause.changed_on != today:
        cause.failed_before = cause.failed
        cause.changed_on = today
    cause.failed += change


@compiled
def failed_last_night(cause: Row, today: int) -> np.int64:
    """Claimants of a cause who had failed when today began."""
    return np.int64(cause.failed_before if cause.changed_on == today else cause.failed)


@compiled
def leave_cause(world: Any, dispute: Row) -> None:
    """A dispute gives its row back; the last one takes its cause along."""
    if dispute.cause < 0:
        return
    state = world.state[0]
    c = np.int64(dispute.cause)
    cause = world.causes[c]
    dispute.cause = ALONE
    cause.members -= 1
    if cause.members == 0:
        cause.next_free = state.free_cause
        state.free_cause = c
