"""Measures of a scenario summed up over its replicates."""

from __future__ import annotations

import numpy as np

from experiments.runs.record import RunRecord
from experiments.statistics.intervals import summarise


def record(before: float, after: float) -> RunRecord:
    """A run whose window before the reform has as many petitions as it has residents who are content."""
    values = ({"petitions_total": total, "durable_resolution": 0.5} for total in (after, before))
    return RunRecord(*values, np.array([], "datetime64[M]"), np.zeros((0, 0), np.int64))


def test_before_after_and_kept_are_paired_by_replicate():
    records = [record(60, 60), record(50, 52), record(70, 68)]
    kept = [record(60, 50), record(50, 40), record(70, 60)]
    total, durable = summarise(records, kept=kept)
    assert (total.unit, durable.unit) == ("petitions/year", "share")
    assert (total.before.mean, total.after.mean, total.change.mean) == (60, 60, 0)
    assert total.change.low < 0 < total.change.high  # of 0, +2 and −2
    assert (total.kept.mean, total.effect.mean) == (50, 10)
    assert (durable.after.mean, durable.change.mean, durable.change.low) == (0.5, 0, 0)
