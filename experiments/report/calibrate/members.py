"""Where the members lie within the prior, uncertainty by uncertainty: those that are fitted, then those varied."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.report import numbers, theme
from experiments.report.axis import name_rows, percent_ticks
from experiments.report.calibrate.evidence import CalibrationEvidence
from experiments.report.factors import column_name
from experiments.report.measure_text import wrapped
from experiments.report.table import Table
from experiments.report.text import Words

COLOURS = {"fitted": ("#e69f00", "#f3cf85"), "varied": ("#0072b2", "#56b4e9")}
"""Of the line and of the dots."""


def available(evidence: CalibrationEvidence) -> bool:
    """Needs members."""
    return len(evidence.members) > 0


def draw(evidence: CalibrationEvidence, words: Words) -> Figure:
    """The prior as a grey bar, the members as dots with their middle 95 %, the default as a mark."""
    rows = [*evidence.fitted, *evidence.varied]
    labels = [wrapped(column_name(row["uncertainty"], words), words, 46) for row in rows]
    figure = theme.new_figure(1.3 + 0.09 * len(rows) + 0.15 * sum(1 + label.count("\n") for label in labels))
    axes = figure.subplots()
    random = np.random.default_rng(0)
    for place, row in enumerate(rows):
        line, dots = COLOURS["fitted" if row["is_fitted"] else "varied"]
        low, high, default = evidence.place_of(row, np.array([row[key] for key in ("low", "high", "default")], float))
        axes.barh(place, 1, 0.62, color="#ededed")
        axes.plot([low, high], [place, place], color=line, lw=2.2)
        if row["uncertainty"] in evidence.members.columns:
            values = evidence.place_of(row, evidence.members[row["uncertainty"]].to_numpy(float))
            axes.plot(values, place + random.uniform(-0.22, 0.22, len(values)), ".", ms=2.2, color=dots, zorder=3)
        axes.plot(default, place, "|", color=theme.INK, ms=10, mew=1.6, zorder=4)
        axes.text(1.01, place, words.spaced(numbers.percent(row["kept"], 0)), fontsize=7.5, va="center")
    name_rows(axes, labels)
    axes.tick_params(axis="y", labelsize=7.5)
    axes.grid(visible=False)
    axes.set_xlim(-0.01, 1.09)
    axes.set_xticks([0, 0.5, 1])
    percent_ticks(axes.xaxis, words)
    axes.set_xlabel(words("members.axis"), fontsize=9)
    handles: list[Artist] = [
        Line2D([], [], color=line, marker=".", label=words.in_sentence(words(f"calibrate.{part}")))
        for part, (line, _) in COLOURS.items()
        if getattr(evidence, part)
    ]
    handles.append(Line2D([], [], color=theme.INK, marker="|", ls="none", ms=10, label=words("patterns.default")))
    handles.append(Patch(fc="#ededed", label=words.in_sentence(words("calibrate.prior"))))
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
    return figure


def table(evidence: CalibrationEvidence, words: Words) -> Table:
    """Part, prior, default and members by uncertainty, and the share of the prior's width kept."""
    header = [words(f"calibrate.{key}") for key in ("uncertainty", "part", "prior", "default", "members", "kept")]
    body = [
        [
            column_name(row["uncertainty"], words),
            words("calibrate.fitted" if row["is_fitted"] else "calibrate.varied"),
            f"{row['prior_low']:g} – {row['prior_high']:g}",
            f"{row['default']:g}",
            f"{row['median']:.3g} [{row['low']:.3g} – {row['high']:.3g}]",
            numbers.percent(row["kept"], 0),
        ]
        for row in (*evidence.fitted, *evidence.varied)
    ]
    return Table(words("members.title"), header, body)
