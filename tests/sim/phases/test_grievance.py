"""Grievances as they are felt, and the offences that come of them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.dispute import Stage
from sim.agents.resident import MIDDLE, TRUST
from sim.compilation import compiled_once
from sim.ledger import event
from sim.phases.grievance import feel, offend
from sim.phases.lapse import give_up
from sim.phases.outcome import close_dispute
from sim.world import World
from tests.sim.phases.worlds import first_day, open_disputes

NUMBER = 4_000
OFFENCE = event("offence")
FOR_EVER = 1e9
"""A half-life, days."""


def aggrieved(rate: float, half_life: float, grievance: float = 0.5, trust: float = 0.6) -> World:
    """Many disputes of one village, aggrieved since the first day."""
    world = first_day()
    world.behaviour["offence_rate"], world.behaviour["grievance_half_life"] = rate, half_life
    open_disputes(world, NUMBER, kind=3, stage=Stage.AGGRIEVED, grievance=grievance, until_offence=0)
    world.disputes["traits"][:NUMBER, TRUST + MIDDLE] = trust
    world.counts[:] = 0
    return world


@compiled_once
def _feel_all(world, number, today):
    for d in range(number):
        feel(world, d, 0.0, today)


@compiled_once
def _give_up_all(world, number, today):
    for d in range(number):
        world.choosers[3, 0] = d
        give_up(world, world.choosers[3], 1, today, 0)


@compiled_once
def _offend_all(world, number, until, today):
    for d in range(number):
        offend(world, d, until, today)


@compiled_once
def _close_all(world, number, today):
    for d in range(number):
        close_dispute(world, d, today, 0, -1, 1)


def offences(world: World) -> np.ndarray:
    return world.disputes["offences"][:NUMBER].astype(float)


@pytest.mark.parametrize("stages", [[730], [1, 2, 3, 30, 31, 180, 365, 366, 700, 730]])
def test_a_constant_grievance_breeds_a_poisson_number_whatever_the_stages(stages: list[int]) -> None:
    world = aggrieved(rate=1.5, half_life=FOR_EVER)
    for today in stages:
        _feel_all(world, NUMBER, today)
    number, mean = offences(world), 1.5 * 0.5 * (1 - 0.6) * 2
    assert world.counts[..., OFFENCE].sum() == number.sum()
    assert number.mean() == pytest.approx(mean, abs=4 * (mean / NUMBER) ** 0.5)
    assert number.var() == pytest.approx(mean, rel=4 * (2 / NUMBER + 1 / mean / NUMBER) ** 0.5)


def test_the_same_luck_holds_whatever_the_stages() -> None:
    at_once, in_pieces = aggrieved(rate=0.8, half_life=600), aggrieved(rate=0.8, half_life=600)
    for today in (10, 20, 200, 201, 500):
        _feel_all(in_pieces, NUMBER, today)
    _feel_all(at_once, NUMBER, 500)
    assert np.abs(offences(at_once) - offences(in_pieces)).sum() <= 1  # single precision
    calmer = aggrieved(rate=0.4, half_life=600)
    _feel_all(calmer, NUMBER, 500)
    assert (offences(calmer) <= offences(at_once)).all() and offences(calmer).sum() < offences(at_once).sum()


def test_a_grievance_that_decays_breeds_its_integral() -> None:
    world = aggrieved(rate=1.0, half_life=365)
    _feel_all(world, NUMBER, 730)
    mean = 0.5 * 0.4 / np.log(2) * (1 - 1 / 4)
    assert offences(world).mean() == pytest.approx(mean, abs=4 * (mean / NUMBER) ** 0.5)


def test_who_bears_no_grievance_offends_nobody() -> None:
    world = aggrieved(rate=5.0, half_life=FOR_EVER, grievance=0)
    _feel_all(world, NUMBER, 730)
    assert offences(world).sum() == 0


def test_an_offence_to_come_is_booked_on_its_own_day() -> None:
    """Of what is given up for ever on day 0, half happens within a half-life, and nothing is booked beyond the end."""
    world = aggrieved(rate=1.0, half_life=365)
    _offend_all(world, NUMBER, 36_500, 0)
    mean = 0.5 * 0.4 / np.log(2)
    assert offences(world).mean() == pytest.approx(mean, abs=4 * (mean / NUMBER) ** 0.5)
    by_month = world.counts[..., OFFENCE].sum(axis=(0, 2))
    year = world.month_of_day[365]
    expected = offences(world).sum() / 2
    assert by_month[:year].sum() == pytest.approx(expected, abs=4 * (expected / 2) ** 0.5)
    assert by_month.sum() < offences(world).sum()


def test_giving_up_and_settling_count_what_was_borne() -> None:
    given_up, settled = aggrieved(rate=1.0, half_life=365), aggrieved(rate=1.0, half_life=365)
    given_up.behaviour["reactivation"] = 0.0
    _give_up_all(given_up, NUMBER, 0)  # fades after an exponential time: half of what would ever come
    ever = NUMBER * 0.5 * 0.4 / np.log(2)
    months = given_up.month_of_day
    share = 1 - 2.0 ** (-2 * len(months) / 365)  # of that, within the calendar
    expected = ever / 2 * share
    assert given_up.counts[..., OFFENCE].sum() == pytest.approx(expected, abs=4 * expected**0.5)
    _close_all(settled, NUMBER, 365)
    expected = ever / 2
    assert settled.counts[..., OFFENCE].sum() == pytest.approx(expected, abs=4 * expected**0.5)
