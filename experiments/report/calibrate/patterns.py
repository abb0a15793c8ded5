"""Reported figures beside what the members give, held-out ones marked."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from experiments.report import theme
from experiments.report.axis import name_rows
from experiments.report.calibrate.evidence import (
    SMALLEST,
    CalibrationEvidence,
    ends,
    figure_amount,
    figure_name,
    reported_text,
    tolerance,
    tolerance_text,
)
from experiments.report.factors import column_name
from experiments.report.measure_text import wrapped
from experiments.report.numbers import NONE
from experiments.report.table import Table
from experiments.report.text import Words

CLIP = 4.0
"""Tolerances at which the axis ends."""

COLOURS = {"target": "#0072b2", "held_out": "#e69f00"}


def available(evidence: CalibrationEvidence) -> bool:
    """Needs members, and a figure that is reported."""
    return len(evidence.members) > 0 and bool(evidence.of_role(*COLOURS))


def _off(row: dict[str, object], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far values lie from what is reported, in tolerances; 0 within its range."""
    off = (values - np.clip(values, *ends(row))) / max(tolerance(row), SMALLEST)
    return np.clip(off, -CLIP, CLIP)


def draw(evidence: CalibrationEvidence, words: Words) -> Figure:
    """How far the members lie from what is reported, in tolerances; aims that are drawn are no report."""
    rows = evidence.of_role(*COLOURS)
    labels = [wrapped(figure_name(row["figure"], words), words, 46) for row in rows]
    figure = theme.new_figure(1.3 + 0.1 * len(rows) + 0.15 * sum(1 + label.count("\n") for label in labels))
    axes = figure.subplots()
    axes.axvspan(-1, 1, color="#eeeeee", lw=0)
    axes.axvline(0, color=theme.MUTED, lw=0.8)
    for place, row in enumerate(rows):
        values = _off(row, evidence.values(row["figure"]))
        values = values[np.isfinite(values)]
        if len(values):
            colour, quantiles = COLOURS[row["role"]], np.quantile(values, [0.025, 0.25, 0.5, 0.75, 0.975])
            axes.plot(quantiles[[0, 4]], [place, place], color=colour, lw=1.3)
            axes.plot(quantiles[[1, 3]], [place, place], color=colour, lw=4)
            axes.plot(quantiles[2], place, "o", ms=5.5, color=colour)
        if row["default"] is not None:
            axes.plot(_off(row, np.array([row["default"]])), place, "|", color=theme.INK, ms=11, mew=1.6)
    name_rows(axes, labels)
    axes.tick_params(axis="y", labelsize=8)
    axes.set_xlim(-CLIP - 0.2, CLIP + 0.2)
    axes.set_xlabel(words("patterns.axis"), fontsize=9)
    marks = [Line2D([], [], color=colour, marker="o", label=words(f"patterns.{role}"))
             for role, colour in COLOURS.items() if evidence.of_role(role)]  # fmt: skip
    handles = [
        *marks,
        Line2D([], [], color=theme.INK, marker="|", ls="none", ms=10, label=words("patterns.default")),
        Patch(fc="#eeeeee", label=words("patterns.allowed")),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure


def table(evidence: CalibrationEvidence, words: Words) -> Table:
    """Every figure: what is reported or asked, within what, which knob it is for, default, members."""
    header = [words("calibrate.figure"), words("calibrate.role"), words("calibrate.reported")]
    header += [words(f"calibrate.{key}") for key in ("tolerance", "knob", "default", "members")]
    body = []
    for row in evidence.figures:
        name = row["figure"]
        median, low, high = (figure_amount(row[key], name) for key in ("median", "low", "high"))
        body.append(
            [
                figure_name(name, words),
                words(f"calibrate.role.{row['role']}"),
                reported_text(row, words),
                tolerance_text(row),
                column_name(row["knob"], words) if row["knob"] else NONE,
                figure_amount(row["default"], name),
                NONE if median == NONE else words("interval.bracket", value=median, low=low, high=high),
            ]
        )
    return Table(words("patterns.title"), header, body)
