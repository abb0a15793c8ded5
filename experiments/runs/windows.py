"""The two windows that a run is measured over."""

from __future__ import annotations

import numpy as np

from sim.scenario import Calendar


def windows_of(calendar: Calendar) -> dict[str, tuple[str, str]]:
    """First and last month of the windows ``before`` and ``after`` the reform, as ``("2018-01", "2018-12")``.

    ``before`` is missing when the measures start with the reform; ``after`` always ends with the calendar.
    """
    reform = np.datetime64(calendar.reform[:7], "M")
    measures = np.datetime64(calendar.measures[:7], "M")
    windows = {}
    if measures < reform:
        windows["before"] = (str(measures), str(reform - np.timedelta64(1, "M")))
    windows["after"] = (str(max(reform, measures)), calendar.end[:7])
    return windows
