"""Reported patterns beside what the members give, held-out ones marked."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.report import theme
from experiments.report.axis import name_rows
from experiments.report.calibrate.evidence import CalibrationEvidence, pattern_amount, reported_text, target_name
from experiments.report.measure_text import wrapped
from experiments.report.table import Table
from experiments.report.text import Words

CLIP = 8.0
"""Standard deviations at which the axis ends."""

SMALLEST = 1e-9
"""A stated error of zero: whatever is off, is far off."""


def available(evidence: CalibrationEvidence) -> bool:
    """Needs members."""
    return len(evidence.figures) > 0


def draw(evidence: CalibrationEvidence, words: Words) -> Figure:
    """How far the members lie from what is reported, in standard deviations of the stated error."""
    rows = evidence.of_role("target", "held_out")
    labels = [wrapped(target_name(row["target"], words), words, 46) for row in rows]
    figure = theme.new_figure(1.3 + 0.1 * len(rows) + 0.15 * sum(1 + label.count("\n") for label in labels))
    axes = figure.subplots()
    axes.axvspan(-3, 3, color="#eeeeee", lw=0)
    axes.axvline(0, color=theme.MUTED, lw=0.8)
    for place, row in enumerate(rows):
        low = -math.inf if row["reported_low"] is None else float(row["reported_low"])
        high, error = float(row["reported_high"]), float(row["error"]) or SMALLEST

        def off(values: np.ndarray, low: float = low, high: float = high, error: float = error) -> np.ndarray:
            return np.clip((values - np.clip(values, low, high)) / error, -CLIP, CLIP)

        values = off(evidence.values(row["target"]))
        values = values[np.isfinite(values)] if np.isfinite(values).any() else np.full(1, np.nan)
        colour = "#e69f00" if row["role"] == "held_out" else "#0072b2"
        ends = np.quantile(values, [0.025, 0.25, 0.5, 0.75, 0.975])
        axes.plot([ends[0], ends[4]], [place, place], color=colour, lw=1.3)
        axes.plot([ends[1], ends[3]], [place, place], color=colour, lw=4)
        axes.plot(ends[2], place, "o", ms=5.5, color=colour)
        if row["default"] is not None:
            axes.plot(off(np.array([row["default"]])), place, "|", color=theme.INK, ms=11, mew=1.6)
    name_rows(axes, labels)
    axes.tick_params(axis="y", labelsize=8)
    axes.set_xlabel(words("patterns.axis"), fontsize=9)
    handles = [
        Line2D([], [], color="#0072b2", marker="o", label=words("patterns.fitted")),
        Line2D([], [], color="#e69f00", marker="o", label=words("patterns.held_out")),
        Line2D([], [], color=theme.INK, marker="|", ls="none", ms=10, label=words("patterns.default")),
        Patch(fc="#eeeeee", label=words("patterns.allowed")),
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure


def table(evidence: CalibrationEvidence, words: Words) -> Table:
    """Every target: reported, stated error, default, members."""
    header = [words("calibrate.figure"), words("calibrate.role"), words("calibrate.reported")]
    header += [words(f"calibrate.{key}") for key in ("error", "default", "members")]
    body = []
    for row in evidence.targets:
        name = row["target"]
        span = words(
            "interval.bracket",
            value=pattern_amount(row["median"], name),
            low=pattern_amount(row["low"], name),
            high=pattern_amount(row["high"], name),
        )
        body.append(
            [
                target_name(name, words),
                words(f"calibrate.role.{row['role']}"),
                reported_text(row, words),
                pattern_amount(row["error"], name),
                pattern_amount(row["default"], name),
                span,
            ]
        )
    return Table(words("patterns.title"), header, body)
