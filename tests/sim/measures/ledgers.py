"""Tiny ledgers made by hand."""

from __future__ import annotations

import numpy as np

from sim.ledger import (
    DISPUTE_KINDS,
    DURATION_CLOCKS,
    DURATION_EDGES,
    DURATION_OUTCOMES,
    EVENTS,
    GOVERNMENT_FIGURES,
    GROUP_FIGURES,
    GROUPS,
    MONTHLY_FIGURES,
    SURVEY_FIGURES,
    TRUST_LEVELS,
    WORK_FIGURES,
    WORK_LEVELS,
    Ledger,
    event,
)

COUNTIES = 2
RESIDENTS = 40_000


def ledger(events: dict[str, int] | None = None, months: int = 12, start: str = "2019-01") -> Ledger:
    """Two counties of 10,000 and 30,000 residents in one city; each event is spread over both and over all months.

    Of an event's count, the first month of the second county has all that does not divide evenly.
    """
    counts = np.zeros((COUNTIES, months, len(DISPUTE_KINDS), len(EVENTS)), np.int32)
    for name, count in (events or {}).items():
        part = count // (2 * months)
        counts[:, :, 3, event(name)] = part
        counts[1, 0, 5, event(name)] += count - part * 2 * months
    years = months // 12
    return Ledger(
        months=np.datetime64(start, "M") + np.arange(months),
        county_codes=np.array([990101, 990102]),
        county_city=np.zeros(COUNTIES, np.int32),
        city_codes=np.array([9901]),
        city_tier=np.ones(1, np.bool_),
        county_tier=np.ones(1, np.bool_),
        county_population=np.array([10_000, 30_000]),
        county_urban_population=np.array([0, 0]),
        counts=counts,
        durations=np.zeros(
            (COUNTIES, months, len(DURATION_CLOCKS), len(DURATION_OUTCOMES), len(DURATION_EDGES)), np.int32
        ),
        work=np.zeros((COUNTIES, months, len(WORK_LEVELS), len(WORK_FIGURES)), np.int64),
        groups=np.zeros((COUNTIES, months, len(GROUPS), len(GROUP_FIGURES)), np.int64),
        monthly=np.zeros((COUNTIES, months, len(MONTHLY_FIGURES)), np.int64),
        trust=np.zeros((COUNTIES, years, len(TRUST_LEVELS))),
        survey=np.zeros((COUNTIES, years, len(SURVEY_FIGURES))),
        government=np.zeros((1, years, len(GOVERNMENT_FIGURES))),
        cost=np.zeros((COUNTIES, months)),
    )
