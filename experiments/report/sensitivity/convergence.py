"""How the total indices settle as rows are added."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator
from matplotlib.transforms import ScaledTranslation

from experiments.report import numbers, theme
from experiments.report.axis import percent_ticks
from experiments.report.factors import factor_name
from experiments.report.measure_text import wrapped
from experiments.report.sensitivity.evidence import SensitivityEvidence
from experiments.report.sensitivity.tornado import index_text
from experiments.report.table import Table
from experiments.report.text import Words

SHOWN = 4
"""Factors drawn: those that matter most."""

SETTLED = 0.05
"""Indices have settled where the last doubling of rows moved none of the first by more than this."""


def available(evidence: SensitivityEvidence) -> bool:
    """Needs two numbers of rows, and an index."""
    return evidence.is_sobol and len(steps_of(evidence)) > 1 and bool(shown(evidence))


def shown(evidence: SensitivityEvidence) -> list[str]:
    """Measures drawn: the first three that have an index."""
    return [measure for measure in evidence.measures[:3] if evidence.sorted(measure)]


def draw(evidence: SensitivityEvidence, words: Words) -> Figure:
    """A panel a measure (three at most), a line a factor."""
    measures = shown(evidence)
    drawn = {
        measure: {each: wrapped(factor_name(each, words), words, 34) for each in evidence.sorted(measure)[:SHOWN]}
        for measure in measures
    }
    lines = max(sum(label.count("\n") + 1 for label in labels.values()) for labels in drawn.values())
    figure = theme.new_figure(3.4 + 0.12 * lines)
    below = ScaledTranslation(0.0, -0.45, figure.dpi_scale_trans)  # inches: a share of the axes would move with these
    panels = figure.subplots(1, len(measures), squeeze=False, sharey=True)[0]
    steps = steps_of(evidence)
    for axes, measure in zip(panels, measures, strict=True):
        labels = drawn[measure]
        for factor, mark in zip(labels, theme.marks(tuple(labels), None).values(), strict=True):
            found = evidence.convergence(measure, factor)
            rows = np.array([rows for rows, _ in found])
            value, low, high = (np.array([getattr(each, end) for _, each in found]) for end in ("value", "low", "high"))
            axes.fill_between(rows, low, high, color=mark.colour, alpha=0.13, lw=0)
            axes.plot(rows, value, marker=mark.marker, color=mark.colour, ms=4.5, lw=1.3, label=labels[factor])
        axes.set_xscale("log", base=2)
        axes.set_xticks(steps, [str(each) for each in steps])
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_title(wrapped(words.measure(measure.partition("@")[0]), words, 30), fontsize=9)
        percent_ticks(axes.yaxis, words)
        axes.grid(color=theme.GRID, lw=0.6)
        if labels:
            axes.legend(
                fontsize=7, loc="upper center", bbox_to_anchor=(0.5, 0.0), bbox_transform=axes.transAxes + below
            )
        axes.set_xlabel(words("sensitivity.rows"), fontsize=8.5)
    panels[0].set_ylim(bottom=-0.04)
    return figure


def steps_of(evidence: SensitivityEvidence) -> list[int]:
    """Numbers of rows that there are indices at."""
    return sorted(evidence.tables["convergence"]["rows"].unique().tolist())


def last_step(evidence: SensitivityEvidence, measure: str) -> float:
    """The largest move of a total index of a measure at the last doubling of rows."""
    moves = []
    for factor in evidence.sorted(measure):
        found = [each.value for _, each in evidence.convergence(measure, factor)]
        if len(found) > 1:
            moves.append(abs(found[-1] - found[-2]))
    return max(moves, default=float("nan"))


def table(evidence: SensitivityEvidence, words: Words) -> Table:
    """Total indices of the factors drawn at each number of rows."""
    rows = steps_of(evidence)
    header = [words("table.measure"), words("sensitivity.factor"), *(str(each) for each in rows)]
    header.append(words("sensitivity.last_step"))
    body = []
    for measure in evidence.measures[:3]:
        for factor in evidence.sorted(measure):
            found = dict(evidence.convergence(measure, factor))
            last = [each.value for each in found.values()][-2:]
            moved = 100 * abs(last[1] - last[0]) if len(last) > 1 else float("nan")
            cells = [index_text(found[each], words) if each in found else numbers.NONE for each in rows]
            body.append(
                [words.measure(measure.partition("@")[0]), factor_name(factor, words), *cells, numbers.plain(moved, 1)]
            )
    return Table(words("convergence.title"), header, body)
