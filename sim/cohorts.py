"""Matters that are open when a ledger is read: how long their clocks have run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.dispute import Stage
from sim.ledger import DURATION_OUTCOMES
from sim.state import State
from sim.world import duration_bins

OPEN = DURATION_OUTCOMES.index("open")


def with_open(state: State, today: int, month_of_day: NDArray) -> NDArray[np.int32]:
    """``Ledger.durations`` at the start of day ``today``: a clock that runs has lasted to the day before.

    Fills the state's own array.
    """
    durations, bins = state.durations, duration_bins()
    for city in range(len(state.states)):
        rows = state.disputes[state.used_disputes_of(city)]
        is_used = rows["stage"] != Stage.FREE
        county = state.villages["county"][rows["village"]]
        starts = (
            (rows["opened"], is_used & (rows["is_timed"] == 0) & (rows["opened"] >= 0)),
            (rows["reached_on"], is_used & (rows["reached_on"] >= 0)),
        )
        for clock, (start, runs) in enumerate(starts):
            days = np.minimum(today - 1 - start[runs], len(bins) - 1)
            np.add.at(durations, (county[runs], month_of_day[start[runs]], clock, OPEN, bins[days]), 1)
    return durations
