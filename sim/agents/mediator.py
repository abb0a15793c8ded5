"""A mediator: works at a village committee, a centre, a court or a petition office; one of six kinds."""

from __future__ import annotations

import numpy as np

from sim.compilation import compiled, rule
from sim.records import RecordAgent, Row

SHORTEST_SERVICE = 0.2
"""Service is never shorter than this share of its mean at average skill, whatever skill and effort (assumed)."""


class Mediator(RecordAgent):
    """Works on up to ``slots`` cases at once and learns by doing."""

    record = np.dtype(
        [
            ("pool", np.int32),
            ("kind", np.uint8),
            ("caseload", np.int16),
            ("slots", np.int16),  # 0: not employed under today's policy
            ("cases_done", np.int32),
            ("talent", np.float32),  # skill as a beginner, a trait
            ("post_rank", np.float32),  # of the post: up to the share of full-time posts it is one
            ("minutes", np.int16),  # of work a day
        ],
        align=True,
    )

    @rule
    def skill(self, learning_cases: float, training: float) -> float:
        """Skill now, 0–1: every ``learning_cases`` cases halve what is missing; training makes up for a share."""
        missing = (1.0 - self.talent) * np.exp2(-self.cases_done / learning_cases)
        return 1.0 - missing * (1.0 - training)

    @rule
    def shortage(self, days: float, work_hours: float, left: float) -> float:
        """ln(hours that a case asks for / hours that it gets), 0 where it gets enough, with the caseload as it is now.

        ``days``, ``work_hours``: mean length of a case and the hours asked for in that time; ``left``: share of the
        mediator's time that is left for cases.
        """
        attention = left * self.minutes / 60.0 * days / (self.caseload * work_hours)
        return -np.log(attention) if attention < 1.0 else 0.0


@compiled
def service_factor(skill: float, effort: float, reporting: float, behaviour: Row) -> float:
    """Service time over its mean at skill ½ and no effort: shorter with skill and effort, longer with reporting."""
    faster = behaviour.skill_speed * (skill - 0.5) + behaviour.effort_speed * effort
    return max(SHORTEST_SERVICE, 1.0 - faster) * (1.0 + reporting)
