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
    return c


@compiled
def join_cause(world: Any, dispute: Row, c: int) -> None:
    """A new dispute has this cause."""
    dispute.cause = c
    world.causes[c].members += 1


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
