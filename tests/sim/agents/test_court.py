"""Courts: a backlog worked off at a capacity a day."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.court import Court


def court(**values) -> np.void:
    record = np.zeros(1, Court.record)
    for name, value in values.items():
        record[name] = value
    return record[0]


def test_a_suit_waits_for_the_backlog_before_it():
    assert Court.wait(court(capacity=4.0, backlog=10.0)) == 2.5
    assert Court.wait(court(capacity=4.0)) == 0.0
    assert Court.wait(court(capacity=0.0, backlog=1.0)) == 3650.0
    assert Court.wait(court(capacity=0.0625, backlog=1.0)) == 16.0


def test_without_new_suits_the_backlog_falls_by_the_capacity_to_nothing():
    row = court(code=620102, capacity=4.0, backlog=10.0)
    seen = []
    for day in range(4):
        Court.sit(row, day, 1.0, 1)
        seen.append((float(row["backlog"]), float(row["offered"]), float(row["concluded"])))
    assert seen == [(6.0, 4.0, 4.0), (2.0, 8.0, 8.0), (0.0, 12.0, 10.0), (0.0, 16.0, 10.0)]


def test_an_overloaded_court_grows_by_what_it_cannot_do():
    """Poisson arrivals of 6 a day, capacity 4: +2 a day, z = 4.5."""
    row = court(code=620102, capacity=4.0, background=6.0, backlog=1000.0)
    days = 2000
    for day in range(days):
        Court.sit(row, day, 1.0, 1)
    grown = float(row["backlog"]) - 1000.0
    assert abs(grown - 2 * days) < 4.5 * np.sqrt(6.0 * days)


def test_a_day_s_suits_depend_on_court_seed_and_day_alone():
    def after(code: int, seed: int, start: int, usual: float = 1.0) -> float:
        row = court(code=code, capacity=0.0, background=6.0)
        for day in range(start, start + 20):
            Court.sit(row, day, usual, seed)
        return float(row["backlog"])

    assert after(620102, 1, 0) == after(620102, 1, 0)
    assert len({after(620102, 1, 0), after(620103, 1, 0), after(620102, 2, 0), after(620102, 1, 20)}) >= 3
    assert after(620102, 1, 0) == pytest.approx(120, abs=4.5 * np.sqrt(120))
    assert after(620102, 1, 0, usual=1.5) == pytest.approx(180, abs=4.5 * np.sqrt(180))
