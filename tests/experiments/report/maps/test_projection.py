"""From degrees to kilometres: distances by hand, what a map shows, its scale bar."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.report.maps.projection import Projection, View, bar_length, thinned


def test_a_degree_is_as_long_as_it_is():
    sheet = Projection.of([30.0, 50.0], [100.0, 110.0])
    assert (sheet.latitude, sheet.longitude) == (40.0, 105.0)
    points = sheet.points([105.0, 106.0, 105.0], [40.0, 40.0, 41.0])
    assert points[0] == pytest.approx([0, 0])
    assert points[1] == pytest.approx([111.195 * math.cos(math.radians(40)), 0])
    assert points[2] == pytest.approx([0, 111.195])


def test_lanzhou_is_as_far_from_jiuquan_as_the_great_circle_says():
    sheet = Projection.of([36.06, 39.74], [103.83, 98.51])
    seats = sheet.points([103.83, 98.51], [36.06, 39.74])
    assert float(np.linalg.norm(seats[0] - seats[1])) == pytest.approx(619, rel=0.01)


def test_a_view_holds_all_dots_in_the_proportion_asked_for():
    dots = np.array([[0.0, 0.0], [100.0, 50.0]])
    view = View.around(dots, [], 1.5)
    assert view.width / view.height == pytest.approx(1.5)
    assert view.west == pytest.approx(-9) and view.east == pytest.approx(109)
    assert view.south < 0 and view.north > 50
    alone = View.around(np.array([[3.0, 4.0]]), [], 1.0)
    assert alone.width > 10 and (alone.west + alone.east) / 2 == pytest.approx(3.0)


def test_a_view_reaches_for_lines_around_dots_but_not_for_the_world():
    dots = np.array([[0.0, 0.0], [100.0, 100.0]])
    near = np.array([[-30.0, -20.0], [120.0, 110.0]])
    view = View.around(dots, [near], 1.0)
    assert view.west == pytest.approx(-30) and view.width == pytest.approx(150)
    world = np.array([[-9000.0, -9000.0], [9000.0, 9000.0]])
    assert View.around(dots, [world], 1.0).width == pytest.approx(200)
    elsewhere = np.array([[500.0, 500.0], [600.0, 600.0]])
    assert View.around(dots, [elsewhere], 1.0) == View.around(dots, [], 1.0)


@pytest.mark.parametrize(("width", "length"), [(1000, 200), (2000.1, 500), (39, 5), (4, 1), (799, 100), (2.1, 0.5)])
def test_a_scale_bar_has_a_round_length_up_to_a_quarter(width, length):
    assert bar_length(width) == pytest.approx(length)


def test_a_line_keeps_what_can_be_seen():
    line = np.array([[0.0, 0.0], [0.1, 0.0], [0.2, 0.1], [1.0, 0.0], [1.05, 0.0]])
    assert thinned(line, 0.5).tolist() == [[0, 0], [1.0, 0], [1.05, 0]]
    assert np.array_equal(thinned(line, 0.0), line)
