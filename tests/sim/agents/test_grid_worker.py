"""The clock of a grid worker's visits."""

import numpy as np
import pytest

from sim.agents.grid_worker import GridWorker, days_until


@pytest.fixture
def worker() -> GridWorker:
    records = np.zeros(1, GridWorker.record)
    records["rate"], records["since"], records["lost"] = 0.1, 10, 2.0
    return GridWorker(None, records, 0)


def test_the_clock_runs_except_on_days_lost(worker) -> None:
    # Days 10 to 14 are five days, two of them lost.
    assert worker.hazard(14) == pytest.approx(0.3, abs=1e-12)
    assert worker.hazard(11) == 0.0
    assert worker.hazard(10) == 0.0  # owes a day: never runs back


@pytest.mark.parametrize(("hours_per_day", "lost"), [(8.0, 2.5), (4.0, 3.0), (2.0, 4.0)])
def test_hours_spent_are_days_of_the_hours_worked(worker, hours_per_day: float, lost: float) -> None:
    worker.spend(4.0, hours_per_day)
    assert worker.lost == lost
    assert worker.hazard(14) == pytest.approx(0.1 * (5 - lost), abs=1e-12)


@pytest.mark.parametrize(
    ("left", "rate", "days"),
    [
        (0.35, 0.1, 4),
        (0.5, 0.25, 2),
        (0.51, 0.25, 3),
        (0.0, 0.1, 1),
        (-1.0, 0.1, 1),
        (1.0, 0.0, 1_000_000),
        (1.0, 1e-12, 1_000_000),
    ],
)
def test_days_until_noticed(left: float, rate: float, days: int) -> None:
    assert days_until(left, rate) == days
