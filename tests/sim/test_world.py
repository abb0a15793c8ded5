"""Rows of disputes, and bins of durations."""

from typing import NamedTuple

import numpy as np

from sim import world
from sim.agenda import Phase
from sim.agents.dispute import Stage
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


@compiled_once
def _new_row(rows):
    return world.new_row(rows)


@compiled_once
def _free_row(rows, d):
    world.free_row(rows, d)


def test_rows_are_used_again() -> None:
    calendar = Agenda()
    state = calendar.city.state
    rows = Rows(calendar.disputes, np.zeros(ROWS, np.int32), calendar.city.agenda, calendar.city.pages, state)
    assert [_new_row(rows) for _ in range(3)] == [0, 1, 2]
    calendar.enter(1, Phase.WORK, 5)
    _free_row(rows, 1)
    assert calendar.disputes["stage"][1] == Stage.FREE
    assert calendar.linked == [] and calendar.is_empty
    assert (state["used"][0], state["free"][0]) == (3, 1)
    assert [_new_row(rows) for _ in range(2)] == [1, 3]
    assert (state["used"][0], state["free"][0]) == (4, 0)


def test_bins_of_durations() -> None:
    bins = duration_bins()
    assert len(bins) == DURATION_EDGES[-1] + 1
    for day in (0, 1, 10, 59, 60, 61, DURATION_EDGES[-1] - 1):
        assert DURATION_EDGES[bins[day]] <= day < DURATION_EDGES[bins[day] + 1]
