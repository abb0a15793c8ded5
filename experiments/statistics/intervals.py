"""Measures of replicates, summed up: mean with interval before and after, and the paired change."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.runs.record import RunRecord

LEVEL = 0.95
"""Confidence level of every interval."""


@dataclass(frozen=True)
class Estimate:
    """A mean over replicates with its t interval (no interval from a single one)."""

    mean: float
    low: float
    high: float
    replicates: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values; what is not a number is ``None``."""
        values = {"mean": self.mean, "low": self.low, "high": self.high}
        return {name: _plain(value) for name, value in values.items()} | {"replicates": self.replicates}


def _plain(value: float) -> float | None:
    return value if math.isfinite(value) else None


def estimate(values: Sequence[float]) -> Estimate:
    """Mean and t interval of independent replicates; replicates without a value (NaN) are left out."""
    return _estimates(np.asarray([values], dtype=float))[0]


def _estimates(values: NDArray[np.float64]) -> list[Estimate]:
    """One estimate a row, shape (rows, replicates)."""
    estimates: list[Estimate] = [Estimate(math.nan, math.nan, math.nan, 0)] * len(values)
    is_known = ~np.isnan(values)
    known = is_known.sum(axis=1)
    for replicates in set(known.tolist()) - {0}:  # rows with as many values are summed up together
        rows = np.flatnonzero(known == replicates)
        given = values[rows][is_known[rows]].reshape(-1, replicates)
        means = given.mean(axis=1)
        half = np.full(len(rows), math.nan)
        if replicates > 1:
            half = _t_quantile(replicates - 1) * given.std(axis=1, ddof=1) / math.sqrt(replicates)
        columns = (means.tolist(), (means - half).tolist(), (means + half).tolist())
        for row, mean, low, high in zip(rows.tolist(), *columns, strict=True):
            estimates[row] = Estimate(mean, low, high, replicates)
    return estimates


@cache
def _t_quantile(freedom: int) -> float:
    from scipy import stats

    return float(stats.t.ppf((1 + LEVEL) / 2, freedom))


@dataclass(frozen=True)
class MeasureSummary:
    """One measure before and after the reform and its paired change, over the replicates of a scenario."""

    name: str
    before: Estimate
    after: Estimate
    change: Estimate


def summarise(records: Sequence[RunRecord], names: Sequence[str] | None = None) -> list[MeasureSummary]:
    """Every measure of some replicates of one scenario, or those named; changes are paired within a replicate."""
    if names is None:
        names = list(dict.fromkeys(name for record in records for name in record.after))
    before, after = (
        np.array([[measures.get(name, math.nan) for measures in part] for name in names], float).reshape(
            len(names), len(records)
        )
        for part in ([record.before for record in records], [record.after for record in records])
    )
    estimates = zip(*(_estimates(values) for values in (before, after, after - before)), strict=True)
    return [MeasureSummary(name, *each) for name, each in zip(names, estimates, strict=True)]
