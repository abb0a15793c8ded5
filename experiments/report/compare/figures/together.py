"""Whether the ratio and durable settlement move together: one point a policy, effect against effect."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.report import numbers, theme
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures.labels import label_points
from experiments.report.compare.phrases import effect_difference, ratio_text, relative_text
from experiments.report.compare.verdicts import verdicts_of
from experiments.report.table import Table
from experiments.report.text import Words
from sim.measures.smallest_effect import DISTANCE, SHARE


def available(evidence: Evidence) -> bool:
    """Needs something to compare, the distance to the target and durable resolution."""
    return bool(verdicts_of(evidence))


def draw(evidence: Evidence, words: Words) -> Figure:
    """Right is nearer to the target, up is more settled; grey bands are changes too small to matter."""
    marks = theme.marks(evidence.scenarios, evidence.reference)
    figure = theme.new_figure(4.4)
    axes = figure.subplots()
    axes.axvspan(-DISTANCE, DISTANCE, color=theme.BAND, zorder=0)
    axes.axhspan(-100 * SHARE, 100 * SHARE, color=theme.BAND, zorder=0)
    axes.axvline(0, color=theme.MUTED, lw=0.8)
    axes.axhline(0, color=theme.MUTED, lw=0.8)
    points, ends, texts = [], [], []
    for verdict in verdicts_of(evidence):
        mark = marks[verdict.scenario]
        x, y = verdict.nearer, verdict.durable
        if math.isfinite(x.low) and math.isfinite(y.low):
            ends += [(x.low, 100 * y.low), (x.high, 100 * y.high)]
            axes.plot([x.low, x.high], [100 * y.difference] * 2, color=mark.colour, lw=1.3, zorder=3)
            axes.plot([x.difference] * 2, [100 * y.low, 100 * y.high], color=mark.colour, lw=1.3, zorder=3)
        axes.plot([x.difference], [100 * y.difference], mark.marker, color=mark.colour, ms=8, zorder=4)
        points.append((x.difference, 100 * y.difference))
        texts.append(words.title(verdict.scenario))
    axes.set_xlabel(words("together.x"))
    axes.set_ylabel(words("together.y"), linespacing=1.5)
    _limits(axes, points, ends)
    for across, up, horizontal, vertical, key in (
        (0.012, 0.985, "left", "top", "up"),
        (0.988, 0.985, "right", "top", "both"),
        (0.988, 0.015, "right", "bottom", "ratio"),
    ):
        axes.text(
            across,
            up,
            words(f"together.corner.{key}"),
            transform=axes.transAxes,
            ha=horizontal,
            va=vertical,
            color=theme.MUTED,
            fontsize=8.5,
        )
    label_points(axes, points, texts)
    return figure


def _limits(axes: Axes, points: list[tuple[float, float]], ends: list[tuple[float, float]]) -> None:
    """Room around the points for their names, and for the whole of every interval."""
    for which, band in enumerate((DISTANCE, 100 * SHARE)):
        values, reach = [point[which] for point in points], [end[which] for end in ends]
        low, high = min(*values, -2 * band), max(*values, 2 * band)
        wide, narrow = 0.14 * (high - low), 0.03 * (high - low)
        least = min([low - wide, *(end - narrow for end in reach)])
        most = max([high + wide, *(end + narrow for end in reach)])
        (axes.set_ylim if which else axes.set_xlim)(least, most)


def table(evidence: Evidence, words: Words) -> Table:
    """Both effects of every policy with intervals, the ratio and totals beside, and the verdict."""
    header = [words("table.policy"), words("together.ratio"), words.measure("distance_to_target")]
    header += [words("together.change"), words.measure("durable_resolution"), words("together.points")]
    header += [words("together.province"), words("together.total"), words("together.verdict")]
    body = []
    if evidence.reference:
        body.append(_reference_cells(evidence, words))
    for verdict in verdicts_of(evidence):
        distance, durable = verdict.distance, verdict.durable
        cells = [words.scenario(verdict.scenario), ratio_text(evidence, verdict.scenario, words)]
        cells += [numbers.plain(distance.mean_policy), effect_difference(distance, "distance", words)]
        cells += [numbers.percent(durable.mean_policy), effect_difference(durable, "share", words)]
        for measure in ("petitions_province", "petitions_total"):
            cells.append(relative_text(evidence.effect(verdict.scenario, measure), words))
        body.append([*cells, words(f"verdict.{verdict.ratio}.{verdict.settlement}")])
    return Table(words("together.title"), header, body)


def _reference_cells(evidence: Evidence, words: Words) -> list[str]:
    name = evidence.reference
    assert name is not None
    distance = evidence.estimate(name, "distance_to_target").mean
    durable = evidence.estimate(name, "durable_resolution").mean
    cells = [words.scenario(name), ratio_text(evidence, name, words), numbers.plain(distance), numbers.NONE]
    return [*cells, numbers.percent(durable), *[numbers.NONE] * 3, words("verdict.reference")]
