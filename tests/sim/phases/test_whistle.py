"""A missed whistle taken to the level above."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agenda import Phase
from sim.agents.dispute import Answer, Call, Stage
from sim.behaviour import Behaviour
from sim.ledger import EVENTS
from sim.phases.whistle import ESCALATED, escalate
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
