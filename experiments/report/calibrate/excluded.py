"""Which figure excludes how many candidates."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import name_rows
from experiments.report.calibrate.evidence import CalibrationEvidence, figure_name, reported_text
from experiments.report.measure_text import wrapped
from experiments.report.table import Table
from experiments.report.text import Words

COLOURS = {"target": "#0072b2", "drawn": "#56b4e9", "check": "#cc79a7"}
"""By what is asked: what is reported, an aim of ours, a check."""


def available(evidence: CalibrationEvidence) -> bool:
    """Needs a candidate that is excluded."""
    return evidence.accepted < evidence.tried


def draw(evidence: CalibrationEvidence, words: Words) -> Figure:
    """A bar a figure that knobs or checks ask for: candidates that miss it, of all that were tried."""
    rows = evidence.asked
    labels = [wrapped(figure_name(row["figure"], words), words, 46) for row in rows]
    figure = theme.new_figure(1.3 + 0.1 * len(rows) + 0.15 * sum(1 + label.count("\n") for label in labels))
    axes = figure.subplots()
    for place, row in enumerate(rows):
        axes.barh(place, row["excluded"], 0.62, color=COLOURS[row["role"]])
        axes.text(row["excluded"] + 0.01 * evidence.tried, place, str(row["excluded"]), fontsize=7.5, va="center")
    name_rows(axes, labels)
    axes.tick_params(axis="y", labelsize=8)
    axes.grid(visible=False)
    axes.set_xlim(0, 1.06 * evidence.tried)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(words("excluded.axis", tried=evidence.tried), fontsize=9)
    shown = [role for role in COLOURS if evidence.of_role(role)]
    handles = [Patch(fc=COLOURS[role], label=words(f"calibrate.role.{role}")) for role in shown]
    figure.legend(handles=handles, loc="outside lower center", ncols=3)
    return figure


def table(evidence: CalibrationEvidence, words: Words) -> Table:
    """A row a figure: what is asked, candidates that miss it, their share."""
    header = [words(f"calibrate.{key}") for key in ("figure", "role", "reported", "excluded", "share")]
    body = [
        [
            figure_name(row["figure"], words),
            words(f"calibrate.role.{row['role']}"),
            reported_text(row, words),
            str(row["excluded"]),
            numbers.percent(row["excluded"] / evidence.tried, 0),
        ]
        for row in evidence.asked
    ]
    return Table(words("excluded.title"), header, body)
