"""The estimate that treats who gave up as still waiting, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.verification.known_answers_times import kaplan_meier
from sim.ledger import DURATION_EDGES, DURATION_OUTCOMES
from sim.measures.times_to_close import incidence_of

DURABLE, NOMINAL, GIVEN_UP, OPEN = map(DURATION_OUTCOMES.index, ("durable", "nominal", "given_up", "open"))


def test_six_matters_by_hand() -> None:
    """Two are censored and one is given up; who gave up on day 5 is no longer at risk on day 9."""
    times = np.zeros((len(DURATION_OUTCOMES), len(DURATION_EDGES)), np.int64)
    for day, outcome in ((2, DURABLE), (4, OPEN), (5, GIVEN_UP), (5, DURABLE), (7, OPEN), (9, NOMINAL)):
        times[outcome, int(np.searchsorted(DURATION_EDGES, day, side="right")) - 1] += 1
    at = [int(np.searchsorted(DURATION_EDGES, day, side="right")) - 1 for day in (1, 2, 5, 9)]
    shares = kaplan_meier(times, [DURABLE, NOMINAL])[at]
    assert shares == pytest.approx([0, 1 / 6, 1 - 5 / 6 * 3 / 4, 1])  # of six, then of four, then of one
    assert kaplan_meier(times, [DURABLE])[at[3]] == pytest.approx(1 - 5 / 6 * 3 / 4)
    truth = incidence_of(times).ends[[DURABLE, NOMINAL]].sum(axis=0)[at[3]]
    assert truth == pytest.approx(1 / 6 + 5 / 6 * (1 / 4 + 1 / 2))  # what was given up is settled no more
