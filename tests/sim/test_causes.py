"""Causes that several claimants share: how many these are, and the table of causes by hand."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim import chance
from sim.agents.dispute_kind import KINDS
from sim.causes import (
    ALONE,
    claimants,
    count_members,
    failed_last_night,
    is_at_source,
    join_cause,
    leave_cause,
    led_by,
    matters_of,
    new_cause,
    open_last_night,
)
from sim.chance import Purpose
from sim.day import room_for_a_day
from sim.ledger import DISPUTE_KINDS
from sim.world import World
from tests.sim.phases.worlds import first_day, open_disputes

Z = 4.5


def test_who_shares_a_cause_are_two_and_a_geometric_number_more() -> None:
    """Mean 5: each further one with probability 3/4, as the number falls below 1 − (3/4)^k."""
    assert claimants(0.2, 0.99, 0.2, 5.0) == 1
    assert claimants(0.19, 0.0, 0.2, 5.0) == 2
    for further in range(1, 8):
        edge = 1 - 0.75**further
        assert claimants(0.0, edge - 1e-9, 0.2, 5.0) == 1 + further
        assert claimants(0.0, edge + 1e-9, 0.2, 5.0) == 2 + further


@pytest.mark.parametrize("mean", [5.0, 15.0, 60.0])
def test_they_are_as_many_as_is_said_and_never_more_than_23_times(mean: float) -> None:
    numbers = np.array(
        [claimants(0.0, chance.quad(3, int(Purpose.CAUSE), who, 0)[1], 1.0, mean) for who in range(20_000)]
    )
    spread = math.sqrt((mean - 2) * (mean - 1))
    assert abs(numbers.mean() - mean) < Z * spread / math.sqrt(len(numbers))
    assert abs(numbers.std() / spread - 1) < 0.06
    largest = (2**32 - 0.5) * 2.0**-32  # of ``quad``
    assert claimants(0.0, largest, 1.0, mean) == 2 + int(33 * math.log(2) / -math.log(1 - 1 / (mean - 1))) < 23 * mean


def test_what_is_violent_or_hidden_is_nobody_elses() -> None:
    """Family disputes go to protection or are hidden by norms one by one; nothing of a cause is lost on the way."""
    for kind in ("neighbour", "family"):
        assert KINDS["shared"][DISPUTE_KINDS.index(kind)] == 0
    assert not (KINDS["shared"] * KINDS["violent"]).any()


def empty_table(disputes: int) -> World:
    """So many disputes of nobody else's cause, and a table that holds no cause yet, only what others left behind."""
    world = first_day()
    open_disputes(world, disputes)
    world.causes.view(np.int32)[:] = 77
    world.state["used_causes"], world.state["free_cause"] = 0, -1
    return world


def members_of(world: World, c: int) -> list[int]:
    """Rows of a cause's disputes, from the first on, and back the same way."""
    there = [int(world.causes["first"][c])]
    while (following := int(world.disputes["next_member"][there[-1]])) >= 0:
        assert world.disputes["before_member"][following] == there[-1]
        there.append(following)
    assert world.disputes["before_member"][there[0]] == -1
    return there


def test_a_new_cause_has_no_dispute_and_takes_the_row_that_was_last_given_back() -> None:
    world = empty_table(1)
    assert [int(new_cause(world, 5, 40 + n, 3)) for n in range(3)] == [0, 1, 2]
    assert world.state["used_causes"][0] == 3
    for name, value in {
        "village": 5, "kind": 3, "members": 0, "first": -1, "open": 0, "failed": 0, "changed_on": -1, "leader": -1,
    }.items():  # fmt: skip
        assert world.causes[name][:3].tolist() == [value] * 3, name
    assert world.causes["ordinal"][:3].tolist() == [40, 41, 42]
    world.causes["next_free"][:3] = 2, -1, -1
    world.state["free_cause"] = 0
    assert [int(new_cause(world, 6, 0, 1)) for _ in range(3)] == [0, 2, 3]
    assert (world.state["used_causes"][0], world.state["free_cause"][0]) == (4, -1)


def test_disputes_join_a_cause_in_front_and_leave_it_from_anywhere() -> None:
    world = empty_table(5)
    for n in range(2):
        new_cause(world, 0, n, 3)
    for d in range(4):
        join_cause(world, d, 1, 10 + d)
    cause = world.causes[1]
    assert members_of(world, 1) == [3, 2, 1, 0] and world.disputes["cause"][:5].tolist() == [1, 1, 1, 1, ALONE]
    assert (cause["members"], cause["open"], cause["failed"], cause["changed_on"]) == (4, 4, 0, 13)
    leave_cause(world, world.disputes[2])
    assert members_of(world, 1) == [3, 1, 0] and world.disputes["cause"][2] == ALONE
    leave_cause(world, world.disputes[3])
    assert members_of(world, 1) == [1, 0]
    leave_cause(world, world.disputes[0])
    assert members_of(world, 1) == [1] and cause["members"] == 1
    leave_cause(world, world.disputes[4])  # of no cause
    assert cause["members"] == 1 and world.state["free_cause"][0] == -1
    leave_cause(world, world.disputes[1])
    assert (cause["members"], cause["first"], world.state["free_cause"][0], cause["next_free"]) == (0, -1, 1, -1)
    assert world.state["used_causes"][0] == 2
    join_cause(world, 0, 0, 20)
    leave_cause(world, world.disputes[0])
    assert (world.state["free_cause"][0], world.causes["next_free"][0]) == (0, 1)


def test_the_first_row_may_stand_anywhere_in_a_cause_and_no_other_row_is_touched() -> None:
    world = empty_table(3)
    new_cause(world, 0, 0, 3)
    world.disputes["before_member"][-1] = 55
    for d in (1, 0, 2):
        join_cause(world, d, 0, 10)
    assert members_of(world, 0) == [2, 0, 1]
    leave_cause(world, world.disputes[1])
    assert members_of(world, 0) == [2, 0]
    leave_cause(world, world.disputes[2])
    assert members_of(world, 0) == [0]
    leave_cause(world, world.disputes[0])
    assert world.disputes["before_member"][-1] == 55


def test_others_see_last_night_s_numbers() -> None:
    world = empty_table(1)
    cause = world.causes[int(new_cause(world, 0, 0, 3))]
    assert (open_last_night(cause, 7), failed_last_night(cause, 7)) == (1, 0)  # one at least
    count_members(cause, 4, 2, 7)
    count_members(cause, 1, 1, 7)
    assert (cause["open"], cause["failed"]) == (5, 3)
    assert (open_last_night(cause, 7), failed_last_night(cause, 7)) == (1, 0)
    assert (open_last_night(cause, 8), failed_last_night(cause, 8)) == (5, 3)
    count_members(cause, -2, -1, 8)
    assert (open_last_night(cause, 8), failed_last_night(cause, 8)) == (5, 3)
    assert (open_last_night(cause, 9), failed_last_night(cause, 9)) == (3, 2)


def test_who_leads_acts_for_all_and_everybody_else_for_one() -> None:
    world = empty_table(3)
    new_cause(world, 0, 0, 3)
    for d in range(2):
        join_cause(world, d, 0, 10)
    assert [int(led_by(world, d)) for d in range(3)] == [-1, -1, -1]
    world.causes["leader"][0], world.causes["matters"][0] = 0, 6
    assert [int(led_by(world, d)) for d in range(3)] == [0, -1, -1]
    assert [int(matters_of(world, d)) for d in range(3)] == [6, 1, 1]
    for at_source, expected in ((0, [False] * 3), (1, [True, False, False])):
        world.causes["is_at_source"] = at_source
        assert [bool(is_at_source(world, d)) for d in range(3)] == expected
    world.causes["leader"][-1], world.causes["matters"][-1] = 2, 9  # a row that has nothing to do with who is alone
    assert (led_by(world, 2), matters_of(world, 2)) == (-1, 1)


def test_room_for_a_day() -> None:
    """A hundredth and 64; where several share causes three hundredths, and 56 times as many as share one."""
    assert room_for_a_day.py_func(10_000, SimpleNamespace(groups=0, group_size=15)) == 100 + 64
    assert room_for_a_day.py_func(10_000, SimpleNamespace(groups=1, group_size=15)) == 300 + 64 + 840
