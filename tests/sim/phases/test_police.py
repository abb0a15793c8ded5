"""The police: how often they are called, what comes of it, and what is booked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import chance
from sim.agenda import Phase
from sim.agents.dispute import Forum, Origin, Stage
from sim.agents.resident import LOCAL
from sim.behaviour import Police
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import DISPUTE_KINDS, GROUP_FIGURES, MONTHLY_FIGURES, event
from sim.phases.police import count_other_calls, police_end_it
from sim.phases.settle import end_talk, relapse
from sim.world import World
from tests.neutral import NEUTRAL
from tests.sim.phases.worlds import first_day, open_disputes

NUMBER, TODAY, MONTH = 4000, 3, 0
CALLS, SPOT, HOLDS, RATE = 1.2, 0.8, 0.5, 1.5
SEVERITY = 0.4
CALLED = 1 - np.exp(-CALLS * SEVERITY)


@compiled_once
def _call(world, number, today, month, ended):
    for d in range(number):
        ended[d] = police_end_it(world, d, today, month)


@compiled_once
def _end_talks(world, number, today, month):
    for d in range(number):
        end_talk(world, d, today, month)


@compiled_once
def _relapse(world, d, today, month):
    relapse(world, d, today, month)


@compiled_once
def _count_other_calls(world, today, month):
    count_other_calls(world, today, month)


def quarrels(kind: str = "neighbour", stage: Stage = Stage.LATENT, many: int = NUMBER, **given: float) -> World:
    """Many quarrels of a kind whose claimants' patience ends today."""
    police = {"police_calls": CALLS, "police_spot": SPOT, "police_holds": HOLDS}
    of_police = {name: given.pop(name) for name in tuple(given) if name.startswith("police_")}
    world = first_day(replace(NEUTRAL, police=Police(**{**police, **of_police}), **given))
    open_disputes(world, many, kind=DISPUTE_KINDS.index(kind), severity=SEVERITY, stage=stage, reached_on=-1)
    world.counts[:] = world.durations[:] = world.groups[:] = 0
    world.state["outcomes"] = 0
    return world


def called(world: World) -> np.ndarray:
    """Whether the police ended it, by dispute; all of them get the occasion to call."""
    many = int(world.state["used"][0])
    ended = np.zeros(many, np.bool_)
    _call(world, many, TODAY, MONTH, ended)
    return ended


def draws(world: World) -> np.ndarray:
    """Of each quarrel: whether its claimant calls, what comes of it, whether it is passed on, and when it breaks."""
    keys = world.disputes["key"][: int(world.state["used"][0])]
    return np.array([chance.quad(world.seed, Purpose.POLICE, key, TODAY) for key in keys]).T


def link(world: World, share: float) -> None:
    """The township of the city's first village has a centre that works and takes this share."""
    centre = world.centres[int(world.villages["township"][world.first_village]) :][:1]
    centre["is_built"] = centre["is_working"] = 1
    world.regime["police_linkage"] = share


def number(world: World, name: str) -> int:
    return int(world.counts[..., event(name)].sum())


def near(share: float, of: int = NUMBER) -> object:
    return pytest.approx(share, abs=4 * (share * (1 - share) / of) ** 0.5)


@pytest.mark.parametrize(
    ("kind", "heat"), [("neighbour", 1), ("injury", 1), ("debt", 0.7), ("labour", 0.5), ("land", 0.2)]
)
def test_calls_grow_with_heat_and_severity(kind: str, heat: float) -> None:
    world = quarrels(kind)
    called(world)
    assert number(world, "police_called") / NUMBER == near(1 - np.exp(-CALLS * heat * SEVERITY))


def test_each_quarrel_by_its_own_draws() -> None:
    world = quarrels("debt", Stage.AGGRIEVED, 200, relapse_rate=RATE)
    world.disputes["forum"], world.disputes["phase"] = Forum.VILLAGE, Phase.CLAIM
    link(world, 0.25)
    reported = int(world.villages["reported"][world.first_village])
    calls, outcome, passes, breaks = draws(world)
    ended = called(world)
    calling = calls < 1 - np.exp(-CALLS * 0.7 * SEVERITY)  # debts are less heated
    settled = calling & (outcome < SPOT)
    holding = settled & (outcome < SPOT * HOLDS * (1 - np.float32(SEVERITY)))
    late = settled & (-np.log(1 - breaks) / RATE > 1)
    passed = calling & ~settled & (passes < 0.25)
    assert holding.sum() > 5 and (late & ~holding).any() and passed.any()
    assert (ended == (settled | passed)).all()
    rows = world.disputes[:200]
    assert ((rows["stage"] == Stage.RELAPSING) == (settled & ~holding & ~late)).all()
    assert ((rows["stage"] == Stage.FREE) == (holding | settled & late)).all()
    assert ((rows["stage"] == Stage.ON_THE_WAY) == passed).all()
    assert (rows["entries"] == settled).all()
    assert (rows["phase"] == np.where(settled, Phase.SETTLE, np.where(passed, Phase.INTAKE, Phase.CLAIM))).all()
    assert (rows["forum"] == np.where(settled, Forum.NOTHING, np.where(passed, Forum.TOWNSHIP, Forum.VILLAGE))).all()
    assert (rows["due"][passed] == TODAY + 1).all() and (rows["since"][passed] == TODAY).all()
    assert (rows["origin"][passed] == Origin.POLICE).all()
    assert int(world.villages["reported"][world.first_village]) == reported + passed.sum()
    booked = {"called": calling, "settled": settled, "passed": passed, "durable": holding | settled & late}
    for name, whose in booked.items():
        assert number(world, f"police_{name}") == whose.sum(), name
    assert number(world, "chose_township") == passed.sum() and number(world, "first_police") == 0


def test_who_has_chosen_nothing_before_is_settled_first_and_a_few_calls_are_calls() -> None:
    """Of the worst quarrels a twentieth call at a readiness of 0.05."""
    world = quarrels(many=150, police_calls=0.05)
    world.disputes["severity"] = 1.0
    ended = called(world)
    calls, outcome, _, _ = draws(world)
    calling = calls < 1 - np.exp(-0.05)
    assert ended.sum() == (calling & (outcome < SPOT)).sum() > 3
    assert police_end_it(world, int(np.flatnonzero(~calling)[0]), TODAY, MONTH) is False
    world.behaviour["police_calls"] = 0.0
    assert police_end_it(world, 0, TODAY, MONTH) is False
    assert number(world, "first_police") == number(world, "police_settled") == ended.sum()


def test_a_draw_of_just_the_share_is_beyond_it() -> None:
    ready = {"many": 50, "police_calls": 2.0, "relapse_rate": 2.5}
    world = quarrels(**ready)
    world.disputes["severity"] = 0.5
    calls, outcomes, _, breaks = draws(world)
    world.disputes[:1] = world.disputes[np.flatnonzero((calls < 0.6) & (outcomes < 0.4) & (breaks < 0.5))[0]]
    world.state["used"] = 1
    world.behaviour["police_spot"] = 1.0
    _, outcome, passes, _ = draws(world)[:, 0]
    as_new = world.disputes[:1].copy()
    world.behaviour["police_holds"] = 2 * outcome  # times the half of what is not severe
    assert called(world)[0] and world.disputes["stage"][0] == Stage.RELAPSING
    world.disputes[:1] = as_new
    world.behaviour["police_holds"] = np.nextafter(2 * outcome, 1)
    assert called(world)[0] and world.disputes["stage"][0] == Stage.FREE
    world.disputes[:1] = as_new
    world.behaviour["police_spot"] = outcome
    link(world, passes)
    assert not called(world)[0]
    link(world, np.nextafter(passes, 1))
    world.centres["is_working"] = 0
    assert police_end_it(world, 0, TODAY, MONTH) is False
    world.centres["is_working"] = 1
    assert called(world)[0] and world.disputes["stage"][0] == Stage.ON_THE_WAY


def test_without_severity_nobody_calls_and_at_zero_nobody_does() -> None:
    for world in (quarrels(), quarrels(police_calls=0)):
        if world.behaviour["police_calls"][0] > 0:
            world.disputes["severity"] = 0
        before = world.disputes.tobytes()
        assert not called(world).any()
        assert world.disputes.tobytes() == before and not world.counts.any()


def test_who_is_readier_calls_too_and_more_do() -> None:
    usual, ready = called(quarrels()), called(quarrels(police_calls=2))
    assert (ready[usual]).all() and ready.sum() > usual.sum() + 100


def test_settlements_hold_or_break_like_nominal_ones() -> None:
    world = quarrels(relapse_rate=RATE)
    ended = called(world)
    calls, settled = number(world, "police_called"), number(world, "police_settled")
    assert settled == ended.sum() == number(world, "first_police")
    assert settled / calls == near(SPOT, calls)
    holds = HOLDS * (1 - SEVERITY)
    durable = number(world, "police_durable")
    assert durable / settled == near(holds + (1 - holds) * np.exp(-RATE), settled)
    assert number(world, "police_nominal") == settled - durable
    relapsing = world.disputes["stage"][:NUMBER] == Stage.RELAPSING
    assert relapsing.sum() == settled - durable and (world.disputes["forum"][:NUMBER][relapsing] == Forum.NOTHING).all()
    assert (world.disputes["due"][:NUMBER][relapsing] > TODAY).all()
    assert (world.disputes["stage"][:NUMBER] == Stage.FREE).sum() == durable
    assert number(world, "closed_cases") == settled and number(world, "doors") == number(world, "trips") == 0
    figures = world.groups.sum(axis=(0, 1))[:2]  # urban and rural
    for name, booked in (("durable", durable), ("helped", durable), ("days", TODAY * durable), ("trips", 0)):
        assert figures[:, GROUP_FIGURES.index(name)].sum() == booked, name
    assert world.state["outcomes"][0] == durable
    lessons = world.outcomes[:durable]
    assert (lessons["trust"] == LOCAL).all() and (lessons["is_success"] == 1).all()


def test_who_has_chosen_before_is_none_of_those_settled_first() -> None:
    world = quarrels(stage=Stage.AGGRIEVED)
    called(world)
    assert number(world, "police_settled") > 500 and number(world, "first_police") == 0


def test_what_is_not_settled_goes_on_untouched() -> None:
    world = quarrels()
    before = world.disputes[:NUMBER].copy()
    ended = called(world)
    assert world.disputes[:NUMBER][~ended].tobytes() == before[~ended].tobytes()
    assert number(world, "police_called") > number(world, "police_settled") == ended.sum()


def test_a_centre_that_works_is_passed_its_share_of_what_is_not_settled() -> None:
    world = quarrels()
    link(world, 0.25)
    reported = int(world.villages["reported"][world.first_village])
    ended = called(world)
    calls, settled, passed = (number(world, f"police_{name}") for name in ("called", "settled", "passed"))
    assert passed / (calls - settled) == near(0.25, calls - settled)
    assert ended.sum() == settled + passed
    assert number(world, "first_township") == number(world, "chose_township") == passed
    assert int(world.villages["reported"][world.first_village]) == reported + passed
    on_the_way = world.disputes[:NUMBER][world.disputes["stage"][:NUMBER] == Stage.ON_THE_WAY]
    assert len(on_the_way) == passed
    for name, value in {"forum": Forum.TOWNSHIP, "origin": Origin.POLICE, "due": TODAY + 1, "attempts": 1}.items():
        assert (on_the_way[name] == value).all(), name


def test_without_a_centre_that_works_nothing_is_passed_on() -> None:
    world = quarrels()
    link(world, 1.0)
    world.centres["is_working"] = 0
    assert called(world).sum() == number(world, "police_settled") and number(world, "police_passed") == 0


def test_a_talk_that_fails_may_bring_the_police() -> None:
    world = quarrels(stage=Stage.TALKING, bilateral_success=0.4)
    world.disputes["forum"], world.behaviour["bilateral_success"] = Forum.BILATERAL, 0.0
    link(world, 1.0)
    _end_talks(world, NUMBER, TODAY, MONTH)
    assert number(world, "failed_bilateral") == NUMBER
    calls, settled, passed = (number(world, f"police_{name}") for name in ("called", "settled", "passed"))
    assert calls / NUMBER == near(CALLED) and settled + passed == calls
    assert number(world, "first_police") == number(world, "first_township") == 0
    stages = np.bincount(world.disputes["stage"][:NUMBER], minlength=len(Stage))
    assert stages[Stage.AGGRIEVED] == NUMBER - calls and stages[Stage.ON_THE_WAY] == passed
    assert stages[Stage.RELAPSING] + stages[Stage.FREE] == settled
    assert (world.disputes["failures"][:NUMBER, Forum.BILATERAL] == 1).all()


def test_what_breaks_has_failed_at_no_forum() -> None:
    world = quarrels(relapse_rate=RATE)
    called(world)
    d = int(np.flatnonzero(world.disputes["stage"][:NUMBER] == Stage.RELAPSING)[0])
    day = int(world.disputes["due"][d])
    world.state["outcomes"] = 0
    _relapse(world, d, day, MONTH)
    dispute = world.disputes[d]
    assert number(world, "relapsed") == 1
    assert dispute["stage"] == Stage.AGGRIEVED and dispute["claim_on"] > day
    assert dispute["failures"][Forum.BILATERAL :].sum() == 0 and dispute["attempts"] == 0
    assert dispute["grievance"] == pytest.approx(float(world.behaviour["failure_grievance"][0]))
    lesson = world.outcomes[0]
    assert (lesson["trust"], lesson["forum"], lesson["is_success"]) == (LOCAL, Forum.NOTHING, 0)


@pytest.mark.parametrize("yearly", [24.0, 0.05])
def test_other_calls_of_one_month_by_their_draws(yearly: float) -> None:
    world = quarrels(many=1, police_background=yearly)
    world.halls["population"] = 200_000 / yearly**0.5
    world.monthly[:] = 0
    first = int(np.flatnonzero(world.month_of_day == 2)[0])
    _count_other_calls(world, first + 1, 2)
    assert not world.monthly.any()
    _count_other_calls(world, first, 2)
    for county in range(world.first_county, world.last_county):
        hall = world.halls[county]
        u, v, _, _ = chance.quad(world.seed, Purpose.OTHER_CALLS, hall["code"], 2)
        mean = yearly / 12 * hall["population"] / 1000
        booked = world.monthly[county, 2, MONTHLY_FIGURES.index("police_background")]
        assert booked == chance.poisson_of_any_mean(mean, u, v) > 0
    assert (world.monthly != 0).sum() == world.last_county - world.first_county


def test_other_calls_are_poisson_and_of_a_month() -> None:
    world = quarrels(police_background=24)
    world.monthly[:] = 0
    days = len(world.month_of_day)
    for today in range(days):
        _count_other_calls(world, today, world.month_of_day[today])
    counties = slice(world.first_county, world.last_county)
    booked = world.monthly[counties, :, MONTHLY_FIGURES.index("police_background")]
    mean = 24 / 12_000 * world.halls["population"][counties]
    months = booked.shape[1]
    assert (booked == np.round(booked)).all() and len(np.unique(booked)) > 5
    assert booked.sum() == pytest.approx(months * mean.sum(), abs=4 * (months * mean.sum()) ** 0.5)
    assert booked.sum() > 0 and world.monthly.sum() == booked.sum() and not world.counts.any()
