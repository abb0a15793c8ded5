"""A village or community: where residents live, and what its people have seen of each forum."""

from __future__ import annotations

import numpy as np

from sim.agents.dispute import FORUM_COUNT, Forum
from sim.compilation import compiled, rule
from sim.records import RecordAgent

NEAR_FORUMS = 4
"""Forums whose news stays in the village (nothing, bilateral, village, township); others pool over the county."""

PETITIONING = FORUM_COUNT
"""In place of a forum: that petitioning above the county has bought something, or has not. It stays in the village."""

LESSON = NEAR_FORUMS
"""Where news of it stands, after that of near forums."""

_FIRST_REPUTATION = {
    Forum.NOTHING: 0.0,
    Forum.BILATERAL: 0.70,
    Forum.VILLAGE: 0.60,
    Forum.TOWNSHIP: 0.55,
    Forum.COUNTY: 0.45,
    Forum.COURT: 0.55,
    Forum.PETITION_COUNTY: 0.35,
    Forum.PETITION_CITY: 0.35,
    Forum.PETITION_PROVINCE: 0.40,
    Forum.PETITION_NATION: 0.40,
}

FIRST_REPUTATION = np.array([_FIRST_REPUTATION[forum] for forum in Forum])
"""Reputation of each forum on the first day (assumed; three years of warm-up replace it)."""


FEATURES = ("womens_team", "moral_bank", "praise_meetings", "first_contact", "watched")
"""What a share of a city's villages has; which have it first is ranked by key."""

WOMENS_TEAM, MORAL_BANK, PRAISE_MEETINGS, FIRST_CONTACT, WATCHED = range(len(FEATURES))


class Village(RecordAgent):
    """Where residents live: its stream of grievances, its distances, its memory of settlements."""

    record = np.dtype(
        [
            ("code", np.int64),
            ("first_resident", np.int64),
            ("township", np.int32),
            ("county", np.int32),
            ("city", np.int32),
            ("population", np.int32),
            ("households", np.int32),
            ("first_grid_worker", np.int32),
            ("grid_workers", np.int32),
            ("candidates", np.int32),  # claimants of candidates so far: the ordinal of the next candidate
            ("next_candidate", np.float64),  # day and part of a day
            ("reputation", np.float32, (NEAR_FORUMS,)),
            ("log_hours", np.float32, (FORUM_COUNT,)),  # ln(1 + hours of travel) to each forum
            ("lesson", np.float32),  # share of petitions above the county that have bought something
            ("informal_mediators", np.int32),  # councils and peacemakers, part of the committee's mediators
            ("reported", np.int32),  # notices and tries at third parties that became known this month
            ("usual", np.float32),  # the same in a usual month
            ("excess", np.float32),  # cumulated excess of the early warning
            ("is_alert", np.uint8),
            ("feature_rank", np.float32, (len(FEATURES),)),  # (rank + ½) / n in its city: below the share it has it
            ("has", np.uint8, (len(FEATURES),)),
            ("urban", np.uint8),
            ("region_type", np.uint8),
            ("regime", np.int16),  # row of its policy in ``World.regime``
        ],
        align=True,
    )

    @rule
    def advance(self, gap: float, highest_rate: float, ordinals: int) -> None:
        """Sets the time of the next candidate: a Poisson stream at the highest possible rate (per resident-day).

        ``gap``: unit exponential, drawn by the key of the candidate that is over (``Purpose.GAP``); ``ordinals``: its
        claimants, each of whom has an ordinal whether or not the candidate is real.
        """
        self.next_candidate += gap / (highest_rate * self.population)
        self.candidates += ordinals


@compiled
def remember(reputation: float, settled: int, tried: int, memory: float) -> float:
    """A decaying average after a day with ``settled`` real settlements among ``tried``."""
    kept = np.exp(-tried / memory)
    return kept * reputation + (1.0 - kept) * (settled / tried)
