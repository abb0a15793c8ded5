"""Old matters that a campaign takes up: whose, how they are closed, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import chance
from sim.agenda import FEW
from sim.agents.dispute import NEVER, Forum, Stage
from sim.agents.petition_office import ONLINE, VISIT
from sim.behaviour import Timing
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import event
from sim.phases.campaign import clear_old_matters, turned_to
from tests.neutral import NEUTRAL
from tests.sim.phases.worlds import beside_another, first_day, open_disputes

TODAY, MONTH = 731, 24
"""The first of January 2017."""


@compiled_once
def _clear(world, today, month):
    clear_old_matters(world, today, month)


def petitioners(number: int, durable: float, campaign: float = 1.0, **values: float):
    """So many claimants whom the city's office has failed, two years ago, in the first village."""
    behaviour = replace(NEUTRAL, timing=Timing(campaign_durable=durable), relapse_rate=2.5, late_relapse_returns=1)
    world = first_day(behaviour, campaign=campaign)
    open_disputes(world, number, kind=3, stage=Stage.AGGRIEVED, due=TODAY + 9, claim_on=TODAY + 9, is_timed=1)
    rows = world.disputes[:number]
    rows["reached_on"] = -2
    rows["failures"][:, [Forum.VILLAGE, Forum.PETITION_COUNTY, Forum.PETITION_CITY]] = 1
    for name, value in values.items():
        rows[name] = value
    return world


def counted(world, name: str) -> int:
    return int(world.counts[:, MONTH, :, event(name)].sum())


def test_settled_matters_are_those_of_the_highest_office_turned_to() -> None:
    world = petitioners(50, durable=1)
    _clear(world, TODAY, MONTH)
    assert (world.disputes["stage"][:50] == Stage.FREE).all()
    assert [counted(world, f"campaign_{what}") for what in ("taken_up", "durable", "nominal")] == [50, 50, 0]
    assert counted(world, "durable_petition_city") == counted(world, "doors") == counted(world, "trips") == 50


def test_what_is_closed_on_paper_breaks_and_counts_as_nominal_within_a_year() -> None:
    """At a rate of 2.5 a year e^-2.5 of it, 8 %, holds for longer; that is durable, and comes back."""
    world = petitioners(400, durable=0)
    _clear(world, TODAY, MONTH)
    nominal, late = counted(world, "campaign_nominal"), counted(world, "campaign_durable")
    assert nominal + late == counted(world, "campaign_taken_up") == 400
    assert abs(late - 400 * np.exp(-2.5)) < 4 * np.sqrt(400 * np.exp(-2.5))
    stages = world.disputes["stage"][:400]
    assert (stages == Stage.RELAPSING).sum() == nominal == counted(world, "nominal_petition_city")
    assert world.disputes["due"][:400][stages == Stage.RELAPSING].min() > TODAY


def test_a_share_is_taken_up_and_the_same_ones_whatever_the_others_do() -> None:
    few, more = petitioners(400, durable=1, campaign=0.25), petitioners(400, durable=1, campaign=0.5)
    for world in (few, more):
        _clear(world, TODAY, MONTH)
    taken = [world.disputes["stage"][:400] == Stage.FREE for world in (few, more)]
    assert abs(taken[0].sum() - 100) < 4 * np.sqrt(75)
    assert (taken[0] <= taken[1]).all() and taken[0].sum() < taken[1].sum()


def test_what_is_new_or_in_hand_or_was_never_presented_is_left_alone() -> None:
    in_hand = [{"stage": stage} for stage in (Stage.QUEUED, Stage.CARRIED, Stage.TALKING)]
    for values in ({"opened": TODAY - 365}, *in_hand):
        world = petitioners(20, durable=1, **values)
        _clear(world, TODAY, MONTH)
        assert counted(world, "campaign_taken_up") == 0
    world = petitioners(20, durable=1)
    world.disputes["failures"][:20, Forum.PETITION_COUNTY :] = 0
    assert turned_to(world.disputes[0]) == -1
    _clear(world, TODAY, MONTH)
    assert counted(world, "campaign_taken_up") == 0


def test_it_comes_on_the_first_of_a_month() -> None:
    world = petitioners(20, durable=1)
    _clear(world, TODAY + 1, MONTH)
    assert counted(world, "campaign_taken_up") == 0


def test_what_was_given_up_is_taken_up_again_first() -> None:
    world = petitioners(20, durable=1, stage=Stage.LAPSED, repeat_on=NEVER)
    _clear(world, TODAY, MONTH)
    assert counted(world, "reactivated") == counted(world, "durable_petition_city") == 20


@pytest.mark.parametrize("forum", range(Forum.VILLAGE, Forum.PETITION_NATION + 1))
def test_of_forums_that_have_failed_the_highest_petition_office_is_the_one(forum: int) -> None:
    world = petitioners(1, durable=1)
    world.disputes["failures"][0] = 0
    world.disputes["failures"][0, [Forum.VILLAGE, forum]] = 1
    assert turned_to(world.disputes[0]) == (forum if forum >= Forum.PETITION_COUNTY else -1)


@pytest.mark.parametrize("number", [FEW, 2 * FEW])
def test_matters_are_cleared_in_the_order_of_a_day_under_the_city_s_own_policy(number: int) -> None:
    """By village, and within one by when they came up."""
    world = beside_another(petitioners(number, durable=1), campaign=0.0)
    rows = world.disputes[:number]
    shuffled = np.random.default_rng(1).permutation(number)
    rows["ordinal"] = rows["claimant"] = shuffled
    rows["village"] = world.first_village + shuffled % 3
    before = int(world.state["outcomes"][0])
    _clear(world, TODAY, MONTH)
    expected = sorted(range(number), key=lambda ordinal: (ordinal % 3, ordinal))
    assert world.outcomes["claimant"][before : before + number].tolist() == expected


def test_a_small_share_is_a_share_and_a_draw_of_just_that_is_beyond_it() -> None:
    world = petitioners(200, durable=1, campaign=0.05)
    draws = [chance.quad(world.seed, Purpose.CAMPAIGN, key, MONTH)[0] for key in world.disputes["key"][:200]]
    taken = sorted(draws)[4]
    world.regime["campaign"] = taken
    _clear(world, TODAY, MONTH)
    assert counted(world, "campaign_taken_up") == 4 and taken < 0.1


def test_a_settlement_that_breaks_on_the_last_day_of_its_year_is_nominal_at_the_door_of_the_office() -> None:
    world = petitioners(1, durable=1, channel=ONLINE, doors=4)
    _, holds, breaks, _ = chance.quad(world.seed, Purpose.CAMPAIGN, world.disputes["key"][0], MONTH)
    world.behaviour["campaign_durable"] = holds  # a draw of just that does not hold
    world.behaviour["relapse_rate"] = chance.exponential(breaks)
    _clear(world, TODAY, MONTH)
    assert counted(world, "campaign_nominal") == counted(world, "nominal_petition_city") == 1
    assert counted(world, "doors") == counted(world, "trips") == 1
    dispute = world.disputes[0]
    assert (dispute["due"], dispute["channel"], dispute["doors"]) == (TODAY + 365, VISIT, 1)
