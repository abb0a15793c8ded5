"""What people find at the door of a centre."""

import numpy as np
import pytest

from sim.agents.centre import CITY, COUNTY, TOWNSHIP
from sim.agents.dispute import Forum, Origin
from sim.ledger import CENTRE_LEVELS, EVENTS, MONTHLY_FIGURES, ORIGINS, event
from sim.phases.reception import book_acceptance, finds_nobody, takes_offer
from sim.phases.settle import refer_up
from tests.sim.phases.worlds import first_day, open_disputes

VISITORS = 4000


def near(share: float, of: int = VISITORS) -> float:
    """Four standard errors of a share."""
    return 4 * np.sqrt(share * (1 - share) / of)


@pytest.mark.parametrize(
    ("built", "working", "closed", "expected"), [(1, 0, 0.3, 0.3), (1, 0, 1.0, 1.0), (1, 1, 1.0, 0.0), (0, 0, 1.0, 0.0)]
)
@pytest.mark.parametrize("forum", [Forum.TOWNSHIP, Forum.COUNTY])
def test_a_nameplate_is_shut_to_some(built: int, working: int, closed: float, expected: float, forum: Forum) -> None:
    world = first_day()
    open_disputes(world, VISITORS, forum=forum)
    world.centres["is_built"][0], world.centres["is_working"][0] = built, working
    world.behaviour["closed_door"] = closed
    tally = np.zeros(len(EVENTS), np.int64)
    met_nobody = sum(finds_nobody(world, d, 0, tally) for d in range(VISITORS))
    assert tally[event(f"closed_door_{forum.name.lower()}")] == tally.sum() == met_nobody
    assert met_nobody / VISITORS == pytest.approx(expected, abs=near(expected) + 1e-12)
    assert not world.disputes["entries"].any()  # no draw is counted


@pytest.mark.parametrize(
    ("working", "inside", "failed", "offered", "taken"),
    [(1, 1, 0, 1.0, 0.4), (0, 1, 0, 0.0, 0.0), (1, 0, 0, 0.0, 0.0), (1, 1, 1, 0.0, 0.0)],
)
def test_a_petitioner_takes_mediation_or_does_not(
    working: int, inside: int, failed: int, offered: float, taken: float
) -> None:
    world = first_day(petition_inside=inside)
    open_disputes(world, VISITORS, forum=Forum.PETITION_COUNTY)
    world.disputes["failures"][:VISITORS, Forum.COUNTY] = failed
    world.centres["is_working"][world.townships + world.first_county] = working
    world.behaviour["offer_taken"] = 0.4
    tally = np.zeros(len(EVENTS), np.int64)
    took = sum(takes_offer(world, d, tally) for d in range(VISITORS))
    assert tally[event("mediation_offered")] == offered * VISITORS
    assert tally[event("mediation_taken")] == took
    assert took / VISITORS == pytest.approx(taken, abs=near(taken) + 1e-12)
    assert not world.disputes["entries"].any()


def test_who_takes_an_offer_takes_a_better_one_too() -> None:
    """Common luck: a larger share is the smaller one and some more."""
    world = first_day(petition_inside=1)
    open_disputes(world, VISITORS, forum=Forum.PETITION_COUNTY)
    world.centres["is_working"][world.townships + world.first_county] = 1
    tally, took = np.zeros(len(EVENTS), np.int64), []
    for share in (0.2, 0.5):
        world.behaviour["offer_taken"] = share
        took.append({d for d in range(VISITORS) if takes_offer(world, d, tally)})
    assert took[0] < took[1]


@pytest.mark.parametrize(("working", "share", "expected"), [(1, 0.3, 0.3), (1, 1.0, 1.0), (0, 1.0, 0.0)])
def test_a_township_refers_up_what_it_failed_to_settle(working: int, share: float, expected: float) -> None:
    world = first_day()
    world.behaviour["referred_up"] = share
    world.centres["is_working"][world.townships + world.first_county] = working
    open_disputes(world, VISITORS, forum=Forum.TOWNSHIP, claimant=3)
    world.state["outcomes"] = 0
    tally = np.zeros(len(EVENTS), np.int64)
    went = [refer_up(world, d, 5, tally, world.behaviour[0]) for d in range(VISITORS)]
    rows = world.disputes[:VISITORS]
    assert tally[event("referred_up")] == tally.sum() == sum(went)
    assert sum(went) / VISITORS == pytest.approx(expected, abs=near(expected) + 1e-12)
    assert (rows["forum"] == np.where(went, Forum.COUNTY, Forum.TOWNSHIP)).all()
    assert (rows["failures"][:, Forum.TOWNSHIP] == went).all()
    assert ((rows["due"] > 5) == went).all()
    if sum(went):
        mean = world.behaviour["hand_up_delay"][0]
        days = rows["due"][went] - 5
        assert days.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean * (mean - 1) / len(days)))


def test_levels_and_origins_stand_in_the_order_of_the_ledger() -> None:
    assert tuple(origin.name.lower() for origin in Origin) == ORIGINS
    assert [CENTRE_LEVELS[level] for level in (TOWNSHIP, COUNTY, CITY)] == ["township", "county", "city"]


@pytest.mark.parametrize("origin", Origin)
@pytest.mark.parametrize("level", CENTRE_LEVELS)
def test_what_a_working_centre_takes_into_work(level: str, origin: Origin) -> None:
    """Of 2.25 visits a matter, a quarter of the matters makes three and the others two."""
    world = first_day()
    centre = {"township": 0, "county": world.townships, "city": world.townships + world.counties}[level]
    open_disputes(world, VISITORS)
    figure = MONTHLY_FIGURES.index(f"received_{level}")
    world.behaviour["visits_per_matter"] = 2.25
    world.monthly[:] = 0
    tally = np.zeros(len(EVENTS), np.int64)
    world.centres["is_working"][centre] = 0
    book_acceptance(world, 0, centre, int(origin), 0, tally)
    assert not tally.any() and not world.monthly.any()  # a nameplate accepts nothing
    world.centres["is_working"][centre] = 1
    for d in range(VISITORS):
        book_acceptance(world, d, centre, int(origin), 0, tally)
    assert tally[event(f"accepted_from_{origin.name.lower()}_{level}")] == tally.sum() == VISITORS
    visits = world.monthly[world.centres["county"][centre], 0, figure]
    assert visits == world.monthly.sum()
    assert visits / VISITORS - 2 == pytest.approx(0.25, abs=near(0.25))
