"""Rows that several figures share: before the reform, then every policy after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from experiments.report import theme
from experiments.report.estimates import Estimate
from experiments.report.evidence import Evidence
from experiments.report.text import Words
from experiments.report.windows import Span


@dataclass(frozen=True)
class Row:
    """One row: a scenario over one window, with its label (``title`` where it may take two lines) and mark."""

    label: str
    title: str
    scenario: str
    span: Span
    mark: theme.Mark
    hollow: bool


def rows_of(evidence: Evidence, words: Words) -> list[Row]:
    """The window before the reform (once, where all scenarios share it), then each scenario after it."""
    marks = theme.marks(evidence.scenarios, evidence.reference)
    rows = []
    shared = evidence.before is not None and shares_before(evidence)
    if evidence.before:
        for name in evidence.scenarios[:1] if shared else evidence.scenarios:
            label = title = words("figure.before", span=words.span(evidence.before))
            if not shared or len(evidence.scenarios) == 1:
                label, title = _named(name, evidence.before, words)
            mark = theme.REFERENCE_MARK if shared and evidence.reference else marks[name]
            rows.append(Row(label, title, name, evidence.before, mark, True))
    for name in evidence.scenarios:
        label, title = words.scenario(name), words.title(name)
        if not shared or len(evidence.scenarios) == 1:
            label, title = _named(name, evidence.after, words)
        rows.append(Row(label, title, name, evidence.after, marks[name], False))
    return rows


def _named(name: str, span: Span, words: Words) -> tuple[str, str]:
    """Label and title with their window."""
    when = words.span(span)
    label, title = (words("figure.row", name=each, span=when) for each in (words.scenario(name), words.title(name)))
    return label, title


def shares_before(evidence: Evidence) -> bool:
    """Whether every scenario had the same run before the reform."""
    first = evidence.by_seed(evidence.scenarios[0], "petitions_total", evidence.before)
    for name in evidence.scenarios[1:]:
        other = evidence.by_seed(name, "petitions_total", evidence.before)
        if any(other[seed] != first[seed] for seed in other if seed in first):
            return False
    return True


def columns_for(panels: int) -> int:
    """Columns of small panels: at most three, four from seven panels on."""
    return min(panels, 3 if panels < 7 else 4)


def draw_estimate(
    axes: Axes, row: float, estimate: Estimate, mark: theme.Mark, hollow: bool = False, scale: float = 1.0
) -> None:
    """A dot with a thick 50 % and a thin 95 % interval on one row; ``scale`` makes all of it smaller or larger."""
    if np.isfinite(estimate.low):
        axes.plot([estimate.low, estimate.high], [row, row], color=mark.colour, lw=1.2 * scale, zorder=3)
        axes.plot([estimate.low50, estimate.high50], [row, row], color=mark.colour, lw=3.4 * scale, zorder=3)
    if np.isfinite(estimate.mean):
        axes.plot(
            [estimate.mean],
            [row],
            mark.marker,
            color=mark.colour,
            mfc="white" if hollow else mark.colour,
            mec=mark.colour,
            mew=1.4,
            ms=6.5 * scale,
            zorder=4,
        )


def name_rows(axes: Axes, labels: list[str]) -> None:
    """Row names on the left, first row on top, with light guides."""
    axes.set_yticks(range(len(labels)), labels, linespacing=1.3)
    axes.set_ylim(len(labels) - 0.45, -0.55)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color=theme.GRID, lw=0.6)
    axes.spines["left"].set_visible(False)


def reference_line(axes: Axes, value: float, text: str) -> None:
    """A vermilion line for a value of the target ratio, named above the axes."""
    axes.axvline(value, color=theme.REFERENCE, lw=1.4, zorder=2)
    blended = blended_transform_factory(axes.transData, axes.transAxes)
    axes.text(
        value,
        0.995,
        text,
        transform=blended,
        color=theme.REFERENCE_INK,
        ha="right",
        va="bottom",
        fontsize=8.5,
    )
