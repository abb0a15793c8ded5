"""Governments: assessed once a year, they choose effort and concealment (ODD 7.20)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from sim.agents.dispute import Forum
from tests.reference.fixed import FIRST_REPUTATION
from tests.reference.numbers import single
from tests.reference.village import NEAR

if TYPE_CHECKING:
    from tests.reference.places import City


class Government(mesa.Agent):
    """Of a county, a city or the province; a county's keeps what its people have seen of the forums above township."""

    def __init__(self, model, level: str) -> None:
        super().__init__(model)
        self.level = level
        self.effort = self.concealment = self.score = 0.0
        self.grade = "ungraded"
        self.is_vetoed = False
        self.incidents = 0.0
        """Mass incidents written down in the last year."""
        self.reputation = {forum: single(value) for forum, value in FIRST_REPUTATION.items() if forum not in NEAR}

    def adjust(self, city: City, share: float, worth: float, spared: float) -> None:
        """Moves a share of the way to the effort and concealment that pay best under the assessment of a city.

        ``worth`` is that of a better score in the competition, ``spared`` that of being kept from a veto.
        """
        behaviour, regime = self.model.behaviour, city.regime
        pressure = regime.pass_through if self.level == "county" else 1.0
        recorded = pressure * regime.weight_recorded
        real = pressure * regime.weight_resolution
        satisfaction = pressure * regime.weight_satisfaction
        effort = recorded * behaviour.effort_productivity
        effort += real + satisfaction * behaviour.satisfaction_productivity
        effort = (effort + worth + spared) / behaviour.effort_cost
        weights = regime.weight_recorded + regime.weight_resolution + regime.weight_satisfaction
        of_register = regime.weight_recorded / weights if regime.weight_recorded else 0.0
        gain = (
            recorded + of_register * worth + spared - regime.audit_rate * regime.audit_penalty
        ) / behaviour.concealment_cost
        concealment = min(1.0, max(0.0, gain))
        self.effort += share * (effort - self.effort)
        self.concealment += share * (concealment - self.concealment)

    def remember(self, forum: Forum, settled: int, tried: int) -> None:
        """A decaying average of real settlements among tries takes in a day."""
        kept = math.exp(-tried / self.model.behaviour.reputation_memory)
        self.reputation[forum] = single(kept * self.reputation[forum] + (1 - kept) * (settled / tried))
