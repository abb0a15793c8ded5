"""The levers along the front: what points of a low priced cost leave out and dear ones use."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.figure import Figure

from experiments.report import theme
from experiments.report.axis import heat_map
from experiments.report.factors import factor_label, short_label
from experiments.report.measure_text import wrapped
from experiments.report.optimise.evidence import OptimisationEvidence
from experiments.report.table import Table
from experiments.report.text import Words

LETTERS = 110
"""Letters that all cells of a row have room for, side by side."""


def available(evidence: OptimisationEvidence) -> bool:
    """Needs levers."""
    return bool(evidence.levers)


def lever_text(evidence: OptimisationEvidence, point: str, key: str, words: Words) -> str:
    """A lever's value."""
    value = evidence.lever(point, key)
    if isinstance(value, str):
        return words.line(f"sweep.value.{value}", value)
    return f"{float(value):.2g}" if abs(float(value)) < 100 else f"{float(value):.0f}"


def places(evidence: OptimisationEvidence) -> np.ndarray:
    """Where each lever stands within its bounds, shape (levers, points); a choice by its order."""
    rows = []
    for key in evidence.levers:
        bounds = evidence.lever_range(key)
        values = [evidence.lever(point, key) for point in evidence.points]
        if bounds is None:
            listed = [str(value).lower() for value in evidence.settings.levers[key].values]
            last = max(1, len(listed) - 1)
            rows.append([listed.index(str(v)) / last if str(v) in listed else math.nan for v in values])
        else:
            low, high = bounds
            rows.append([(float(value) - low) / (high - low) for value in values])
    return np.array(rows, float)


def draw(evidence: OptimisationEvidence, words: Words) -> Figure:
    """A heat map: levers by points, in the order of the first objective."""
    shares = places(evidence)
    labels = [wrapped(factor_label(key, words), words, 44) for key in evidence.levers]
    figure = theme.new_figure(0.8 + 0.2 * len(labels) + 0.13 * sum(1 + label.count("\n") for label in labels))
    axes = figure.subplots()
    letters = max(5, LETTERS // len(evidence.points))
    texts = [
        [wrapped(lever_text(evidence, point, key, words), words, letters) for point in evidence.points]
        for key in evidence.levers
    ]
    heat_map(axes, shares, texts, 6, vmin=0, vmax=1)
    axes.set_yticks(range(len(labels)), labels, fontsize=8)
    axes.set_xticks(range(len(evidence.points)), [point.rpartition("_")[2] for point in evidence.points], fontsize=8)
    axes.set_xlabel(words("lever_map.axis"), fontsize=8.5)
    return figure


def table(evidence: OptimisationEvidence, words: Words) -> Table:
    """A row a point, a column a lever."""
    header = [words("optimise.point"), *(short_label(key, words) for key in evidence.levers)]
    body = [[point, *(lever_text(evidence, point, key, words) for key in evidence.levers)] for point in evidence.points]
    return Table(words("lever_map.title"), header, body)
