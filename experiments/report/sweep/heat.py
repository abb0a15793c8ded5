"""Two factors of a grid against each other: a heat map a measure, every cell with its number."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.report.axis import heat_map, small_panels
from experiments.report.factors import factor_label, short_label
from experiments.report.measure_text import factor_of, wrapped, written
from experiments.report.sweep.evidence import FactorAxis, SweepEvidence, value_text
from experiments.report.sweep.ranking import amount_text
from experiments.report.table import Table
from experiments.report.text import Words

PANELS_MAX = 4

LEVELS_MAX = 12
"""Levels of a factor that a map can hold."""

LETTERS = 100
"""Letters on a line over the whole width."""


def axes_of(evidence: SweepEvidence) -> tuple[FactorAxis, FactorAxis] | None:
    """The factor of the columns and that of the rows: the first two of a grid; ``None`` where there are not two.

    Places are none: shades from the lowest to the highest would show what chance makes of them.
    """
    fitting = [factor for factor in evidence.factors if len(factor.values) <= LEVELS_MAX and not factor.is_place]
    if not evidence.is_grid or not evidence.measures or len(fitting) < 2:
        return None
    return fitting[0], fitting[1]


def available(evidence: SweepEvidence) -> bool:
    """Needs a grid with two factors."""
    return axes_of(evidence) is not None


def cells_of(evidence: SweepEvidence, measure: str) -> NDArray[np.float64]:
    """Means by row and column, shape (rows, columns), over whatever else varies; NaN for a combination left out."""
    found = axes_of(evidence)
    assert found is not None
    across, down = found
    means = np.full((len(down.values), len(across.values)), np.nan)
    for row, below in enumerate(down.values):
        for column, beside in enumerate(across.values):
            names = evidence.where(**{across.key: beside, down.key: below})
            if names:
                means[row, column] = evidence.pooled(names, measure).mean
    return means


def draw(evidence: SweepEvidence, words: Words) -> Figure:
    """Up to four maps in two columns."""
    found = axes_of(evidence)
    assert found is not None
    across, down = found
    measures = evidence.measures[:PANELS_MAX]
    columns = min(2, len(measures))
    letters = max(6, LETTERS // columns // len(across.values))
    height = 0.95 + 0.32 * len(down.values)
    figure, panels = small_panels(len(measures), columns, 0.7, height, "invisible", sharex=True, sharey=True)
    for axes, measure in zip(panels, measures, strict=True):
        means = cells_of(evidence, measure)
        texts = [[written(mean, measure) if np.isfinite(mean) else "" for mean in row] for row in means]
        heat_map(axes, factor_of(measure) * means, texts, origin="lower" if down.is_ordered else "upper")
        axes.set_title(wrapped(evidence.title(measure, words), words, 44), fontsize=9)
        names = [wrapped(value_text(value, across, words), words, letters) for value in across.values]
        axes.set_xticks(range(len(across.values)), names)
        names = [wrapped(value_text(value, down, words), words, LETTERS // 4) for value in down.values]
        axes.set_yticks(range(len(down.values)), names)
    figure.supxlabel(factor_label(across.key, words), fontsize=9.5)
    figure.supylabel(factor_label(down.key, words), fontsize=9.5)
    return figure


def table(evidence: SweepEvidence, words: Words) -> Table:
    """A row a combination, a column a measure, with intervals."""
    found = axes_of(evidence)
    assert found is not None
    across, down = found
    measures = evidence.measures[:PANELS_MAX]
    header = [short_label(across.key, words), short_label(down.key, words)]
    header += [evidence.title(name, words) for name in measures]
    body = []
    for beside in across.values:
        for below in down.values:
            names = evidence.where(**{across.key: beside, down.key: below})
            if names:
                row = [value_text(beside, across, words), value_text(below, down, words)]
                body.append([*row, *(amount_text(evidence.pooled(names, name), name, words) for name in measures)])
    return Table(words("heat.title"), header, body)
