"""Concessions: when a county gives in, what that closes and costs, and what the village makes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import chance
from sim.agenda import Phase
from sim.agents.centre import join, pool_of_centre
from sim.agents.dispute import NEVER, Forum, Opponent, Stage
from sim.agents.dispute_kind import MediationKind
from sim.agents.village import PETITIONING
from sim.behaviour import Behaviour, Causes, Concessions
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import DURATION_OUTCOMES, MONTHLY_FIGURES
from sim.phases.concede import concede, concession_chance
from sim.phases.learn import learn
from sim.phases.weigh import weigh
from sim.world import BUSY, World
from tests.neutral import NEUTRAL
from tests.sim.phases.test_together import KIND, MONTH, TODAY, cause_of, total
from tests.sim.phases.worlds import beside_another, first_day, open_disputes

COUNTY, CITY, PROVINCE, NATION = range(4)
READY = replace(NEUTRAL, concessions=Concessions(concession=1), causes=Causes(groups=1))
PRICE = READY.prices.cost_concession


@compiled_once
def _concede(world, d, level, today, month):
    return concede(world, d, level, today, month)


@compiled_once
def _chance(world, level, insistence):
    return concession_chance(world, level, insistence)


@compiled_once
def _learn(world, today, month):
    learn(world, today, month)


@compiled_once
def _weigh(world, d, today):
    weigh(world, world.disputes[d], 0, today)


def pressed(behaviour: Behaviour = READY, **levers: float) -> World:
    """Under full pressure, with money for everybody."""
    world = first_day(behaviour, **{"weight_recorded": 1, "pass_through": 1, "stability_fund": 1e9} | levers)
    world.state["outcomes"] = 0
    return world


def petitioners(world: World, number: int, **values: float) -> None:
    usual = {"kind": KIND, "opponent": Opponent.COUNTY_AGENCY, "stage": Stage.ON_THE_WAY}
    open_disputes(world, number, **(usual | values))
    world.disputes["due"][:number], world.disputes["presentations"][:number] = NEVER, 4
    world.counts[:] = 0


@pytest.mark.parametrize(
    ("concession", "weight", "passed", "level", "insistence", "expected"),
    [
        (1, 1, 1, NATION, 5, 1),
        (0.4, 1, 1, NATION, 5, 0.4),
        (1, 0.5, 0.8, NATION, 9, 0.4),
        (1, 2, 1, PROVINCE, 5, 0.7),
        (1, 1, 1, CITY, 5, 0.3),
        (1, 1, 1, NATION, 2, 0.4),
        (0.5, 0.5, 0.8, PROVINCE, 2, 0.5 * 0.4 * 0.7 * 0.4),
        (1, 0, 1, NATION, 5, 0),
        (1, 1, 1, COUNTY, 5, 0),
    ],
)
def test_the_law_by_hand(concession, weight, passed, level, insistence, expected) -> None:
    world = pressed(weight_recorded=weight, pass_through=passed)
    world.behaviour["concession"] = concession
    assert _chance(world, level, insistence) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("level", "opponent", "share"),
    [
        (NATION, Opponent.COUNTY_AGENCY, 0.5),
        (PROVINCE, Opponent.ORGANISATION, 0.35),
        (CITY, Opponent.COUNTY_GOVERNMENT, 0.15),
        (NATION, Opponent.PEER, 0),
        (COUNTY, Opponent.COUNTY_AGENCY, 0),
    ],
)
def test_the_share_that_is_conceded_what_it_costs_and_who_got_it(level, opponent, share) -> None:
    world, number = pressed(), 4000
    world.behaviour["concession"] = 0.5
    petitioners(world, number)
    world.disputes["opponent"][:number] = opponent
    given = np.array([_concede(world, d, level, TODAY, MONTH) for d in range(number)])
    assert given.mean() == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / number) + 1e-12)
    assert (world.disputes["presentations"][:number] == 5).all()
    assert not world.disputes["entries"][:number].any()  # no draw is counted
    assert ((world.disputes["stage"][:number] == Stage.FREE) == given).all()
    county, name = world.villages["county"][world.first_village], ("", "city", "province", "nation")[level]
    if name:
        assert total(world, f"conceded_{name}") == total(world, f"conceded_persons_{name}") == given.sum()
    assert world.counts.sum() == 2 * given.sum()  # no settlement, failure or closure
    assert world.governments["conceded"][county] == PRICE * given.sum()
    assert world.monthly[county, MONTH, MONTHLY_FIGURES.index("concession_yuan")] == PRICE * given.sum()


def test_more_pressure_concedes_the_same_and_some_more() -> None:
    given = []
    for weight in (0.3, 0.6):
        world = pressed(weight_recorded=weight)
        petitioners(world, 500)
        given.append({d for d in range(500) if _concede(world, d, NATION, TODAY, MONTH)})
    assert given[0] < given[1]


def test_a_fund_is_spent_to_the_last_that_it_is_enough_for() -> None:
    world = pressed()
    county = world.villages["county"][world.first_village]
    world.regime["stability_fund"] = 3.5 * PRICE / world.halls["population"][county]
    petitioners(world, 10)
    assert [bool(_concede(world, d, NATION, TODAY, MONTH)) for d in range(10)] == 3 * [True] + 7 * [False]
    world.governments["conceded"][county] = 0  # another year
    assert _concede(world, 9, NATION, TODAY, MONTH)


def led(world: World, number: int) -> None:
    """Claimants of one cause, the first of whom carries the others."""
    cause_of(world, number)
    world.disputes["stage"][1:number] = Stage.CARRIED
    world.causes["leader"][0], world.causes["matters"][0] = 0, number


def test_who_leads_is_paid_for_all_or_not_at_all() -> None:
    world = pressed()
    county = world.villages["county"][world.first_village]
    world.regime["stability_fund"] = 5.5 * PRICE / world.halls["population"][county]
    led(world, 6)
    assert not _concede(world, 0, NATION, TODAY, MONTH) and (world.disputes["stage"][1:6] == Stage.CARRIED).all()
    led(world, 5)
    world.state["free"] = 0
    outcome = DURATION_OUTCOMES.index("conceded")
    before = world.durations[:, :, 0, outcome].sum()
    assert _concede(world, 0, NATION, TODAY, MONTH)  # five claimants insist enough the first time
    assert (world.disputes["stage"][:5] == Stage.FREE).all() and world.state["free"] == 5
    assert total(world, "conceded_nation") == 1 and total(world, "conceded_persons_nation") == 5
    assert world.causes["members"][0] == 0
    assert world.durations[:, :, 0, outcome].sum() - before == 5
    assert world.governments["conceded"][county] == 5 * PRICE
    assert world.monthly[county, MONTH, MONTHLY_FIGURES.index("concession_yuan")] == 5 * PRICE


def test_whoever_leads_the_others_are_closed_too() -> None:
    world = pressed()
    led(world, 4)
    world.disputes["stage"][:4] = [Stage.CARRIED, Stage.TALKING, Stage.ON_THE_WAY, Stage.CARRIED]
    world.causes["leader"][0], world.causes["matters"][0] = 2, 3
    world.disputes["presentations"][2] = 9
    assert _concede(world, 2, NATION, TODAY, MONTH)
    assert world.disputes["stage"][:4].tolist() == [Stage.FREE, Stage.TALKING, Stage.FREE, Stage.FREE]


def test_whose_petition_is_in_work_frees_the_mediator() -> None:
    world = pressed()
    petitioners(world, 1, accepted_on=TODAY - 30, forum=9, mediator=0)
    world.disputes["stage"][0], world.disputes["phase"][0] = Stage.IN_WORK, Phase.WORK
    pool = world.mediators["pool"][0]
    world.mediators["slots"][0], world.mediators["caseload"][0] = 6, 2
    free, done = int(world.pools["free_slots"][pool]), int(world.mediators["cases_done"][0])
    busy = world.staffing[world.pools["county"][pool], world.pools["level"][pool], BUSY]
    assert _concede(world, 0, NATION, TODAY, MONTH)
    assert world.mediators["caseload"][0] == 1 and world.mediators["cases_done"][0] == done
    assert world.pools["free_slots"][pool] == free + 1
    assert world.staffing[world.pools["county"][pool], world.pools["level"][pool], BUSY] == busy - 1
    assert total(world, "petition_closed_in_time") == 1


def test_the_village_remembers_what_petitioning_bought() -> None:
    world = pressed()
    village = world.villages[world.first_village]
    county = village["county"]
    world.regime["stability_fund"] = PRICE / world.halls["population"][county]
    petitioners(world, 4)
    for d in range(4):
        _concede(world, d, NATION, TODAY, MONTH)  # the first of four
    reputation = village["reputation"].copy()
    _learn(world, TODAY, MONTH)
    kept = np.exp(-4 / world.behaviour["reputation_memory"][0])
    assert village["lesson"] == pytest.approx((1 - kept) / 4, rel=1e-6)
    assert (village["reputation"] == reputation).all()  # peace bought is no forum's good name
    petitioners(world, 1)
    _concede(world, 0, NATION, TODAY, MONTH)  # refused: the lesson fades
    _learn(world, TODAY, MONTH)
    assert village["lesson"] == pytest.approx((1 - kept) / 4 * np.exp(-1 / world.behaviour["reputation_memory"][0]))


def test_a_lesson_draws_to_offices_above_the_county_and_keeps_people_going() -> None:
    world = first_day(replace(NEUTRAL, concessions=Concessions(weight_lesson=4), weight_fatigue=0.5))
    petitioners(world, 1, attempts=3)
    world.appeal[:] = world.confidence[:] = 0.0
    utilities = []
    for lesson in (0.0, 0.25):
        world.villages["lesson"][world.first_village] = lesson
        _weigh(world, 0, TODAY)
        utilities.append(world.choice[:10, 0].copy())
    gained = utilities[1] - utilities[0]
    less_tired = 0.5 * 3 * 0.25
    assert gained[1:7] == pytest.approx([less_tired] * 6, abs=1e-6)
    assert gained[7:] == pytest.approx([less_tired + 4 * 0.25] * 3, abs=1e-6)


def certain(level: int = NATION, number: int = 1, **values: float) -> World:
    """Petitioners to whom everything is conceded."""
    world = pressed()
    petitioners(world, number, **values)
    assert _chance(world, level, 5) == 1
    return world


def test_pressure_and_readiness_are_whole_at_most() -> None:
    world = beside_another(pressed(weight_recorded=3), weight_recorded=0.0)
    world.behaviour["concession"] = 0.5
    assert _chance(world, NATION, 5) == _chance(world, NATION, 50) == 0.5
    world.behaviour["concession"] = 3.0
    assert _chance(world, NATION, 5) == 1.0


def test_each_petition_by_its_draw() -> None:
    """Drawn anew each time that somebody comes; a draw of just the chance is beyond it."""
    world = pressed()
    petitioners(world, 60)
    world.disputes["presentations"][:60] = np.arange(60) % 4 + 4
    world.behaviour["concession"] = 0.09
    u = [
        chance.uniform(world.seed, Purpose.CONCEDE, row["key"], row["presentations"] + 1)
        for row in world.disputes[:60]
    ]  # fmt: skip
    given = [bool(_concede(world, d, NATION, TODAY, MONTH)) for d in range(60)]
    assert given == [each < 0.09 for each in u] and 0 < sum(given) < 60
    world = pressed()
    petitioners(world, 1)
    world.behaviour["concession"] = chance.uniform(world.seed, Purpose.CONCEDE, world.disputes["key"][0], 5)
    assert not _concede(world, 0, NATION, TODAY, MONTH)


@pytest.mark.parametrize(
    ("concession", "level", "opponent", "hears"),
    [
        (1, NATION, Opponent.COUNTY_AGENCY, 1),
        (0, NATION, Opponent.COUNTY_AGENCY, 0),
        (1, COUNTY, Opponent.COUNTY_AGENCY, 0),
        (1, CITY, Opponent.PEER, 0),
    ],
)
def test_a_village_hears_of_what_may_be_conceded_alone(concession, level, opponent, hears) -> None:
    world = certain(opponent=opponent)
    world.behaviour["concession"] = concession
    assert _concede(world, 0, level, TODAY, MONTH) == hears
    assert world.state["outcomes"][0] == hears and world.disputes["presentations"][0] == 5
    if hears:
        lesson = world.outcomes[0]
        assert (lesson["trust"], lesson["forum"], lesson["is_success"]) == (-1, PETITIONING, 1)


def test_a_fund_that_is_just_enough_is_enough() -> None:
    world = beside_another(certain(number=3), stability_fund=0.0)
    county = world.villages["county"][world.first_village]
    world.halls["population"][county] = 1024
    world.regime["stability_fund"][0] = 2 * PRICE / 1024
    assert [bool(_concede(world, d, NATION, TODAY, MONTH)) for d in range(3)] == [True, True, False]


def test_others_stay_as_they_are() -> None:
    world = certain(number=4)
    others = world.disputes[[0, 1, 3]].tobytes()
    assert _concede(world, 2, PROVINCE, TODAY, MONTH)
    assert world.disputes[[0, 1, 3]].tobytes() == others
    assert world.disputes["stage"][2] == Stage.FREE and world.disputes["phase"][2] == Phase.INTAKE


def test_who_waits_in_a_queue_leaves_it() -> None:
    world = certain(stage=Stage.QUEUED, accepted_on=0, forum=Forum.PETITION_CITY)
    world.disputes["deadline"][0] = TODAY - 1
    pool = pool_of_centre(world.townships + world.first_county, MediationKind.PEOPLE)
    for name, empty in (("head", -1), ("tail", -1), ("queued", 0)):
        world.pools[name][pool] = empty
    join(world.pools, pool, world.disputes, 0, TODAY - 9)
    assert _concede(world, 0, NATION, TODAY, MONTH)
    assert (world.pools["head"][pool], world.pools["queued"][pool]) == (-1, 0)
    assert world.work[world.pools["county"][pool], MONTH, world.pools["level"][pool]].sum() == 9  # days it waited
    assert total(world, "petition_closed_late") == 1


def test_what_is_conceded_stops_its_clocks_and_leaves_its_cause_and_its_anger_behind() -> None:
    world = pressed()
    world.behaviour["grievance_half_life"], world.behaviour["offence_rate"] = 30.0, 1e3
    cause_of(world, 3)
    world.disputes["stage"][:3], world.disputes["presentations"][:3] = Stage.ON_THE_WAY, 9
    world.disputes["grievance"][:3] = 1.0
    world.disputes["reached_on"][:3] = -1
    world.durations[:] = 0
    assert _concede(world, 0, NATION, TODAY, MONTH)
    assert (world.causes["open"][0], world.causes["members"][0], world.causes["leader"][0]) == (2, 2, -1)
    assert world.durations[..., DURATION_OUTCOMES.index("conceded"), :].sum() == world.durations.sum() == 1
    assert total(world, "offence") > 0
