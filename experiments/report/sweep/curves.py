"""Measures along a factor whose values are numbers, a line for every value of a second factor."""

from __future__ import annotations

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy import stats

from experiments.report import theme
from experiments.report.axis import columns_for, small_panels
from experiments.report.factors import factor_label, short_label
from experiments.report.measure_text import factor_of, wrapped
from experiments.report.sweep.evidence import FactorAxis, SweepEvidence, value_text
from experiments.report.sweep.ranking import amount_text
from experiments.report.table import Table
from experiments.report.text import Words

LINES_MAX = 6
"""Lines that can be told apart."""

PANELS_MAX = 6

TITLE = 34
"""Letters on a line of a panel's title."""


def axes_of(evidence: SweepEvidence) -> tuple[FactorAxis, FactorAxis | None] | None:
    """The factor along the axis and that of the lines; ``None`` where a sweep cannot be drawn as lines.

    The axis is the ordered factor with the most values (at least three); the lines are another factor, if any. Points
    that differ in further factors are averaged.
    """
    if not evidence.is_grid or not evidence.measures:
        return None
    ordered = [factor for factor in evidence.factors if factor.is_ordered and len(factor.values) > 2]
    if not ordered:
        return None
    along = max(ordered, key=lambda factor: len(factor.values))
    others = [factor for factor in evidence.factors if factor is not along and len(factor.values) <= LINES_MAX]
    return along, min(others, key=lambda factor: factor.is_ordered) if others else None


def available(evidence: SweepEvidence) -> bool:
    """Needs a grid with an ordered factor of three values."""
    return axes_of(evidence) is not None


def curve_lines(
    evidence: SweepEvidence, along: FactorAxis, by: FactorAxis | None, words: Words
) -> list[tuple[str, theme.Mark, list[list[str]]]]:
    """Lines by name with a mark: for each value along the axis the points that it pools."""
    found = []
    names = [str(index) for index in range(len(by.values))] if by else ["all"]
    marks = list(theme.marks(tuple(names), None).values())
    if by and by.is_ordered:
        shades = colormaps["cividis"](np.linspace(0.0, 0.85, len(marks)))
        marks = [theme.Mark(to_hex(shade), mark.marker) for shade, mark in zip(shades, marks, strict=True)]
    for mark, value in zip(marks, by.values if by else (None,), strict=False):
        chosen = {by.key: value} if by else {}
        label = f"{short_label(by.key, words)} {value_text(value, by, words)}" if by else ""
        found.append((label, mark, [evidence.where(**{along.key: x}, **chosen) for x in along.values]))
    return found


def draw_lines(
    axes: Axes, evidence: SweepEvidence, along: FactorAxis, by: FactorAxis | None, measure: str, words: Words
) -> None:
    """The lines of one measure, with bands for their 95 % intervals."""
    scale = factor_of(measure)
    lines = curve_lines(evidence, along, by, words)
    half = scale * within_seeds(evidence, [group for _, _, groups in lines for group in groups], measure)
    x = np.array(along.values, float)
    for which, (label, mark, groups) in enumerate(lines):
        mean = scale * np.array([evidence.pooled(group, measure).mean for group in groups])
        width = half[which * len(x) : (which + 1) * len(x)]
        axes.fill_between(x, mean - width, mean + width, color=mark.colour, alpha=0.15, lw=0)
        axes.plot(x, mean, marker=mark.marker, color=mark.colour, ms=4.5, lw=1.4, label=label or None)
    axes.set_title(wrapped(evidence.title(measure, words), words, TITLE), fontsize=9)
    theme.ticks(axes.xaxis, 5)
    theme.ticks(axes.yaxis, 5)
    axes.grid(color=theme.GRID, lw=0.6)


def within_seeds(evidence: SweepEvidence, groups: list[list[str]], measure: str) -> NDArray[np.float64]:
    """Half-widths of 95 % intervals with what all points of a seed share taken out, shape (groups,).

    Points share their luck, so the spread of a mean over seeds says little of differences along a line. Values are
    centred seed by seed (Cousineau 2005) with Morey's (2008) correction √(k / (k − 1)) for k points; NaN with one seed
    or one group.
    """
    by_group = [evidence.pooled_by_seed(group, measure) for group in groups]
    seeds = sorted(set.intersection(*(set(each) for each in by_group)))
    k, n = len(groups), len(seeds)
    if k < 2 or n < 2:
        return np.full(k, np.nan)
    values = np.array([[each[seed] for seed in seeds] for each in by_group])
    centred = (values - values.mean(axis=0)) * np.sqrt(k / (k - 1))
    return stats.t.ppf(0.975, n - 1) * centred.std(axis=1, ddof=1) / np.sqrt(n)


def draw(evidence: SweepEvidence, words: Words) -> Figure:
    """Small panels, one a measure."""
    found = axes_of(evidence)
    assert found is not None
    along, by = found
    measures = evidence.measures[:PANELS_MAX]
    figure, panels = small_panels(len(measures), columns_for(len(measures)), 0.9, 2.15, "invisible", sharex=True)
    for axes, measure in zip(panels, measures, strict=True):
        draw_lines(axes, evidence, along, by, measure, words)
    figure.supxlabel(factor_label(along.key, words), fontsize=9.5)
    name_lines(figure, panels[0])
    return figure


def name_lines(figure: Figure, panel: Axes) -> None:
    """A legend of the lines of a panel, if they have names."""
    handles, labels = panel.get_legend_handles_labels()
    if labels:
        figure.legend(handles, labels, loc="outside upper center", ncols=min(len(labels), 4))


def table(evidence: SweepEvidence, words: Words) -> Table:
    """A row for every place on every line, a column a measure."""
    return table_of_lines(words("curves.title"), evidence, evidence.measures[:PANELS_MAX], words)


def table_of_lines(caption: str, evidence: SweepEvidence, measures: list[str], words: Words) -> Table:
    """Along the factor of the axis, line by line: some measures side by side."""
    found = axes_of(evidence)
    assert found is not None
    along, by = found
    header = [short_label(along.key, words), *([short_label(by.key, words)] if by else [])]
    header += [evidence.title(name, words) for name in measures]
    body = []
    for which, (_, _, groups) in enumerate(curve_lines(evidence, along, by, words)):
        for value, group in zip(along.values, groups, strict=True):
            row = [value_text(value, along, words), *([value_text(by.values[which], by, words)] if by else [])]
            body.append([*row, *(amount_text(evidence.pooled(group, name), name, words) for name in measures)])
    return Table(caption, header, body)
