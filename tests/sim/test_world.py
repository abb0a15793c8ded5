"""Rows of disputes, and bins of durations."""

from typing import NamedTuple

import numpy as np

from sim import world
from sim.agenda import NOWHERE, Phase
from sim.agents.dispute import Stage
from sim.causes import ALONE, CAUSE, join_cause, new_cause
from sim.compilation import compiled_once
from sim.ledger import DURATION_EDGES
from sim.world import duration_bins
from tests.sim.test_agenda import ROWS, Agenda


class Rows(NamedTuple):
    """What of a world rows are taken from and given back to."""

    disputes: np.ndarray
    free_rows: np.ndarray
    agenda: np.ndarray
    pages: np.ndarray
    state: np.ndarray
    causes: np.ndarray


def a_city() -> tuple[Agenda, Rows]:
    """One without disputes or causes, and its agenda."""
    calendar = Agenda()
    city = calendar.city
    city.state["free_cause"], city.disputes["cause"] = NOWHERE, ALONE
    free, causes = np.zeros(ROWS, np.int32), np.zeros(ROWS, CAUSE)
    return calendar, Rows(city.disputes, free, city.agenda, city.pages, city.state, causes)


@compiled_once
def _join(rows, d, c):
    join_cause(rows, d, c, 0)


@compiled_once
def _new_cause(rows):
    return new_cause(rows, 0, 0, 0)


@compiled_once
def _new_row(rows):
    return world.new_row(rows)


@compiled_once
def _free_row(rows, d):
    world.free_row(rows, d)


def test_rows_are_used_again() -> None:
    calendar, rows = a_city()
    state = rows.state
    assert [_new_row(rows) for _ in range(3)] == [0, 1, 2]
    calendar.enter(1, Phase.WORK, 5)
    _free_row(rows, 1)
    assert calendar.disputes["stage"][1] == Stage.FREE
    assert calendar.linked == [] and calendar.is_empty
    assert (state["used"][0], state["free"][0]) == (3, 1)
    assert [_new_row(rows) for _ in range(2)] == [1, 3]
    assert (state["used"][0], state["free"][0]) == (4, 0)


def test_the_row_of_a_cause_is_used_again_when_its_last_dispute_is_gone() -> None:
    _, rows = a_city()
    state, causes = rows.state, rows.causes
    assert [_new_cause(rows) for _ in range(2)] == [0, 1]
    for d in (_new_row(rows), _new_row(rows)):
        _join(rows, d, 0)
    _free_row(rows, 1)
    assert (causes["members"][0], causes["first"][0], state["free_cause"][0]) == (1, 0, NOWHERE)
    _free_row(rows, 0)
    assert causes["members"][0] == 0 and rows.disputes["cause"][[0, 1]].tolist() == [ALONE, ALONE]
    assert [_new_cause(rows) for _ in range(2)] == [0, 2]
    assert (state["used_causes"][0], state["free_cause"][0]) == (3, NOWHERE)


def test_bins_of_durations() -> None:
    bins = duration_bins()
    assert len(bins) == DURATION_EDGES[-1] + 1
    for day in (0, 1, 10, 59, 60, 61, DURATION_EDGES[-1] - 1):
        assert DURATION_EDGES[bins[day]] <= day < DURATION_EDGES[bins[day] + 1]
