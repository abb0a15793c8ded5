"""What the data can tell: where the members lie within the prior, uncertainty by uncertainty."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.report import numbers, theme
from experiments.report.axis import name_rows, percent_ticks
from experiments.report.calibrate.evidence import CalibrationEvidence, uncertainty_name
from experiments.report.measure_text import wrapped
from experiments.report.table import Table
from experiments.report.text import Words


def available(evidence: CalibrationEvidence) -> bool:
    """Always."""
    return True


def draw(evidence: CalibrationEvidence, words: Words) -> Figure:
    """The prior as a grey bar, the members as dots with their middle 95 %, the default as a mark."""
    rows = evidence.uncertainties
    labels = [wrapped(uncertainty_name(row["uncertainty"], words), words, 46) for row in rows]
    figure = theme.new_figure(1.0 + 0.09 * len(rows) + 0.15 * sum(1 + label.count("\n") for label in labels))
    axes = figure.subplots()
    random = np.random.default_rng(0)
    for place, row in enumerate(rows):
        start, width = float(row["prior_low"]), (float(row["prior_high"]) - float(row["prior_low"])) or 1.0
        low, high, default = ((float(row[key]) - start) / width for key in ("low", "high", "default"))
        axes.barh(place, 1, 0.62, color="#ededed")
        axes.plot([low, high], [place, place], color="#0072b2", lw=2.2)
        if row["uncertainty"] in evidence.members.columns and len(evidence.members):
            values = (evidence.members[row["uncertainty"]].to_numpy() - start) / width
            axes.plot(values, place + random.uniform(-0.22, 0.22, len(values)), ".", ms=2.2, color="#56b4e9", zorder=3)
        axes.plot(default, place, "|", color=theme.INK, ms=10, mew=1.6, zorder=4)
        axes.text(1.01, place, words.spaced(numbers.percent(row["kept"], 0)), fontsize=7.5, va="center")
    name_rows(axes, labels)
    axes.tick_params(axis="y", labelsize=7.5)
    axes.grid(visible=False)
    axes.set_xlim(-0.01, 1.09)
    axes.set_xticks([0, 0.5, 1])
    percent_ticks(axes.xaxis, words)
    axes.set_xlabel(words("members.axis"), fontsize=9)
    return figure


def table(evidence: CalibrationEvidence, words: Words) -> Table:
    """Prior, default and members by uncertainty, and the share of the prior's width kept."""
    header = [words("calibrate.uncertainty"), words("calibrate.prior"), words("calibrate.default")]
    header += [words("calibrate.members"), words("calibrate.kept")]
    body = [
        [
            uncertainty_name(row["uncertainty"], words),
            f"{row['prior_low']:g} – {row['prior_high']:g}",
            f"{row['default']:g}",
            f"{row['median']:.3g} [{row['low']:.3g} – {row['high']:.3g}]",
            numbers.percent(row["kept"], 0),
        ]
        for row in evidence.uncertainties
    ]
    return Table(words("members.title"), header, body)
