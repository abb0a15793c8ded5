"""A county department a dispute may concern."""

from __future__ import annotations

import numpy as np

from sim.compilation import compiled, rule
from sim.records import RecordAgent


class Department(RecordAgent):
    """A department of a county: stationed in the centres or not, with its open whistles and its record."""

    record = np.dtype(
        [
            ("county", np.int32),
            ("subject", np.uint8),  # dispute_kind.DEPARTMENTS
            ("is_stationed", np.uint8),
            (
                "station_rank",
                np.float64,
            ),  # (rank + ½) / n in its county: below the colocation share it is stationed
            ("open_whistles", np.int32),
            ("called", np.int64),
            ("answered", np.int64),
        ],
        align=True,
    )

    @rule
    def take_call(self) -> None:
        """A centre whistles."""
        self.open_whistles += 1
        self.called += 1

    @rule
    def close_call(self, is_answered: bool) -> None:
        """The deadline is over or the department has reported."""
        self.open_whistles -= 1
        if is_answered:
            self.answered += 1


@compiled
def response_probability(base: float, effort: float, coordination: float) -> float:
    """Chance to answer: effort of the government closes part of what is missing, coordination another part."""
    return 1.0 - (1.0 - base) * np.exp(-0.5 * effort) * (1.0 - coordination)


@compiled
def leverage(share: float, levels: int) -> float:
    """Chance that an answer which would be missing is obtained: each of so many levels above obtains its share."""
    return 1.0 - (1.0 - share) ** levels
