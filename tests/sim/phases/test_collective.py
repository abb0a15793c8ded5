"""Linked disputants and what they do together."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.dispute import Forum, Opponent, Stage
from sim.behaviour import Behaviour
from sim.compilation import compiled_once
from sim.ledger import EVENTS, event
from sim.phases.claim import CHOOSERS, act_together
from sim.phases.collective import ENOUGH, gather
from sim.phases.lapse import reconsiders
from sim.phases.linked import leave_group, link_up
from sim.world import World
from tests.sim.phases.worlds import first_day, open_disputes

DAYS = 400
Z = 4.5


def acting(number: int, behaviour: Behaviour, **levers: float) -> tuple[World, dict[str, int]]:
    """What every group of ``number`` linked disputants does in ``DAYS`` days: totals of events."""
    world = first_day(behaviour, **levers)
    world.linked[:] = number
    world.counts[:] = 0
    for today in range(DAYS):
        gather(world, today, 0)
    totals = world.counts.sum(axis=(0, 1, 2))
    return world, {name: int(total) for name, total in zip(EVENTS, totals, strict=True) if total}


def groups(world: World) -> int:
    return (world.last_township - world.first_township) * world.linked.shape[1]


def test_four_are_no_group() -> None:
    world, totals = acting(ENOUGH - 1, Behaviour(collective_rate=2.0))
    assert totals == {}
    assert not world.threat.any()


@pytest.mark.parametrize("number", [5, 8, 20])
def test_the_hazard_grows_with_the_number(number: int) -> None:
    """Rate 2 a year for five, and in proportion; a quarter of the acts are incidents; five go to the office."""
    world, totals = acting(number, Behaviour(collective_rate=2.0, incident_share=0.25))
    mine = slice(world.first_township, world.last_township)
    assert (world.threat[mine] == 1).all()
    trials = groups(world) * DAYS
    chance = 1 - np.exp(-2.0 / 365 * number / 5)
    acts = totals["joint_visit"] + totals["mass_incident"]
    assert abs(acts - trials * chance) < Z * np.sqrt(trials * chance)
    assert abs(totals["mass_incident"] - 0.25 * acts) < Z * np.sqrt(acts * 0.25 * 0.75)
    assert totals["joint_visit_person"] == 5 * totals["joint_visit"]


def test_a_joint_visit_is_a_repeat_visit_registered_like_others() -> None:
    behaviour = Behaviour(collective_rate=2.0, incident_share=0.0)
    world = first_day(behaviour)
    world.linked[:] = 20
    world.counts[:] = 0
    for name in ("presented", "registered"):
        world.offices[name] = 0
    world.governments["concealment"] = 0.5
    world.regime["registration"][:, 0] = 0.8  # times one half: concealed
    assert world.regime["county_tier"][0] == 1
    for today in range(DAYS):
        gather(world, today, 0)
    totals = world.counts.sum(axis=(0, 1, 2))
    visits, presented, registered = (
        int(totals[event(name)])
        for name in ("joint_visit", "repeat_presented_visit_county", "repeat_registered_visit_county")
    )
    assert visits == presented == world.offices["presented"].sum() > 300
    assert registered == world.offices["registered"].sum()
    assert abs(registered - 0.4 * visits) < Z * np.sqrt(visits * 0.24)


def test_without_a_county_tier_they_go_to_the_city() -> None:
    _, totals = acting(20, Behaviour(collective_rate=2.0, incident_share=0.0), county_tier=0.0)
    assert totals["repeat_presented_visit_city"] == totals["joint_visit"] > 0
    assert "repeat_presented_visit_county" not in totals


def test_without_county_and_city_they_go_to_the_province() -> None:
    _, totals = acting(20, Behaviour(collective_rate=2.0, incident_share=0.0), county_tier=0.0, city_tier=0.0)
    assert totals["repeat_presented_visit_province"] == totals["joint_visit"] > 0
    assert not {"repeat_presented_visit_county", "repeat_presented_visit_city"} & totals.keys()


def test_without_a_rate_there_is_a_threat_and_no_act() -> None:
    world, totals = acting(20, Behaviour(collective_rate=0.0))
    assert totals == {}
    assert world.threat[world.first_township : world.last_township].all()


@compiled_once
def _link_up(world, d):
    link_up(world, world.disputes[d], world.villages[world.disputes[d].village])


@compiled_once
def _leave_group(world, d):
    leave_group(world, world.disputes[d], world.villages[world.disputes[d].village])


def test_who_is_linked_and_who_leaves() -> None:
    world = first_day()
    open_disputes(world, 4, kind=3)
    world.disputes["opponent"][:4] = sorted(Opponent)
    linked = world.linked[world.villages["township"][world.first_village]]
    for d in (0, 1, 2, 3, 1):  # once each, and never a dispute between peers
        _link_up(world, d)
    assert linked[3] == linked.sum() == 3
    assert world.disputes["is_linked"][:4].tolist() == [0, 1, 1, 1]
    for d in (0, 2, 2):
        _leave_group(world, d)
    assert linked[3] == 2
    assert world.disputes["is_linked"][:4].tolist() == [0, 1, 0, 1]


@compiled_once
def _reconsider(world, d):
    if reconsiders(world, d, 100, 0):
        world.choosers[CHOOSERS, 0] = d
        act_together(world, 1, 100, 0)


@pytest.mark.parametrize(("forum", "is_linked"), [(Forum.BILATERAL, 0), (Forum.VILLAGE, 1), (Forum.PETITION_NATION, 1)])
def test_what_is_taken_up_again_is_linked_when_a_third_party_has_failed(forum: Forum, is_linked: int) -> None:
    world = first_day(Behaviour(constant_bilateral=3.0, constant_village=-8.0))
    open_disputes(world, 1, kind=3)
    dispute = world.disputes[:1]
    dispute["opponent"], dispute["stage"], dispute["claim_on"] = Opponent.ORGANISATION, Stage.LAPSED, 900
    dispute["failures"][0, forum] = 1
    world.villages["reputation"][:] = 1.0
    world.governments["reputation"][:] = 1.0
    _reconsider(world, 0)
    assert world.counts[:, 0, 3, event("reactivated")].sum() == 1
    assert world.counts[:, 0, 3, event("chose_nothing")].sum() == 0
    assert dispute["is_linked"][0] == world.linked.sum() == is_linked
