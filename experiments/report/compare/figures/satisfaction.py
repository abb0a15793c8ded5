"""What people say and what is: content residents in truth and as surveyed, trust, hidden violence, mass incidents."""

from __future__ import annotations

import math

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import draw_estimate, name_rows
from experiments.report.compare.comparison_table import comparison_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.rows import RECORDED, TRUE, Row, draw_true_and_recorded, window_rows
from experiments.report.table import Table
from experiments.report.text import Words

TRUST = {
    "local": theme.Mark("#4292c6", "v"),
    "middle": theme.Mark("#084594", "D"),
    "higher": theme.Mark("#333333", "^"),
}
"""Marks of trust, darker as one goes up."""

TOLD = (
    "satisfaction_true",
    "satisfaction_surveyed",
    "trust_local",
    "trust_middle",
    "trust_higher",
    "trust_court",
    "violence_hidden_share",
    "protected_share",
    "hidden_by_norms_share",
    "offences",
    "joint_visits",
    "mass_incidents",
    "reporting_hours",
)
"""Measures of the table, in its order."""


def available(evidence: Evidence) -> bool:
    """Needs satisfaction in truth and as surveyed, and trust."""
    return evidence.has("satisfaction_true", "satisfaction_surveyed", *(f"trust_{level}" for level in TRUST))


def draw(evidence: Evidence, words: Words) -> Figure:
    """Panels beside one another, one row a policy: satisfaction, trust, and what goes wrong."""
    rows = window_rows(evidence, words)
    wrongs = [name for name in ("violence_hidden_share", "mass_incidents") if evidence.has(name)]
    figure = theme.new_figure(1.75 + 0.4 * len(rows))
    widths = [1.5, 1.35] + [0.9] * len(wrongs)
    panels = figure.subplots(1, len(widths), sharey=True, gridspec_kw={"width_ratios": widths})
    _said_and_true(panels[0], evidence, rows, words)
    _trust(panels[1], evidence, rows, words)
    for axes, name in zip(panels[2:], wrongs, strict=True):
        _wrong(axes, evidence, rows, name, words)
    for axes in panels:
        axes.tick_params(labelsize=8.5)
        name_rows(axes, [row.title for row in rows])
    figure.legend(handles=_handles(words), loc="outside lower center", ncols=3)
    return figure


def _said_and_true(axes: Axes, evidence: Evidence, rows: list[Row], words: Words) -> None:
    draw_true_and_recorded(axes, evidence, rows, "satisfaction_true", "satisfaction_surveyed", words)
    axes.set_title(words("satisfaction.content"))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.set_xlabel(words("satisfaction.more"), fontsize=8.5)


def _trust(axes: Axes, evidence: Evidence, rows: list[Row], words: Words) -> None:
    for index, row in enumerate(rows):
        for shift, (level, mark) in zip((-0.24, 0, 0.24), TRUST.items(), strict=True):
            value = evidence.estimate(row.scenario, f"trust_{level}", row.span).through(lambda end: 100 * end)
            draw_estimate(axes, index + shift, value, mark, row.hollow, scale=0.75)
    axes.set_title(words("satisfaction.trust"))
    low, high = axes.get_xlim()
    axes.set_xlim(min(low, 0), max(high, 0))
    axes.margins(x=0.06)
    axes.axvline(0, color=theme.INK, lw=0.9, zorder=1)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(lambda value, _: numbers.signed(value, 1))
    axes.set_xlabel(words("satisfaction.hundredths"), fontsize=8.5)


def _wrong(axes: Axes, evidence: Evidence, rows: list[Row], name: str, words: Words) -> None:
    for index, row in enumerate(rows):
        value = evidence.estimate(row.scenario, name, row.span).through(lambda end: max(end, 0.0))
        draw_estimate(axes, index, value, row.mark, row.hollow)
    axes.set_title(words(f"satisfaction.{name}"))
    high = 1.08 * max(axes.get_xlim()[1], 0.01)
    axes.set_xlim(-0.08 * high, high)
    axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
    if name.endswith("_share"):
        axes.xaxis.set_major_formatter(lambda value, _: words.spaced(_percent(value)))
    axes.set_xlabel(words("satisfaction.less"), fontsize=8.5)


def _percent(value: float) -> str:
    """A tick in per cent, with a decimal only where it needs one."""
    return numbers.percent(value, 0 if math.isclose(100 * value, round(100 * value), abs_tol=1e-9) else 1)


def _handles(words: Words) -> list[Artist]:
    true = TRUE.handle(words("satisfaction.true"))
    said = RECORDED.handle(words("satisfaction.surveyed"), hollow=True)
    return [true, said, *(mark.handle(words(f"satisfaction.{level}"), ms=5.5) for level, mark in TRUST.items())]


def table(evidence: Evidence, words: Words) -> Table:
    """Everything the figure shows and what belongs beside it, with paired differences."""
    measures = [name for name in TOLD if evidence.has(name)]
    return comparison_table(words("satisfaction.title"), measures, evidence, words)
