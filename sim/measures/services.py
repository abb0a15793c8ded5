"""Convenience and government service in the counties' halls: requests, how they are met, and whose time it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sim.ledger import Ledger
from sim.measures.measure import Measure, per_1000_a_year, share

GROUP = "services"


def per_request(ledger: Ledger, figure: str) -> float:
    """A figure of the halls (``sim.ledger.MONTHLY_FIGURES``) per request made."""
    return share(ledger.monthly_total(figure), ledger.monthly_total("requests"))


def mean_waiting(ledger: Ledger) -> float:
    """Requests waiting at a month's end, all places together, mean over months."""
    return share(ledger.monthly_total("requests_waiting"), len(ledger.months))


def requests(ledger: Ledger) -> float:
    """Requests per 1,000 residents a year."""
    return per_1000_a_year(ledger.monthly_total("requests"), ledger)


def hours_lent(ledger: Ledger) -> float:
    """Hours that mediators lent to the halls, per 1,000 residents a year."""
    return per_1000_a_year(ledger.monthly_total("minutes_lent") / 60, ledger)


def _measure(name: str, function: Callable[[Ledger], float], unit: str, better: str, english: str) -> Measure:
    return Measure(name, function, unit, better, english, GROUP)


MEASURES: tuple[Measure, ...] = (
    _measure(
        "requests",
        requests,
        "1/1000/year",
        "none",
        "requests made to service halls, per 1,000 residents a year; better service draws more of them",
    ),
    _measure(
        "requests_met_share",
        partial(per_request, figure="requests_met"),
        "share",
        "up",
        "requests met among requests made",
    ),
    _measure(
        "requests_by_call_share",
        partial(per_request, figure="requests_by_call"),
        "share",
        "none",
        "requests made by call among requests made",
    ),
    _measure(
        "requests_online_share",
        partial(per_request, figure="requests_online"),
        "share",
        "none",
        "requests made online among requests made",
    ),
    _measure(
        "trips_per_request",
        partial(per_request, figure="service_trips"),
        "trips",
        "down",
        "trips made per request, those by call and online included",
    ),
    _measure(
        "requests_waiting",
        mean_waiting,
        "requests",
        "down",
        "requests waiting in service halls at a month's end, mean over months",
    ),
    _measure(
        "minutes_lent",
        hours_lent,
        "hours/1000/year",
        "none",
        "hours that mediators of centres lent to service halls, per 1,000 residents a year",
    ),
)
