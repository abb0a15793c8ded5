"""What each group of levers brings: bars from zero, a panel a measure, the first year beside the last."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import Patch

from experiments.report import numbers, theme
from experiments.report.attribution.evidence import AttributionEvidence
from experiments.report.attribution.shared_out import Row, SharedOut
from experiments.report.attribution.tables import NAME, group_name, part_table
from experiments.report.axis import name_rows
from experiments.report.measure_text import factor_of, title_of_effects, wrapped
from experiments.report.table import Table
from experiments.report.text import Words

PANELS = 3
"""Measures that are drawn: the first ones."""

COLOURS = ("#9ecae1", "#0072b2")
"""Of the first year and the last."""


def available(evidence: AttributionEvidence) -> bool:
    """Always."""
    return bool(evidence.found.parts)


def draw(evidence: AttributionEvidence, words: Words) -> Figure:
    """The parts."""
    return draw_parts(evidence.found, words)


def draw_parts(found: SharedOut, words: Words) -> Figure:
    """A row a group, the largest part on top, and one for the whole; what is too small to matter lies in the grey."""
    groups, measures, years = found.ranked(), found.measures[:PANELS], found.first_and_last
    colours = COLOURS[-len(years) :]
    figure = theme.new_figure(1.5 + 0.46 * (len(groups) + 1))
    panels = figure.subplots(1, len(measures), sharey=True, squeeze=False)[0]
    names = [group_name(group, words) for group in groups] + [words(f"{NAME}.sum")]
    for place, (axes, measure) in enumerate(zip(panels, measures, strict=True)):
        factor, height = factor_of(measure), 0.76 / len(years)
        band = factor * numbers.known(found.whole[found.last, measure]["smallest"])
        axes.axvspan(-band, band, color=theme.BAND, zorder=0)
        for which, (year, colour) in enumerate(zip(years, colours, strict=True)):
            rows: list[Row] = [found.parts[group, year, measure] for group in groups]
            for at, row in enumerate([*rows, found.whole[year, measure]]):
                value, low, high = (factor * numbers.known(row[key]) for key in ("difference", "low", "high"))
                level = at + (which - (len(years) - 1) / 2) * height
                axes.barh(level, value, 0.9 * height, color=colour, zorder=2)
                axes.plot([low, high], [level, level], color=theme.INK, lw=1, zorder=3)
        axes.axvline(0, color=theme.MUTED, lw=0.8, zorder=1)
        axes.axhline(len(groups) - 0.5, color=theme.MUTED, lw=0.8)
        name_rows(axes, names)
        axes.tick_params(axis="y", labelleft=place == 0)
        axes.set_title(wrapped(title_of_effects(measure, words), words, 26), fontsize=9)
        theme.ticks(axes.xaxis, 4)
    keys = [Patch(color=colour, label=words.year_after(year)) for year, colour in zip(years, colours, strict=True)]
    figure.legend(handles=keys, loc="outside lower center", ncols=len(keys))
    return figure


def table(evidence: AttributionEvidence, words: Words) -> Table:
    """What each group brings, in all measures and years."""
    return part_table(evidence.found, words)
