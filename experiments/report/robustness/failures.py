"""When a policy fails: the trajectory of PRIM and the box that was chosen."""

from __future__ import annotations

from functools import partial
from typing import Any

from matplotlib.figure import Figure

from experiments.report import numbers, theme
from experiments.report.axis import name_rows, percent_ticks
from experiments.report.factors import column_name, value_name
from experiments.report.measure_text import wrapped
from experiments.report.robustness.evidence import RobustnessEvidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

LABEL = 40


def available(evidence: RobustnessEvidence) -> bool:
    """Needs a box with limits."""
    return len(evidence.tables["limits"]) > 0 and len(evidence.tables["trajectory"]) > 0


def future_factor_name(name: str, words: Words) -> str:
    """A factor of a future as people say it."""
    return words("robustness.stress") if name == "stress" else column_name(name, words)


def _values(limit: dict[str, Any], words: Words) -> list[str]:
    """Stresses, or values of a choice, that a limit leaves."""
    name = words.scenario if limit["factor"] == "stress" else partial(value_name, words=words)
    return [name(value) for value in str(limit["words"]).split(", ")]


def draw(evidence: RobustnessEvidence, words: Words) -> Figure:
    """Left: coverage against density of every step of peeling; right: the limits of the chosen box."""
    steps = evidence.tables["trajectory"]
    limits = plain_rows(evidence.tables["limits"])
    figure = theme.new_figure(2.6 + 0.25 * len(limits))
    left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1, 1.25]})
    left.plot(steps["coverage"], steps["density"], "o-", ms=3.5, lw=0.8, color="#9ecae1", mec="#4292c6")
    chosen = steps[steps["chosen"]]
    left.plot(chosen["coverage"], chosen["density"], "s", ms=8, color="#0072b2")
    left.set_xlabel(words("failures.coverage"), fontsize=8.5)
    left.set_ylabel(words("failures.density"), fontsize=8.5)
    for axis in (left.xaxis, left.yaxis):
        percent_ticks(axis, words)
        axis.set_ticks([0, 0.25, 0.5, 0.75, 1])
    left.set_xlim(0, 1.05)
    left.set_ylim(0, 1.05)
    left.grid(color=theme.GRID, lw=0.6)
    for row, limit in enumerate(limits):
        if limit["words"]:
            text = words.listed(_values(limit, words))
            right.text(0.5, row, text, ha="center", va="center", fontsize=8)
            continue
        smallest, largest = float(limit["smallest"]), float(limit["largest"])
        width = (largest - smallest) or 1.0
        low = smallest if limit["low"] is None else float(limit["low"])
        high = largest if limit["high"] is None else float(limit["high"])
        right.barh(row, 1, 0.35, color="#e3e3e3")
        right.barh(row, (high - low) / width, 0.35, left=(low - smallest) / width, color="#cc79a7")
        for value, end in ((smallest, "left"), (largest, "right")):
            right.text(
                (value - smallest) / width, row - 0.24, _end(value), ha=end, va="bottom", fontsize=7, color=theme.MUTED
            )
        middle = min(max(((low + high) / 2 - smallest) / width, 0.12), 0.88)
        kept = words("interval.plain", low=_end(low), high=_end(high))
        right.text(middle, row + 0.24, kept, ha="center", va="top", fontsize=7)
    name_rows(right, [wrapped(future_factor_name(str(limit["factor"]), words), words, LABEL) for limit in limits])
    right.grid(visible=False)
    right.set_xlim(-0.02, 1.02)
    right.set_xticks([])
    right.spines["bottom"].set_visible(False)
    return figure


def _end(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def limit_text(limit: dict[str, Any], words: Words) -> str:
    """A limit in words: ``patience below 12.3``."""
    name = future_factor_name(str(limit["factor"]), words)
    if limit["words"]:
        listed = words.listed([f"“{value}”" for value in _values(limit, words)])
        return words("failures.is", factor=name, words=listed)
    if limit["low"] is not None and limit["high"] is not None:
        return words("failures.between", factor=name, low=_end(limit["low"]), high=_end(limit["high"]))
    if limit["low"] is not None:
        return words("failures.above", factor=name, low=_end(limit["low"]))
    return words("failures.below", factor=name, high=_end(limit["high"]))


def table(evidence: RobustnessEvidence, words: Words) -> Table:
    """The limits of the chosen box."""
    body = [
        [limit_text(limit, words), numbers.p_value(limit["quasi_p"])] for limit in plain_rows(evidence.tables["limits"])
    ]
    return Table(words("failures.title"), [words("failures.limit"), words("failures.quasi_p")], body)
