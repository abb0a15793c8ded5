"""How a try ends: failures and when one acts again, and settlements, how long they hold and what is booked of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import chance
from sim.agenda import Phase
from sim.agents.dispute import NEVER, Forum, Opponent, Stage
from sim.agents.petition_office import ONLINE, VISIT
from sim.agents.resident import TRUST_OF_FORUM
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import DURATION_OUTCOMES, GROUP_FIGURES, event
from sim.phases.outcome import (
    close_dispute,
    conclude,
    days_to_relapse,
    doors_of,
    fail,
    return_all_later,
    return_later,
    take_failure,
    trips_of,
)
from sim.scenario import ProvinceChoice, Scenario
from sim.world import World
from tests.neutral import NEUTRAL
from tests.sim.phases.test_together import KIND, cause_of
from tests.sim.phases.worlds import first_day, open_disputes

TODAY, MONTH = 100, 3

LAST = Scenario(province=ProvinceChoice("tiny")).calendar.days - TODAY
"""Days from today to the end of the calendar."""


@compiled_once
def _conclude(world, d, today, month, breaks_after):
    conclude(world, d, today, month, breaks_after)


@compiled_once
def _fail(world, d, today, month, grievance):
    fail(world, d, today, month, grievance)


@compiled_once
def _take_failure(world, d, forum, today, grievance):
    take_failure(world, d, forum, today, grievance)


@compiled_once
def _return_later(world, d, today):
    return_later(world, d, today)


@compiled_once
def _return_all_later(world, d, today):
    return_all_later(world, d, today)


def tried(number: int = 1, late_relapse_returns: float = 0.0, **values: float) -> World:
    """Disputes that came up on day 10, reached an office on day 40 and have just been tried at the township."""
    world = first_day(replace(NEUTRAL, late_relapse_returns=late_relapse_returns))
    usual = {"kind": KIND, "stage": Stage.IN_WORK, "forum": Forum.TOWNSHIP, "opened": 10, "reached_on": 40}
    open_disputes(world, number, **(usual | {"doors": 3, "channel": VISIT} | values))
    for array in (world.counts, world.durations, world.groups):
        array[:] = 0
    world.state["outcomes"] = 0
    return world


def total(world: World, name: str) -> int:
    return int(world.counts[..., event(name)].sum())


def of_groups(world: World, name: str) -> float:
    return float(world.groups[:, :, :2, GROUP_FIGURES.index(name)].sum())  # urban and rural


def test_days_to_relapse_by_hand() -> None:
    assert days_to_relapse(1 - np.exp(-2), 0.5) == pytest.approx(4 * 365, rel=1e-12)
    assert days_to_relapse(0.5, 0.05) == pytest.approx(np.log(2) * 20 * 365, rel=1e-12)
    assert days_to_relapse(0.5, 0.0) == days_to_relapse(0.0, 0.0) == np.inf


@pytest.mark.parametrize(
    ("forum", "doors", "channel", "passed", "trips"),
    [
        (Forum.NOTHING, 3, VISIT, 0, 0),
        (Forum.VILLAGE, 0, VISIT, 1, 1),
        (Forum.TOWNSHIP, 3, ONLINE, 3, 3),
        (Forum.PETITION_COUNTY, 2, ONLINE, 2, 0),
        (Forum.PETITION_NATION, 2, VISIT, 2, 2),
    ],
)
def test_doors_and_trips(forum: Forum, doors: int, channel: int, passed: int, trips: int) -> None:
    dispute = tried(forum=forum, doors=doors, channel=channel).disputes[0]
    assert (doors_of(dispute), trips_of(dispute)) == (passed, trips)


def test_a_settlement_that_holds_is_booked_and_frees_the_row() -> None:
    world = tried()
    _conclude(world, 0, TODAY, MONTH, np.inf)
    booked = {"durable_township": 1, "closed_cases": 1, "doors": 3, "trips": 3}
    assert {name: total(world, name) for name in booked} == booked and world.counts.sum() == 8
    for name, value in {"durable": 1, "helped": 1, "days": 90, "trips": 3}.items():
        assert of_groups(world, name) == value, name
    assert world.disputes["stage"][0] == Stage.FREE
    assert world.durations[..., DURATION_OUTCOMES.index("durable"), :].sum() == world.durations.sum() == 2
    lesson = world.outcomes[0]
    assert world.state["outcomes"][0] == 1
    assert (lesson["trust"], lesson["forum"], lesson["is_success"]) == (
        TRUST_OF_FORUM[Forum.TOWNSHIP], Forum.TOWNSHIP, 1,
    )  # fmt: skip


def test_what_two_sides_agree_on_is_nobodys_case() -> None:
    for days, outcome in ((np.inf, "durable"), (50, "nominal")):
        world = tried(forum=Forum.BILATERAL, reached_on=-1)
        _conclude(world, 0, TODAY, MONTH, days)
        assert total(world, f"{outcome}_bilateral") == world.counts.sum() == 1
        assert of_groups(world, "durable") == (outcome == "durable")
        assert of_groups(world, "helped") == of_groups(world, "days") == of_groups(world, "trips") == 0


@pytest.mark.parametrize(("breaks_after", "due"), [(365.0, 365), (0.4, 1), (1.9, 1), (90.7, 90)])
def test_what_breaks_within_a_year_is_nominal_until_then(breaks_after: float, due: int) -> None:
    world = tried()
    _conclude(world, 0, TODAY, MONTH, breaks_after)
    assert (
        total(world, "nominal_township") == total(world, "closed_cases") == 1 and total(world, "durable_township") == 0
    )
    assert total(world, "doors") == 3
    dispute = world.disputes[0]
    assert (dispute["stage"], dispute["phase"], dispute["due"]) == (Stage.RELAPSING, Phase.SETTLE, TODAY + due)
    assert world.durations[..., DURATION_OUTCOMES.index("nominal"), :].sum() == world.durations.sum() == 2
    assert world.state["outcomes"][0] == 0 and of_groups(world, "durable") == 0


def test_police_have_books_of_their_own() -> None:
    for days, outcome in ((np.inf, "durable"), (50, "nominal")):
        world = tried(forum=Forum.NOTHING)
        _conclude(world, 0, TODAY, MONTH, days)
        assert total(world, f"police_{outcome}") == total(world, "closed_cases") == 1 and world.counts.sum() == 2


@pytest.mark.parametrize(("breaks_after", "breaks_on"), [(366.7, TODAY + 366), (LAST - 0.5, -1), (LAST, None)])
def test_a_settlement_that_breaks_after_a_year_is_counted_then(breaks_after: float, breaks_on: int | None) -> None:
    """Until the last day of the calendar, and not beyond it."""
    world = tried()
    _conclude(world, 0, TODAY, MONTH, breaks_after)
    assert total(world, "relapsed_late") == (breaks_on is not None) and total(world, "durable_township") == 1
    if breaks_on is not None:
        assert world.counts[:, world.month_of_day[breaks_on], KIND, event("relapsed_late")].sum() == 1
    assert world.disputes["stage"][0] == Stage.FREE


@pytest.mark.parametrize("share", [0.05, 0.4])
def test_what_breaks_after_a_year_may_come_back_by_a_draw(share: float) -> None:
    world = tried(60)
    returns = [chance.quad(world.seed, Purpose.RETURN, key, 0)[0] for key in world.disputes["key"][:60]]
    limit = min(draw for draw in returns if draw >= share)
    world.behaviour["late_relapse_returns"] = limit  # a draw of just that does not come back
    for d in range(60):
        _conclude(world, d, TODAY, MONTH, 400.5)
        stage = Stage.HOLDING if returns[d] < limit else Stage.FREE
        assert world.disputes["stage"][d] == stage
        if stage == Stage.HOLDING:
            assert (world.disputes["due"][d], world.disputes["phase"][d]) == (TODAY + 400, Phase.SETTLE)
    assert total(world, "relapsed_late") == 60


def test_a_failure_is_felt_counted_and_learnt_from() -> None:
    world = tried(forum=Forum.COUNTY, opponent=Opponent.COUNTY_AGENCY)
    world.disputes["failures"][0, Forum.COUNTY] = 254
    for _ in range(2):
        _take_failure(world, 0, Forum.COUNTY, TODAY, 0.25)
    dispute = world.disputes[0]
    assert dispute["failures"][Forum.COUNTY] == 255 and dispute["grievance"] == 0.5
    lesson = world.outcomes[0]
    assert (lesson["trust"], lesson["forum"], lesson["is_success"]) == (TRUST_OF_FORUM[Forum.COUNTY], Forum.COUNTY, 0)
    assert world.state["outcomes"][0] == 2


@pytest.mark.parametrize(("forum", "linked"), [(Forum.BILATERAL, 0), (Forum.VILLAGE, 1)])
def test_who_has_failed_beyond_talk_is_linked(forum: Forum, linked: int) -> None:
    world = first_day()
    cause_of(world, 2)
    _take_failure(world, 1, forum, TODAY, 0.0)
    assert world.causes["failed"][0] == world.disputes["is_linked"][1] == linked
    assert world.disputes["forum"][1] == forum


def test_one_acts_again_tomorrow_at_the_earliest() -> None:
    world = tried(2, is_review=1, repeat_on=150, severity=0.5)
    world.behaviour["patience_again"] = 1e-9
    _return_later(world, 0, TODAY)
    first = world.disputes[0]
    expected = {"stage": Stage.AGGRIEVED, "phase": Phase.CLAIM, "claim_on": TODAY + 1, "due": TODAY + 1}
    for name, value in {**expected, "is_review": 0, "repeat_on": NEVER, "since": TODAY}.items():
        assert first[name] == value, name
    world.behaviour["patience_again"] = 0.5
    _return_later(world, 1, TODAY)
    assert world.disputes["claim_on"][1] == world.disputes["due"][1] > TODAY + 1


@pytest.mark.parametrize("fails", [True, False])
def test_whoever_leads_all_who_are_carried_act_again(fails: bool) -> None:
    world = first_day()
    cause_of(world, 5)
    rows = world.disputes[:5]
    rows["stage"] = [Stage.CARRIED, Stage.TALKING, Stage.IN_WORK, Stage.CARRIED, Stage.CARRIED]
    rows["forum"] = [Forum.COUNTY, Forum.BILATERAL, Forum.PETITION_COUNTY, Forum.COUNTY, Forum.COUNTY]
    world.causes["leader"][0] = 2
    if fails:
        _fail(world, 2, TODAY, MONTH, 0.25)
    else:
        _return_all_later(world, 2, TODAY)
    again = [Stage.AGGRIEVED, Stage.TALKING, Stage.AGGRIEVED, Stage.AGGRIEVED, Stage.AGGRIEVED]
    assert rows["stage"].tolist() == again and world.causes["leader"][0] == -1
    assert rows["failures"][:, Forum.PETITION_COUNTY].tolist() == ([1, 0, 1, 1, 1] if fails else [0] * 5)
    assert rows["grievance"].tolist() == ([0.25, 0, 0.25, 0.25, 0.25] if fails else [0] * 5)


def test_who_acts_alone_fails_alone() -> None:
    for ends in (lambda world: _fail(world, 2, TODAY, MONTH, 0.25), lambda world: _return_all_later(world, 2, TODAY)):
        world = tried(4)
        world.disputes["stage"][[0, 1, 3]] = Stage.CARRIED
        others = world.disputes[[0, 1, 3]].tobytes()
        ends(world)
        assert world.disputes[[0, 1, 3]].tobytes() == others and world.disputes["stage"][2] == Stage.AGGRIEVED


@compiled_once
def _close(world, d, today, month, trust, forum):
    close_dispute(world, d, today, month, trust, forum)


def test_what_is_closed_for_good_is_booked_felt_to_the_end_and_out_of_its_cause() -> None:
    world = first_day()
    cause_of(world, 3)
    world.behaviour["offence_rate"] = 1e3
    world.disputes["grievance"][:3], world.disputes["forum"][:3] = 1.0, Forum.TOWNSHIP
    world.state["outcomes"] = 0
    _close(world, 1, TODAY, MONTH, 2, Forum.COUNTY)
    assert world.disputes["stage"][:3].tolist() == [Stage.ON_THE_WAY, Stage.FREE, Stage.AGGRIEVED]
    assert (world.causes["open"][0], world.causes["members"][0]) == (2, 2)
    assert total(world, "closed_cases") == 1 and total(world, "offence") > 0
    lesson = world.outcomes[0]
    assert (lesson["trust"], lesson["forum"], lesson["is_success"]) == (2, Forum.COUNTY, 1)


def test_a_nominal_settlement_leaves_the_cause_too_and_keeps_its_row() -> None:
    world = first_day()
    cause_of(world, 3)
    world.disputes["forum"][:3] = Forum.TOWNSHIP
    _conclude(world, 1, TODAY, MONTH, 50.0)
    assert (world.causes["open"][0], world.causes["members"][0]) == (2, 3)
