"""Whether an effect matters: bands worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from experiments.statistics.behaviours import paired_spread
from experiments.statistics.paired import PairedEffect, paired_difference
from experiments.statistics.relevance import is_found, judge, judge_effect

NO_EFFECT = PairedEffect(1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5, 1.0, math.nan)


def effect(difference: float, low: float, high: float) -> PairedEffect:
    return replace(NO_EFFECT, mean_policy=1 + difference, difference=difference, low=low, high=high)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.10, 0.20, 1),
        (0.099, 0.20, None),
        (-0.099, 0.099, 0),
        (-0.10, 0.05, None),
        (-0.30, -0.10, -1),
        (-0.30, 0.30, None),
        (math.nan, math.nan, 1),
    ],
)
def test_a_change_counts_only_beyond_its_band(low: float, high: float, expected: int | None) -> None:
    assert judge(effect(0.15, low, high), 0.1) == expected


def test_no_change_is_within_any_band() -> None:
    assert judge(NO_EFFECT, 0.0) == 0
    assert judge(effect(0.1, 0.05, 0.15), 0.0) == 1 and judge(effect(-0.1, math.nan, math.nan), 0.0) == -1


def test_shares_are_judged_in_points_and_counts_in_proportion() -> None:
    reference = np.array([100.0, 200.0, 300.0, 400.0])
    three_more = paired_difference(reference, 1.03 * reference)
    # exactly 3 % in every pair: the relative change has no spread, the difference spreads with the reference
    assert three_more.relative_low == pytest.approx(0.03) and three_more.low < 0.02 * 250
    assert judge_effect(three_more, "petitions_total") == 1
    assert judge_effect(paired_difference(reference, 1.01 * reference), "petitions_total") == 0
    assert judge_effect(paired_difference(reference, 0.97 * reference), "petitions_total") == -1
    shares = np.array([0.10, 0.10, 0.10])
    assert judge_effect(paired_difference(shares, shares + 0.004), "durable_resolution") == 0  # 4 % of itself
    assert judge_effect(paired_difference(shares, shares + 0.006), "durable_resolution@pilots") == 1


def test_from_nothing_any_count_matters() -> None:
    nothing = np.zeros(3)
    assert judge_effect(paired_difference(nothing, nothing), "mass_incidents") == 0
    assert judge_effect(paired_difference(nothing, nothing + 1), "mass_incidents") == 1


def test_several_behaviours_are_judged_by_the_middle_of_them() -> None:
    chance = effect(0.01, 0.008, 0.012)
    assert judge_effect(chance, "durable_resolution") == 1
    reference, policy = np.array([0.5, 0.5, 0.5]), np.array([0.5, 0.51, 0.52])
    over = paired_spread(reference, policy, chance)
    assert (over.difference, over.low, over.high) == pytest.approx((0.01, 0.0005, 0.0195))
    assert judge_effect(over, "durable_resolution") is None
    assert judge_effect(paired_spread(reference[1:], policy[1:], chance), "durable_resolution") == 1


@pytest.mark.parametrize(
    ("low", "high", "p_value", "expected"),
    [
        (0.006, 0.010, 0.04, True),
        (0.006, 0.010, 0.05, False),  # a chance find
        (0.004, 0.010, 0.001, False),  # beyond chance, perhaps not beyond half a point
        (-0.010, -0.006, 0.04, True),
        (0.001, 0.004, 0.001, False),  # too little
    ],
)
def test_what_is_found_matters_and_is_no_chance(low: float, high: float, p_value: float, expected: bool) -> None:
    assert is_found(effect((low + high) / 2, low, high), "durable_resolution", p_value) is expected
