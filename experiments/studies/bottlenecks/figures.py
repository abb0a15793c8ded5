"""What is kept of a run: of the first year after the reform, what cities settle and spend, and counties' queues."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.runs.windows import window_of
from sim.ledger import WORK_FIGURES, Ledger
from sim.measures.resolution import durable
from sim.scenario import Scenario

YEAR = 1
"""After the reform: cities share nothing within it, and are assessed beside one another at its end."""

KEPT = ("slot_days", "busy_days", "wait_days", "started", "queue_days", "waited_long")
"""Figures of work that are kept, by level."""


@dataclass(frozen=True)
class YearOfWork:
    """The first year of a run.

    Attributes:
        days: of the year.
        settled: durable settlements by city, shape (Y,).
        cost: yuan by city, shape (Y,).
        work: ``KEPT`` by county and level of ``WORK_LEVELS``, shape (C, levels, figures).
    """

    days: int
    settled: NDArray[np.float64]
    cost: NDArray[np.float64]
    work: NDArray[np.float64]


def year_of(ledger: Ledger, scenario: Scenario) -> YearOfWork:
    """The first year after the reform of a ledger."""
    during = ledger.window(*window_of(scenario.calendar, YEAR))
    first, last = (
        month.astype("datetime64[D]") for month in (during.months[0], during.months[-1] + np.timedelta64(1, "M"))
    )
    cities = [during.of_counties(during.county_city == city) for city in range(len(during.city_codes))]
    return YearOfWork(
        int((last - first).astype(int)),
        np.array([durable(city) for city in cities], float),
        np.array([city.cost.sum() for city in cities], float),
        during.work.sum(axis=1)[..., [WORK_FIGURES.index(name) for name in KEPT]].astype(float),
    )


def recorded(ledger: Ledger, scenario: Scenario) -> bytes:
    """The same as bytes."""
    year = year_of(ledger, scenario)
    plain: Sequence[object] = [year.days, year.settled.tolist(), year.cost.tolist(), year.work.tolist()]
    return zlib.compress(json.dumps(plain).encode(), level=1)


def read(content: bytes | None) -> YearOfWork | None:
    """The figures of ``recorded``; ``None`` for anything else: such a run is carried out again."""
    if content is None:
        return None
    try:
        days, settled, cost, work = json.loads(zlib.decompress(content))
        return YearOfWork(int(days), np.array(settled, float), np.array(cost, float), np.array(work, float))
    except (zlib.error, ValueError, TypeError):
        return None
