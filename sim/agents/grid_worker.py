"""A grid worker: walks a grid of households, notices latent disputes, settles the small ones, refers the rest."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compilation import compiled, rule
from sim.records import RecordAgent

FULL_DAY = 8.0
"""Hours of the working day that ``visits_per_day`` is stated for."""

WHOLE_VISIT, SHORTEST_VISIT = 60.0, 15.0
"""Minutes of a visit at which a household tells all that it would tell, and below which none is made (assumed)."""


class GridWorker(RecordAgent):
    """Visits households in hours not spent on settling and reporting.

    The visiting hazard runs on a clock of its own: ``rate`` a day, except while the worker is busy with something
    else (``lost``); a dispute is noticed when the clock has run off the unit exponential drawn for it.
    """

    record = np.dtype(
        [
            ("village", np.int32),
            ("households", np.int32),  # 0: not in use under today's policy
            ("since", np.int32),  # day from which the clock runs at this rate
            ("rate", np.float64),  # visits a day / households
            ("lost", np.float64),  # days not visited since then
        ],
        align=True,
    )

    @rule
    def hazard(self, today: int) -> float:
        """Visiting hazard per household run off from ``since`` to the end of ``today``."""
        return self.rate * max(0.0, today + 1.0 - self.since - self.lost)

    @rule
    def spend(self, hours: float, hours_per_day: float) -> None:
        """Takes hours from visiting, after what the worker already owes."""
        self.lost += hours / hours_per_day


@compiled
def days_until(hazard_left: float, rate: float) -> int:
    """Whole days until a clock at full rate has run off what is left; very long when nobody visits."""
    if rate <= 0.0:
        return 1_000_000
    return int(min(1e6, max(1.0, np.ceil(hazard_left / rate))))


def fit_visits(levers: Any, is_alert: NDArray, short_visits: float) -> tuple[NDArray, NDArray]:
    """The part of the visits asked for that a day has time for, and what each discloses, of a whole visit's.

    The hours of the day, overtime included, are divided among the visits asked for, twice as many under an alert.
    ``levers``: those of grids by name, a number or one a village.
    """
    asked = levers["visits_per_day"] * levers["hours_per_day"] / FULL_DAY * (1.0 + is_alert)
    minutes = 60.0 * (levers["hours_per_day"] + levers["overtime"]) / np.maximum(asked, 1e-9)
    made = np.minimum(1.0, minutes / SHORTEST_VISIT)
    return made, np.minimum(1.0, np.maximum(minutes, SHORTEST_VISIT) / WHOLE_VISIT) ** short_visits
