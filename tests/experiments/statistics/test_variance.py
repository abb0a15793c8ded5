"""Variance between and within groups, against a table worked out by hand and against a known law."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.statistics.variance import components


def test_a_balanced_table_by_hand():
    # means 2, 5, 8; within: each 2 squares of 1 → 2, over 3 freedoms → MSE 2; between: 2·(9+0+9)/2 = 18 → (18−2)/2 = 8
    found = components({0: [1, 3], 1: [4, 6], 2: [7, 9]})
    assert found.mean == pytest.approx(5)
    assert found.within == pytest.approx(math.sqrt(2))
    assert found.between == pytest.approx(math.sqrt(8))
    assert found.share_of_chance == pytest.approx(0.2)
    assert (found.low, found.high) == pytest.approx((2.15, 7.85))


def test_an_unbalanced_table_by_hand():
    # sizes 1 and 3; means 10, 2; MSE = (1+0+1)/2 = 1; grand 4; MSA = 36+12 = 48; n0 = (4 − 10/4)/1 = 1.5 → (48−1)/1.5
    found = components({0: [10], 1: [1, 2, 3]})
    assert found.within == pytest.approx(1)
    assert found.between == pytest.approx(math.sqrt(47 / 1.5))


def test_groups_that_differ_by_chance_alone_have_no_variance_between():
    assert components({0: [0, 2], 1: [2, 0]}).between == 0
    assert components({0: [0, 2], 1: [2, 0]}).share_of_chance == 1


def test_without_a_second_replicate_nothing_is_told_apart():
    found = components({0: [1.0], 1: [3.0]})
    assert math.isnan(found.between) and math.isnan(found.within) and math.isnan(found.share_of_chance)
    assert found.mean == 2
    with pytest.raises(ValueError, match="each with a value"):
        components({0: []})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_known_law_is_given_back(seed):
    random = np.random.default_rng(seed)
    values = {group: random.normal(random.normal(10, 3), 1.5, 4) for group in range(400)}
    found = components(values)
    assert found.between == pytest.approx(3, abs=0.36)  # 3 standard errors: 3 · 3/√(2·400)
    assert found.within == pytest.approx(1.5, abs=0.11)
