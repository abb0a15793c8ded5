"""Maps of places side by side: a dot at every seat, lines behind them where a user has brought some, and the keys."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from experiments.report import numbers, theme
from experiments.report.maps.colours import NEUTRAL, Scale
from experiments.report.maps.labels import Label, place_labels
from experiments.report.maps.outline import Outline
from experiments.report.maps.projection import Projection, View, bar_length, thinned
from experiments.report.text import Words

MOST = 400
"""Dots that a map can show."""

TITLE, LINE, GAP, KEY, FOOT = 0.30, 0.19, 0.14, 1.12, 0.30
"""Inches: height of a map's title, of each further line of one, what is between maps, the keys, and the last line."""

NARROWEST, WIDEST = 0.9, 2.0
"""Width of a map over its height."""

LARGEST, SMALLEST = 230.0, 7.0
"""Areas of dots in square points: of the place with most residents where there are few, and the least of any."""

CROWDED = 20
"""Dots up to which they may be as large as that."""


@dataclass(frozen=True)
class Dot:
    """A place on a map.

    Attributes:
        name: as people say it.
        latitude, longitude: of its seat, in degrees.
        residents: they give the size.
        value: gives the colour; ``None`` where the place is not told apart from others.
        note: figures below the name, where the dot has a colour.
    """

    name: str
    latitude: float
    longitude: float
    residents: int
    value: float | None = None
    note: str = ""


@dataclass(frozen=True)
class PlaceMap:
    """One map: its title, its dots and the colours of their values."""

    title: str
    dots: Sequence[Dot]
    scale: Scale


def draw_maps(maps: Sequence[PlaceMap], words: Words, outline: Outline | None = None) -> Figure:
    """Maps of the same places in one frame, then the keys of their colours and sizes, and where places are from.

    ``maps`` is not empty, and each has a dot at least.
    """
    columns = 1 if len(maps) == 1 else 2 if len(maps) < 5 else 3
    lines = math.ceil(len(maps) / columns)
    width = (theme.WIDTH - GAP * (columns + 1)) / columns
    everything = [dot for each in maps for dot in each.dots]
    sheet = Projection.of([dot.latitude for dot in everything], [dot.longitude for dot in everything])
    seats = sheet.points([dot.longitude for dot in everything], [dot.latitude for dot in everything])
    extent = np.maximum(np.ptp(seats, axis=0), 1.0) + 0.18 * np.ptp(seats, axis=0).max()
    proportion = min(max(float(extent[0] / extent[1]), NARROWEST), WIDEST)
    height = width / proportion
    drawn = [sheet.points(*line.T) for line in outline.lines] if outline else []
    view = View.around(seats, drawn, proportion)
    title = TITLE + LINE * max(each.title.count("\n") for each in maps)
    down = title + height + GAP
    figure = theme.new_figure(lines * down + KEY + FOOT)
    figure.set_layout_engine("none")  # maps are of one size
    most = max(dot.residents for dot in everything)
    panels = []
    for place, each in enumerate(maps):
        line, column = divmod(place, columns)
        axes = _axes(figure, GAP + column * (width + GAP), line * down + title, width, height)
        _frame(axes, view, words)
        _outline(axes, drawn, view)
        _dots(axes, each, sheet, most)
        axes.set_title(each.title, fontsize=9.5, linespacing=1.4)
        panels.append(axes)
    for axes, each in zip(panels, maps, strict=True):
        _names(axes, each, sheet, most)
    _keys(figure, list(dict.fromkeys(each.scale for each in maps)), lines * down, words)
    _sizes(figure, most, len(maps[0].dots), lines * down, words)
    said = [words("map.attribution"), *([words("map.outline", file=outline.name)] if outline else [])]
    text = words.joined(*(words("map.sentence", text=each) for each in said))
    low = 0.08 / figure.get_figheight()
    figure.text(GAP / theme.WIDTH, low, text, fontsize=7, color=theme.MUTED, va="bottom")
    return figure


def area(residents: int, most: int, dots: int) -> float:
    """Area of a dot in square points, in proportion to residents but for the least that can be seen."""
    largest = LARGEST * min(1.0, CROWDED / dots)
    return max(SMALLEST, largest * residents / most) if most else SMALLEST


def _axes(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place in inches from the upper left corner."""
    whole = figure.get_figheight()
    return figure.add_axes((left / theme.WIDTH, 1 - (top + height) / whole, width / theme.WIDTH, height / whole))


def _frame(axes: Axes, view: View, words: Words) -> None:
    """No axis, the part of the sheet, and a scale bar at the lower left."""
    axes.set_axis_off()
    axes.set_xlim(view.west, view.east)
    axes.set_ylim(view.south, view.north)
    length = bar_length(view.width)
    x, y = view.west + 0.02 * view.width, view.south + 0.02 * view.height
    axes.plot([x, x + length], [y, y], color=theme.MUTED, lw=1.5, solid_capstyle="butt")
    text = words("map.kilometres", n=numbers.plain(length, 0) if length >= 1 else f"{length:g}")
    axes.annotate(text, (x, y), (0, 3), textcoords="offset points", fontsize=7, color=theme.MUTED)


def _outline(axes: Axes, lines: Sequence[np.ndarray], view: View) -> None:
    """The lines that come into view, in as much detail as can be seen."""
    tolerance = view.width / 800
    seen = []
    for line in lines:
        (west, south), (east, north) = line.min(axis=0), line.max(axis=0)
        if west <= view.east and east >= view.west and south <= view.north and north >= view.south:
            seen.append(thinned(line, tolerance))
    if seen:
        axes.add_collection(LineCollection(seen, colors="#a8a8a8", linewidths=0.6, zorder=1), autolim=False)


def _dots(axes: Axes, each: PlaceMap, sheet: Projection, most: int) -> None:
    """Large dots first, so that none is hidden."""
    dots = sorted(each.dots, key=lambda dot: -dot.residents)
    seats = sheet.points([dot.longitude for dot in dots], [dot.latitude for dot in dots])
    axes.scatter(
        seats[:, 0],
        seats[:, 1],
        s=[area(dot.residents, most, len(dots)) for dot in dots],
        c=[each.scale.colour(dot.value) for dot in dots],
        edgecolors="white",
        linewidths=0.6,
        zorder=3,
    )


def _names(axes: Axes, each: PlaceMap, sheet: Projection, most: int) -> None:
    """Names of as many places as there is room for: those with a colour first, then the largest."""
    dots = sorted(each.dots, key=lambda dot: (dot.value is None, -dot.residents))
    seats = sheet.points([dot.longitude for dot in dots], [dot.latitude for dot in dots])
    labels = [
        Label(
            f"{dot.name}\n{dot.note}" if dot.note and dot.value is not None else dot.name,
            (float(x), float(y)),
            math.sqrt(area(dot.residents, most, len(dots)) / math.pi),
        )
        for dot, (x, y) in zip(dots, seats, strict=True)
    ]
    place_labels(axes, labels)


def _keys(figure: Figure, scales: Sequence[Scale], top: float, words: Words) -> None:
    """The key of every scale of colours, from the left."""
    each = 0.36 * theme.WIDTH
    for place, scale in enumerate(scales):
        scale.draw(_axes(figure, 2 * GAP + place * (each + 2 * GAP), top + 0.34, each - GAP, 0.1))


def _sizes(figure: Figure, most: int, dots: int, top: float, words: Words) -> None:
    """The key of sizes, and of grey, at the right."""
    axes = _axes(figure, 0.8 * theme.WIDTH, top + 0.1, 0.2 * theme.WIDTH - GAP, KEY - 0.3)
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.text(0, 0.98, words("map.residents"), fontsize=8.5, va="top")
    largest = round_number(most)
    keys = [(area(each, most, dots), people_text(each, words), theme.MUTED) for each in (largest, largest // 10)]
    for (size, text, colour), y in zip([*keys, (40.0, words("map.grey"), NEUTRAL)], (0.66, 0.36, 0.1), strict=True):
        axes.scatter([0.1], [y], s=size, color=colour, lw=0, clip_on=False)
        axes.text(0.24, y, text, fontsize=8, va="center")


def round_number(value: int) -> int:
    """The largest of 10, 20, 50, 100, … that is not above a number; 10 for smaller ones."""
    power = 10 ** max(1, math.floor(math.log10(max(value, 10))))
    return max(step * power for step in (1, 2, 5) if step * power <= max(value, 10))


def people_text(residents: int, words: Words) -> str:
    """A round number of residents as each language counts them: ``2 million``, ``200万``."""
    size = 1_000_000 if words.language == "en" else 10_000
    return words("map.people", n=f"{residents / size:g}") if residents >= size else numbers.plain(residents, 0)
