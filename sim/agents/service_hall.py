"""A county's service hall: convenience and government service, which share staff with the dispute centre."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim import chance
from sim.chance import Purpose
from sim.compilation import rule
from sim.records import RecordAgent, Row

MINUTES_A_DAY = 480.0
"""Working day of a clerk or mediator."""

CALL_EFFORT, ONLINE_EFFORT = 0.25, 0.1
"""Clerk's time for a request by call and online, of one in person (assumed)."""

PATIENCE_DAYS = 5.0
"""Requests that would wait longer than this many days of work leave unmet (assumed)."""

MEMORY_DAYS = 30.0
"""Days over which the share of requests met is averaged, as people and grievances see it (assumed)."""


class ServiceHall(RecordAgent):
    """Takes the county's service requests in person, by call and online; what is not met turns into grievances."""

    record = np.dtype(
        [
            ("code", np.int64),  # of the county
            ("county", np.int32),
            ("population", np.int64),
            ("clerks", np.int64),
            ("waiting", np.float64),  # requests
            ("met", np.float64),  # share of requests met, averaged over a month
            ("lent", np.float64),  # share of their time that mediators lend today
            # of today
            ("requests", np.float64),
            ("met_today", np.float64),
            ("by_call", np.float64),
            ("online", np.float64),
            ("trips", np.float64),
            ("minutes_lent", np.float64),
        ],
        align=True,
    )

    @rule
    def serve(
        self: Any, today: int, seed: int, mediator_minutes: float, online: float, levers: Row, behaviour: Row
    ) -> None:
        """One day of requests, in the shares of the channels; ``mediator_minutes`` could be lent in part, and the share
        ``online`` of the county's people has online access.

        Requests grow with the share met (induced demand). Clerks work off what waits; where their time is short,
        mediators lend theirs, up to ``staff_sharing``; what still cannot be done waits, and leaves when the wait
        is too long.
        """
        mean = self.population * behaviour.service_rate / 365000.0
        mean *= np.exp(behaviour.induced_demand * (self.met - 0.5))
        u, v, _, _ = chance.quad(seed, Purpose.REQUEST, self.code, today)
        self.requests = chance.poisson_of_any_mean(mean, u, v)
        share_online = online * levers.online_services
        share_call = (1.0 - share_online) * levers.one_call
        share_person = 1.0 - share_online - share_call
        self.online = share_online * self.requests
        self.by_call = share_call * self.requests
        windows = 1.0 + (1.0 - levers.one_window) * (behaviour.doors_windows - 1.0)
        minutes = behaviour.service_minutes * (share_person + CALL_EFFORT * share_call + ONLINE_EFFORT * share_online)
        wanted = self.waiting + self.requests
        capacity = self.clerks * MINUTES_A_DAY
        short = max(0.0, wanted * minutes - capacity)
        self.minutes_lent = min(short, levers.staff_sharing * mediator_minutes)
        self.lent = self.minutes_lent / mediator_minutes if mediator_minutes > 0.0 else 0.0
        capacity += self.minutes_lent
        done = min(wanted, capacity / minutes)
        left = wanted - done
        self.waiting = min(left, PATIENCE_DAYS * capacity / minutes)
        self.met_today = done * levers.requests_met
        self.trips = done * share_person * windows
        ended = wanted - self.waiting
        if ended > 0.0:
            kept = np.exp(-1.0 / MEMORY_DAYS)
            self.met = kept * self.met + (1.0 - kept) * (self.met_today / ended)
