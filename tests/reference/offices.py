"""Bodies of a county and above: departments, courts, petition offices (ODD 7.13 to 7.15)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from sim import chance
from sim.chance import Purpose
from tests.reference.fixed import CLOSING_DAYS, COMPLEX_FROM, EXTENSION_DAYS, REVIEW_DAYS

if TYPE_CHECKING:
    from tests.reference.dispute import Dispute
    from tests.reference.places import County


class Department(mesa.Agent):
    """A county department that a dispute may concern."""

    def __init__(self, model, subject: int, rank: float) -> None:
        super().__init__(model)
        self.subject = subject
        self.rank = rank
        self.is_stationed = False
        self.open_whistles = self.called = self.answered = 0

    def take_call(self) -> None:
        """A centre whistles."""
        self.open_whistles += 1
        self.called += 1

    def close_call(self, is_answered: bool) -> None:
        """The department has reported, or the deadline is over."""
        self.open_whistles -= 1
        self.answered += is_answered


def response_probability(base: float, effort: float, coordination: float) -> float:
    """Effort closes a part of what is missing to certainty, coordination another."""
    return 1 - (1 - base) * math.exp(-effort / 2) * (1 - coordination)


class Court(mesa.Agent):
    """A county court: one backlog of suits, few of them born of modelled grievances."""

    def __init__(self, model, county: County) -> None:
        super().__init__(model)
        self.county = county
        daily = county.population / 1000 / 365
        self.capacity = daily * model.behaviour.court_capacity
        self.background = daily * model.behaviour.court_background
        self.backlog = 0.0
        self.suits = 0
        self.offered = self.concluded = 0.0
        """Suits that could be and were concluded, not yet booked as whole ones."""

    @property
    def wait(self) -> float:
        """Days until the procedure of a suit filed now begins."""
        return self.backlog / self.capacity

    def sit(self) -> None:
        """Other suits come in, the day's capacity is worked off."""
        u = self.model.luck.one(Purpose.BACKGROUND, self.county.code, self.model.today)
        waiting = self.backlog + chance.poisson(self.background * self.model.almanac.trend("suits"), u)
        self.backlog = max(0.0, waiting - self.capacity)
        self.offered += self.capacity
        self.concluded += waiting - self.backlog

    def book(self) -> tuple[int, int]:
        """Takes out the whole suits offered and concluded."""
        offered, concluded = int(self.offered), int(self.concluded)
        self.offered -= offered
        self.concluded -= concluded
        return offered, concluded


class PetitionOffice(mesa.Agent):
    """One register."""

    def __init__(self, model, level: int) -> None:
        super().__init__(model)
        self.level = level
        self.presented = self.registered = self.accepted = self.in_process = 0

    def receive(self, is_registered: bool) -> None:
        """Somebody presents a petition; it is written down or not."""
        self.presented += 1
        self.registered += is_registered

    def accept(self) -> None:
        """A matter is in process from now on."""
        self.accepted += 1
        self.in_process += 1

    def close(self) -> None:
        """A matter in process ends."""
        self.in_process -= 1


def closing_days(dispute: Dispute) -> int:
    """Days from the end of routing in which a petition has to be closed (Art. 33 to 35)."""
    if dispute.is_review:
        return REVIEW_DAYS
    return CLOSING_DAYS + (EXTENSION_DAYS if dispute.complexity >= COMPLEX_FROM else 0)
