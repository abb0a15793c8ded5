"""Places beside one another: how much of their spread is chance, and which are told apart."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from experiments.statistics.paired import paired_difference
from experiments.statistics.places import place_spread, told_apart

DURABLE = "durable_resolution"


def test_spread_and_chance_by_hand():
    found = place_spread([[[1.0, 3.0]], [[5.0, 7.0]]])  # figures 2 and 6; variance 2 within each, of a mean of two 1
    assert found.observed == pytest.approx(math.sqrt(8))
    assert found.chance == pytest.approx(1.0)


def test_behaviours_are_no_chance():
    behaviours = [[0.0, 0.2], [10.0, 10.2]]  # far apart between behaviours, close within
    found = place_spread([behaviours, behaviours])
    assert found.observed == 0
    assert found.chance == pytest.approx(math.sqrt(0.02 * (1 / 2 + 1 / 2) / 4))


def test_what_was_tried_once_says_nothing_of_chance():
    assert math.isnan(place_spread([[[1.0], [2.0]], [[3.0], [4.0]]]).chance)
    assert place_spread([[[1.0], [2.0]], [[3.0], [4.0]]]).observed == pytest.approx(math.sqrt(2))
    assert math.isnan(place_spread([[[1.0, 2.0]], [[]]]).observed)


def test_places_that_differ_by_chance_alone_spread_as_chance_says():
    values = np.random.default_rng(5).normal(0.6, 0.02, (400, 8))
    found = place_spread([[row.tolist()] for row in values])
    assert found.observed == pytest.approx(0.02 / math.sqrt(8), rel=0.08)
    assert found.chance == pytest.approx(0.02 / math.sqrt(8), rel=0.03)


def effect(difference: float, noise: float, replicates: int = 4):
    swing = noise * np.resize([1.0, -1.0], replicates)
    return paired_difference(np.full(replicates, 0.6), 0.6 + difference + swing)


def test_only_what_matters_and_is_no_chance_find_is_told_apart():
    effects = {1: effect(0.03, 0.001), 2: effect(-0.03, 0.001), 3: effect(0.004, 0.0001), 4: effect(0.03, 0.05)}
    assert told_apart(effects, DURABLE) == {1: 1, 2: -1, 3: 0, 4: 0}


def test_among_many_places_a_single_low_p_value_is_no_find():
    one = replace(effect(0.03, 0.001), p_value=0.02)
    assert told_apart({0: one}, DURABLE) == {0: 1}
    others = {place: effect(0.0, 0.01) for place in range(1, 20)}
    assert told_apart({0: one, **others}, DURABLE)[0] == 0


def test_one_replicate_tells_nothing_apart():
    assert told_apart({1: effect(0.2, 0.0, replicates=1)}, DURABLE) == {1: 0}
