"""What the page is told of a run: the pyramid, the measures beside it, the months, each with the status quo kept."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from experiments.runs.record import RunRecord
from experiments.statistics.intervals import estimate
from sim.ledger import PETITION_LEVELS
from sim.measures.petitions import PYRAMID, CountingBasis

PETITIONS = tuple(f"petitions_{level}" for level in (*PYRAMID, "nation"))
"""Registered petitions by level, from the pyramid's top; the capital last."""

BESIDE = (
    "durable_resolution",
    "durable_success",
    "recorded_success",
    "unresolved_added",
    "worst_group_resolution",
    "presented_total",
    "petitions_total",
    "concealment",
    "cost_per_resident",
)
"""What stands beside the ratio with the same weight."""

MEASURED = (*PETITIONS, "distance_to_target", *BESIDE)
"""Every measure that the page shows."""


def monthly_petitions(record: RunRecord) -> list[int]:
    """Registered petitions of all levels by month of the measured time."""
    names = [name for level in PETITION_LEVELS for name in CountingBasis().recorded(level)]
    columns = [record.events.index(name) for name in names]
    return [int(number) for number in record.monthly[:, columns].sum(axis=1)]


def means(windows: Sequence[Mapping[str, float]]) -> dict[str, float | None]:
    """Mean of every shown measure over replicates; ``None`` where there is no value."""
    return {name: _plain(estimate([window.get(name, math.nan) for window in windows]).mean) for name in MEASURED}


def answer(after: Sequence[RunRecord], kept: Sequence[RunRecord]) -> dict[str, Any]:
    """Everything that the page shows of a scenario, as plain JSON values.

    ``after`` are records of the scenario, ``kept`` those of the status quo kept on the same seeds. ``interval`` is that
    of the paired difference, 95 %, and holds nothing for a single replicate.
    """
    pairs = [(name, _differences(name, after, kept)) for name in MEASURED]
    return {
        "before": means([record.before for record in kept]),
        "kept": means([record.after for record in kept]),
        "after": means([record.after for record in after]),
        "interval": {name: [low, high] for name, (low, high) in pairs if low is not None and high is not None},
        "monthly": {"kept": _months(kept), "after": _months(after)},
    }


def months_of(record: RunRecord) -> list[str]:
    """Months of the measured time, ``2018-01`` …"""
    return [str(month) for month in record.months]


def _months(records: Sequence[RunRecord]) -> list[float]:
    return [float(mean) for mean in np.mean([monthly_petitions(record) for record in records], axis=0)]


def _differences(name: str, after: Sequence[RunRecord], kept: Sequence[RunRecord]) -> tuple[float | None, float | None]:
    paired = estimate([one.after[name] - other.after[name] for one, other in zip(after, kept, strict=True)])
    return _plain(paired.low), _plain(paired.high)


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
