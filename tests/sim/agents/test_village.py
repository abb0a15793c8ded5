"""A village's memory and its stream of grievances."""

import numpy as np
import pytest
from scipy.stats import kstest

from sim import chance
from sim.agents.dispute import FORUM_COUNT
from sim.agents.village import FIRST_REPUTATION, Village, remember
from sim.chance import Purpose


def test_a_day_moves_the_reputation_by_hand() -> None:
    # 3 of 4 tries settled, memory of 4 cases: what was known keeps 1 / e.
    expected = 0.5 / np.e + 0.75 * (1 - 1 / np.e)
    assert remember(0.5, 3, 4, 4.0) == pytest.approx(expected, abs=1e-14)
    assert remember(0.75, 3, 4, 4.0) == pytest.approx(0.75, abs=1e-14)
    assert remember(0.5, 0, 20, 20.0) == pytest.approx(0.5 / np.e, abs=1e-14)


def test_two_days_of_the_same_share_are_one_day_of_both() -> None:
    assert remember(remember(0.2, 1, 2, 20.0), 2, 4, 20.0) == pytest.approx(remember(0.2, 3, 6, 20.0), abs=1e-14)


def test_first_reputations_are_shares() -> None:
    assert FIRST_REPUTATION.shape == (FORUM_COUNT,)
    assert FIRST_REPUTATION[0] == 0 and ((FIRST_REPUTATION[1:] > 0) & (FIRST_REPUTATION[1:] < 1)).all()


def test_the_next_candidate_by_hand() -> None:
    records = np.zeros(1, Village.record)
    records["code"], records["population"], records["candidates"] = 620_102_001_001, 1_000, 7
    records["next_candidate"] = 2.5
    Village(None, records, 0).advance(1.5, 0.0005, 1)  # half a candidate a day
    assert records["next_candidate"][0] == pytest.approx(2.5 + 1.5 / 0.5, rel=1e-12)
    assert records["candidates"][0] == 8


def test_candidates_are_a_poisson_stream() -> None:
    records = np.zeros(1, Village.record)
    records["code"], records["population"] = 620_102_001_001, 1_000
    village = Village(None, records, 0)
    days = [0.0]
    for _ in range(3_000):
        u = chance.uniform(3, int(Purpose.GAP), 620_102_001_001 * 2**22 + village.candidates, 0)
        village.advance(chance.exponential(u), 0.0005, 1)  # half a candidate a day: gaps of two days on average
        days.append(village.next_candidate)
    assert village.candidates == 3_000
    assert kstest(np.diff(days) / 2.0, "expon").pvalue > 0.001
