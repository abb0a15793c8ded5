"""Surfaces through the runs of a sweep: what a measure would be between them, computed by plain arithmetic.

A thin plate spline with a linear trend, over dimensions that are stretched by how much they matter, smoothed as much as
leave-one-out errors ask for. A browser evaluates the same numbers (``page/interpolated.js``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SMOOTHINGS = (0.01, 0.1, 1.0, 10.0, 100.0)
"""Smoothings that are tried, in the units of the spline's matrix."""

RIDGE = 1e-6
"""Added, a point, to the squares of the regression that tells how much each dimension matters."""

LEAST = 0.05
"""Stretch of a dimension that does not matter, next to one for the dimension that matters most."""

DIGITS = 9
"""Significant digits of a surface's numbers: rounded before anything is evaluated, so that all evaluate the same."""


@dataclass(frozen=True)
class Shape:
    """How a measure is fitted and what it can be: counts by their logarithm, shares between 0 and 1.

    ``low`` and ``high`` are bounds that an interpolated value is moved back to; ``None`` is no bound.
    """

    is_count: bool = False
    low: float | None = None
    high: float | None = None

    def to_fit(self, values: Array) -> Array:
        """Values on the scale that is fitted."""
        return np.log1p(values) if self.is_count else values

    def from_fit(self, fitted: Array) -> Array:
        """Values of the fitted scale as they are, within the bounds."""
        values = np.expm1(fitted) if self.is_count else fitted
        low = -np.inf if self.low is None else self.low
        high = np.inf if self.high is None else self.high
        return np.clip(values, low, high)


@dataclass(frozen=True)
class Surface:
    """One surface for each of some measures that depend on the controls alike.

    Attributes:
        names: of the measures.
        shape: of each of them.
        stretch: of each dimension, shape (d,).
        trend: constant and slopes, shape (1 + d, names).
        weights: of the points, shape (points, names).
    """

    names: tuple[str, ...]
    shape: Shape
    stretch: Array
    trend: Array
    weights: Array

    def at(self, points: Array, where: Array) -> Array:
        """Values at some places, shape (places, names); ``points`` are those that were fitted, all in −1 … 1."""
        near, far = points * self.stretch, where * self.stretch
        fitted = _basis(far) @ self.trend + _spline(_squares(far, near)) @ self.weights
        return self.shape.from_fit(fitted)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "names": list(self.names),
            "is_count": self.shape.is_count,
            "low": self.shape.low,
            "high": self.shape.high,
            "stretch": self.stretch.tolist(),
            "trend": self.trend.T.tolist(),
            "weights": self.weights.T.tolist(),
        }

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> Surface:
        """The surface of ``as_dict``."""
        return Surface(
            tuple(values["names"]),
            Shape(values["is_count"], values["low"], values["high"]),
            np.array(values["stretch"]),
            np.array(values["trend"]).T,
            np.array(values["weights"]).T,
        )


def fit(names: Sequence[str], shape: Shape, points: Array, values: Array, exact: int | None = None) -> Surface:
    """A surface through values at points in −1 … 1, shapes (n, names) and (n, d).

    Through the point of row ``exact`` it goes exactly; at the others chance may be smoothed away. The smoothing is the
    one with the smallest leave-one-out errors (Rippa 1999), of all the names together.
    """
    fitted = shape.to_fit(values)
    stretch = _rounded(_stretch(points, fitted))
    scaled = points * stretch
    kernel, basis = _spline(_squares(scaled, scaled)), _basis(scaled)
    terms = basis.shape[1]
    right = np.vstack([fitted, np.zeros((terms, fitted.shape[1]))])
    spread = fitted.std(axis=0) + 1e-12
    best: tuple[float, Array] | None = None
    for smoothing in SMOOTHINGS:
        rough = np.full(len(points), smoothing)
        if exact is not None:
            rough[exact] = 0.0
        matrix = np.block([[kernel + np.diag(rough), basis], [basis.T, np.zeros((terms, terms))]])
        inverse = np.linalg.inv(matrix)
        solved = inverse @ right
        missed = solved[: len(points)] / np.diag(inverse)[: len(points), None]
        error = float(np.sqrt((missed**2).mean(axis=0) / spread**2).mean())
        if best is None or error < best[0]:
            best = error, solved
    assert best is not None
    weights, trend = best[1][: len(points)], best[1][len(points) :]
    return Surface(tuple(names), shape, stretch, _rounded(trend), _rounded(weights))


def _stretch(points: Array, fitted: Array) -> Array:
    """How much each dimension matters by a quadratic regression, from ``LEAST`` to 1, the mean of all names."""
    count = points.shape[1]
    pairs = [(one, other) for one in range(count) for other in range(one, count)]
    terms = np.column_stack([_basis(points), *(points[:, one] * points[:, other] for one, other in pairs)])
    matrix = terms.T @ terms + RIDGE * len(points) * np.eye(terms.shape[1])
    sizes = np.abs(np.linalg.solve(matrix, terms.T @ fitted)) / (fitted.std(axis=0) + 1e-12)
    matters = sizes[1 : count + 1].copy()
    for size, (one, other) in zip(sizes[count + 1 :], pairs, strict=True):
        if one == other and set(np.unique(points[:, one])) <= {-1.0, 1.0}:
            continue  # the square of a choice between two says nothing
        matters[one] += size / 2
        matters[other] += size / 2
    mean = matters.mean(axis=1)
    return LEAST + np.sqrt(mean / max(float(mean.max()), 1e-12))


def _basis(points: Array) -> Array:
    return np.column_stack([np.ones(len(points)), points])


def _squares(places: Array, points: Array) -> Array:
    """Squared distances, shape (places, points)."""
    return np.maximum(0.0, (places**2).sum(1)[:, None] + (points**2).sum(1) - 2 * places @ points.T)


def _spline(squares: Array) -> Array:
    """r² log r of squared distances, 0 at 0."""
    return 0.5 * squares * np.log(np.where(squares > 0, squares, 1.0))


def _rounded(values: Array) -> Array:
    return np.array([float(f"{value:.{DIGITS}g}") for value in values.ravel().tolist()]).reshape(values.shape)
