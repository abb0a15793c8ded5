"""What is recorded against what is true along a factor: the curve by which a target spoils its measure."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.report import theme
from experiments.report.factors import factor_label
from experiments.report.measure_text import factor_of, title_of, wrapped
from experiments.report.sweep.curves import axes_of, curve_lines, name_lines, table_of_lines
from experiments.report.sweep.evidence import SweepEvidence, value_text
from experiments.report.table import Table
from experiments.report.text import Words

PAIRS = (
    ("recorded_success", "durable_success"),
    ("petitions_total", "presented_total"),
    ("satisfaction_surveyed", "satisfaction_true"),
)
"""What is recorded, and what is true of the same thing."""

STILL = 0.002
"""A figure that moves by less than this share of itself over all points stands still."""


def pairs_of(evidence: SweepEvidence) -> list[tuple[str, str]]:
    """Pairs that the runs have and of which one side moves at all."""
    return [pair for pair in PAIRS if evidence.has(*pair) and any(_moves(evidence, name) for name in pair)]


def _moves(evidence: SweepEvidence, measure: str) -> bool:
    means = evidence.means(measure)
    means = means[np.isfinite(means)]
    return bool(len(means)) and float(np.ptp(means)) > STILL * float(np.abs(means).max())


def available(evidence: SweepEvidence) -> bool:
    """Needs a factor to go along, and a pair."""
    return axes_of(evidence) is not None and bool(pairs_of(evidence))


def draw(evidence: SweepEvidence, words: Words) -> Figure:
    """A panel a pair: the path of true against recorded as the factor rises, the ends named."""
    found = axes_of(evidence)
    assert found is not None
    along, by = found
    pairs = pairs_of(evidence)
    figure = theme.new_figure(3.5)
    panels = figure.subplots(1, len(pairs), squeeze=False)[0]
    for axes, (recorded, true) in zip(panels, pairs, strict=True):
        lines = curve_lines(evidence, along, by, words)
        for label, mark, groups in lines:
            x, y = (
                factor_of(name) * np.array([evidence.pooled(group, name).mean for group in groups])
                for name in (recorded, true)
            )
            axes.plot(x, y, color=mark.colour, lw=1.3, marker=mark.marker, ms=4, label=label or None)
            axes.annotate(
                "", (x[-1], y[-1]), (x[-2], y[-2]),
                arrowprops={"arrowstyle": "-|>", "color": mark.colour, "lw": 1.3},
            )  # fmt: skip
        for end in (0, -1):
            group, name = lines[0][2][end], value_text(along.values[end], along, words)
            place = [factor_of(measure) * evidence.pooled(group, measure).mean for measure in (recorded, true)]
            axes.annotate(name, place, (4, 5), textcoords="offset points", fontsize=8)
        axes.set_xlabel(
            wrapped(words("recorded_success.x", measure=title_of(recorded, words)), words, 36), fontsize=8.5
        )
        axes.set_ylabel(wrapped(words("recorded_success.y", measure=title_of(true, words)), words, 40), fontsize=8.5)
        theme.ticks(axes.xaxis, 4)
        theme.ticks(axes.yaxis, 5)
        axes.margins(0.14)
        axes.grid(color=theme.GRID, lw=0.6)
    name_lines(figure, panels[0])
    figure.supxlabel(words("recorded_success.path", factor=factor_label(along.key, words)), fontsize=9)
    return figure


def table(evidence: SweepEvidence, words: Words) -> Table:
    """Along the factor: each pair side by side, with durable settlement and concealment."""
    extra = [name for name in ("durable_resolution", "concealment", "effort") if evidence.has(name)]
    names = [*(name for pair in pairs_of(evidence) for name in pair), *extra]
    return table_of_lines(words("recorded_success.title"), evidence, names, words)
