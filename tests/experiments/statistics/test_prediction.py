"""Prediction intervals: by hand, by their coverage in theory, at the ends of what can be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from experiments.statistics.intervals import estimate
from experiments.statistics.prediction import Prediction, prediction

Z = 4.0
"""Standard errors that a share may lie from what theory says, set before any draw."""

TRIALS = 8_000


def test_by_hand():
    found = prediction([1.0, 2.0, 3.0])  # mean 2, s 1, t of two degrees of freedom 4.302653
    half = 4.302653 * math.sqrt(1 + 1 / 3)
    assert (found.low, found.high, found.n) == (pytest.approx(2 - half, rel=1e-6), pytest.approx(2 + half, rel=1e-6), 3)
    two = prediction([0.4, 0.6, math.nan])  # s √2 / 10, √(3/2): ± 12.7062 · √3 / 10
    assert (two.low, two.high, two.n) == (pytest.approx(0.5 - 2.200779, rel=1e-6), pytest.approx(2.700779, rel=1e-6), 2)


def test_it_is_wider_than_the_interval_of_the_mean_by_the_root_of_one_more():
    values = np.random.default_rng(5).normal(60, 3, 15)
    one, mean = prediction(values), estimate(values)
    assert (one.high - one.low) / (mean.high - mean.low) == pytest.approx(4)  # √(15 + 1)


def test_what_has_no_spread_is_predicted_to_the_point_and_one_value_predicts_nothing():
    assert prediction([2.0, 2.0]) == Prediction(2.0, 2.0, 2)
    for values in ([], [2.0], [math.nan, 2.0]):
        found = prediction(values)
        assert math.isnan(found.low) and math.isnan(found.high) and found.n == sum(map(math.isfinite, values))


def test_it_is_cut_at_what_there_can_be():
    assert prediction([0.0, 1.0, 0.0, 1.0], lowest=0, highest=1) == Prediction(0, 1, 4)
    uncut = prediction([0.0, 1.0, 0.0, 1.0])
    assert uncut.low < 0 and uncut.high > 1


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("n", [2, 5, 8, 40])
def test_it_holds_a_further_normal_value_as_often_as_it_says_and_an_interval_of_the_mean_far_less_often(n, seed):
    draws = np.random.default_rng([seed, n]).normal(60, 3, (TRIALS, n + 1))
    one = np.array([(found.low, found.high) for found in map(prediction, draws[:, :n])])
    middle, reach = one.mean(axis=1), (one[:, 1] - one[:, 0]) / 2
    away = np.abs(draws[:, n] - middle)
    of_mean = 2 * stats.t.cdf(stats.t.ppf(0.975, n - 1) / math.sqrt(n + 1), n - 1) - 1  # .24 for forty
    for share, held in ((0.95, away <= reach), (of_mean, away <= reach / math.sqrt(n + 1))):
        assert abs(held.mean() - share) < Z * math.sqrt(share * (1 - share) / TRIALS)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("n", [8, 40])
def test_levels_of_other_than_95_per_cent(n, seed):
    draws = np.random.default_rng([seed, n]).normal(0, 1, (TRIALS, n + 1))
    held = [found.low <= row[n] <= found.high for row in draws for found in [prediction(row[:n], level=0.5)]]
    assert abs(np.mean(held) - 0.5) < Z * math.sqrt(0.25 / TRIALS)


@pytest.mark.parametrize("n", [8, 40])
@pytest.mark.parametrize("mean", [4, 100])
def test_counts_are_held_as_often_or_rather_more_often(n, mean):
    draws = np.random.default_rng([n, mean]).poisson(mean, (TRIALS, n + 1))
    held = [found.low <= row[n] <= found.high for row in draws for found in [prediction(row[:n], lowest=0)]]
    error = math.sqrt(0.95 * 0.05 / TRIALS)
    assert 0.95 - Z * error < np.mean(held) < 0.975
