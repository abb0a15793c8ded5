"""Requests that a hall refuses for good: how many grievances they raise, whose, and that policies do not move luck."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from sim.agents.dispute import Opponent, Stage, key_of, refused_ordinal
from sim.behaviour import ServiceOutcomes
from sim.county_profile import ADMINISTRATION
from sim.ledger import event
from sim.phases.arise import BY_ALERT, complain
from sim.phases.refused import grievances_of_hall, village_of
from sim.world import World
from tests.neutral import NEUTRAL
from tests.sim.phases.worlds import first_day

BEHAVIOUR = replace(NEUTRAL, services=ServiceOutcomes(service_grievance=0.1))
DAYS = 4_000


def a_day(refused: float) -> tuple[World, int]:
    """The first county of a city whose hall has refused so many requests, and nothing else has happened."""
    world = first_day(BEHAVIOUR)
    world.counts[:] = 0
    world.halls["refused"] = refused
    return world, world.first_county


def raised(world: World, county: int, today: int) -> set[int]:
    """Keys of the grievances that ``complain`` raises today."""
    used = int(world.state["used"][0])
    complain(world, county, today, 0)
    return set(world.disputes["key"][used : int(world.state["used"][0])].tolist())


def test_they_are_as_many_as_refusals_raise_on_average():
    """Poisson with a tenth of 30 refusals: mean and variance 3, z = 4.5."""
    world, county = a_day(30.0)
    numbers = np.array([grievances_of_hall(world, county, day) for day in range(DAYS)])
    assert abs(numbers.mean() - 3) < 4.5 * np.sqrt(3 / DAYS)
    assert abs(numbers.var() - 3) < 4.5 * np.sqrt((3 + 2 * 9) / DAYS)


def test_nothing_refused_raises_nothing():
    world, county = a_day(0.0)
    assert raised(world, county, 1) == set()
    assert world.counts.sum() == 0


def test_fewer_refusals_take_some_grievances_away_and_leave_the_others_as_they_were():
    many, few = (
        [raised(world, county, day) for day in range(1, 40)]
        for world, county in (a_day(refused) for refused in (40.0, 20.0))
    )
    assert all(less <= more for more, less in zip(many, few, strict=True))
    assert 0 < sum(map(len, few)) < sum(map(len, many))


def test_they_are_disputes_with_the_countys_agencies_and_counted_as_such():
    world, county = a_day(400.0)
    free = int(world.state["free"][0])
    assert free == 0
    used = int(world.state["used"][0])
    number = grievances_of_hall(world, county, 1)
    assert number > 32  # more than a batch
    complain(world, county, 1, 0)
    rows = world.disputes[used : int(world.state["used"][0])]
    assert len(rows) == number
    assert (rows["kind"] == ADMINISTRATION).all() and (rows["opponent"] == Opponent.COUNTY_AGENCY).all()
    assert (rows["stage"] == Stage.LATENT).all()
    assert sorted(rows["ordinal"].tolist()) == [refused_ordinal(1, nth) for nth in range(1, number + 1)]
    codes = world.villages["code"][rows["village"]]
    assert rows["key"].tolist() == [key_of(int(code), int(n)) for code, n in zip(codes, rows["ordinal"], strict=True)]
    tally = world.counts[county, 0]
    assert tally[ADMINISTRATION, event("raised")] == tally[ADMINISTRATION, event("raised_by_service")] == number
    assert tally[:, event("raised")].sum() == number


def test_an_alerted_village_prevents_some_of_them():
    behaviour = replace(BEHAVIOUR, alert_prevention=0.5)
    world = first_day(behaviour)
    world.counts[:], world.halls["refused"], world.villages["is_alert"] = 0, 2_000.0, 1
    county, number = world.first_county, 0
    for day in range(1, 11):
        number += grievances_of_hall(world, county, day)
        complain(world, county, day, 0)
    prevented = int(world.counts[county, 0, ADMINISTRATION, BY_ALERT])
    assert prevented + world.counts[county, 0, ADMINISTRATION, event("raised")] == number
    assert abs(prevented - number / 2) < 4.5 * np.sqrt(number / 4)


def test_anybody_in_the_county_may_be_refused():
    world, county = a_day(0.0)
    hall = world.halls[county]
    villages = world.villages[hall["first_village"] : hall["first_village"] + hall["villages"]]
    assert (villages["county"] == county).all() and villages["population"].sum() == hall["population"]
    numbers = np.concatenate([[0], np.cumsum(villages["population"])])
    for row, (first, after) in enumerate(pairwise(numbers.tolist())):
        for number in (first, after - 1):
            assert village_of(world, hall, number) == hall["first_village"] + row


@pytest.mark.parametrize(("today", "nth"), [(0, 0), (0, 255), (8_191, 255), (40_000, 3)])
def test_their_ordinals_are_above_those_of_candidates_and_come_round_after_years(today: int, nth: int):
    ordinal = refused_ordinal(today, nth)
    assert ordinal == 2**21 + today % 8_192 * 256 + nth < 2**22
