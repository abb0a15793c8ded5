"""Two worlds of concessions: judged more by petitions, a county buys peace, or teaches people to ask for it."""

from __future__ import annotations

import numpy as np
import pytest

from tests.sim.acting.cases_concessions import CONCEDED, GENEROUS, PRESENTED_ABOVE
from tests.sim.acting.world import Runs, is_more_than_noise


@pytest.mark.parametrize(("weight_lesson", "sign"), [(0, -1), (4, +1)])
def test_more_weight_on_records_buys_peace_or_breeds_petitions(weight_lesson: float, sign: int, runs: Runs) -> None:
    given = {**GENEROUS, "weight_lesson": weight_lesson, "weight_recorded": 0}
    unjudged, judged = runs.pair(given, {"weight_recorded": 2})
    assert sum(map(CONCEDED, unjudged)) == 0 < min(map(CONCEDED, judged))
    difference = np.array([PRESENTED_ABOVE(b) - PRESENTED_ABOVE(a) for a, b in zip(unjudged, judged, strict=True)])
    assert is_more_than_noise(difference, sign)
