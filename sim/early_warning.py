"""Early warning: the platform watches monthly counts of villages, never of persons, with a Poisson CUSUM.

Lucas (1985), "Counted data CUSUM's", Technometrics 27. From a usual mean μ to one risen r times, the reference value
is k = μ (r − 1) / ln r; the cumulated excess S ← max(0, S + count − k) raises an alert at the threshold h.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.village import WATCHED
from sim.behaviour import Behaviour

FIRST_MONTHS = 12
"""Months in which the usual count is learned before anything is watched."""

MEMORY_MONTHS = 24
"""Months over which the usual count is averaged."""


def reference_value(usual: NDArray[np.float64], rise: float) -> NDArray[np.float64]:
    """k of the Poisson CUSUM that finds a ``rise`` (above 1) of the usual mean soonest."""
    return usual * (rise - 1.0) / np.log(rise)


def watch(villages: NDArray, behaviour: Behaviour, month: int) -> bool:
    """Takes in last month's counts at the start of month number ``month`` of the run; tells whether alerts changed.

    An alert lasts for this month: patrols are doubled, referrals arrive the same day, and the centre takes stock.
    """
    if month == 0:
        return False
    counts = villages["reported"].astype(np.float64)
    usual = villages["usual"].astype(np.float64)
    before = villages["is_alert"].copy()
    excess = np.maximum(0.0, villages["excess"] + counts - reference_value(usual, behaviour.warning_rise))
    if month <= FIRST_MONTHS:
        excess[:] = 0.0
    alert = (excess >= behaviour.warning_threshold) & (villages["has"][:, WATCHED] == 1)
    villages["is_alert"] = alert
    villages["excess"] = np.where(excess >= behaviour.warning_threshold, 0.0, excess)
    known = min(month - 1, MEMORY_MONTHS)
    villages["usual"] = (known * usual + counts) / (known + 1)
    villages["reported"] = 0
    return bool((villages["is_alert"] != before).any())
