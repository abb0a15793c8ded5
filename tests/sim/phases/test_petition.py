"""Channels, registers, known rules, doors."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.agents.centre import pool_of_centre
from sim.agents.dispute import Forum, Opponent
from sim.agents.dispute_kind import MediationKind
from sim.agents.petition_office import LETTER, ONLINE, VISIT
from sim.compilation import compiled_once
from sim.ledger import CHANNELS, EVENTS, event
from sim.phases.petition import (
    PUSHED_DOWN,
    RECORDED_TWICE,
    REPEAT_RECORDED_TWICE,
    channel_of,
    count_twice,
    handling_pool,
    is_pushed_down,
    is_registered,
    known_acceptance,
)
from tests.sim.phases.worlds import first_day, open_disputes

WAYS = SimpleNamespace(visit_share=0.4, letter_share=0.25)


@pytest.mark.parametrize(
    ("u", "is_online", "channel"),
    [
        (0.39, True, VISIT),
        (0.41, True, ONLINE),
        (0.24, False, LETTER),
        (0.26, False, VISIT),
    ],
)
def test_channels(u: float, is_online: bool, channel: int) -> None:
    assert channel_of.py_func(u, is_online, WAYS) == channel


@pytest.mark.parametrize(
    ("forum", "is_eligible", "knows", "expected"),
    [
        (Forum.PETITION_COUNTY, True, True, 1.0),
        (Forum.PETITION_CITY, True, True, 0.5),  # half of its door is closed
        (Forum.PETITION_CITY, False, True, 0.5 * 0.2),
        (Forum.PETITION_CITY, True, False, 1.0),  # who does not know yet expects what was
        (Forum.PETITION_CITY, False, False, 0.8),
        (Forum.PETITION_PROVINCE, False, True, 0.25 * 0.1),
        (Forum.PETITION_NATION, False, True, 0.3),
    ],
)
def test_known_acceptance(forum: Forum, is_eligible: bool, knows: bool, expected: float) -> None:
    regime = SimpleNamespace(
        rule_changed_on=1000.0,
        open_door=(1.0, 0.5, 0.25, 1.0),
        acceptance_ineligible=(0.4, 0.2, 0.1, 0.3),
        acceptance_known=(0.8, 0.8, 0.8, 0.8),
    )
    slow = 100.0
    for today in (1100, 1500) if knows else (200, 1099):
        got = known_acceptance.py_func(regime, forum, is_eligible, today, slow)
        assert got == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("level", "share"), [(0, 0.6 * 0.5), (1, 0.8 * 0.75), (2, 0.9), (3, 1.0)])
def test_concealment_hides_at_county_and_city(level: int, share: float) -> None:
    world = first_day()
    world.regime["registration"] = (0.6, 0.8, 0.9, 1.0)
    county = world.first_county
    world.governments["concealment"][county] = 0.5
    world.governments["concealment"][world.counties + world.city] = 0.25
    points = (np.arange(1_000) + 0.5) / 1_000
    registered = sum(is_registered(world, county, level, u) for u in points)
    assert registered == pytest.approx(1_000 * share, abs=1)


@pytest.mark.parametrize(
    ("usual", "times", "share"), [(0.5, 3.0, 0.75), (0.5, 1 / 3, 0.25), (0.9, 1 / 9, 0.5), (1.0, 0.2, 1.0)]
)
def test_registers_of_counties_differ_by_their_odds(usual: float, times: float, share: float) -> None:
    """Odds of 1, three times as high, are 3 in 4; nothing above the county differs, and conceals as ever."""
    world = first_day()
    world.regime["registration"], county = usual, world.first_county
    world.profiles["registration"][county] = times
    points = (np.arange(1_000) + 0.5) / 1_000
    for concealment in (0.0, 0.5):
        world.governments["concealment"] = concealment
        for level, part in ((0, share), (1, usual)):
            registered = sum(is_registered(world, county, level, u) for u in points)
            assert registered == pytest.approx(1_000 * part * (1 - concealment), abs=1), (level, concealment)


def test_pushing_down_takes_its_share_of_province_and_nation_alone() -> None:
    cases = 2_000
    world = first_day(push_down=0.3)
    open_disputes(world, cases, channel=LETTER, entries=2)
    for level, share in ((0, 0.0), (1, 0.0), (2, 0.3), (3, 0.3)):
        tally = np.zeros(len(EVENTS), np.int32)
        gone = sum(is_pushed_down(world, d, level, tally, PUSHED_DOWN) for d in range(cases))
        assert abs(gone - share * cases) <= 4.5 * np.sqrt(cases * share * (1 - share))
        assert tally[event("pushed_down_letter_county")] == tally.sum() == gone
    assert (world.disputes["entries"][:cases] == 2).all()


@pytest.mark.parametrize(("times", "mean"), [(0.0, 0.0), (1.0, 1.0), (0.25, 0.25), (1.75, 1.75), (2.0, 2.0)])
@pytest.mark.parametrize("is_repeat", [False, True])
def test_double_counting_records_again_at_every_level_below(times: float, mean: float, is_repeat: bool) -> None:
    cases = 1_000
    world = first_day(double_counting=times)
    open_disputes(world, cases, channel=ONLINE, entries=2)
    for level in range(4):
        tally = np.zeros(len(EVENTS), np.int32)
        for d in range(cases):
            count_twice(world, d, level, tally, REPEAT_RECORDED_TWICE if is_repeat else RECORDED_TWICE)
        name = "repeat_recorded_twice_online" if is_repeat else "recorded_twice_online"
        got = [int(tally[event(f"{name}_{below}")]) for below in ("county", "city", "province")]
        assert sum(got) == tally.sum()
        assert got[level:] == [0] * (3 - level)
        part = times - int(times)
        for records in got[:level]:
            assert records == got[0]
            assert abs(records - mean * cases) <= 4.5 * np.sqrt(cases * part * (1 - part))
    assert len(CHANNELS) == 3


@compiled_once
def _handling_pool(world, d):
    return handling_pool(world, world.disputes[d], world.villages[world.disputes[d].village])


@pytest.mark.parametrize(
    ("opponent", "is_working", "at_city", "at_county", "goes_to_city"),
    [
        # (cases in the queue, handlers)
        (Opponent.COUNTY_GOVERNMENT, 1, (2, 1), (30, 15), True),  # two for each handler here and there
        (Opponent.COUNTY_GOVERNMENT, 1, (3, 1), (30, 15), False),
        (Opponent.COUNTY_GOVERNMENT, 1, (0, 0), (30, 15), False),
        (Opponent.COUNTY_GOVERNMENT, 1, (9, 1), (0, 0), True),  # nobody at the county
        (Opponent.COUNTY_GOVERNMENT, 0, (0, 1), (30, 15), False),
        (Opponent.COUNTY_AGENCY, 1, (0, 1), (30, 15), False),
    ],
)
def test_petitions_against_the_county_go_to_the_city_while_its_handlers_can_cope(
    opponent: Opponent,
    is_working: int,
    at_city: tuple[int, int],
    at_county: tuple[int, int],
    goes_to_city: bool,
) -> None:
    world = first_day()
    open_disputes(world, 1, opponent=opponent)
    county = world.townships + world.villages["county"][world.first_village]
    city = world.townships + world.counties + world.city
    world.centres["is_working"][city] = is_working
    rows = {True: pool_of_centre(city, MediationKind.PETITION), False: pool_of_centre(county, MediationKind.PETITION)}
    for row, (queued, handlers) in ((rows[True], at_city), (rows[False], at_county)):
        world.pools["queued"][row], world.pools["mediators"][row] = queued, handlers
    assert _handling_pool(world, 0) == rows[goes_to_city]
