"""Measures of robustness against tables worked out by hand: different for every policy, in both directions."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.statistics.intervals import known_mean
from experiments.statistics.regret import (
    regret,
    regrets,
    satisficing,
    tail_mean,
    worst_groups,
)
from experiments.studies.robustness.discovery import discover

VALUES = np.array(
    [
        [10.0, 20.0, 30.0, 40.0],  # a
        [40.0, 25.0, 10.0, 10.0],  # b
        [20.0, 20.0, 20.0, 45.0],  # c
    ]
)
"""Three policies in four futures."""


def test_regret_is_against_the_best_policy_of_each_future():
    assert regret(VALUES, "up").tolist() == [[30, 5, 0, 5], [0, 0, 20, 35], [20, 5, 10, 0]]
    assert regret(VALUES, "down").tolist() == [[0, 0, 20, 30], [30, 5, 0, 0], [10, 0, 10, 35]]


def test_every_policy_has_a_regret_of_its_own():
    a, b, c = regrets(VALUES, "up")
    assert (a.mean, b.mean, c.mean) == (10, 13.75, 8.75)
    assert (a.largest, b.largest, c.largest) == (30, 35, 20)
    assert (a.best_in, b.best_in, c.best_in) == (0.25, 0.5, 0.25)
    assert (a.high, b.high, c.high) == pytest.approx((22.5, 30.5, 17))  # 0.9 of the way along three steps


def test_a_future_without_a_value_has_no_regret():
    values = VALUES.copy()
    values[1, 0] = np.nan
    table = regret(values, "up")
    assert np.isnan(table[1, 0]) and table[0, 0] == 10 and table[2, 0] == 0
    assert regrets(values, "up")[1].mean == pytest.approx(55 / 3)


@pytest.mark.filterwarnings("error")
def test_a_policy_without_a_value_has_no_regret_and_the_others_have():
    values = np.array([[np.nan, np.nan], [3.0, 5.0], [4.0, 4.0]])
    nowhere, first, second = regrets(values, "up")
    assert all(math.isnan(value) for value in vars(nowhere).values())
    assert (first.mean, first.largest, first.best_in) == (0.5, 1.0, 0.5)
    assert (second.mean, second.largest, second.best_in) == (0.5, 1.0, 0.5)
    assert np.isnan(regret(np.full((2, 3), np.nan), "down")).all()
    assert math.isnan(known_mean(np.array([np.nan]))) and known_mean(np.array([np.nan, 2.0])) == 2.0


def test_satisficing_counts_futures_policy_by_policy():
    holds = np.array([[1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [1] * 10, [0] * 10], bool)
    a, b, c = satisficing(holds)
    assert (a.share, b.share, c.share) == (0.3, 1, 0)
    # Wilson 1927 with z = 1.96, n = 10
    centre, half = (
        (0.3 + 1.96**2 / 20) / (1 + 1.96**2 / 10),
        1.96 / (1 + 1.96**2 / 10) * math.sqrt(0.3 * 0.7 / 10 + 1.96**2 / 400),
    )
    assert (a.low, a.high) == pytest.approx((centre - half, centre + half), abs=1e-4)
    assert b.low == pytest.approx(1 / (1 + 1.96**2 / 10), abs=1e-4) and c.low == 0 and b.futures == 10


def test_the_tail_is_the_worst_tenth_in_the_direction_that_is_worse():
    values = np.array([np.arange(20.0), np.arange(20.0)[::-1] * 10])
    assert tail_mean(values, "up").tolist() == [0.5, 5]
    assert tail_mean(values, "down").tolist() == [18.5, 185]
    assert tail_mean(VALUES, "up", 0.5).tolist() == [15, 10, 20]
    assert np.isnan(tail_mean(np.full((1, 3), np.nan), "up")[0])


def test_the_worst_group_is_counted_future_by_future():
    groups = {
        "near": np.array([[0.9, 0.8, 0.7, 0.6], [0.5, 0.5, 0.5, 0.5]]),
        "far": np.array([[0.8, 0.9, 0.6, 0.6], [0.6, 0.4, 0.4, 0.4]]),
    }
    assert worst_groups(groups) == [{"near": 0.5, "far": 0.5}, {"near": 0.25, "far": 0.75}]


def test_a_planted_box_is_found_with_its_coverage_and_density():
    random = np.random.default_rng(3)
    a, b, c = random.random((3, 1500))
    stress = random.choice(["none", "lockdown"], 1500)
    fails = (a < 0.4) & (b > 0.5) & (stress == "lockdown")
    found = discover({"a": a, "b": b, "c": c, "stress": stress}, fails)
    box = found.box
    assert box is not None and found.failures == fails.sum()
    limits = {limit.factor: limit for limit in box.limits}
    assert limits["a"].low is None and limits["a"].high == pytest.approx(0.4, abs=0.04)
    assert limits["b"].high is None and limits["b"].low == pytest.approx(0.5, abs=0.04)
    assert limits["stress"].words == ("lockdown",) and "c" not in limits
    inside = (a <= limits["a"].high) & (b >= limits["b"].low) & (stress == "lockdown")
    assert box.coverage == pytest.approx(fails[inside].sum() / fails.sum())
    assert box.density == pytest.approx(fails[inside].mean())
    assert box.mass == pytest.approx(inside.mean()) and box.density > 0.8
    assert limits["a"].quasi_p < 0.01


def test_few_failures_are_no_rule():
    values = {"a": list(range(50))}
    few, many = np.zeros(50, bool), np.ones(50, bool)
    few[:3] = True
    many[:2] = False
    assert discover(values, few).box is None and discover(values, few).note == "few"
    assert discover(values, many).box is None and discover(values, many).note == "nearly all"
