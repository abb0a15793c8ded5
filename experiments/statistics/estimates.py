"""Means over replicates with t intervals, for one measure or for many at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats


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


@dataclass(frozen=True)
class Series:
    """Means with 95 % t intervals of several things at once, each of shape (k,)."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def estimate(values: NDArray[np.float64]) -> Estimate:
    """Mean of the values of the replicates, shape (n,)."""
    n = len(values)
    mean = float(np.mean(values)) if n else math.nan
    wide, narrow = (_half_width(values, level) for level in (0.95, 0.50))
    return Estimate(mean, mean - wide, mean + wide, mean - narrow, mean + narrow, n)


def series(values: NDArray[np.float64]) -> Series:
    """Means over the first axis of values of shape (n, k)."""
    mean = values.mean(axis=0)
    half = _half_width(values, 0.95)
    return Series(mean, mean - half, mean + half)


def _half_width(values: NDArray[np.float64], level: float) -> Any:
    n = len(values)
    if n < 2:
        return np.full(values.shape[1:], np.nan) if values.ndim > 1 else math.nan
    half = stats.t.ppf(0.5 + level / 2, n - 1) * np.std(values, axis=0, ddof=1) / math.sqrt(n)
    return half if values.ndim > 1 else float(half)
