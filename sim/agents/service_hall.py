"""A county's service hall: convenience and government service, which share staff with the dispute centre."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim import chance
from sim.behaviour import Behaviour
from sim.chance import Purpose
from sim.compilation import compiled, rule
from sim.policy import ServiceLevers
from sim.records import RecordAgent, Row

MINUTES_A_DAY = 480.0
"""Working day of a clerk or mediator."""

CALL_EFFORT, ONLINE_EFFORT = 0.65, 0.25
"""Clerk's time for a request by call and online, of one in person at a single window (assumed)."""

PATIENCE_DAYS = 5.0
"""Requests that would wait longer than this many days of work leave unmet (assumed)."""

MEMORY_DAYS = 30.0
"""Days over which the share of requests met is averaged, as people see it (assumed)."""


@compiled
def channels(online: float, one_call: float, online_services: float) -> tuple[float, float, float]:
    """Shares of requests online, by call and in person; ``online`` is the share of people with online access."""
    by_internet = online * online_services
    by_call = (1.0 - by_internet) * one_call
    return by_internet, by_call, 1.0 - by_internet - by_call


@compiled
def windows_of(one_window: float, doors_windows: float) -> float:
    """Windows that a request in person passes, each of them a trip and a clerk's time."""
    return 1.0 + (1.0 - one_window) * (doors_windows - 1.0)


def usually_refused(behaviour: Behaviour) -> float:
    """Requests refused for good per 1,000 residents a year in the long run, under the status quo and without a queue.

    A property of behaviour and never of policy.
    """
    levers, services = ServiceLevers(), behaviour.services
    by_internet, by_call, person = channels.py_func(behaviour.online_share, levers.one_call, levers.online_services)
    windows = windows_of.py_func(levers.one_window, behaviour.doors_windows)
    met = by_internet * services.online_success + by_call * services.call_success
    met += person * services.door_success**windows
    first = behaviour.service_rate * float(np.exp(behaviour.induced_demand * (met - 0.5)))
    unmet = (1.0 - met) / (1.0 - services.service_retry * (1.0 - met))
    return first * (1.0 - services.service_retry) * unmet


class ServiceHall(RecordAgent):
    """Takes the county's service requests in person, by call and online; what is refused turns into grievances."""

    record = np.dtype(
        [
            ("code", np.int64),  # of the county
            ("county", np.int32),
            ("first_village", np.int32),
            ("villages", np.int32),
            ("population", np.int64),
            ("clerks", np.int64),
            ("waiting", np.float64),  # requests
            ("again", np.float64),  # unmet requests that come again tomorrow
            ("met", np.float64),  # share of requests met, averaged over a month
            ("lent", np.float64),  # share of their time that mediators lend today
            # of today
            ("requests", np.float64),  # made, those that come again included
            ("came_again", np.float64),
            ("met_today", np.float64),
            ("left", np.float64),  # for the wait was too long
            ("refused", np.float64),  # unmet, and not to come again
            ("by_call", np.float64),
            ("online", np.float64),
            ("trips", np.float64),
            ("minutes_lent", np.float64),
            ("clerk_minutes", np.float64),  # worked
        ],
        align=True,
    )

    @rule
    def serve(
        self: Any, today: int, seed: int, mediator_minutes: float, online: float, levers: Row, behaviour: Row
    ) -> None:
        """One day of requests, in the shares of the channels; ``mediator_minutes`` could be lent in part, and the share
        ``online`` of the county's people has online access.

        First requests grow with the share met (induced demand); those who come again come on top. Clerks work off what
        waits; where their time is short, mediators lend theirs, up to ``staff_sharing``; what still cannot be done
        waits, and leaves when the wait is too long. What is done is met or not, by its channel: in person every window
        on the way has to do its part. Of the unmet a share comes again tomorrow; the others are refused for good.
        """
        mean = self.population * behaviour.service_rate / 365000.0
        mean *= np.exp(behaviour.induced_demand * (self.met - 0.5))
        u, v, _, _ = chance.quad(seed, Purpose.REQUEST, self.code, today)
        self.came_again = self.again
        self.requests = chance.poisson_of_any_mean(mean, u, v) + self.came_again
        share_online, share_call, share_person = channels(online, levers.one_call, levers.online_services)
        self.online = share_online * self.requests
        self.by_call = share_call * self.requests
        windows = windows_of(levers.one_window, behaviour.doors_windows)
        success = share_online * behaviour.online_success + share_call * behaviour.call_success
        success += share_person * behaviour.door_success**windows
        effort = share_person * windows + CALL_EFFORT * share_call + ONLINE_EFFORT * share_online
        minutes = behaviour.service_minutes * effort
        wanted = self.waiting + self.requests
        capacity = self.clerks * MINUTES_A_DAY
        short = max(0.0, wanted * minutes - capacity)
        self.minutes_lent = min(short, levers.staff_sharing * mediator_minutes)
        self.lent = self.minutes_lent / mediator_minutes if mediator_minutes > 0.0 else 0.0
        capacity += self.minutes_lent
        done = min(wanted, capacity / minutes) if short > self.minutes_lent else wanted
        self.waiting = min(wanted - done, PATIENCE_DAYS * capacity / minutes)
        self.left = wanted - done - self.waiting
        self.met_today = done * success
        self.trips = share_person * (done * windows + self.left)
        self.clerk_minutes = max(0.0, done * minutes - self.minutes_lent)  # below it by rounding alone
        unmet = done - self.met_today + self.left
        self.again = behaviour.service_retry * unmet
        self.refused = unmet - self.again
        ended = done + self.left
        if ended > 0.0:
            kept = np.exp(-1.0 / MEMORY_DAYS)
            self.met = kept * self.met + (1.0 - kept) * (self.met_today / ended)
