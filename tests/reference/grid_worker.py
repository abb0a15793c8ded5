"""A grid worker: visits households in hours not spent on settling and reporting (ODD 7.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from tests.reference.village import Village


class GridWorker(mesa.Agent):
    """Walks a grid of households; the visiting hazard runs on a clock of its own."""

    def __init__(self, model, village: Village, rate: float) -> None:
        super().__init__(model)
        self.village = village
        self.rate = rate
        """Visits of a full day, by household."""
        self.since = model.today
        """Day from whose morning on the clock runs."""
        self.lost = 0.0
        """Days not visited since, or still owed."""

    def hazard(self, nights: int = 1) -> float:
        """What the clock has run off up to tonight, or up to last night with no nights."""
        return self.rate * max(0.0, self.model.today + nights - self.since - self.lost)

    def spend(self, hours: float) -> None:
        """Takes hours from visiting."""
        self.lost += hours / (self.village.regime.hours_per_day + self.village.regime.overtime)
