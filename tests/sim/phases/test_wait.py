"""Waiting: times until one leaves, what leaving is, and petitions meanwhile."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import chance
from sim.agenda import Phase
from sim.agents.centre import join, pool_of_centre
from sim.agents.dispute import NEVER, Forum, Stage
from sim.agents.dispute_kind import MediationKind
from sim.chance import Purpose
from sim.ledger import WORK_FIGURES, event
from sim.phases.wait import (
    bear_waiting,
    leave_queue,
    petition_meanwhile,
    power_of,
    schedule_petition,
    stop_petitions,
)
from sim.world import QUEUED, World
from tests.neutral import NEUTRAL
from tests.sim.phases.worlds import beside_another, first_day, open_disputes

TODAY, MONTH, NUMBER = 40, 0, 4000
Z = 4.0


def queued_at_county(number: int, **behaviour: float) -> tuple[World, int]:
    """So many disputes in the queue of the people's mediators of the first county, and the row of that pool."""
    world = first_day(replace(NEUTRAL, waiting=replace(NEUTRAL.waiting, **behaviour)))
    open_disputes(world, number, stage=Stage.QUEUED, forum=Forum.COUNTY, due=NEVER, severity=0.5, opened=0, since=TODAY)
    pool = pool_of_centre(world.townships + world.first_county, MediationKind.PEOPLE)
    for name, empty in (("head", -1), ("tail", -1), ("queued", 0)):
        world.pools[name][pool] = empty
    for d in range(number):
        join(world.pools, pool, world.disputes, d, TODAY)
    world.staffing[world.pools["county"][pool], world.pools["level"][pool], QUEUED] = number
    return world, pool


@pytest.mark.parametrize(("shape", "gone_after_45"), [(1.0, 1 - 0.4**0.5), (2.0, 1 - 0.4**0.25)])
def test_times_until_one_leaves_are_weibull(shape: float, gone_after_45: float) -> None:
    world, _ = queued_at_county(NUMBER, queue_left_90=0.6, queue_left_shape=shape)
    for d in range(NUMBER):
        bear_waiting(world, d, TODAY, world.behaviour[0])
    days = world.disputes["due"][:NUMBER] - TODAY
    assert days.min() >= 1 and (world.disputes["phase"][:NUMBER] == Phase.CLAIM).all()
    for until, share in ((45, gone_after_45), (90, 0.6)):
        error = np.sqrt(share * (1 - share) / NUMBER)
        assert (days <= until).mean() == pytest.approx(share, abs=Z * error)


@pytest.mark.parametrize(("left", "shape"), [(0.6, 2.0), (0.05, 1.25)])
def test_one_leaves_on_the_first_day_by_which_so_many_have_left(left: float, shape: float) -> None:
    world, _ = queued_at_county(12, queue_left_90=left, queue_left_shape=shape)
    for d in range(12):
        world.disputes["entries"][d] = d
        bear_waiting(world, d, TODAY, world.behaviour[0])
        u = chance.uniform(world.seed, Purpose.LEAVE, world.disputes["key"][d], d)
        day = int(world.disputes["due"][d]) - TODAY
        gone = [1.0 - (1.0 - left) ** ((each / 90.0) ** shape) for each in (day - 1, day)]
        assert gone[0] < u <= gone[1]
        assert world.disputes["phase"][d] == Phase.CLAIM
        assert world.disputes["repeat_on"][d] == NEVER


def test_who_leaves_at_once_is_gone_tomorrow() -> None:
    world, _ = queued_at_county(6, queue_left_90=0.9)
    world.behaviour["queue_left_shape"] = 1e-3  # days are next to none or without end
    for d in range(6):
        bear_waiting(world, d, TODAY, world.behaviour[0])
    assert set(world.disputes["due"][:6].tolist()) == {TODAY + 1, TODAY + 1_000_000}


@pytest.mark.parametrize(("share", "rate"), [(0.05, 0.0), (0.0, 0.05)])
def test_each_way_out_is_there_without_the_other(share: float, rate: float) -> None:
    world, _ = queued_at_county(1, queue_left_90=share, waiting_petitions=rate)
    world.disputes["repeat_on"][0] = TODAY - 5
    bear_waiting(world, 0, TODAY, world.behaviour[0])
    due, repeat_on = int(world.disputes["due"][0]), int(world.disputes["repeat_on"][0])
    assert (due < NEVER) == (share > 0)
    if rate > 0:
        assert TODAY < repeat_on < NEVER
    else:
        assert repeat_on == NEVER


def test_the_answer_to_what_was_accepted_on_the_first_day_is_waited_for() -> None:
    world, _ = queued_at_county(1, queue_left_90=0.9, waiting_petitions=1)
    world.disputes["accepted_on"][0], world.disputes["repeat_on"][0] = 0, TODAY + 5
    bear_waiting(world, 0, TODAY, world.behaviour[0])
    schedule_petition(world, 0, TODAY, world.behaviour[0])
    stop_petitions(world.disputes[0])
    assert world.disputes["due"][0] == NEVER and world.disputes["repeat_on"][0] == TODAY + 5


def test_a_petition_meanwhile_comes_on_the_first_day_by_which_so_many_have_come() -> None:
    """At stake is the severity of 0.5, and a month has thirty days."""
    world, _ = queued_at_county(12, waiting_petitions=0.8)
    world.disputes["reviews"][11] = 3  # after the last re-check nobody listens
    for d in range(12):
        schedule_petition(world, d, TODAY, world.behaviour[0])
        u = chance.quad(world.seed, Purpose.WAITING, world.disputes["key"][d], TODAY)[0]
        day = int(world.disputes["repeat_on"][d]) - TODAY
        come = [1.0 - np.exp(-0.8 * 0.5 / 30.0 * each) for each in (day - 1, day)]
        assert come[0] < u <= come[1] or d == 11
    assert world.disputes["repeat_on"][11] == NEVER


def test_where_counties_have_no_office_who_waits_petitions_the_city() -> None:
    world, pool = queued_at_county(8, waiting_petitions=1)
    world = beside_another(world, county_tier=1.0)
    world.regime["county_tier"][0] = 0.0
    world.counts[:] = 0
    for d in range(8):
        petition_meanwhile(world, d, TODAY, MONTH)
    booked = world.counts[int(world.pools["county"][pool]), MONTH].sum(axis=0)
    assert booked[event("presented_while_waiting_city")] == booked[event("not_accepted_city")] == 8
    assert booked[event("presented_while_waiting_county")] == booked[event("not_accepted_county")] == 0


def test_accepted_petitions_stay_and_at_zero_all_do() -> None:
    world, _ = queued_at_county(2, queue_left_90=0.9, waiting_petitions=1)
    world.disputes["accepted_on"][0] = 3
    for d in range(2):
        bear_waiting(world, d, TODAY, world.behaviour[0])
    assert world.disputes["due"][0] == world.disputes["repeat_on"][0] == NEVER
    assert world.disputes["due"][1] < NEVER and world.disputes["repeat_on"][1] < NEVER
    world, _ = queued_at_county(1)
    bear_waiting(world, 0, TODAY, world.behaviour[0])
    assert world.disputes["due"][0] == world.disputes["repeat_on"][0] == NEVER
    assert world.disputes["bucket"][0] == -1


def test_who_leaves_from_the_middle_has_failed_and_the_others_stay_in_order() -> None:
    world, pool = queued_at_county(3, queue_left_90=0.5)
    place, county = world.pools[pool], int(world.pools["county"][pool])
    leave_queue(world, 1, TODAY + 3, MONTH)
    assert (place["head"], place["tail"], place["queued"]) == (0, 2, 2)
    assert world.disputes["next_in_queue"][0] == 2 and world.disputes["before_in_queue"][2] == 0
    assert world.staffing[county, place["level"], QUEUED] == 2
    assert world.work[county, MONTH, place["level"], WORK_FIGURES.index("left_days")] == 3
    left = world.disputes[1]
    assert left["stage"] == Stage.AGGRIEVED and left["failures"][Forum.COUNTY] == 1
    assert left["grievance"] == pytest.approx(NEUTRAL.failure_grievance)
    assert left["due"] > TODAY + 3 and left["repeat_on"] == NEVER
    assert world.counts[county, MONTH, left["kind"], event("left_queue_county")] == 1


def test_petitions_meanwhile_are_poisson_in_what_is_at_stake() -> None:
    world, _ = queued_at_county(NUMBER, waiting_petitions=1)
    for d in range(NUMBER):
        bear_waiting(world, d, TODAY, world.behaviour[0])
    days = world.disputes["repeat_on"][:NUMBER] - TODAY
    mean = 1.0 / (1.0 - np.exp(-0.5 / 30.0))  # whole days of an exponential of 60 days: geometric
    assert days.mean() == pytest.approx(mean, abs=Z * mean / np.sqrt(NUMBER))
    assert (world.disputes["due"][:NUMBER] == NEVER).all()


def test_a_petition_meanwhile_is_presented_and_not_accepted() -> None:
    world, pool = queued_at_county(200, waiting_petitions=1)
    world.regime["registration"][0] = (0.5, 0.5, 0.5, 0.5)
    world.regime["online_channel"][0] = 0.0
    county = int(world.pools["county"][pool])
    before = world.counts[county, MONTH].sum(axis=0)
    for d in range(200):
        petition_meanwhile(world, d, TODAY, MONTH)
    booked = world.counts[county, MONTH].sum(axis=0) - before
    assert booked[event("presented_while_waiting_county")] == booked[event("not_accepted_county")] == 200
    visits, letters = booked[event("presented_visit_county")], booked[event("presented_letter_county")]
    assert visits + letters == 200
    assert letters == pytest.approx(50, abs=Z * np.sqrt(200 * 0.25 * 0.75))  # ``letter_share``
    written = booked[event("registered_visit_county")] + booked[event("registered_letter_county")]
    assert written == pytest.approx(100, abs=Z * np.sqrt(50))
    assert (world.disputes["failures"][:200] == 0).all() and (world.disputes["stage"][:200] == Stage.QUEUED).all()
    assert (world.disputes["repeat_on"][:200] > TODAY).all()


def test_who_waits_no_longer_stops_but_an_accepted_petition_repeats() -> None:
    world, _ = queued_at_county(2)
    world.disputes["repeat_on"][:2] = 99
    world.disputes["accepted_on"][:2] = -1, 3
    for d in range(2):
        stop_petitions(world.disputes[d])
    assert world.disputes["repeat_on"][:2].tolist() == [NEVER, 99]


def test_powers_have_the_digits_of_powers() -> None:
    assert power_of(0.0, 0.5) == 0.0  # to the bit
    for base, exponent in ((0.3, 0.5), (7.0, 1.0), (123.0, 1 / 3)):
        assert power_of(base, exponent) == pytest.approx(base**exponent, rel=1e-14)
