"""The windows that a run is measured over."""

from __future__ import annotations

import numpy as np

from sim.scenario import Calendar

YEAR = 12
"""Months of a whole year."""

Window = tuple[str, str]
"""First and last month, inclusive: ``("2018-01", "2018-12")``."""


def windows_of(calendar: Calendar) -> dict[str, Window]:
    """The windows ``before`` and ``after`` the reform.

    ``before`` is missing when the measures start with the reform; ``after`` always ends with the calendar.
    """
    reform = np.datetime64(calendar.reform[:7], "M")
    measures = np.datetime64(calendar.measures[:7], "M")
    windows = {}
    if measures < reform:
        windows["before"] = (str(measures), str(reform - np.timedelta64(1, "M")))
    windows["after"] = (str(max(reform, measures)), calendar.end[:7])
    return windows


def window_of(calendar: Calendar, year: int) -> Window:
    """The months of a year after the reform, the first being 1."""
    first = np.datetime64(calendar.reform[:7], "M") + np.timedelta64(12 * (year - 1), "M")
    return str(first), str(first + np.timedelta64(11, "M"))


def months_of(window: Window) -> int:
    """How many months a window has."""
    first, last = (np.datetime64(month, "M") for month in window)
    return int((last - first).astype(int)) + 1
