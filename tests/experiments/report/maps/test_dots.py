"""Maps of dots: where they are, how large, what is written, and the keys."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.text import Annotation

from experiments.report import numbers, theme
from experiments.report.maps.colours import ABOVE, NEUTRAL, Scale
from experiments.report.maps.dots import LARGEST, SMALLEST, Dot, PlaceMap, area, draw_maps, people_text, round_number
from experiments.report.maps.outline import Outline
from experiments.report.text import Words

EN, ZH = Words("en"), Words("zh")
SCALE = Scale("Effect, points", "Spread 0.39; chance 0.26", 0.6, 2.0, "no place", numbers.signed)
DOTS = [
    Dot("Lanzhou", 36.06, 103.83, 4_400_000, 2.0, "+2.0 | −3 %"),
    Dot("Jiuquan", 39.74, 98.51, 1_100_000),
    Dot("Longnan", 33.4, 104.92, 2_200_000),
]


def drawn(maps, words=EN, outline=None):
    with theme.drawing():
        return draw_maps(maps, words, outline)


def dots_of(axes) -> PathCollection:
    return next(each for each in axes.collections if isinstance(each, PathCollection))


def names_of(axes) -> list[str]:
    return [each.get_text() for each in axes.texts if isinstance(each, Annotation) and each.get_zorder() == 4]


def test_dots_lie_where_their_seats_do_and_are_as_large_as_their_residents():
    axes = drawn([PlaceMap("Title", DOTS, SCALE)]).axes[0]
    found = dots_of(axes)
    places = np.asarray(found.get_offsets())  # the largest first: Lanzhou, Longnan, Jiuquan
    east = 111.195 * math.cos(math.radians((33.4 + 39.74) / 2))
    assert places[0] - places[2] == pytest.approx([east * (103.83 - 98.51), 111.195 * (36.06 - 39.74)])
    assert found.get_sizes().tolist() == pytest.approx([LARGEST, LARGEST / 2, LARGEST / 4])
    assert [to_hex(each) for each in found.get_facecolors()] == [ABOVE[1], NEUTRAL, NEUTRAL]
    assert axes.get_title(loc="left") == "Title" and not axes.axison


def test_maps_stand_in_one_frame_true_to_scale():
    figure = drawn([PlaceMap(str(number), DOTS, SCALE) for number in range(3)])
    first, second, third = figure.axes[:3]
    assert first.get_xlim() == second.get_xlim() == third.get_xlim() and first.get_ylim() == third.get_ylim()
    box = first.get_window_extent()
    wide, high = np.ptp(first.get_xlim()) / box.width, np.ptp(first.get_ylim()) / box.height
    assert wide == pytest.approx(high)


def test_a_coloured_dot_has_its_figures_and_names_keep_clear_of_each_other():
    many = [replace(DOTS[1], name=f"Place {number}", longitude=98 + 0.05 * number) for number in range(30)]
    axes = drawn([PlaceMap("Title", [*many, DOTS[0]], SCALE)]).axes[0]
    found = names_of(axes)
    assert found[0] == "Lanzhou\n+2.0 | −3 %"
    assert 2 <= len(found) < 31
    renderer = FigureCanvasAgg(axes.figure).get_renderer()
    boxes = [each.get_window_extent(renderer) for each in axes.texts if each.get_zorder() == 4]
    inside = axes.get_window_extent()
    for number, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])
        assert inside.x0 <= box.x0 and box.x1 <= inside.x1


def test_every_map_says_whose_places_these_are_how_far_and_how_many():
    english, chinese = (drawn([PlaceMap("Title", DOTS, SCALE)], words) for words in (EN, ZH))
    texts = [text.get_text() for figure in (english, chinese) for text in figure.texts]
    assert texts == ["Places © GeoNames contributors, CC BY 4.0.", "地点数据 © GeoNames贡献者，CC BY 4.0。"]
    scale_bars = [axes.axes[0].texts[0].get_text() for axes in (english, chinese)]
    assert scale_bars == ["100 km", "100公里"]
    bar = english.axes[0].lines[0].get_xdata()
    assert bar[1] - bar[0] == pytest.approx(100)
    key = [text.get_text() for text in english.axes[-1].texts]
    assert key == ["Residents", "2 million", "200,000", "Grey: not told apart"]
    assert [text.get_text() for text in chinese.axes[-1].texts] == ["常住人口", "200万", "20万", "灰色：未能区分"]
    level = english.axes[1]
    assert level.get_title(loc="left") == "Effect, points" and level.texts[0].get_text() == "Spread 0.39; chance 0.26"


def test_where_no_place_has_a_colour_that_is_said_instead():
    figure = drawn([PlaceMap("Title", [replace(dot, value=None) for dot in DOTS], replace(SCALE, reach=0.0))])
    assert [text.get_text() for text in figure.axes[1].texts] == ["Spread 0.39; chance 0.26", "no place"]
    assert names_of(figure.axes[0]) == ["Lanzhou", "Longnan", "Jiuquan"]


def test_lines_stand_behind_the_dots_and_are_named():
    line = np.array([[95.0, 32.0], [108.0, 32.0], [108.0, 42.0], [95.0, 42.0], [95.0, 32.0]])
    far = line + np.array([60.0, 0.0])
    figure = drawn([PlaceMap("Title", DOTS, SCALE)], EN, Outline("own.geojson", "0" * 64, (line, far)))
    lines = next(each for each in figure.axes[0].collections if isinstance(each, LineCollection))
    assert len(lines.get_segments()) == 1 and len(lines.get_segments()[0]) == 5
    assert lines.get_zorder() < dots_of(figure.axes[0]).get_zorder()
    assert figure.texts[0].get_text().endswith("Lines: own.geojson, the user's own.")


def test_areas_are_in_proportion_and_smaller_where_there_are_many():
    assert area(500_000, 1_000_000, 10) == pytest.approx(LARGEST / 2)
    assert area(1_000_000, 1_000_000, 40) == pytest.approx(LARGEST / 2)
    assert area(10, 1_000_000, 10) == SMALLEST and area(0, 0, 2) == SMALLEST


def test_round_numbers_of_residents():
    assert [round_number(each) for each in (4_400_000, 1_000_000, 999_999, 25, 7)] == [
        2_000_000,
        10**6,
        500_000,
        20,
        10,
    ]
    assert [people_text(each, EN) for each in (2_000_000, 200_000)] == ["2 million", "200,000"]
    assert [people_text(each, ZH) for each in (2_000_000, 5_000)] == ["200万", "5,000"]
