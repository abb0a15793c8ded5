"""Which uncertainties trade off against each other: rank correlations over the members."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy import stats

from experiments.report import numbers, theme
from experiments.report.axis import heat_map
from experiments.report.calibrate.evidence import CalibrationEvidence
from experiments.report.factors import column_name
from experiments.report.measure_text import wrapped
from experiments.report.table import Table
from experiments.report.text import Words

FEWEST = 10
"""Members below which no correlation is shown."""

SHOWN = 14
"""Uncertainties drawn: those of the strongest pairs."""


def available(evidence: CalibrationEvidence) -> bool:
    """Needs members, and two uncertainties."""
    return len(evidence.members) >= FEWEST and len(different(evidence)) > 1


def different(evidence: CalibrationEvidence) -> list[str]:
    """Uncertainties that the members differ in; what moves along with a knob trades off with nothing by itself."""
    along = {name for knob in evidence.settings.fitted.values() for name in knob.along}
    names = [row["uncertainty"] for row in evidence.uncertainties if row["uncertainty"] in evidence.members.columns]
    return [name for name in names if name not in along and evidence.members[name].nunique(dropna=False) > 1]


def label_of(name: str, evidence: CalibrationEvidence, words: Words) -> str:
    """An uncertainty with a note whether it is fitted or varied."""
    part = words("calibrate.fitted" if name in evidence.settings.fitted else "calibrate.varied")
    return words("tradeoffs.uncertainty", name=column_name(name, words), part=words.in_sentence(part))


def correlations(evidence: CalibrationEvidence) -> tuple[list[str], NDArray[np.float64]]:
    """Names of the uncertainties and their Spearman correlations, shape (d, d)."""
    names = different(evidence)
    found = stats.spearmanr(evidence.members[names].to_numpy()).statistic
    return names, np.atleast_2d(found) if len(names) > 2 else np.array([[1.0, found], [found, 1.0]])


def strongest(evidence: CalibrationEvidence) -> list[tuple[str, str, float]]:
    """Pairs by the strength of their correlation."""
    names, found = correlations(evidence)
    pairs = [(names[i], names[j], float(found[i, j])) for i in range(len(names)) for j in range(i)]
    return sorted(pairs, key=lambda pair: -abs(pair[2]))


def draw(evidence: CalibrationEvidence, words: Words) -> Figure:
    """A matrix of correlations between the uncertainties of the strongest pairs."""
    names, found = correlations(evidence)
    order: list[str] = []
    for first, second, _ in strongest(evidence):
        order += [name for name in (first, second) if name not in order]
        if len(order) >= SHOWN:
            break
    rows = [names.index(name) for name in order[:SHOWN]]
    values = found[np.ix_(rows, rows)]
    np.fill_diagonal(values, np.nan)
    labels = [
        wrapped(f"{label_of(names[row], evidence, words)}  {place}", words, 40) for place, row in enumerate(rows, 1)
    ]
    figure = theme.new_figure(0.6 + 0.4 * len(rows))
    axes = figure.subplots()
    texts = [[f"{value:+.1f}".replace("-", "−") if abs(value) >= 0.15 else "" for value in row] for row in values]
    heat_map(axes, values, texts, 7, cmap="PuOr", vmin=-1, vmax=1, aspect="equal")
    axes.set_yticks(range(len(labels)), labels, fontsize=7.5)
    axes.set_xticks(range(len(labels)), [str(place) for place in range(1, len(labels) + 1)], fontsize=7.5)
    axes.xaxis.tick_top()
    return figure


def table(evidence: CalibrationEvidence, words: Words) -> Table:
    """The strongest pairs."""
    header = [words("calibrate.uncertainty"), words("tradeoffs.with"), words("tradeoffs.correlation")]
    body = [
        [label_of(first, evidence, words), label_of(second, evidence, words), numbers.signed(value, 2)]
        for first, second, value in strongest(evidence)[:20]
    ]
    return Table(words("tradeoffs.title"), header, body)
