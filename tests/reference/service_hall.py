"""A county's service hall: what it refuses turns into grievances (ODD 7.6)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa

from sim import chance
from sim.chance import Purpose
from tests.reference.fixed import CALL_EFFORT, FIRST_MET, MEMORY_DAYS, MINUTES_A_DAY, ONLINE_EFFORT, PATIENCE_DAYS

if TYPE_CHECKING:
    from tests.reference.places import County


class ServiceHall(mesa.Agent):
    """Takes requests in person, by call and online; borrows the time of mediators."""

    def __init__(self, model, county: County) -> None:
        super().__init__(model)
        self.county = county
        self.clerks = 0
        self.waiting = 0.0
        self.again = 0.0
        """Unmet requests of yesterday that are made again today."""
        self.refused = 0.0
        """Requests refused for good today."""
        self.met = FIRST_MET
        """Share of requests met over the last month."""
        self.lent = 0.0
        """Share of their time that mediators lend today."""

    @property
    def mediator_minutes(self) -> float:
        """A day of the mediators of the county's centre, where it works."""
        centre = self.county.centre
        pools = [pool for pool in centre.pools.values() if pool.work_level == "county"]
        return sum(mediator.minutes for pool in pools for mediator in pool.employed) if centre.is_working else 0

    def serve(self) -> None:
        """One day of requests."""
        behaviour, regime = self.model.behaviour, self.county.regime
        mean = self.county.population * behaviour.service_rate / 365000
        mean *= math.exp(behaviour.induced_demand * (self.met - 0.5))
        u, v, _, _ = self.model.luck.four(Purpose.REQUEST, self.county.code, self.model.today)
        came_again = self.again
        requests = chance.poisson_of_any_mean(mean, u, v) + came_again

        online = self.county.profile.online_share * regime.online_services
        by_call = (1 - online) * regime.one_call
        person = 1 - online - by_call
        windows = 1 + (1 - regime.one_window) * (behaviour.doors_windows - 1)
        minutes = behaviour.service_minutes * (person * windows + CALL_EFFORT * by_call + ONLINE_EFFORT * online)
        outcomes = behaviour.services
        success = online * outcomes.online_success + by_call * outcomes.call_success
        success += person * outcomes.door_success**windows

        wanted = self.waiting + requests
        own_time = self.clerks * MINUTES_A_DAY
        minutes_lent = min(max(0.0, wanted * minutes - own_time), regime.staff_sharing * self.mediator_minutes)
        self.lent = minutes_lent / self.mediator_minutes if self.mediator_minutes else 0.0
        capacity = (own_time + minutes_lent) / minutes
        done = min(wanted, capacity) if wanted * minutes - own_time > minutes_lent else wanted
        self.waiting = min(wanted - done, PATIENCE_DAYS * capacity)
        left = wanted - done - self.waiting
        met_today = done * success
        unmet = done - met_today + left
        self.again = outcomes.service_retry * unmet
        self.refused = unmet - self.again
        if (ended := done + left) > 0:
            kept = math.exp(-1 / MEMORY_DAYS)
            self.met = kept * self.met + (1 - kept) * (met_today / ended)

        book = self.model.ledger.book_month
        book(self.county, "requests", requests)
        book(self.county, "requests_met", met_today)
        book(self.county, "requests_by_call", by_call * requests)
        book(self.county, "requests_online", online * requests)
        book(self.county, "service_trips", person * (done * windows + left))
        book(self.county, "minutes_lent", minutes_lent)
        book(self.county, "requests_again", came_again)
        book(self.county, "requests_left", left)
        book(self.county, "requests_refused", self.refused)
        book(self.county, "clerk_minutes", max(0.0, done * minutes - minutes_lent))
        self.model.ledger.note_month(self.county, "requests_waiting", self.waiting)
