"""A missed whistle taken to the level above."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agenda import Phase
from sim.agents.dispute import Answer, Call, Forum, Stage
from sim.behaviour import Behaviour
from sim.ledger import EVENTS
from sim.phases.departments import ask_departments, further_departments
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
    number = [further_departments(world, world.disputes[d]) for d in range(CASES)]
    found = np.bincount(number, minlength=3) / CASES
    np.testing.assert_allclose(found, expected, atol=Z * 0.5 / np.sqrt(CASES))
    world.disputes["entries"][:CASES] += 9
    assert number == [further_departments(world, world.disputes[d]) for d in range(CASES)]


def test_a_case_waits_for_the_last_of_its_departments() -> None:
    """Three geometric times of mean 28 each, all of them unaided: the longest is the wait, 1.8 times as long."""
    world = first_day()
    world.behaviour["further_departments"], world.kinds["further"] = 1.0, 1.0
    world.behaviour["unaided_days"], world.behaviour["responsiveness"] = 28.0, 0.0
    open_disputes(world, CASES, department=1, forum=Forum.COUNTY, kind=4)
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
