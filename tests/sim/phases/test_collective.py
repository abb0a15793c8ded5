"""Linked disputants and what they do together."""

from __future__ import annotations

import numpy as np
import pytest

from sim.agents.dispute import Forum, Opponent, Stage
from sim.behaviour import Behaviour, Causes
from sim.compilation import compiled_once
from sim.ledger import EVENTS, event
from sim.phases.claim import CHOOSERS, act_together
from sim.phases.collective import gather, is_threat
from sim.phases.lapse import reconsiders
from sim.phases.linked import leave_group, link_up
from sim.phases.together import ENOUGH
from sim.world import World
from tests.sim.phases.worlds import first_day, open_disputes

MONTHS = 12
CAUSES = 400
Z = 4.5


def causes(world: World, number: int) -> None:
    """Makes ``CAUSES`` causes of the city's first village, of which ``number`` claimants have failed."""
    rows = world.causes[:CAUSES]
    rows["village"], rows["ordinal"], rows["kind"] = world.first_village, np.arange(CAUSES), 3
    rows["members"], rows["failed"], rows["changed_on"] = 30, number, -1
    rows["first"] = rows["leader"] = -1
    world.state["used_causes"] = CAUSES
    world.counts[:] = 0


def acting(number: int, behaviour: Behaviour, **levers: float) -> dict[str, int]:
    """What every cause of which ``number`` claimants have failed does in a year: totals of events."""
    world = first_day(behaviour, **levers)
    causes(world, number)
    for today in range(365):
        gather(world, today, int(world.month_of_day[today]))
    totals = world.counts.sum(axis=(0, 1, 2))
    return {name: int(total) for name, total in zip(EVENTS, totals, strict=True) if total}


@compiled_once
def _is_threat(world, d, today):
    return is_threat(world, world.disputes[d], today)


def test_four_are_no_group() -> None:
    assert acting(ENOUGH - 1, Behaviour(collective_rate=2.0)) == {}


@pytest.mark.parametrize("number", [5, 8, 20])
def test_the_hazard_grows_with_the_number(number: int) -> None:
    """Rate 2 a year for five, and in proportion, once a month; a quarter are incidents; all go
    to the office, or with a probability of a quarter five of them."""
    totals = acting(
        number, Behaviour(collective_rate=2.0, incident_share=0.25, causes=Causes(representatives_kept=0.25))
    )
    trials = CAUSES * MONTHS
    chance = 1 - np.exp(-2.0 / 12 * number / 5)
    acts = totals["joint_visit_county"] + totals["mass_incident"]
    assert abs(acts - trials * chance) < Z * np.sqrt(trials * chance * (1 - chance))
    assert abs(totals["mass_incident"] - 0.25 * acts) < Z * np.sqrt(acts * 0.25 * 0.75)
    visits, persons = totals["joint_visit_county"], totals["joint_visit_person"]
    assert abs(persons - visits * (0.25 * 5 + 0.75 * number)) <= Z * (number - 5) * np.sqrt(visits * 0.25 * 0.75)
    level = "repeat_presented_persons_county"
    assert totals[level] == persons >= totals["repeat_registered_persons_county"] > 0


def test_they_act_on_the_first_of_a_month_alone() -> None:
    world = first_day(Behaviour(collective_rate=2.0))
    causes(world, 20)
    for today, month in ((1, 0), (30, 0), (32, 1), (58, 1)):
        gather(world, today, month)
    assert world.counts.sum() == 0
    gather(world, 31, 1)
    assert world.counts.sum() > 0


def test_a_cause_without_disputes_does_not_act() -> None:
    world = first_day(Behaviour(collective_rate=2.0))
    causes(world, 20)
    world.causes["members"] = 0
    gather(world, 31, 1)
    assert world.counts.sum() == 0


def test_a_joint_visit_is_a_repeat_visit_registered_like_others() -> None:
    world = first_day(Behaviour(collective_rate=2.0, incident_share=0.0))
    causes(world, 20)
    for name in ("presented", "registered"):
        world.offices[name] = 0
    world.governments["concealment"] = 0.5
    world.regime["registration"][:, 0] = 0.8  # times one half: concealed
    assert world.regime["county_tier"][0] == 1
    for today in (0, 31, 59):
        gather(world, today, int(world.month_of_day[today]))
    totals = world.counts.sum(axis=(0, 1, 2))
    visits, presented, registered = (
        int(totals[event(name)])
        for name in ("joint_visit_county", "repeat_presented_visit_county", "repeat_registered_visit_county")
    )
    assert visits == presented == world.offices["presented"].sum() > 300
    assert registered == world.offices["registered"].sum()
    assert abs(registered - 0.4 * visits) < Z * np.sqrt(visits * 0.24)


def test_without_a_county_tier_they_go_to_the_city() -> None:
    totals = acting(20, Behaviour(collective_rate=2.0, incident_share=0.0), county_tier=0.0)
    assert totals["repeat_presented_visit_city"] == totals["joint_visit_city"] > 0
    assert "repeat_presented_visit_county" not in totals


def test_without_county_and_city_they_go_to_the_province() -> None:
    totals = acting(20, Behaviour(collective_rate=2.0, incident_share=0.0), county_tier=0.0, city_tier=0.0)
    assert totals["repeat_presented_visit_province"] == totals["joint_visit_province"] > 0
    assert not {"repeat_presented_visit_county", "repeat_presented_visit_city"} & totals.keys()


def test_without_a_rate_nobody_acts() -> None:
    assert acting(20, Behaviour(collective_rate=0.0)) == {}


@compiled_once
def _link_up(world, d, today):
    link_up(world, world.disputes[d], today)


@compiled_once
def _leave_group(world, d, today):
    leave_group(world, world.disputes[d], today)


def test_who_is_linked_and_who_leaves() -> None:
    world = first_day()
    causes(world, 0)
    open_disputes(world, 5, kind=3, cause=7)
    world.disputes["opponent"][:5] = [*sorted(Opponent), Opponent.ORGANISATION]
    world.disputes["cause"][4] = -1  # shared with nobody
    for d in (0, 1, 2, 3, 4, 1):  # once each, and never a dispute between peers
        _link_up(world, d, 50)
    assert world.causes["failed"][7] == world.causes["failed"][:CAUSES].sum() == 3
    assert world.disputes["is_linked"][:5].tolist() == [0, 1, 1, 1, 0]
    for d in (0, 2, 2, 4):
        _leave_group(world, d, 50)
    assert world.causes["failed"][7] == 2
    assert world.disputes["is_linked"][:5].tolist() == [0, 1, 0, 1, 0]


def test_five_of_a_cause_are_a_threat_from_the_next_day_on() -> None:
    world = first_day()
    causes(world, 0)
    open_disputes(world, 6, kind=3, cause=7, opponent=Opponent.ORGANISATION)
    for d in range(ENOUGH):
        _link_up(world, d, 50)
    assert not _is_threat(world, 0, 50)
    assert _is_threat(world, 0, 51) and _is_threat(world, 5, 51)  # who has not failed shares in it
    _leave_group(world, 0, 51)
    assert _is_threat(world, 5, 51) and not _is_threat(world, 5, 52)
    world.disputes["cause"][5] = -1
    assert not _is_threat(world, 5, 51)


@compiled_once
def _reconsider(world, d):
    if reconsiders(world, d, 100, 0):
        world.choosers[CHOOSERS, 0] = d
        act_together(world, 1, 100, 0)


@pytest.mark.parametrize(("forum", "is_linked"), [(Forum.BILATERAL, 0), (Forum.VILLAGE, 1), (Forum.PETITION_NATION, 1)])
def test_what_is_taken_up_again_is_linked_when_a_third_party_has_failed(forum: Forum, is_linked: int) -> None:
    world = first_day(Behaviour(constant_bilateral=3.0, constant_village=-8.0))
    causes(world, 0)
    open_disputes(world, 1, kind=3, cause=7)
    dispute = world.disputes[:1]
    dispute["opponent"], dispute["stage"], dispute["claim_on"] = Opponent.ORGANISATION, Stage.LAPSED, 900
    dispute["failures"][0, forum] = 1
    world.villages["reputation"][:] = 1.0
    world.governments["reputation"][:] = 1.0
    _reconsider(world, 0)
    assert world.counts[:, 0, 3, event("reactivated")].sum() == 1
    assert world.counts[:, 0, 3, event("chose_nothing")].sum() == 0
    assert dispute["is_linked"][0] == world.causes["failed"][7] == is_linked
