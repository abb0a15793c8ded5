"""Morris's plot: how much a factor does, against how much that depends on the others."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from experiments.design.factors import CHANCE
from experiments.report import numbers, theme
from experiments.report.axis import name_rows
from experiments.report.factors import factor_name
from experiments.report.measure_text import difference_text, factor_of, in_unit, wrapped
from experiments.report.sensitivity.evidence import FactorIndex, SensitivityEvidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of

SHOWN = 16


def available(evidence: SensitivityEvidence) -> bool:
    """Needs Morris's effects, one of them known."""
    return not evidence.is_sobol and bool(evidence.sorted(evidence.measures[0]))


def draw(evidence: SensitivityEvidence, words: Words) -> Figure:
    """Left, the factors with the largest effects; right, all factors, effect against its spread."""
    measure = evidence.measures[0]
    factors = evidence.sorted(measure)
    scale = factor_of(measure)
    labels = [wrapped(factor_name(factor, words), words, 46) for factor in factors[:SHOWN]]
    figure = theme.new_figure(1.1 + 0.13 * SHOWN + 0.15 * sum(1 + label.count("\n") for label in labels))
    left, right = figure.subplots(1, 2, gridspec_kw={"width_ratios": [1.2, 1]})
    for row, factor in enumerate(factors[:SHOWN]):
        found = evidence.index(measure, factor, "mu_star")
        colour = "#e69f00" if factor == CHANCE else "#0072b2"
        left.plot([scale * found.low, scale * found.high], [row, row], color=colour, lw=1.4)
        left.plot(scale * found.value, row, "o", ms=6, color=colour)
    left.axvline(0, color=theme.MUTED, lw=0.8)
    axis, spread = (in_unit(words(f"effects.{key}"), measure, words) for key in ("axis", "sigma"))
    left.set_xlabel(axis, fontsize=8.5)
    theme.ticks(left.xaxis, 5)
    name_rows(left, labels)
    left.tick_params(axis="y", labelsize=8)
    values = scale * np.array(
        [[evidence.index(measure, f, "mu_star").value, evidence.sigma(measure, f)] for f in factors]
    )
    right.plot(values[:, 0], values[:, 1], "o", ms=4.5, color="#0072b2", mfc="none")
    top = float(np.nanmax(values[:, 0]))
    right.plot([0, top], [0, top], color=theme.MUTED, lw=0.8, ls=(0, (4, 3)))
    right.set_xlabel(axis, fontsize=8.5)
    right.set_ylabel(spread, fontsize=8.5)
    right.grid(color=theme.GRID, lw=0.6)
    figure.suptitle(words.measure(measure.partition("@")[0]), fontsize=9.5)
    return figure


def size_text(found: FactorIndex, measure: str, words: Words) -> str:
    """A mean absolute effect with its interval: a size has no sign."""
    return difference_text(found.value, found.low, found.high, measure, words).replace("+", "")


def table(evidence: SensitivityEvidence, words: Words) -> Table:
    """All factors of the first measure."""
    measure = evidence.measures[0]
    header = [
        words("sensitivity.factor"),
        *(in_unit(words(f"effects.{key}"), measure, words) for key in ("axis", "sigma")),
    ]
    body = []
    for factor in evidence.sorted(measure):
        found = evidence.index(measure, factor, "mu_star")
        body.append(
            [
                factor_name(factor, words),
                size_text(found, measure, words),
                numbers.difference(evidence.sigma(measure, factor), unit_of(measure)).lstrip("+"),
            ]
        )
    return Table(words("effects.title"), header, body)
