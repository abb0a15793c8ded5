"""Settlements: how long they hold, and what becomes of those that break."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.dispute import Forum, Stage
from sim.compilation import compiled_once
from sim.ledger import event
from sim.phases.cohorts import DURABLE_END, FROM_GRIEVANCE, FROM_INTAKE, NOMINAL_END, NOT_YET
from sim.phases.settle import end_talk, relapse
from sim.world import World
from tests.sim.phases.worlds import first_day, open_disputes

NUMBER = 4_000
RATE = 1.5
NOMINAL = 0.4
GIVEN = {"bilateral_success": 1.0, "talk_nominal": NOMINAL, "relapse_rate": RATE}


@compiled_once
def _end_talks(world, number):
    for d in range(number):
        end_talk(world, d, 0, 0)


@compiled_once
def _relapse(world, d, today, month):
    relapse(world, d, today, month)


def agreed(**given: float) -> World:
    """Many talks that have ended on the first day, all in agreement."""
    world = first_day()
    for name, value in {**GIVEN, **given}.items():
        world.behaviour[name] = value
    talking = {"stage": Stage.TALKING, "forum": Forum.BILATERAL, "reached_on": NOT_YET}
    open_disputes(world, NUMBER, kind=3, grievance=0.5, **talking)
    world.counts[:] = world.durations[:] = 0
    _end_talks(world, NUMBER)
    return world


def number(world: World, name: str) -> int:
    return int(world.counts[..., event(name)].sum())


def share_of(world: World, stage: Stage) -> float:
    return float((world.disputes["stage"][:NUMBER] == stage).mean())


def near(share: float) -> object:
    return pytest.approx(share, abs=4 * (share * (1 - share) / NUMBER) ** 0.5)


def test_agreements_that_do_not_hold_break_at_the_rate_of_nominal_settlements() -> None:
    world = agreed()
    assert number(world, "nominal_bilateral") / NUMBER == near(NOMINAL * (1 - np.exp(-RATE)))
    assert number(world, "durable_bilateral") == NUMBER - number(world, "nominal_bilateral")
    assert share_of(world, Stage.RELAPSING) == number(world, "nominal_bilateral") / NUMBER
    waits = world.disputes["due"][:NUMBER][world.disputes["stage"][:NUMBER] == Stage.RELAPSING]
    assert waits.min() >= 1 and waits.max() <= 365
    assert (waits < 180).mean() == pytest.approx((1 - np.exp(-RATE * 180 / 365)) / (1 - np.exp(-RATE)), abs=0.05)
    ended = world.durations.sum(axis=(0, 1, 4))
    assert ended[FROM_GRIEVANCE, DURABLE_END] == number(world, "durable_bilateral")
    assert ended[FROM_GRIEVANCE, NOMINAL_END] == number(world, "nominal_bilateral")
    assert ended[FROM_GRIEVANCE].sum() == NUMBER
    assert number(world, "closed_cases") == ended[FROM_INTAKE].sum() == 0  # nobody but the two sides knows of it


def test_a_durable_settlement_that_breaks_later_is_counted_in_its_month() -> None:
    world = agreed()
    last = len(world.month_of_day)
    expected = NOMINAL * (np.exp(-RATE) - np.exp(-RATE * last / 365))
    assert number(world, "relapsed_late") / NUMBER == near(expected)
    by_month = world.counts[..., event("relapsed_late")].sum(axis=(0, 2))
    assert by_month[: world.month_of_day[365]].sum() == 0
    middle = world.month_of_day[730]
    assert by_month[:middle].sum() / NUMBER == near(NOMINAL * (np.exp(-RATE) - np.exp(-RATE * 730 / 365)))
    assert share_of(world, Stage.HOLDING) == number(world, "returned_late") == 0


def test_so_many_of_them_come_back_on_that_day_and_the_same_disputes_break() -> None:
    gone, back = agreed(), agreed(late_relapse_returns=0.25)
    assert number(back, "relapsed_late") == number(gone, "relapsed_late")
    holding = np.flatnonzero(back.disputes["stage"][:NUMBER] == Stage.HOLDING)
    assert len(holding) / number(gone, "relapsed_late") == pytest.approx(0.25, abs=0.06)
    d = int(holding[0])
    due = int(back.disputes["due"][d])
    month = int(back.month_of_day[due])
    _relapse(back, d, due, month)
    dispute = back.disputes[d]
    assert number(back, "returned_late") == 1 and number(back, "relapsed") == 0
    assert dispute["stage"] == Stage.AGGRIEVED and dispute["failures"][Forum.BILATERAL] == 1
    half_life = float(back.behaviour["grievance_half_life"][0])
    added = float(back.behaviour["failure_grievance"][0])
    assert dispute["grievance"] == pytest.approx(0.5 * 2 ** (-due / half_life) + added, rel=1e-5)
    assert dispute["offences"] == 0 and dispute["until_offence"] == 0  # at rest it leads to none


@pytest.mark.parametrize("given", [{"talk_nominal": 0.0}, {"relapse_rate": 0.0}])
def test_what_holds_is_durable(given: dict[str, float]) -> None:
    world = agreed(**given)
    assert number(world, "durable_bilateral") == NUMBER
    assert number(world, "nominal_bilateral") == number(world, "relapsed_late") == 0
    assert share_of(world, Stage.FREE) == 1
