"""A figure over chance, or over the members of an ensemble."""

from __future__ import annotations

import math

import pytest

from experiments.results.members import over_behaviours
from experiments.statistics.intervals import estimate


def test_with_one_behaviour_it_is_the_mean_with_its_t_interval():
    assert over_behaviours([1.0, 2.0, 6.0], [0, 1, 2], members=0) == estimate([1.0, 2.0, 6.0])


def test_over_members_it_is_the_median_of_their_means_and_their_middle():
    found = over_behaviours([0.0, 10.0, 4.0, 2.0, 14.0, 4.0], [0, 1, 2, 3, 4, 5], members=3)  # means 1, 12, 4
    assert (found.mean, found.n) == (4.0, 3)
    assert (found.low, found.high) == pytest.approx((1 + 0.05 * 3, 12 - 0.05 * 8))
    assert (found.low50, found.high50) == pytest.approx((2.5, 8.0))


def test_what_has_no_value_is_left_out_and_one_member_has_no_range():
    found = over_behaviours([math.nan, 3.0, 5.0, 1.0], [0, 1, 2, 3], members=2)  # member 0: 5; member 1: 3, 1
    assert (found.mean, found.n) == (3.5, 2)
    alone = over_behaviours([math.nan, 3.0], [0, 1], members=2)
    assert (alone.mean, alone.n) == (3.0, 1) and math.isnan(alone.low)
    nothing = over_behaviours([math.nan], [0], members=2)
    assert math.isnan(nothing.mean) and nothing.n == 0
