"""Means over replicates with t intervals: of one thing, of many at once, of every measure of a scenario."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import scipy  # which reads scipy.stats when it is first asked for
from numpy.typing import ArrayLike, NDArray

from experiments.runs.groups import unit_of
from experiments.runs.record import RunRecord

LEVEL = 0.95
"""Confidence level of every interval."""


HALF = 0.50
"""Level of the narrow interval that figures draw inside the wide one."""

ROUNDING = 1e-12
"""Share of a figure up to which another one is the same: last digits of the arithmetic, far below what runs tell."""


@dataclass(frozen=True)
class Estimate:
    """A mean over ``n`` replicates with its 95 % and 50 % t intervals (NaN where ``n`` is below two)."""

    mean: float
    low: float
    high: float
    low50: float
    high50: float
    n: int

    def through(self, function: Callable[[float], float]) -> Estimate:
        """The estimate on another scale; ``function`` must be increasing."""
        mean, low, high = function(self.mean), function(self.low), function(self.high)
        return Estimate(mean, low, high, function(self.low50), function(self.high50), self.n)

    def as_dict(self) -> dict[str, Any]:
        """Plain values; what is not a number is ``None``."""
        values = {"mean": self.mean, "low": self.low, "high": self.high}
        known = {name: value if math.isfinite(value) else None for name, value in values.items()}
        return known | {"replicates": self.n}


@dataclass(frozen=True)
class Series:
    """Means with 95 % t intervals of several things at once, each of shape (k,)."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def estimate(values: Sequence[float] | NDArray[np.float64]) -> Estimate:
    """Mean and t intervals of independent replicates, shape (n,); those without a value (NaN) are left out."""
    return _estimates(np.asarray(values, dtype=float)[np.newaxis])[0]


def series(values: NDArray[np.float64]) -> Series:
    """Means over the first axis of values of shape (n, k)."""
    mean, half = values.mean(axis=0), half_width(values)
    return Series(mean, mean - half, mean + half)


def difference(figure: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """``figure − other``, elementwise; 0 where they differ by rounding alone."""
    one, two = np.asarray(figure, float), np.asarray(other, float)
    found = one - two
    return np.where(np.abs(found) <= ROUNDING * np.maximum(np.abs(one), np.abs(two)), 0.0, found)


def known_mean(values: NDArray[np.float64]) -> float:
    """Mean of the values that are known; NaN where none is."""
    return float(np.nanmean(values)) if np.isfinite(values).any() else math.nan


def half_width(values: NDArray[np.float64], level: float = LEVEL) -> Any:
    """Half of a t interval of the mean over the first axis; NaN for a single value."""
    n = len(values)
    if n < 2:
        return np.full(values.shape[1:], math.nan)[()]
    return _t_quantile(n - 1, level) * np.std(values, axis=0, ddof=1) / math.sqrt(n)


def _estimates(values: NDArray[np.float64]) -> list[Estimate]:
    """One estimate a row, shape (rows, replicates)."""
    estimates = [Estimate(math.nan, math.nan, math.nan, math.nan, math.nan, 0)] * len(values)
    is_known = ~np.isnan(values)
    known = is_known.sum(axis=1)
    for n in set(known.tolist()) - {0}:  # rows with as many values are summed up together
        rows = np.flatnonzero(known == n)
        given = values[rows][is_known[rows]].reshape(-1, n)
        means = given.mean(axis=1)
        wide, narrow = (half_width(given.T, level) for level in (LEVEL, HALF))
        ends = np.stack([means, means - wide, means + wide, means - narrow, means + narrow], axis=1).tolist()
        for row, (mean, low, high, low50, high50) in zip(rows.tolist(), ends, strict=True):
            estimates[row] = Estimate(mean, low, high, low50, high50, n)
    return estimates


@cache
def _t_quantile(freedom: int, level: float) -> float:
    return float(scipy.stats.t.ppf(0.5 + level / 2, freedom))


@dataclass(frozen=True)
class MeasureSummary:
    """One measure over the replicates of a scenario: before and after the reform, and had nothing changed then.

    ``change`` is after less before; ``kept`` is measured when ``after`` is, with the policy before the reform kept, and
    ``effect`` is after less kept. Both are paired within a replicate. ``unit`` is that of all of them.
    """

    name: str
    before: Estimate
    after: Estimate
    change: Estimate
    kept: Estimate
    effect: Estimate
    unit: str = ""


def summarise(
    records: Sequence[RunRecord],
    names: Sequence[str] | None = None,
    kept: Sequence[RunRecord | None] = (),
    average: Callable[[list[float]], Estimate] | None = None,
) -> list[MeasureSummary]:
    """Every measure of some replicates of one scenario, or those named.

    ``kept`` are the same replicates with the policy before the reform kept, ``None`` for one that failed. ``average``
    makes of the values of the replicates, in their order, what is told of them: the mean with its t intervals unless
    given.
    """
    if names is None:
        names = list(dict.fromkeys(name for record in records for name in record.after))
    others = [each.after if each else {} for each in kept or [None] * len(records)]
    before, after, unchanged = (
        np.array([[measures.get(name, math.nan) for measures in part] for name in names], float).reshape(
            len(names), len(records)
        )
        for part in (
            [record.before for record in records],
            [record.after for record in records],
            others,
        )
    )
    parts = (before, after, difference(after, before), unchanged, difference(after, unchanged))
    told = _estimates if average is None else lambda values: [average(row) for row in values.tolist()]
    estimates = zip(*map(told, parts), strict=True)
    found = []
    for name, (first, second, change, stayed, effect) in zip(names, estimates, strict=True):
        found.append(MeasureSummary(name, first, second, change, stayed, effect, unit_of(name)))
    return found
