"""Grid workers: a clock of visits that stops while they do something else."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.grid_worker import GridWorker, days_until


def worker(**values) -> np.void:
    record = np.zeros(1, GridWorker.record)
    for name, value in values.items():
        record[name] = value
    return record[0]


def test_the_clock_runs_at_its_rate_from_the_first_day_on():
    row = worker(rate=0.02, since=100)
    assert GridWorker.hazard(row, 99) == 0.0
    assert GridWorker.hazard(row, 100) == pytest.approx(0.02)  # the whole first day
    assert GridWorker.hazard(row, 149) == pytest.approx(1.0)


def test_hours_spent_otherwise_are_days_not_visited():
    row = worker(rate=0.02, since=0)
    GridWorker.spend(row, 8.0)  # a full day
    GridWorker.spend(row, 2.0)
    assert row["lost"] == pytest.approx(1.25)
    assert GridWorker.hazard(row, 9) == pytest.approx(0.02 * 8.75)


def test_who_owes_more_than_has_passed_has_not_visited_at_all():
    row = worker(rate=0.02, since=10, lost=5.0)
    assert GridWorker.hazard(row, 12) == 0.0
    assert GridWorker.hazard(row, 15) == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("left", "rate", "expected"),
    [(1.0, 0.25, 4), (1.01, 0.25, 5), (0.1, 0.25, 1), (-3.0, 0.25, 1), (1.0, 0.0, 1_000_000), (1e9, 0.02, 1_000_000)],
)
def test_days_until_a_clock_has_run_off(left, rate, expected):
    assert days_until(left, rate) == expected


def test_the_day_foreseen_is_the_first_on_which_the_clock_has_run_off():
    row = worker(rate=0.03, since=0, lost=0.4)
    for left in np.linspace(0.01, 2.0, 57):
        today = 20
        reading = GridWorker.hazard(row, today) + left
        day = today + days_until(left, 0.03)
        assert GridWorker.hazard(row, day) >= reading - 1e-12
        assert day == today + 1 or GridWorker.hazard(row, day - 1) < reading
