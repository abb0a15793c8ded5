"""A day of a service hall by hand, and its requests."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim import chance
from sim.agents.service_hall import MEMORY_DAYS, PATIENCE_DAYS, ServiceHall, usually_refused
from sim.behaviour import Behaviour, ServiceOutcomes
from sim.chance import Purpose

SEED, TODAY, CODE = 3, 40, 620_102
BEHAVIOUR = SimpleNamespace(
    service_rate=365.0,
    induced_demand=2.0,
    service_minutes=20.0,
    doors_windows=3.0,
    online_success=0.7,
    call_success=0.6,
    door_success=0.9,
    service_retry=0.75,
)
LEVERS = SimpleNamespace(one_window=0.5, one_call=0.2, online_services=0.4, staff_sharing=0.25)
ONLINE = 0.5
"""Share of people with online access."""

MEAN = 100.0
"""Requests a day of 100,000 residents at 365 per 1,000 a year, when half of them are met."""

# Online 0.5 · 0.4 = 0.2; by call 0.2 of the rest, 0.16; in person 0.64, through two windows.
WINDOWS = 1 + 0.5 * 2
MINUTES = 20 * (0.64 * 2 + 0.16 * 0.65 + 0.2 * 0.25)
MET = 0.2 * 0.7 + 0.16 * 0.6 + 0.64 * 0.9 * 0.9
"""Of requests that are dealt with: 0.754."""


def hall(**values: float) -> ServiceHall:
    records = np.zeros(1, ServiceHall.record)
    for name, value in ({"code": CODE, "population": 100_000, "met": 0.5} | values).items():
        records[name] = value
    return ServiceHall(None, records, 0)


def requests_of(mean: float) -> float:
    u, v, _, _ = chance.quad(SEED, int(Purpose.REQUEST), CODE, TODAY)
    return float(chance.poisson_of_any_mean(mean, u, v))


def met_after(met: float, share: float) -> float:
    kept = np.exp(-1 / MEMORY_DAYS)
    return kept * met + (1 - kept) * share


@pytest.mark.parametrize(
    ("clerks", "waiting", "mediator_minutes"),
    [
        (20, 0, 0.0),  # 9,600 minutes: more than enough
        (20, 50, 4_800.0),  # what waited is done as well, and nobody is asked to help
        (4, 0, 4_800.0),  # 1,920 minutes: mediators lend what is missing, up to 1,200 of theirs
        (2, 30, 1_600.0),  # 960 and 400
        (0, 0, 0.0),  # nobody
    ],
)
def test_a_day_by_hand(clerks: int, waiting: float, mediator_minutes: float) -> None:
    one = hall(clerks=clerks, waiting=waiting)
    one.serve(TODAY, SEED, mediator_minutes, ONLINE, LEVERS, BEHAVIOUR)
    requests = requests_of(MEAN)
    assert 60 < requests < 140
    assert one.requests == requests
    assert one.online == pytest.approx(0.2 * requests, rel=1e-12)
    assert one.by_call == pytest.approx(0.16 * requests, rel=1e-12)
    wanted = waiting + requests
    lent = min(max(0.0, wanted * MINUTES - 480 * clerks), 0.25 * mediator_minutes)
    assert one.minutes_lent == pytest.approx(lent, rel=1e-12)
    assert one.lent == pytest.approx(lent / mediator_minutes if mediator_minutes else 0.0, rel=1e-12)
    capacity = (480 * clerks + lent) / MINUTES
    done = min(wanted, capacity)
    waits = min(wanted - done, PATIENCE_DAYS * capacity)
    assert one.met_today == pytest.approx(MET * done, rel=1e-12)
    assert one.waiting == pytest.approx(waits, rel=1e-12, abs=1e-9)
    assert one.left == pytest.approx(wanted - done - waits, rel=1e-12, abs=1e-9)
    assert one.trips == pytest.approx(0.64 * (WINDOWS * done + one.left), rel=1e-12)
    assert one.clerk_minutes == pytest.approx(min(480 * clerks, wanted * MINUTES), rel=1e-12)
    unmet = (1 - MET) * done + one.left
    assert one.again == pytest.approx(0.75 * unmet, rel=1e-12)
    assert one.refused == pytest.approx(0.25 * unmet, rel=1e-12)
    assert one.met == pytest.approx(met_after(0.5, MET * done / (wanted - waits)), rel=1e-12)


def test_who_comes_again_makes_one_more_request() -> None:
    one = hall(clerks=100, again=12.5)
    one.serve(TODAY, SEED, 0.0, ONLINE, LEVERS, BEHAVIOUR)
    assert one.came_again == 12.5
    assert one.requests == requests_of(MEAN) + 12.5
    assert one.again == pytest.approx(0.75 * (1 - MET) * one.requests, rel=1e-12)


@pytest.mark.parametrize(("one_window", "share"), [(1.0, 0.9), (0.0, 0.9**3)])
def test_every_window_on_the_way_has_to_do_its_part(one_window: float, share: float) -> None:
    """All in person: one window or three, and as many trips; failing costs the same trips as being met."""
    levers = SimpleNamespace(one_window=one_window, one_call=0.0, online_services=0.0, staff_sharing=0.0)
    one = hall(clerks=100)
    one.serve(TODAY, SEED, 0.0, ONLINE, levers, BEHAVIOUR)
    assert one.met_today == pytest.approx(share * one.requests, rel=1e-12)
    assert one.trips == (1 if one_window else 3) * one.requests


def test_usual_refusals_by_hand() -> None:
    """Nobody online; a tenth by call, nine tenths in person through 2.6 windows, of which two meet 0.36 together."""
    services = ServiceOutcomes(call_success=0.5, door_success=0.36 ** (1 / 2.6), service_retry=0.5)
    behaviour = Behaviour(online_share=0, service_rate=200, induced_demand=2, services=services)
    met = 0.1 * 0.5 + 0.9 * 0.36
    tries = 200 * np.exp(2 * (met - 0.5)) / (1 - 0.5 * (1 - met))
    assert usually_refused(behaviour) == pytest.approx(tries * (1 - met) * 0.5, rel=1e-12)
    assert usually_refused(Behaviour()) == pytest.approx(50, abs=0.5)  # a fifth of the usual 250 requests


def test_who_would_wait_too_long_leaves_unmet() -> None:
    """One clerk does 480 minutes of requests a day; of 1,000 waiting, five days' worth stay and the others leave."""
    one = hall(clerks=1, waiting=1_000)
    one.serve(TODAY, SEED, 0.0, ONLINE, LEVERS, BEHAVIOUR)
    done = 480 / MINUTES
    assert one.waiting == pytest.approx(5 * done, rel=1e-12)
    assert one.left == pytest.approx(1_000 + requests_of(MEAN) - 6 * done, rel=1e-12)
    assert one.met == pytest.approx(met_after(0.5, MET * done / (1_000 + requests_of(MEAN) - 5 * done)), rel=1e-12)


def test_little_is_lent_and_met_as_much_is() -> None:
    lending = hall(clerks=0, waiting=50)
    lending.serve(TODAY, SEED, 0.0625, ONLINE, LEVERS, BEHAVIOUR)
    assert (lending.minutes_lent, lending.lent) == (0.015625, 0.25)
    alone = hall(population=0, clerks=1, waiting=0.0625)
    alone.serve(TODAY, SEED, 0.0, ONLINE, LEVERS, BEHAVIOUR)
    assert alone.met == pytest.approx(met_after(0.5, MET), rel=1e-12)


def test_where_mediators_do_all_of_it_clerks_do_nothing_and_never_less() -> None:
    """By rounding alone it would be a little below nothing for some of these."""
    for lent in range(1, 200):
        one = hall(clerks=0, waiting=50)
        one.serve(TODAY, SEED, 4.0 * lent, ONLINE, LEVERS, BEHAVIOUR)
        assert one.minutes_lent == lent and 0 <= one.clerk_minutes < 1e-9


def test_nothing_asked_changes_nothing() -> None:
    one = hall(population=0, clerks=3, met=0.4)
    one.serve(TODAY, SEED, 0.0, ONLINE, LEVERS, BEHAVIOUR)
    assert (one.requests, one.waiting, one.met) == (0, 0, 0.4)


@pytest.mark.parametrize("met", [0.0, 0.25, 0.5, 1.0])
def test_better_service_raises_demand(met: float) -> None:
    """e-fold per half a share at an induced demand of 2; the mean of many days, z = 4.5."""
    numbers = []
    for day in range(400):
        one = hall(clerks=20, met=met)
        one.serve(day, SEED, 0.0, ONLINE, LEVERS, BEHAVIOUR)
        numbers.append(one.requests)
    mean = MEAN * np.exp(2.0 * (met - 0.5))
    assert abs(np.mean(numbers) - mean) < 4.5 * np.sqrt(mean / len(numbers))


def test_what_is_met_settles_at_what_a_day_meets() -> None:
    one = hall(clerks=40, met=0.1)
    for day in range(300):
        one.serve(day, SEED, 0.0, ONLINE, LEVERS, BEHAVIOUR)
    assert one.met == pytest.approx(MET, abs=1e-4)
