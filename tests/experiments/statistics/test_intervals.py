"""Measures of a scenario summed up over windows of one length and of two."""

from __future__ import annotations

import numpy as np

from experiments.runs.record import RunRecord
from experiments.statistics.intervals import summarise

LENGTHS = {"before": 12, "after": 24}


def record(before: float, after: float) -> RunRecord:
    """A run whose window before the reform has as many petitions as it has residents who are content."""
    values = ({"petitions_total": total, "durable_resolution": 0.5} for total in (after, before))
    return RunRecord(*values, np.array([], "datetime64[M]"), np.zeros((0, 0), np.int64))


def test_a_longer_window_changes_nothing_by_itself():
    records = [record(60, 120), record(50, 104), record(70, 136)]  # a year: 60, 52, 68 after
    kept = [record(60, 100), record(50, 80), record(70, 120)]  # a year: 50, 40, 60
    total, durable = summarise(records, kept=kept, lengths=LENGTHS)
    assert (total.unit, durable.unit) == ("petitions/year", "share")
    assert (total.before.mean, total.after.mean, total.change.mean) == (60, 60, 0)
    assert total.change.low < 0 < total.change.high  # of 0, +2 and −2
    assert (total.kept.mean, total.effect.mean) == (50, 10)
    assert (durable.after.mean, durable.change.mean, durable.change.low) == (0.5, 0, 0)


def test_windows_of_one_length_are_told_as_they_are():
    total = summarise([record(60, 120)], ["petitions_total"])[0]
    assert (total.before.mean, total.after.mean, total.change.mean, total.unit) == (60, 120, 60, "petitions")
