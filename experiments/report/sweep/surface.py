"""Response surfaces: what a smooth quadratic through all points says of the two factors that matter most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.report import numbers, theme
from experiments.report.axis import small_panels
from experiments.report.factors import factor_label, short_label
from experiments.report.measure_text import factor_of, wrapped, written
from experiments.report.sweep.evidence import FactorAxis, SweepEvidence
from experiments.report.table import Table
from experiments.report.text import Words

PANELS_MAX = 4
FINENESS = 61

POINTS_A_TERM = 2
"""Points that a surface needs for each of its terms."""


@dataclass(frozen=True)
class FittedSurface:
    """A quadratic in the factors, scaled to −1 … 1, with first, square and product terms (Box & Wilson 1951).

    Attributes:
        coefficients: constant, first, squares, products.
        explained: share of the variance between points that it predicts when each point is left out of the fit
            (1 − PRESS / total); below zero it is worse than the mean.
    """

    coefficients: NDArray[np.float64]
    explained: float

    def at(self, scaled: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values at points, shape (n, factors), scaled."""
        return terms(scaled) @ self.coefficients


def terms(scaled: NDArray[np.float64]) -> NDArray[np.float64]:
    """Terms of the quadratic, shape (n, 1 + 2 k + k (k − 1) / 2)."""
    n, k = scaled.shape
    products = [scaled[:, i] * scaled[:, j] for i in range(k) for j in range(i + 1, k)]
    return np.column_stack([np.ones(n), scaled, scaled**2, *products])


def fit_surface(scaled: NDArray[np.float64], values: NDArray[np.float64]) -> FittedSurface:
    """Least squares with the leave-one-out share explained (Allen 1974)."""
    matrix = terms(scaled)
    coefficients, *_ = np.linalg.lstsq(matrix, values, rcond=None)
    leverage = np.einsum("ij,ji->i", matrix, np.linalg.pinv(matrix))
    residuals = (values - matrix @ coefficients) / np.maximum(1 - leverage, 1e-9)
    total = float(((values - values.mean()) ** 2).sum())
    return FittedSurface(coefficients, 1 - float((residuals**2).sum()) / total if total > 0 else 1.0)


def ordered_factors(evidence: SweepEvidence) -> list[FactorAxis]:
    """Factors whose values are numbers."""
    return [factor for factor in evidence.factors if factor.is_ordered and len(factor.values) > 2]


def available(evidence: SweepEvidence) -> bool:
    """Needs a design that is no grid, two ordered factors and enough points for a quadratic."""
    k = len(ordered_factors(evidence))
    return not evidence.is_grid and k > 1 and len(evidence.ranked) >= POINTS_A_TERM * (1 + 2 * k + k * (k - 1) // 2)


def scaled_points(evidence: SweepEvidence) -> NDArray[np.float64]:
    """The points' ordered factors, scaled to −1 … 1, shape (points, factors)."""
    columns = []
    for factor in ordered_factors(evidence):
        low, high = float(min(factor.values)), float(max(factor.values))
        columns.append(2 * (evidence.points[factor.key].to_numpy().astype(float) - low) / (high - low) - 1)
    return np.column_stack(columns)


@lru_cache(maxsize=64)
def surface_of(evidence: SweepEvidence, measure: str) -> FittedSurface:
    """The surface of a measure through the means of all points."""
    means = evidence.means(measure)
    known = np.isfinite(means)
    return fit_surface(scaled_points(evidence)[known], means[known])


def two_that_matter(evidence: SweepEvidence) -> tuple[int, int]:
    """The two ordered factors over which the surface of the ranking measure changes most."""
    k = len(ordered_factors(evidence))
    line = np.linspace(-1, 1, 21)
    spans = []
    for factor in range(k):
        at = np.zeros((len(line), k))
        at[:, factor] = line
        values = surface_of(evidence, evidence.rank_by).at(at)
        spans.append(float(values.max() - values.min()))
    first, second = np.argsort(spans)[::-1][:2]
    return int(first), int(second)


def draw(evidence: SweepEvidence, words: Words) -> Figure:
    """Contours over the two factors, the others held in the middle of their ranges; dots are the points."""
    measures = evidence.measures[:PANELS_MAX]
    factors = ordered_factors(evidence)
    across, up = two_that_matter(evidence)
    columns = min(2, len(measures))
    figure, panels = small_panels(len(measures), columns, 0.6, 2.7, "invisible", sharex=True, sharey=True)
    line = np.linspace(-1, 1, FINENESS)
    beside, above = np.meshgrid(line, line)
    at = np.zeros((beside.size, len(factors)))
    at[:, across], at[:, up] = beside.ravel(), above.ravel()
    points = scaled_points(evidence)

    def unscaled(values: NDArray[np.float64], factor: FactorAxis) -> NDArray[np.float64]:
        low, high = float(min(factor.values)), float(max(factor.values))
        return low + (values + 1) / 2 * (high - low)

    for axes, measure in zip(panels, measures, strict=True):
        surface = surface_of(evidence, measure)
        height = factor_of(measure) * surface.at(at).reshape(beside.shape)
        x, y = unscaled(beside, factors[across]), unscaled(above, factors[up])
        filled = axes.contourf(x, y, height, 12, cmap="cividis")
        figure.colorbar(filled, ax=axes, pad=0.02, format=theme.Thousands())
        axes.plot(
            unscaled(points[:, across], factors[across]), unscaled(points[:, up], factors[up]), "o",
            ms=3, mfc="white", mec=theme.INK, mew=0.6,
        )  # fmt: skip
        explained = words("surface.explained", share=numbers.percent(max(0.0, surface.explained), 0))
        axes.set_title(f"{wrapped(evidence.title(measure, words), words, 44)}\n{words.spaced(explained)}", fontsize=9)
    figure.supxlabel(factor_label(factors[across].key, words), fontsize=9.5)
    figure.supylabel(factor_label(factors[up].key, words), fontsize=9.5)
    return figure


def table(evidence: SweepEvidence, words: Words) -> Table:
    """For each measure: what the surface explains, and its change from the low to the high end of each factor."""
    factors = ordered_factors(evidence)
    header = [words("table.measure"), words("surface.share"), *(short_label(f.key, words) for f in factors)]
    body = []
    for measure in evidence.measures:
        surface = surface_of(evidence, measure)
        row = [evidence.title(measure, words), numbers.percent(max(0.0, surface.explained), 0)]
        for factor in range(len(factors)):
            ends = np.zeros((2, len(factors)))
            ends[:, factor] = -1, 1
            low, high = surface.at(ends)
            row.append(words("surface.from_to", low=written(float(low), measure), high=written(float(high), measure)))
        body.append(row)
    return Table(words("surface.title"), header, body)
