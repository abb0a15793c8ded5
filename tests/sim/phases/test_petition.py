"""Channels, registers, known rules, doors; what becomes of petitions and of repeats."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sim import chance
from sim.agenda import Phase
from sim.agents.centre import pool_of_centre
from sim.agents.dispute import NEVER, Answer, Forum, Opponent, Stage
from sim.agents.dispute_kind import NO_DEPARTMENT, MediationKind
from sim.agents.petition_office import LETTER, ONLINE, VISIT, office_of
from sim.behaviour import Behaviour, Causes, Concessions
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import CHANNELS, DISPUTE_KINDS, EVENTS, PETITION_LEVELS, event
from sim.phases.petition import (
    PERSONS_TWICE,
    PUSHED_DOWN,
    RECORDED_TWICE,
    REPEAT_PERSONS_TWICE,
    REPEAT_RECORDED_TWICE,
    acceptance_chance,
    channel_of,
    count_history,
    count_twice,
    handling_pool,
    is_answered_from_above,
    is_pushed_down,
    is_registered,
    known_acceptance,
    present,
    present_repeat,
    schedule_repeat,
)
from sim.world import World
from tests.neutral import NEUTRAL
from tests.sim.phases.test_together import KIND, MONTH, TODAY, cause_of
from tests.sim.phases.worlds import beside_another, first_day, open_disputes

WAYS = SimpleNamespace(visit_share=0.4, letter_share=0.25)


@pytest.mark.parametrize(
    ("u", "is_online", "channel"),
    [
        (0.39, True, VISIT),
        (0.4, True, ONLINE),
        (0.24, False, LETTER),
        (0.25, False, VISIT),
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
    world = first_day()._replace(city=1)
    world.regime["registration"] = (0.6, 0.8, 0.9, 1.0)
    county = 2
    world.governments["concealment"] = 0.0
    world.governments["concealment"][[county, world.counties + world.city]] = 0.5, 0.25
    assert not is_registered(world, county, 2, 0.9)  # a draw of just the share
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


@pytest.mark.parametrize("times", [0.05, 0.4])
def test_little_is_pushed_down_and_counted_twice_by_draws_too(times: float) -> None:
    """A draw of just the share is not pushed down; where a draw and the times make one, a record is made."""
    cases = 60
    world = first_day(double_counting=times)
    open_disputes(world, cases, channel=LETTER)
    keys = world.disputes["key"][:cases]
    pushed = [chance.quad(world.seed, Purpose.PUSH_DOWN, key, 0)[0] for key in keys]
    twice = [chance.quad(world.seed, Purpose.COUNT_TWICE, key, 0)[0] for key in keys]
    world.regime["push_down"] = share = min(u for u in pushed if u >= times)
    tally = np.zeros(len(EVENTS), np.int32)
    gone = [is_pushed_down(world, d, 2, tally, PUSHED_DOWN) for d in range(cases)]
    assert gone == [u < share for u in pushed] and any(gone)
    for d in range(cases):
        count_twice(world, d, 1, 0, tally, RECORDED_TWICE, PERSONS_TWICE)
    assert tally[event("recorded_twice_letter_county")] == sum(times + u >= 1 for u in twice) > 0


@pytest.mark.parametrize(("times", "mean"), [(0.0, 0.0), (1.0, 1.0), (0.25, 0.25), (1.75, 1.75), (2.0, 2.0)])
@pytest.mark.parametrize("is_repeat", [False, True])
def test_double_counting_records_again_at_every_level_below(times: float, mean: float, is_repeat: bool) -> None:
    cases = 1_000
    world = first_day(double_counting=times)
    open_disputes(world, cases, channel=ONLINE, entries=2)
    for level in range(4):
        tally = np.zeros(len(EVENTS), np.int32)
        for d in range(cases):
            events = (REPEAT_RECORDED_TWICE, REPEAT_PERSONS_TWICE) if is_repeat else (RECORDED_TWICE, PERSONS_TWICE)
            count_twice(world, d, level, 3, tally, *events)
        name = "repeat_recorded_twice_online" if is_repeat else "recorded_twice_online"
        got = [int(tally[event(f"{name}_{below}")]) for below in ("county", "city", "province")]
        persons = [int(tally[event(f"{name[:-6]}persons_{below}")]) for below in ("county", "city", "province")]
        assert persons == [3 * records for records in got]
        assert sum(got) + sum(persons) == tally.sum()
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
        (Opponent.COUNTY_GOVERNMENT, 1, (0, 0), (0, 0), False),  # nobody anywhere
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
    world = first_day()._replace(city=1)
    open_disputes(world, 1, opponent=opponent)
    world.villages["county"][world.first_village] = 2
    county = world.townships + 2
    city = world.townships + world.counties + world.city
    world.centres["is_working"][city] = is_working
    rows = {True: pool_of_centre(city, MediationKind.PETITION), False: pool_of_centre(county, MediationKind.PETITION)}
    for row, (queued, handlers) in ((rows[True], at_city), (rows[False], at_county)):
        world.pools["queued"][row], world.pools["mediators"][row] = queued, handlers
    assert _handling_pool(world, 0) == rows[goes_to_city]


def petition(behaviour: Behaviour = NEUTRAL, **values: float) -> World:
    """A petition online to the province against a county's government, which is entitled to it: all is registered."""
    world = first_day(behaviour, registration=1.0, online_channel=0.5)
    world.behaviour["visit_share"] = 0.0
    usual = {"kind": KIND, "stage": Stage.AGGRIEVED, "opponent": Opponent.COUNTY_GOVERNMENT, "severity": 0.5}
    usual |= {"forum": Forum.PETITION_PROVINCE, "online": 0.4, "department": NO_DEPARTMENT, "felt_on": TODAY}
    open_disputes(world, 1, **(usual | values))
    for name in ("presented", "registered", "accepted", "in_process"):
        world.offices[name] = 0
    world.centres["is_working"][world.townships + world.counties + world.city] = 0
    world.counts[:] = 0
    world.state["outcomes"] = 0
    return world


def booked(world: World) -> dict[str, int]:
    """What the ledger has counted in the month, all of it of the matter's county and kind."""
    tally = world.counts[world.first_county, MONTH, KIND]
    assert tally.sum() == world.counts.sum()
    return {EVENTS[number]: int(tally[number]) for number in np.flatnonzero(tally)}


def of_office(world: World, level: int) -> list[int]:
    """Presented, registered, accepted and in process at a level's office, where all offices together have no more."""
    names = ["presented", "registered", "accepted", "in_process"]
    office = world.offices[office_of(level, world.first_county, world.city, world.counties, world.cities)]
    of_one = [int(office[name]) for name in names]
    assert of_one == [int(world.offices[name].sum()) for name in names]
    return of_one


@compiled_once
def _present(world, d, today, month):
    return present(world, d, today, month)


@compiled_once
def _repeat(world, d, today, month):
    present_repeat(world, d, today, month)


@pytest.mark.parametrize(("before", "ordinal"), [(0, 1), (1, 2), (10, 11), (11, 12), (12, 12), (255, 12)])
@pytest.mark.parametrize("suits", [0, 1, 2])
def test_a_petitioner_has_petitioned_so_often_and_a_suit_behind(before: int, ordinal: int, suits: int) -> None:
    failures = np.zeros(len(Forum), np.uint8)
    failures[[Forum.COURT, Forum.COUNTY]] = suits, 9
    tally = np.zeros(len(EVENTS), np.int32)
    count_history.py_func(SimpleNamespace(presentations=before, failures=failures), 2, tally)
    assert tally[event("presented_after_suit_province")] == (suits > 0)
    assert tally[event(f"presented_ordinal_{ordinal}")] == 1
    assert tally.sum() == (suits > 0) + 1


def test_an_accepted_petition_is_booked_and_on_its_way_down() -> None:
    world = petition(presentations=4, match=9, answer=Answer.MISSING, registered_twice=1)
    world.disputes["failures"][0, Forum.COURT] = 1
    world.behaviour["repeats"] = 1.0
    assert _present(world, 0, TODAY, MONTH) is False
    once = ("presented_online_province", "presented_after_suit_province", "presented_ordinal_5")
    once += ("registered_online_province", "accepted_province", "handed_down_to_county", "handed_down_to_city")
    assert booked(world) == dict.fromkeys(once, 1) and of_office(world, 2) == [1, 1, 1, 1]
    dispute = world.disputes[0]
    key, pool = dispute["key"], pool_of_centre(world.townships + world.first_county, MediationKind.PETITION)
    repeats = chance.quad(world.seed, Purpose.REPEAT, key, 2)[0]
    routed = TODAY + 1 + int(30 * chance.uniform(world.seed, Purpose.ROUTE, key, 3))
    expected = {"accepted_on": TODAY, "answer": Answer.NOT_NEEDED, "registered_twice": 0, "pool": pool}
    expected |= {"stage": Stage.ON_THE_WAY, "phase": Phase.INTAKE, "due": routed, "since": TODAY, "channel": ONLINE}
    expected |= {"repeat_on": TODAY + int(np.ceil(-np.log(1 - repeats) * 60)), "presentations": 5, "entries": 3}
    assert {name: int(dispute[name]) for name in expected} == expected
    assert dispute["match"] == np.float32(world.kinds["fit"][KIND, MediationKind.PETITION])
    assert dispute["grievance"] == 0


@pytest.mark.parametrize(
    ("city_tier", "is_working", "on_the_way"), [(1.0, 1, ["city"]), (1.0, 0, ["county", "city"]), (0.0, 0, ["county"])]
)
def test_every_level_on_the_way_down_has_it_on_its_desk(city_tier: float, is_working: int, on_the_way: list) -> None:
    world = petition()
    world.regime["city_tier"] = city_tier
    centre = world.townships + world.counties + world.city
    world.centres["is_working"][centre] = is_working
    world.pools["queued"][pool_of_centre(centre, MediationKind.PETITION)] = 0
    world.pools["mediators"][pool_of_centre(centre, MediationKind.PETITION)] = 1
    _present(world, 0, TODAY, MONTH)
    handed_down = {f"handed_down_to_{level}": 1 for level in on_the_way}
    assert {name: count for name, count in booked(world).items() if name.startswith("handed")} == handed_down


def test_who_has_no_online_access_writes_or_comes() -> None:
    for online, channel in ((0.4, "online"), (0.5, "letter")):
        world = petition(online=online)
        world.behaviour["letter_share"] = 1.0
        _present(world, 0, TODAY, MONTH)
        assert booked(world)[f"presented_{channel}_province"] == 1


def test_what_is_not_registered_fails() -> None:
    world = petition()
    world.regime["registration"], world.regime["push_down"], world.behaviour["refusal_grievance"] = 0.0, 1.0, 0.25
    assert _present(world, 0, TODAY, MONTH) is False
    assert booked(world) == dict.fromkeys(
        ("presented_online_province", "presented_ordinal_1", "not_accepted_province"), 1
    )
    dispute = world.disputes[0]
    assert of_office(world, 2) == [1, 0, 0, 0] and dispute["failures"][Forum.PETITION_PROVINCE] == 1
    assert (dispute["stage"], dispute["grievance"], dispute["accepted_on"]) == (Stage.AGGRIEVED, 0.25, -1)


@pytest.mark.parametrize("is_visit", [False, True])
def test_what_is_pushed_down_is_in_no_register_of_the_level(is_visit: bool) -> None:
    world = petition()
    world.regime["push_down"], world.behaviour["visit_share"] = 1.0, float(is_visit)
    world.behaviour["refusal_grievance"], world.behaviour["hand_off_grievance"] = 0.25, 0.125
    _present(world, 0, TODAY, MONTH)
    channel = "visit" if is_visit else "online"
    also = ("presented_ordinal_1",)
    also += ("presented_persons_province", "pushed_down_persons_county") if is_visit else ()
    once = (f"presented_{channel}_province", *also, f"pushed_down_{channel}_county", "not_accepted_province")
    assert booked(world) == dict.fromkeys(once, 1)
    assert of_office(world, 2) == [1, 0, 0, 0] and world.disputes["grievance"][0] == 0.375


def test_who_skips_levels_is_accepted_by_the_chance_of_the_level() -> None:
    world = petition(opponent=Opponent.COUNTY_AGENCY)
    accept = chance.quad(world.seed, Purpose.PRESENT, world.disputes["key"][0], 1)[2]
    for share, accepted in ((accept, 0), (np.nextafter(accept, 1), 1)):  # a draw of just the chance is turned away
        world = petition(opponent=Opponent.COUNTY_AGENCY)
        world.regime["acceptance_ineligible"] = (1.0, 1.0, share, 0.0)
        _present(world, 0, TODAY, MONTH)
        counted = booked(world)
        assert counted["skip_level_province"] == 1 and counted["registered_online_province"] == 1
        assert (counted.get("accepted_province", 0), counted.get("not_accepted_province", 0)) == (
            accepted,
            1 - accepted,
        )
        assert of_office(world, 2) == [1, 1, accepted, accepted]


def test_a_registered_petition_is_recorded_again_below_under_double_counting() -> None:
    world = petition()
    world.regime["double_counting"] = 1.0
    _present(world, 0, TODAY, MONTH)
    recorded = {"recorded_twice_online_county": 1, "recorded_twice_online_city": 1}
    assert recorded.items() <= booked(world).items()


@pytest.mark.parametrize("is_accepted", [True, False])
def test_what_a_county_concedes_is_over_however_the_petition_fared(is_accepted: bool) -> None:
    world = petition(replace(NEUTRAL, concessions=Concessions(concession=1)), presentations=9)
    for name, value in (("weight_recorded", 1), ("pass_through", 2), ("stability_fund", 1e9)):
        world.regime[name] = value
    world.regime["registration"] = float(is_accepted)
    world.behaviour["concession"] = 10.0  # surely
    assert _present(world, 0, TODAY, MONTH) is False
    counted = booked(world)
    assert counted["conceded_province"] == 1 and counted.get("accepted_province", 0) == is_accepted
    assert world.disputes["stage"][0] == Stage.FREE and world.state["outcomes"][0] == 1  # what the village learns
    assert world.disputes["grievance"][0] == 0


def test_all_of_a_cause_come_with_the_one_who_visits() -> None:
    world = first_day(replace(NEUTRAL, causes=Causes(groups=1, join=1, representatives_kept=0)), registration=1.0)
    cause_of(world, 6)
    world.behaviour["visit_share"] = 1.0
    world.regime["online_channel"] = 5.0
    _present(world, 0, TODAY, MONTH)
    persons = {"presented_persons_county": 6, "registered_persons_county": 6, "joint_visit_county": 1}
    assert persons.items() <= booked(world).items() and booked(world)["presented_visit_county"] == 1
    assert (world.disputes["stage"][1:6] == Stage.CARRIED).all()


@pytest.mark.parametrize("is_repeat", [False, True])
@pytest.mark.parametrize(
    ("stress", "registered", "elsewhere"),
    [
        ({"push_down": 1.0}, 0, {"pushed_down_persons_county": 6}),
        ({"double_counting": 2.0}, 6, {"recorded_twice_persons_county": 12, "recorded_twice_persons_city": 12}),
    ],
)
def test_wrong_registers_have_all_who_came(
    stress: dict[str, float], registered: int, elsewhere: dict[str, int], is_repeat: bool
) -> None:
    causes = Causes(groups=1, join=1, representatives_kept=0)
    world = first_day(replace(NEUTRAL, causes=causes), registration=1.0, online_channel=5.0)
    cause_of(world, 6)
    world.disputes["forum"][0], world.behaviour["visit_share"] = Forum.PETITION_PROVINCE, 1.0
    world.disputes["opponent"][:6] = Opponent.COUNTY_GOVERNMENT
    if is_repeat:
        _present(world, 0, TODAY, MONTH)
        assert booked(world)["accepted_province"] == 1
        world.counts[:] = 0
    for name, value in stress.items():
        world.regime[name] = value
    (_repeat if is_repeat else _present)(world, 0, TODAY, MONTH)
    first = "repeat_" if is_repeat else ""
    counted = {name: count for name, count in booked(world).items() if "persons" in name}
    expected = {"presented_persons_province": 6, "registered_persons_province": registered} | elsewhere
    assert counted == {f"{first}{name}": count for name, count in expected.items() if count}


@pytest.mark.parametrize(
    ("forum", "visits", "offered"),
    [(Forum.PETITION_COUNTY, True, True), (Forum.PETITION_COUNTY, False, False), (Forum.PETITION_CITY, True, False)],
)
def test_mediation_is_offered_first_to_who_comes_to_the_county(forum: Forum, visits: bool, offered: bool) -> None:
    world = petition(forum=forum)
    world.behaviour["visit_share"], world.behaviour["offer_taken"] = float(visits), 1.0
    world.regime["petition_inside"] = 1.0
    world.centres["is_working"][world.townships + world.first_county] = 1
    assert _present(world, 0, TODAY, MONTH) is offered
    counted = booked(world)
    if offered:
        assert counted == {"mediation_offered": 1, "mediation_taken": 1} and of_office(world, 0) == [0, 0, 0, 0]
        assert world.disputes["presentations"][0] == 0
    else:
        assert "mediation_offered" not in counted and world.disputes["accepted_on"][0] == TODAY


def test_every_level_above_the_county_obtains_answers() -> None:
    world = petition(department=0)
    u = chance.quad(world.seed, Purpose.LEVERAGE, world.disputes["key"][0], 0)[0]
    for share, answered in ((u, False), (u + 1e-9, True)):  # 1 − (1 − u) is u to the last of its 32 bits
        world.behaviour["answer_leverage"] = share
        assert is_answered_from_above(world, 0, 1) == answered
    world.disputes["department"] = NO_DEPARTMENT
    assert is_answered_from_above(world, 0, 1) is False
    for part, answered in ((0.999, 0), (1.001, 1)):  # of what both levels together need
        world = petition(department=0)
        u = chance.quad(world.seed, Purpose.LEVERAGE, world.disputes["key"][0], 1)[0]
        world.behaviour["answer_leverage"] = 1 - np.sqrt(1 - part * u)
        _present(world, 0, TODAY, MONTH)
        assert booked(world).get("petition_answered", 0) == answered
        assert world.disputes["answer"][0] == (Answer.GIVEN if answered else Answer.NOT_NEEDED)


@pytest.mark.parametrize(
    ("opponent", "kind", "u", "share"),
    [
        (Opponent.PEER, "debt", 0.29, 0.0),
        (Opponent.PEER, "debt", 0.3, 1.0),
        (Opponent.PEER, "administration", 0.0, 1.0),
        (Opponent.COUNTY_AGENCY, "debt", 0.0, 1.0),
    ],
)
def test_petitions_against_peers_go_back_to_the_law(opponent: Opponent, kind: str, u: float, share: float) -> None:
    world = petition(opponent=opponent, kind=DISPUTE_KINDS.index(kind), forum=Forum.PETITION_COUNTY)
    world.kinds["court_takes"] = [name != "administration" for name in DISPUTE_KINDS]
    world.behaviour["returned_to_law"] = 0.3
    tally = np.zeros(len(EVENTS), np.int32)
    given = acceptance_chance(world, world.disputes[0], 0, tally, world.behaviour[0], world.regime[0], u)
    assert given == share
    assert tally[event("returned_to_legal_channel")] == tally.sum() == 1 - share


@pytest.mark.parametrize(("repeats", "severity", "rate"), [(0.5, 0.75, 0.0125), (3e-11, 0.5, 5e-13), (0.0, 0.5, 0.0)])
def test_the_next_repeat_comes_by_what_is_at_stake(repeats: float, severity: float, rate: float) -> None:
    world = petition(severity=severity, repeat_on=5)
    world.behaviour["repeats"] = repeats
    u = chance.quad(world.seed, Purpose.REPEAT, world.disputes["key"][0], 1)[0]
    schedule_repeat(world, 0, TODAY, world.behaviour[0])
    days = min(1_000_000, np.ceil(-np.log(1 - u) / rate)) if rate else NEVER - TODAY
    assert world.disputes["repeat_on"][0] == TODAY + days


@pytest.mark.parametrize(
    ("forum", "is_above", "level"),
    [
        (Forum.PETITION_COUNTY, True, "city"),
        (Forum.PETITION_COUNTY, False, "county"),
        (Forum.PETITION_NATION, True, "nation"),
    ],
)
@pytest.mark.parametrize("is_visit", [True, False])
def test_a_repeat_is_booked_at_its_level_and_another_one_planned(
    forum: Forum, is_above: bool, level: str, is_visit: bool
) -> None:
    values = {"stage": Stage.IN_WORK, "phase": Phase.WORK, "due": NEVER, "accepted_on": 50, "presentations": 1}
    world = petition(forum=forum, channel=VISIT if is_visit else ONLINE, grievance=0.5, **values)
    world.disputes["felt_on"] = TODAY - 365
    higher = chance.quad(world.seed, Purpose.REPEAT, world.disputes["key"][0], 1)[0]
    world.behaviour["repeat_higher"] = np.nextafter(higher, 1) if is_above else higher
    world.behaviour["repeats"], world.behaviour["grievance_half_life"] = 1.0, 365.0
    _repeat(world, 0, TODAY, MONTH)
    channel = "visit" if is_visit else "online"
    once = (f"repeat_presented_{channel}_{level}", f"repeat_registered_{channel}_{level}")
    once += ("presented_ordinal_2",)
    if is_visit:
        once += (f"repeat_presented_persons_{level}", f"repeat_registered_persons_{level}")
    assert booked(world) == dict.fromkeys(once, 1)
    assert of_office(world, PETITION_LEVELS.index(level)) == [1, 1, 0, 0]
    dispute = world.disputes[0]
    u = chance.quad(world.seed, Purpose.REPEAT, dispute["key"], 2)[0]
    assert dispute["repeat_on"] == TODAY + np.ceil(-np.log(1 - u) * 30 / 0.75)
    assert (dispute["grievance"], dispute["felt_on"], dispute["presentations"]) == (0.25, TODAY, 2)
    assert dispute["bucket"] >= 0 and dispute["forum"] == forum


@pytest.mark.parametrize(("registration", "pushed"), [(1.0, 1), (0.0, 0)])
def test_repeats_are_pushed_down_and_unregistered_too(registration: float, pushed: int) -> None:
    world = petition(channel=ONLINE, accepted_on=50)
    world.regime["registration"], world.regime["push_down"], world.regime["double_counting"] = registration, 1.0, 1.0
    _repeat(world, 0, TODAY, MONTH)
    counted = booked(world)
    assert counted.pop("repeat_pushed_down_online_county", 0) == pushed
    assert counted == {"repeat_presented_online_province": 1, "presented_ordinal_1": 1}
    assert of_office(world, 2) == [1, 0, 0, 0]


def test_repeats_are_recorded_again_below_under_double_counting() -> None:
    world = petition(channel=LETTER, accepted_on=50)
    world.regime["double_counting"] = 1.0
    _repeat(world, 0, TODAY, MONTH)
    names = ("repeat_presented_letter_province", "repeat_registered_letter_province")
    names += ("repeat_recorded_twice_letter_county", "repeat_recorded_twice_letter_city", "presented_ordinal_1")
    assert booked(world) == dict.fromkeys(names, 1)


def test_what_a_county_concedes_to_a_repeat_comes_no_more() -> None:
    world = petition(replace(NEUTRAL, concessions=Concessions(concession=1)), channel=ONLINE, presentations=9)
    for name, value in (("weight_recorded", 1), ("pass_through", 2), ("stability_fund", 1e9)):
        world.regime[name] = value
    world.behaviour["concession"] = 10.0
    _repeat(world, 0, TODAY, MONTH)
    assert world.disputes["stage"][0] == Stage.FREE and world.disputes["bucket"][0] == -1
    assert world.disputes["repeat_on"][0] == NEVER


def test_what_a_county_tries_on_its_own_is_not_the_rule_of_its_city() -> None:
    world = petition()
    world.regime["push_down"], world.regime["double_counting"] = 1.0, 1.0
    others = {"online_channel": 0, "registration": 0, "push_down": 0, "double_counting": 0, "city_tier": 0}
    _present(beside_another(world, **others), 0, TODAY, MONTH)
    once = ("presented_online_province", "presented_ordinal_1", "pushed_down_online_county", "not_accepted_province")
    assert booked(world) == dict.fromkeys(once, 1)
    world = petition(forum=Forum.PETITION_COUNTY, channel=ONLINE, accepted_on=50)
    world.regime["double_counting"], world.behaviour["repeat_higher"] = 1.0, 1.0
    _repeat(beside_another(world, **others), 0, TODAY, MONTH)
    once = ("repeat_presented_online_city", "repeat_registered_online_city", "presented_ordinal_1")
    assert booked(world) == dict.fromkeys((*once, "repeat_recorded_twice_online_county"), 1)
