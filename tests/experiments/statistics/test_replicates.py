"""How many replicates a precision takes, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from experiments.statistics.replicates import replicates_for


def test_replicates_are_those_whose_interval_is_narrow_enough():
    values = np.array([-1.0, 0.0, 1.0] * 8)  # spread s = √(16/23)
    spread = math.sqrt(16 / 23)
    wanted = replicates_for(values, level=10, precision=0.03, most=1000, now=24)  # half-width 0.3
    assert stats.t.ppf(0.975, wanted - 1) * spread / math.sqrt(wanted) <= 0.3
    assert stats.t.ppf(0.975, wanted - 2) * spread / math.sqrt(wanted - 1) > 0.3
    assert wanted == 33


@pytest.mark.parametrize(
    ("level", "precision", "most", "expected"),
    [
        (10, 1.0, 100, 4),  # enough already
        (10, 0.001, 100, 8),  # grows by the factor, no faster
        (10, 0.001, 6, 6),  # as far as it may
        (0, 0.01, 100, 4),  # nothing to be relative to
        (math.nan, 0.01, 100, 4),
    ],
)
def test_replicates_grow_step_by_step_within_what_is_allowed(level, precision, most, expected):
    assert replicates_for([1.0, -1.0, 1.0, -1.0], level, precision, most, 4) == expected


def test_replicates_without_a_value_are_made_up_for():
    values = [1.0, -1.0, math.nan, math.nan]  # two of four have one
    assert replicates_for([1.0, -1.0], 10, 1.0, 100, 2) == 3  # 12.71 · √2 / √2 > 10 ≥ 4.30 · √2 / √3
    assert replicates_for(values, 10, 1.0, 100, 4) == 6
    assert replicates_for([1.0, math.nan], 10, 1.0, 100, 2) == 2


def test_one_replicate_says_nothing_of_spread():
    assert replicates_for([1.0], 1, 0.1, 10, 1) == 1
