"""Medians and ranges over behaviours, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.statistics.behaviours import agreeing, equivalence_over, paired_spread, spread
from experiments.statistics.paired import ilr, paired_difference


def test_a_figure_over_behaviours_is_their_median_and_where_95_of_100_lie():
    found = spread(range(101))  # 0 to 100: the quantiles are their own names
    assert (found.mean, found.low, found.high, found.low50, found.high50, found.n) == (50, 2.5, 97.5, 25, 75, 101)


def test_more_behaviours_make_a_range_surer_and_not_narrower():
    few, many = (spread(np.linspace(0, 1, n)) for n in (41, 4001))
    assert many.high - many.low == pytest.approx(0.95) and few.high - few.low == pytest.approx(0.95)
    mean = paired_difference(np.zeros(4001), np.linspace(0, 1, 4001))
    assert mean.high - mean.low < 0.02  # the interval of a mean is another thing


def test_one_behaviour_has_no_range_and_none_has_nothing():
    one, none = spread([3.0, math.nan]), spread([])
    assert (one.mean, one.n) == (3.0, 1) and math.isnan(one.low) and math.isnan(one.high50)
    assert none.n == 0 and math.isnan(none.mean)


def test_an_effect_over_behaviours_is_the_median_of_what_each_shows():
    before, after = np.array([0.5, 0.4, 0.2, 0.0]), np.array([0.6, 0.4, 0.5, 0.2])
    found = paired_spread(before, after, paired_difference(before, after))
    assert found.difference == pytest.approx(0.15)  # of 0.1, 0.0, 0.3, 0.2
    assert (found.low, found.high) == pytest.approx((0.0075, 0.2925))
    assert found.relative == pytest.approx(0.2)  # of 20 %, 0 %, 150 %: from nothing there is no share
    assert (found.mean_reference, found.mean_policy, found.n) == (pytest.approx(0.3), pytest.approx(0.45), 4)


def test_the_margin_holds_where_95_of_100_behaviours_come_within_it():
    target = ilr((1, 2, 3))
    points = np.array([[target[0] + 0.01 * k, target[1]] for k in range(21)])  # 0.00 to 0.20 away
    found = equivalence_over(points, (1, 2, 3), 0.195)
    assert (found.distance, found.upper, found.n) == (pytest.approx(0.10), pytest.approx(0.19), 21)
    assert found.is_equivalent and found.share_within == pytest.approx(20 / 21)
    assert not equivalence_over(points, (1, 2, 3), 0.185).is_equivalent


def test_agreement_counts_signs_and_leaves_out_what_is_not_known():
    assert agreeing({0: 0.2, 1: -0.1, 2: 0.0, 3: math.nan}, 0.1) == (1, 3)
    assert agreeing({0: 0.2, 1: -0.1, 2: 0.0, 3: math.nan}, -0.1) == (1, 3)
