"""Measures of replicates, summed up: mean with interval before and after, and the paired change."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.record import RunRecord

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
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if len(known) == 0:
        return Estimate(math.nan, math.nan, math.nan, 0)
    mean = float(known.mean())
    if len(known) == 1:
        return Estimate(mean, math.nan, math.nan, 1)
    from scipy import stats

    half = float(stats.t.ppf((1 + LEVEL) / 2, len(known) - 1) * known.std(ddof=1) / math.sqrt(len(known)))
    return Estimate(mean, mean - half, mean + half, len(known))


@dataclass(frozen=True)
class MeasureSummary:
    """One measure before and after the reform and its paired change, over the replicates of a scenario."""

    name: str
    before: Estimate
    after: Estimate
    change: Estimate


def summarise(records: Sequence[RunRecord]) -> list[MeasureSummary]:
    """Every measure of some replicates of one scenario; changes are paired within a replicate."""
    names = list(dict.fromkeys(name for record in records for name in record.after))
    summaries = []
    for name in names:
        before = [_value(record.before, name) for record in records]
        after = [_value(record.after, name) for record in records]
        change = [late - early for early, late in zip(before, after, strict=True)]
        summaries.append(MeasureSummary(name, estimate(before), estimate(after), estimate(change)))
    return summaries


def _value(measures: Mapping[str, float], name: str) -> float:
    return measures.get(name, math.nan)
