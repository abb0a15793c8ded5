"""Villages: a Poisson stream of candidate disputes, and a memory of what was settled."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim.agents.village import FIRST_REPUTATION, Village, remember
from sim.ledger import FORUMS


def test_candidates_arrive_as_a_poisson_stream():
    villages = np.zeros(1, Village.record)
    villages["code"], villages["population"] = 620102001001, 1000
    times = []
    for _ in range(5000):
        Village.advance(villages[0], 0.0002, 9)  # 0.2 a day
        times.append(float(villages["next_candidate"][0]))
    assert villages["candidates"][0] == 5000
    gaps = np.diff(times, prepend=0.0)
    assert stats.kstest(gaps, stats.expon(scale=5.0).cdf).pvalue > 1e-4
    assert abs(np.corrcoef(gaps[1:], gaps[:-1])[0, 1]) < 4.5 / np.sqrt(len(gaps))


def test_a_village_of_one_and_an_empty_one():
    villages = np.zeros(2, Village.record)
    villages["code"], villages["population"] = (1, 2), (1, 0)
    for village in villages:
        Village.advance(village, 0.0002, 9)
    assert 0 < villages["next_candidate"][0] < np.inf
    assert villages["next_candidate"][1] == np.inf


def test_a_reputation_is_a_decaying_average():
    kept = np.exp(-2 / 20)
    assert remember(0.6, 1, 2, 20.0) == pytest.approx(kept * 0.6 + (1 - kept) * 0.5)
    assert remember(0.6, 0, 1, 20.0) == pytest.approx(0.6 * np.exp(-0.05))
    value = 0.1
    for _ in range(400):
        value = remember(value, 3, 4, 20.0)
    assert value == pytest.approx(0.75)


def test_every_forum_has_a_first_reputation():
    assert len(FIRST_REPUTATION) == len(FORUMS)
    assert ((FIRST_REPUTATION >= 0) & (FIRST_REPUTATION <= 1)).all()
