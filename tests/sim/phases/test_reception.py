"""What people find at the door of a centre."""

import numpy as np
import pytest

from sim.agents.dispute import Forum
from sim.ledger import EVENTS, event
from sim.phases.reception import finds_nobody
from tests.sim.phases.worlds import first_day, open_disputes

VISITORS = 4000


def near(share: float, of: int = VISITORS) -> float:
    """Four standard errors of a share."""
    return 4 * np.sqrt(share * (1 - share) / of)


@pytest.mark.parametrize(
    ("built", "working", "closed", "expected"), [(1, 0, 0.3, 0.3), (1, 0, 1.0, 1.0), (1, 1, 1.0, 0.0), (0, 0, 1.0, 0.0)]
)
@pytest.mark.parametrize("forum", [Forum.TOWNSHIP, Forum.COUNTY])
def test_a_nameplate_has_nobody_for_some(
    built: int, working: int, closed: float, expected: float, forum: Forum
) -> None:
    world = first_day()
    open_disputes(world, VISITORS, forum=forum)
    world.centres["is_built"][0], world.centres["is_working"][0] = built, working
    world.behaviour["closed_door"] = closed
    tally = np.zeros(len(EVENTS), np.int64)
    met_nobody = sum(finds_nobody(world, d, 0, tally) for d in range(VISITORS))
    assert tally[event(f"closed_door_{forum.name.lower()}")] == tally.sum() == met_nobody
    assert met_nobody / VISITORS == pytest.approx(expected, abs=near(expected) + 1e-12)
    assert not world.disputes["entries"].any()  # no draw is counted
