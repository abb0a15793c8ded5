"""A government of a county, city or province: assessed once a year, it chooses effort and concealment."""

from __future__ import annotations

import numpy as np

from sim.agents.dispute import FORUM_COUNT
from sim.compilation import rule
from sim.records import RecordAgent, Row

COUNTY, CITY, PROVINCE = range(3)
"""Levels of governments."""

UNGRADED, EXCELLENT, GOOD, QUALIFIED = range(4)
"""Grades; quotas, not standards (the case: 6 of 14 cities and 38 of 190 units excellent, 10 units qualified)."""


class Government(RecordAgent):
    """A government and what its people have seen of the forums above the township."""

    record = np.dtype(
        [
            ("level", np.uint8),
            ("above", np.int32),
            ("effort", np.float64),
            ("concealment", np.float64),
            ("score", np.float64),
            ("grade", np.uint8),
            ("reward", np.float64),
            ("incidents", np.float64),  # mass incidents recorded in the last year
            ("is_vetoed", np.uint8),
            ("conceded", np.float64),  # counties: yuan spent on concessions this year
            ("reputation", np.float32, (FORUM_COUNT,)),  # counties: forums whose news pools over the county
        ],
        align=True,
    )

    @rule
    def choose(self, pressure: float, prize: float, hidden: float, levers: Row, behaviour: Row, share: float) -> None:
        """Moves a ``share`` of the way to the effort and concealment that pay best under the assessment.

        e* = (w·alpha + v + s·beta + b) / c_e and g* = max(0, (w + h − q·p) / c_g), with the weights on recorded
        petitions (w), real resolution (v) and satisfaction (s) scaled by the ``pressure`` that reaches this level
        (multitasking: Holmström and Milgrom 1991), and what the competition for grades adds for work (``prize``, b) and
        for hiding (``hidden``, h).
        """
        recorded = pressure * levers.weight_recorded
        real = pressure * levers.weight_resolution
        real += pressure * levers.weight_satisfaction * behaviour.satisfaction_productivity
        effort = (recorded * behaviour.effort_productivity + real + prize) / behaviour.effort_cost
        gain = recorded + hidden - levers.audit_rate * levers.audit_penalty
        concealment = min(1.0, max(0.0, gain / behaviour.concealment_cost))
        self.effort += share * (effort - self.effort)
        self.concealment += share * (concealment - self.concealment)
