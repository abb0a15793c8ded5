"""A county court: a queue of suits, most of them not born of modelled grievances."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim import chance
from sim.chance import Purpose
from sim.compilation import rule
from sim.records import RecordAgent


class Court(RecordAgent):
    """A county court. Suits are concluded in the order of filing at a capacity a day, so a suit's wait is known
    when it is filed: the backlog over the capacity."""

    record = np.dtype(
        [
            ("code", np.int64),  # of the county
            ("county", np.int32),
            ("capacity", np.float64),  # suits a day
            ("background", np.float64),  # suits a day that are not born of modelled grievances
            ("backlog", np.float64),  # suits waiting
            ("suits", np.int64),  # filed by modelled claimants
            ("offered", np.float64),  # suits it could have concluded, not yet booked as whole ones
            ("concluded", np.float64),  # suits concluded, not yet booked
        ],
        align=True,
    )

    @rule
    def sit(self: Any, today: int, usual: float, seed: int) -> None:
        """One day in court: background suits come in, so many of the usual; the day's capacity is worked off."""
        arrived = chance.poisson(self.background * usual, chance.uniform(seed, Purpose.BACKGROUND, self.code, today))
        waiting = self.backlog + arrived
        self.backlog = max(0.0, waiting - self.capacity)
        self.offered += self.capacity
        self.concluded += waiting - self.backlog

    @rule
    def wait(self: Any) -> float:
        """Days a suit filed now waits until its procedure begins."""
        return self.backlog / self.capacity if self.capacity > 0.0 else 3650.0
