"""Every factor against every measure: which matters for what."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.report import numbers, theme
from experiments.report.factors import factor_name
from experiments.report.measure_text import wrapped
from experiments.report.sensitivity.evidence import SensitivityEvidence
from experiments.report.table import Table
from experiments.report.text import Words

SHOWN = 24
"""Factors drawn: those that matter most for any measure."""


def available(evidence: SensitivityEvidence) -> bool:
    """Needs two factors."""
    return len(evidence.factors) > 1


def shares(evidence: SensitivityEvidence) -> NDArray[np.float64]:
    """Total indices, or effects over the largest of the measure; shape (factors, measures)."""
    values = np.array(
        [[evidence.index(m, f, evidence.by).value for m in evidence.measures] for f in evidence.factors], float
    )
    if evidence.is_sobol:
        return values
    largest = np.nan_to_num(values).max(axis=0)
    return values / np.where(largest > 0, largest, 1.0)


def shown_factors(evidence: SensitivityEvidence) -> list[int]:
    """Rows of the factors that are drawn, from the one that matters most for any measure."""
    most = np.nan_to_num(shares(evidence)).max(axis=1)
    return np.argsort(-most, kind="stable")[:SHOWN].tolist()


def draw(evidence: SensitivityEvidence, words: Words) -> Figure:
    """A heat map with numbers."""
    chosen = shown_factors(evidence)
    values = np.clip(shares(evidence)[chosen], 0, None)
    labels = [wrapped(factor_name(evidence.factors[row], words), words, 44) for row in chosen]
    figure = theme.new_figure(1.3 + 0.3 * len(chosen))
    axes = figure.subplots()
    image = axes.imshow(np.clip(values, 0, 1), cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        if math.isfinite(value) and value >= 0.005:
            ink = theme.ink_over(image, value)
            axes.text(column, row, f"{100 * value:.0f}", ha="center", va="center", fontsize=7.5, color=ink)
    axes.set_yticks(range(len(labels)), labels, fontsize=8)
    titles = [wrapped(words.measure(name.partition("@")[0]), words, 15) for name in evidence.measures]
    axes.set_xticks(range(len(titles)), titles, fontsize=7.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure


def table(evidence: SensitivityEvidence, words: Words) -> Table:
    """All factors, in per cent."""
    header = [words("sensitivity.factor"), *(words.measure(name.partition("@")[0]) for name in evidence.measures)]
    values = shares(evidence)
    order = np.argsort(-np.nan_to_num(values).max(axis=1), kind="stable")
    body = [
        [factor_name(evidence.factors[row], words), *(numbers.plain(100 * value, 1) for value in values[row])]
        for row in order
    ]
    return Table(words("importance.title"), header, body)
