"""An order of points of which every first part represents the whole."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.configuration.ensemble import ensemble_of
from experiments.statistics.representative import energy_distance, representative_order


def test_the_middle_comes_first_and_then_what_balances_it():
    points = [[-2.0], [-1.0], [0.0], [1.0], [2.0]]
    chosen = [points[place][0] for place in representative_order(points)]
    assert chosen[0] == 0.0  # nearest to all
    assert sorted(chosen) == [-2.0, -1.0, 0.0, 1.0, 2.0]
    assert chosen[1] * chosen[2] < 0  # one side, then the other


def test_energy_distance_by_hand():
    # 2 E|X − Y| − E|X − X'| − E|Y − Y'| of {0} and {0, 1}: 2 · ½ − 0 − ½
    assert energy_distance([[0.0]], [[0.0], [1.0]]) == pytest.approx(0.5)
    assert energy_distance([[0.0], [1.0]], [[1.0], [0.0]]) == pytest.approx(0.0)


def test_coordinates_count_by_their_range():
    random = np.random.default_rng(3)
    points = random.normal(size=(30, 2))
    assert representative_order(points).tolist() == representative_order(points * [1000.0, 0.001] + 7).tolist()


def test_one_value_for_all_points_does_no_harm():
    assert sorted(representative_order([[1.0, 2.0]] * 4).tolist()) == [0, 1, 2, 3]


@pytest.mark.parametrize("size", [10, 40])
def test_the_first_members_of_the_shipped_ensemble_keep_its_spread(size):
    rows = ensemble_of("gansu_ensemble").rows
    values = np.array([[each == "strict" if isinstance(each, str) else each for each in row] for row in rows], float)
    scaled = (values - values.min(axis=0)) / np.ptp(values, axis=0)
    mine = energy_distance(scaled[:size], scaled)
    random = np.random.default_rng(1)
    samples = [energy_distance(scaled[random.permutation(len(scaled))[:size]], scaled) for _ in range(200)]
    assert 0 < mine < min(samples)  # no sample of 200 is as close to the whole
    if size == 40:
        spread = values[:size].std(axis=0) / values.std(axis=0)
        assert spread.min() > 0.85 and spread.max() < 1.15 and abs(spread.mean() - 1) < 0.05
