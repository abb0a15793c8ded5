"""Departments that are asked, those that miss, and a missed whistle taken to the level above."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agenda import Phase
from sim.agents.dispute import Answer, Call, Forum, Stage
from sim.agents.dispute_kind import DEPARTMENTS, NO_DEPARTMENT
from sim.behaviour import Behaviour
from sim.compilation import compiled_once
from sim.ledger import DISPUTE_KINDS, EVENTS
from sim.phases.departments import ask_departments, concerns_department, further_departments
from sim.phases.whistle import ESCALATED, MISSING, escalate, whistle
from tests.sim.phases.worlds import first_day, open_disputes

CASES, TODAY, Z = 2_000, 10, 4.5


def escalated(share: float, response: float, deadline: float = 20) -> tuple[np.ndarray, np.ndarray, int]:
    """What becomes of missed whistles: who is called again, the disputes, and how many the ledger counts."""
    world = first_day(Behaviour(escalation_response=response), whistle_escalation=share, whistle_deadline=deadline)
    open_disputes(world, CASES, call=Call.WHISTLE, answer=Answer.MISSING, department=1, entries=3)
    tally = np.zeros(len(EVENTS), np.int32)
    goes = np.array([escalate(world, d, TODAY, tally) for d in range(CASES)])
    assert tally.sum() == tally[ESCALATED]
    return goes, world.disputes[:CASES], int(tally[ESCALATED])


@pytest.mark.parametrize(("share", "response"), [(0.3, 0.4), (0.8, 0.1), (1.0, 1.0)])
def test_the_level_above_calls_once_more(share: float, response: float) -> None:
    goes, disputes, counted = escalated(share, response)
    number = int(goes.sum())
    assert counted == number
    assert abs(number - share * CASES) <= Z * np.sqrt(CASES * share * (1 - share))
    assert (disputes["call"][goes] == Call.ESCALATED).all()
    assert (disputes["stage"][goes] == Stage.AWAITING_ANSWER).all()
    assert (disputes["phase"][goes] == Phase.WHISTLE).all()
    given = disputes["answer"][goes] == Answer.GIVEN
    assert abs(given.sum() - response * number) <= Z * np.sqrt(number * response * (1 - response))
    waits = disputes["due"][goes] - TODAY
    assert (waits[~given] == 20).all()  # silence lasts until the deadline
    assert waits[given].min() >= 1 and waits[given].max() <= 20
    if given.sum() > 100:
        assert abs(waits[given].mean() - 10.5) < Z * np.sqrt((20**2 - 1) / 12 / given.sum())
    assert (disputes["call"][~goes] == Call.WHISTLE).all()  # the others go on as they are
    assert (disputes["entries"] == 3).all()  # and no draw is counted


def test_without_escalation_nothing_is_drawn() -> None:
    goes, disputes, counted = escalated(0.0, 1.0)
    assert not goes.any() and counted == 0
    assert (disputes["answer"] == Answer.MISSING).all()


@pytest.mark.parametrize(("share", "expected"), [(0.0, (1, 0, 0)), (0.6, (0.4, 0.24, 0.36)), (1.0, (0, 0, 1))])
def test_departments_that_a_matter_concerns(share: float, expected: tuple[float, ...]) -> None:
    """Another with the share of the kind, and a third with that share again: part of a matter's nature."""
    world = first_day()
    world.behaviour["further_departments"], world.kinds["further"] = 0.5, 2 * share
    open_disputes(world, CASES, department=1)
    number = [further_departments(world, d) for d in range(CASES)]
    found = np.bincount(number, minlength=3) / CASES
    np.testing.assert_allclose(found, expected, atol=Z * 0.5 / np.sqrt(CASES))
    world.disputes["entries"][:CASES] += 9
    assert number == [further_departments(world, d) for d in range(CASES)]


@compiled_once
def _concerns(world, d):
    return concerns_department(world, d)


@pytest.mark.parametrize(
    ("leader", "is_at_source", "asked"), [(0, 1, True), (0, 0, False), (1, 1, False), (-1, 1, False)]
)
def test_at_the_source_of_an_alert_every_department_of_the_kind_is_asked(
    leader: int, is_at_source: int, asked: bool
) -> None:
    """The nature of none of these matters concerns a department; only who leads from the source has all asked."""
    kind = DISPUTE_KINDS.index("land_taking")
    world = first_day(whistle_response=1.0, whistle_deadline=20.0)
    open_disputes(world, 2, department=NO_DEPARTMENT, kind=kind, forum=Forum.TOWNSHIP)
    world.disputes["cause"][:2] = 0
    world.causes["leader"][0], world.causes["is_at_source"][0] = leader, is_at_source
    assert _concerns(world, 0) == asked
    assert further_departments(world, 0) == (2 if asked else 0)
    world.departments["is_stationed"], world.centres["is_working"][0] = 0, 1
    world.departments["called"] = 0
    ask_departments(world, 0, TODAY, 0, world.centres[0])
    first = world.first_county * len(DEPARTMENTS)
    called = {name for name, row in zip(DEPARTMENTS, world.departments["called"][first:], strict=False) if row}
    assert called == ({"land", "housing", "agriculture"} if asked else {"land"})
    assert world.departments["called"].sum() == len(called)
    assert world.disputes["answer"][0] == Answer.GIVEN and world.disputes["others_missing"][0] == 0


def test_a_matter_without_a_kind_of_department_asks_none_even_at_the_source() -> None:
    world = first_day()
    open_disputes(world, 1, department=NO_DEPARTMENT, kind=DISPUTE_KINDS.index("neighbour"), cause=0)
    world.causes["leader"][0], world.causes["is_at_source"][0] = 0, 1
    assert not _concerns(world, 0)


def test_a_case_waits_for_the_last_of_its_departments() -> None:
    """Three geometric times of mean 28 each, all of them unaided: the longest is the wait, 1.8 times as long."""
    world = first_day()
    world.behaviour["further_departments"], world.kinds["further"] = 1.0, 1.0
    world.behaviour["unaided_days"], world.behaviour["responsiveness"] = 28.0, 0.0
    open_disputes(world, CASES, department=0, forum=Forum.COUNTY, kind=4, pool=0)
    world.centres["is_working"][0] = 0
    world.governments["effort"] = 0
    missing = world.counts[world.first_county, 0, 4, MISSING]
    for d in range(CASES):
        ask_departments(world, d, TODAY, 0, world.centres[0])
    rows = world.disputes[:CASES].copy()
    assert (rows["others_missing"] == 2).all() and (rows["answer"] == Answer.MISSING).all()
    days = np.maximum(rows["due"], rows["queued_on"]) - TODAY
    longest = sum((-1) ** (j + 1) * c / (1 - (1 - 1 / 28) ** j) for j, c in ((1, 3), (2, 3), (3, 1)))
    assert abs(days.mean() - longest) < Z * days.std(ddof=1) / np.sqrt(CASES)
    world.pools["mediators"] = 1
    gone = np.zeros(CASES, bool)
    for today in range(TODAY + 1, int(days.max()) + TODAY + 1):
        whistle(world, today, 0)
        due = days == today - TODAY
        gone |= due
        assert ((world.disputes["stage"][:CASES] == Stage.QUEUED) == gone).all()
        world.state["outcomes"] = 0
    assert world.counts[world.first_county, 0, 4, MISSING] - missing == 3 * CASES  # each is missed once
