"""What each month and each day of a calendar is like: seasons, trends, meetings, and days on which offices are closed.

Seasons and trends are a province's (``sim.province.series``); dates of festivals and meetings are China's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.behaviour import Timing
from sim.errors import InputError
from sim.holidays import meeting_months, new_years_eve
from sim.ledger import DISPUTE_KINDS
from sim.province.series import Series

MONTH = np.dtype(
    [
        ("grievances", np.float64, (len(DISPUTE_KINDS),)),  # that arise of each kind, of the usual
        ("most", np.float64),  # of these
        ("petitions", np.float64),  # utility of petition forums
        ("suits", np.float64),  # that are not born of modelled grievances, of the usual
        ("meeting", np.int64),  # whether the National People's Congress or the Party meets
    ],
    align=True,
)
"""A month of the run."""


@dataclass(frozen=True)
class Almanac:
    """The calendar of a run, month by month and day by day.

    Attributes:
        months: one ``MONTH`` for each month, shape (M,).
        month_of_day: month of each day, int32, shape (D,).
        open_on: the first day, from each day on, on which offices are open, int32, shape (D,); empty where no day is
            closed.
        registers: what registers write down in each month, of the usual, shape (M,); no rule of a day reads it.
    """

    months: NDArray
    month_of_day: NDArray[np.int32]
    open_on: NDArray[np.int32]
    registers: NDArray[np.float64]


def almanac_of(calendar: Any, timing: Timing, series: Series) -> Almanac:
    """The almanac of a calendar (``sim.scenario.Calendar``; imported here, it would make scenarios part of the kernel).

    Raises:
        InputError: when a trend does not have all years of the calendar.
    """
    days = np.arange(np.datetime64(calendar.start), np.datetime64(calendar.end) + np.timedelta64(1, "D"))
    of_run = days.astype("M8[M]")
    names = np.unique(of_run).astype(np.int64)
    years, month_of_year = 1970 + names // 12, names % 12
    base = int(calendar.measures[:4])
    trend = {name: series.index(name, years, month_of_year, base) for name in series.trends}
    months = np.zeros(len(names), MONTH)
    months["grievances"] = series.seasons.T[month_of_year] * trend.get("grievances", np.ones(len(names)))[:, None]
    months["most"] = months["grievances"].max(axis=1)
    months["suits"] = trend.get("suits", 1.0)
    months["meeting"] = [
        month + 1 in meeting_months(int(year)) for year, month in zip(years, month_of_year, strict=True)
    ]
    since = years + (month_of_year + 0.5) / 12 - (base + 0.5)
    drift = np.log1p(timing.petition_trend) * since + np.log(trend.get("petitions", 1.0))
    months["petitions"] = drift + timing.meeting_pull * months["meeting"]
    registers = trend.get("registers", np.ones(len(names)))
    return Almanac(months, (of_run - of_run[0]).astype(np.int32), _open_on(days, int(timing.closed_days)), registers)


def _open_on(days: NDArray[np.datetime64], closed: int) -> NDArray[np.int32]:
    open_on = np.arange(len(days) if closed else 0, dtype=np.int32)
    for year in range(days[0].astype(date).year, days[-1].astype(date).year + 1):
        eve = (new_years_eve(year) - days[0].astype(date)).days
        open_on[eve : eve + closed] = eve + closed
    return open_on


def check_rates(almanac: Almanac, scenario: Any) -> None:
    """Raises ``InputError`` when grievances would, in some month, arise faster than at the highest possible rate."""
    rates = almanac.months["most"].copy()
    rates[almanac.month_of_day[scenario.calendar.day("reform")] :] *= 1.0 + scenario.stress.demand_shock
    highest, headroom = float(rates.max()), scenario.behaviour.rate_headroom
    if highest > headroom:
        enough = np.ceil(100.0 * highest - 1e-9) / 100.0
        raise InputError(
            f"grievances could arise at {highest:.4g} times the usual rate, above "
            f"behaviour.rate_headroom={headroom:g}; raise it to at least {enough:g}"
        )
