"""Cities as a map of tiles: levels in the first map, paired changes under every policy in the others."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.compare.comparison_table import cell, unit_text
from experiments.report.compare.evidence import Effect, Evidence
from experiments.report.compare.rows import Row, window_rows
from experiments.report.compare.tables import StoredCity
from experiments.report.measure_text import bracketed
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import AT, CITY_MEASURES
from experiments.statistics.intervals import Estimate

DURABLE, _, REGISTERED = CITY_MEASURES

MOST = 60
"""Cities that a map can show."""

TILE, TITLE, LINE, KEY, GAP = 0.4, 0.42, 0.19, 0.75, 0.12
"""Inches: height of a tile, of a map's title, of each further line of one, of the key; half of what is between maps."""

SHADES = 41
"""Colours of a scale: with more of them its key would be drawn as a picture, not as lines."""

LEVELS = colormaps["cividis"].resampled(SHADES)
CHANGES = LinearSegmentedColormap.from_list("changes", ["#a0447b", "#cc79a7", "#eeeeee", "#56b4e9", "#0072b2"], SHADES)
"""Changes have a zero in the middle; the ends are colours of the report, told apart by everybody."""


@dataclass(frozen=True)
class CityCell:
    """A city on a map: what its colour says (``None``: an outline) and the two numbers under its name."""

    value: float | None
    durable: str
    registered: str


def shown_cities(evidence: Evidence) -> list[StoredCity]:
    """Cities that these results measure apart, from the north and west."""
    measured = [city for city in evidence.cities if evidence.has(*(of(name, city) for name in CITY_MEASURES))]
    return sorted(measured, key=lambda city: (city.row, city.column))


def of(measure: str, city: StoredCity) -> str:
    """The name of a measure of one city."""
    return f"{measure}{AT}{city.code}"


def available(evidence: Evidence) -> bool:
    """Needs the measures of at least two cities, and something to compare."""
    return bool(evidence.contrasts) and 1 < len(shown_cities(evidence)) <= MOST


def base_of(evidence: Evidence, words: Words) -> Row:
    """What changes are measured from: the reference policy, or the first row's window before the reform."""
    rows = window_rows(evidence, words)
    return next((row for row in rows if row.scenario == evidence.reference and row.span == evidence.after), rows[0])


def levels_of(evidence: Evidence, base: Row) -> dict[int, Estimate]:
    """Durable resolution of every city, by code."""
    return {
        city.code: evidence.estimate(base.scenario, of(DURABLE, city), base.span) for city in shown_cities(evidence)
    }


def city_effects(evidence: Evidence, scenario: str, measure: str = DURABLE) -> dict[int, Effect]:
    """The paired effect of a policy in every city where it is known, by code."""
    found = {city.code: evidence.effect(scenario, of(measure, city)) for city in shown_cities(evidence)}
    return {code: effect for code, effect in found.items() if effect is not None}


def city_judgements(evidence: Evidence, scenario: str) -> dict[int, int | None]:
    """Whether a policy's effect on durable settlement matters in every city where it is known, by code."""
    return {code: evidence.judgement(scenario, f"{DURABLE}{AT}{code}") for code in city_effects(evidence, scenario)}


def _level_tiles(evidence: Evidence, base: Row) -> dict[int, CityCell]:
    def per_1000(city: StoredCity) -> str:
        return numbers.plain(evidence.estimate(base.scenario, of(REGISTERED, city), base.span).mean, 1)

    levels = levels_of(evidence, base)
    return {
        city.code: CityCell(levels[city.code].mean, numbers.plain(100 * levels[city.code].mean, 1), per_1000(city))
        for city in shown_cities(evidence)
    }


def _change_tiles(evidence: Evidence, scenario: str) -> dict[int, CityCell]:
    registered = city_effects(evidence, scenario, REGISTERED)
    judgements = city_judgements(evidence, scenario)
    tiles = {}
    for code, effect in city_effects(evidence, scenario).items():
        beside = numbers.signed_percent(registered[code].relative, 0) if code in registered else numbers.NONE
        tiles[code] = CityCell(
            effect.difference if judgements[code] else None, numbers.difference(effect.difference, "share", 1), beside
        )
    return tiles


def draw(evidence: Evidence, words: Words) -> Figure:
    """All maps on the same tiles, the changes on one scale."""
    cities, base = shown_cities(evidence), base_of(evidence, words)
    first = _level_tiles(evidence, base)
    others = {name: _change_tiles(evidence, name) for name in evidence.contrasts}
    wide, high = (max(sides) - min(sides) + 1 for sides in zip(*((c.column, c.row) for c in cities), strict=True))
    columns = min(1 + len(others), 3 if wide <= 6 else 2 if wide <= 10 else 1)
    lines = math.ceil((1 + len(others)) / columns)
    title = TITLE + LINE * max(text.count("\n") for text in (base.title, *map(words.title, others)))
    across, down = theme.WIDTH / columns, title + TILE * high
    figure = theme.new_figure(lines * down + KEY)
    figure.set_layout_engine("none")  # tiles of all maps are of one size
    corners = [divmod(place, columns) for place in range(1 + len(others))]
    places = [
        _axes(figure, GAP + across * column, title + down * line, across - 2 * GAP, TILE * high)
        for line, column in corners
    ]
    half = theme.WIDTH / 2
    bars = [_axes(figure, left + 2 * GAP, lines * down + KEY * 0.25, half - 4 * GAP, 0.1) for left in (0, half)]
    scales = (_levels(first.values()), _changes(tile for tiles in others.values() for tile in tiles.values()))
    for axes, name in zip(places, (None, *others), strict=True):
        _map(axes, cities, others[name] if name else first, scales[1 if name else 0], words)
        axes.set_title(words.title(name) if name else base.title, fontsize=9.5, linespacing=1.4)
    for axes, scale, key in zip(bars, scales, ("level", "change"), strict=True):
        _bar(axes, scale, words(f"cities.{key}"), numbers.signed if key == "change" else numbers.plain)
    return figure


def _axes(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place in inches from the upper left corner."""
    whole = figure.get_figheight()
    return figure.add_axes((left / theme.WIDTH, 1 - (top + height) / whole, width / theme.WIDTH, height / whole))


def _levels(tiles: Iterable[CityCell]) -> ScalarMappable | None:
    """From the lowest to the highest level; ``None`` where no two differ."""
    values = [tile.value for tile in tiles if tile.value is not None]
    return ScalarMappable(Normalize(min(values), max(values)), LEVELS) if len(set(values)) > 1 else None


def _changes(tiles: Iterable[CityCell]) -> ScalarMappable | None:
    """As far below zero as above it; ``None`` where no change is clear."""
    reach = max((abs(tile.value) for tile in tiles if tile.value is not None), default=0)
    return ScalarMappable(Normalize(-reach, reach), CHANGES) if reach else None


def _map(
    axes: Axes,
    cities: Sequence[StoredCity],
    tiles: Mapping[int, CityCell],
    colours: ScalarMappable | None,
    words: Words,
) -> None:
    """Tiles, each with a name and two numbers; one that has no colour is an outline."""
    for city in cities:
        tile = tiles.get(city.code, CityCell(None, numbers.NONE, numbers.NONE))
        fill, edge = "white", theme.GRID
        if tile.value is not None and colours is not None:
            fill = edge = to_hex(colours.to_rgba(np.array([tile.value]))[0])
        axes.add_patch(Rectangle((city.column - 0.47, city.row - 0.47), 0.94, 0.94, fc=fill, ec=edge, lw=0.8))
        name = getattr(city, words.language)
        lines = (
            (-0.27, name, {"fontsize": min(6.4, 52 / len(name))}),
            (0.05, tile.durable, {"fontsize": 8.5, "weight": "bold"}),
            (0.33, words.spaced(tile.registered), {"fontsize": 6.2}),
        )
        ink = theme.ink_on(fill)
        for shift, text, look in lines:
            axes.text(city.column, city.row + shift, text, ha="center", va="center", color=ink, **look)
    columns, rows = [city.column for city in cities], [city.row for city in cities]
    axes.set_xlim(min(columns) - 0.5, max(columns) + 0.5)
    axes.set_ylim(max(rows) + 0.5, min(rows) - 0.5)
    axes.set_axis_off()


def _bar(axes: Axes, scale: ScalarMappable | None, label: str, write: Callable[[float, int], str]) -> None:
    """What the colours say."""
    if scale is None:
        axes.set_axis_off()
        return
    bar = axes.figure.colorbar(scale, cax=axes, orientation="horizontal", label=label)
    bar.ax.xaxis.set_major_locator(MaxNLocator(5))
    bar.ax.xaxis.set_major_formatter(lambda value, _: write(100 * value, 1))
    bar.ax.tick_params(labelsize=8)
    for shades in bar.ax.collections:
        shades.set_edgecolor("face")  # else light lines show between them
    bar.outline.set_visible(False)


def city_spread(evidence: Evidence, words: Words) -> str:
    """The lowest and the highest city, and in how many every policy makes a clear difference."""
    base = base_of(evidence, words)
    levels, cities = levels_of(evidence, base), shown_cities(evidence)
    ranked = sorted(cities, key=lambda city: levels[city.code].mean)
    low, high = (_named(city, levels[city.code], words) for city in (ranked[0], ranked[-1]))
    counts = [
        words("cities.count", policy=words.scenario(name), rises=rises, falls=falls)
        for name in evidence.contrasts
        for rises, falls in [counts_of(evidence, name)]
    ]
    text = words("cities.spread", base=base.label, low=low, high=high)
    return words.joined(text, words("cities.counts", n=len(cities), counts=words("cities.join").join(counts)))


def counts_of(evidence: Evidence, scenario: str) -> tuple[int, int]:
    """Cities in which durable settlement clearly rises, and clearly falls."""
    signs = list(city_judgements(evidence, scenario).values())
    return signs.count(1), signs.count(-1)


def _named(city: StoredCity, level: Estimate, words: Words) -> str:
    ends = (numbers.plain(100 * end, 1) for end in (level.low, level.high))
    value = bracketed((numbers.percent(level.mean), *ends), words)
    return words("cities.named", city=getattr(city, words.language), value=value)


def table(evidence: Evidence, words: Words) -> Table:
    """Every measure of every city with paired differences, then in how many cities it clearly rises and falls."""
    rows = window_rows(evidence, words)
    header = [words("cities.city"), words("table.measure"), words("table.unit"), *(row.label for row in rows)]
    body = [
        [getattr(city, words.language), words.measure(measure), unit_text(measure, words)]
        + [cell(evidence, row, of(measure, city), words) for row in rows]
        for city in shown_cities(evidence)
        for measure in CITY_MEASURES
    ]
    compared = [
        row.scenario if row.span == evidence.after and row.scenario in evidence.contrasts else "" for row in rows
    ]
    for place, key in enumerate(("rises", "falls")):
        counts = [str(counts_of(evidence, name)[place]) if name else numbers.NONE for name in compared]
        body.append([words(f"cities.{key}"), words.measure(DURABLE), words("cities.unit"), *counts])
    return Table(words("cities.title"), header, body)
