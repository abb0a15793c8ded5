"""Early warning: the platform watches monthly counts of villages, never of persons, with a Poisson CUSUM.

Lucas (1985), "Counted data CUSUM's", Technometrics 27. From a usual mean μ to one risen r times, the reference value
is k = μ (r − 1) / ln r; the cumulated excess S ← max(0, S + count − k) raises an alert at the threshold h.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.agents.village import WATCHED
from sim.behaviour import Behaviour
from sim.compilation import compiled_once

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
    reference = reference_value(villages["usual"].astype(np.float64), behaviour.warning_rise)
    return bool(_take_in(villages, reference, float(behaviour.warning_threshold), month))


@compiled_once
def _take_in(villages: NDArray, reference: NDArray, threshold: float, month: int) -> bool:
    changed = False
    known = min(month - 1, MEMORY_MONTHS)
    for v in range(len(villages)):
        village = villages[v]
        count = np.float64(village.reported)
        excess = max(0.0, village.excess + count - reference[v]) if month > FIRST_MONTHS else 0.0
        is_high = excess >= threshold
        is_alert = is_high and village.has[WATCHED] != 0
        changed |= is_alert != (village.is_alert != 0)
        village.is_alert = is_alert
        village.excess = 0.0 if is_high else excess
        village.usual = (known * np.float64(village.usual) + count) / (known + 1)
        village.reported = 0
    return changed
