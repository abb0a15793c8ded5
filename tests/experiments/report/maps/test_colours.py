"""Colours of places: grey for what chance may have made, then farther is darker."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_rgb

from experiments.report import numbers
from experiments.report.maps.colours import ABOVE, BELOW, NEUTRAL, Scale, band_of


def scale(band: float = 1.0, reach: float = 4.0) -> Scale:
    return Scale("label", "note", band, reach, "none", numbers.signed)


def light(colour: str) -> float:
    return sum(to_rgb(colour))


def test_a_place_that_is_not_told_apart_is_grey():
    assert scale().colour(None) == NEUTRAL
    assert scale(reach=0.0).colour(3.0) == NEUTRAL


def test_farther_is_darker_and_the_sides_differ():
    found = [scale().colour(value) for value in (1.2, 2.5, 4.0)]
    assert found[-1] == ABOVE[1] and [light(each) for each in found] == sorted(map(light, found), reverse=True)
    assert scale().colour(-4.0) == BELOW[0]
    assert light(scale().colour(-1.5)) > light(scale().colour(-3.5))


def test_a_place_that_is_surer_than_most_has_a_colour_within_the_band():
    assert scale().colour(0.6) == ABOVE[0] and scale().colour(-0.6) == BELOW[1]


def test_no_value_beyond_the_band_is_grey():
    for band in (0.3, 0.51, 0.77, 1.3, 1.9):
        assert scale(band=band).colour(1.01 * band) != NEUTRAL != scale(band=band).colour(-1.01 * band)


def test_grey_leaves_room_for_colours_where_all_values_are_within_it():
    wide = scale(band=4.0, reach=1.0)
    assert wide.colour(1.0) == ABOVE[0]
    assert wide.colour(5.0) == ABOVE[1]


def test_the_band_is_what_is_too_small_and_what_chance_adds():
    assert band_of([0.01, 0.03, 0.02], 0.005) == pytest.approx(0.025)
    assert band_of([float("nan")], 0.005) == 0.005
