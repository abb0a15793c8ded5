"""What the page is told of a run: the pyramid, the measures beside it, the months, each with the status quo kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from experiments.results.members import over_behaviours
from experiments.runs.record import RunRecord
from experiments.statistics.intervals import Estimate, estimate
from sim.ledger import PETITION_LEVELS
from sim.measures.petitions import PYRAMID, CountingBasis

PETITIONS = tuple(f"petitions_{level}" for level in (*PYRAMID, "nation"))
"""Registered petitions by level, from the pyramid's top; the capital last."""

BESIDE = (
    "durable_resolution",
    "durable_reached",
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
    return _middles(windows, estimate)


def answer(
    after: Sequence[RunRecord], kept: Sequence[RunRecord], seeds: Sequence[int] = (), members: int = 0
) -> dict[str, Any]:
    """Everything that the page shows of a scenario, as plain JSON values.

    ``after`` are records of the scenario, ``kept`` those of the status quo kept on the same ``seeds``; ``difference``
    is paired. Figures are means, and ``interval`` is that of the mean difference, 95 %. Under an ensemble of
    ``members`` figures are medians over behaviours, and the interval is where the middle 95 % of the differences lie.
    A single replicate has no interval.
    """
    average = partial(over_behaviours, seeds=seeds, members=members)
    pairs = {
        name: average([one.after[name] - other.after[name] for one, other in zip(after, kept, strict=True)])
        for name in MEASURED
    }
    ends = {name: [_plain(each.low), _plain(each.high)] for name, each in pairs.items()}
    return {
        "before": _middles([record.before for record in kept], average),
        "kept": _middles([record.after for record in kept], average),
        "after": _middles([record.after for record in after], average),
        "difference": {name: _plain(each.mean) for name, each in pairs.items()},
        "interval": {name: each for name, each in ends.items() if None not in each},
        "monthly": {"kept": _months(kept), "after": _months(after)},
    }


def _middles(
    windows: Sequence[Mapping[str, float]], average: Callable[[list[float]], Estimate]
) -> dict[str, float | None]:
    return {name: _plain(average([window.get(name, math.nan) for window in windows]).mean) for name in MEASURED}


def months_of(record: RunRecord) -> list[str]:
    """Months of the measured time, ``2018-01`` …"""
    return [str(month) for month in record.months]


def _months(records: Sequence[RunRecord]) -> list[float]:
    return [float(mean) for mean in np.mean([monthly_petitions(record) for record in records], axis=0)]


def _plain(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
