"""Claimants of one cause: who leads, who joins, and what becomes of those who are carried."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim import chance
from sim.agenda import Phase
from sim.agents.centre import join, pool_of_centre
from sim.agents.dispute import NEVER, Forum, Opponent, Origin, Stage
from sim.agents.dispute_kind import MediationKind
from sim.agents.petition_office import ONLINE, VISIT
from sim.behaviour import Behaviour, Causes
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import DISPUTE_KINDS, EVENTS, MONTHLY_FIGURES, TRUST_LEVELS, event
from sim.phases.alert import heed_alerts
from sim.phases.outcome import fail
from sim.phases.patrol import NOT_AGAIN
from sim.phases.settle import end_work
from sim.phases.together import (
    book_choice,
    carry,
    come_together,
    count_persons,
    may_join,
    next_carried,
    persons_sent,
    release,
)
from sim.phases.weigh import weigh
from sim.world import World
from tests.neutral import NEUTRAL
from tests.sim.phases.worlds import first_day, open_disputes

KIND = DISPUTE_KINDS.index("land_taking")
TODAY, MONTH = 100, 3


def cause_of(world: World, number: int, **values: float) -> None:
    """Makes the first rows disputes of one cause of the first village, the first of which is on its way."""
    open_disputes(world, number, kind=KIND, opponent=Opponent.COUNTY_AGENCY, stage=Stage.AGGRIEVED, **values)
    rows = world.disputes[:number]
    rows["cause"], rows["due"], rows["phase"] = 0, NEVER, Phase.CLAIM
    rows["opened"], rows["since"], rows["severity"], rows["online"] = 10, 50, 0.5, 2.0
    rows["before_member"], rows["next_member"] = np.arange(number) - 1, np.arange(number) + 1
    rows["next_member"][-1] = -1
    rows["stage"][0], rows["forum"][0] = Stage.ON_THE_WAY, Forum.PETITION_COUNTY
    cause = world.causes[:1]
    cause["village"], cause["kind"], cause["ordinal"] = world.first_village, KIND, 0
    cause["members"] = cause["open"] = number
    cause["failed"], cause["changed_on"], cause["leader"], cause["first"] = 0, -1, -1, 0
    world.state["used_causes"], world.state["free_cause"] = 1, -1
    world.counts[:] = 0


def total(world: World, name: str) -> int:
    return int(world.counts[:, :, KIND, event(name)].sum())


@compiled_once
def _come(world, d, today, month):
    come_together(world, d, today, month)


@compiled_once
def _fail(world, d, today, month):
    fail(world, d, today, month, 0.25)


@compiled_once
def _end_work(world, d, today, month):
    end_work(world, d, today, month)


@compiled_once
def _may_join(world, d, today):
    return may_join(world.disputes[d], today)


@compiled_once
def _persons(world, key, matters, today):
    return persons_sent(world, key, matters, today)


def together(join: float = 1.0, **also: float) -> Behaviour:
    return replace(NEUTRAL, causes=Causes(groups=1, join=join, **also))


def test_who_is_free_to_join() -> None:
    world = first_day()
    cause_of(world, 12)
    rows = world.disputes[:12]
    rows["stage"][:6] = [
        Stage.LATENT, Stage.AGGRIEVED, Stage.QUEUED, Stage.TALKING, Stage.IN_WORK, Stage.LAPSED,
    ]  # fmt: skip
    rows["since"][6], rows["accepted_on"][7], rows["reviews"][8] = TODAY, 90, 3
    rows["stage"][9], rows["since"][9] = Stage.LATENT, TODAY  # looked at today, open for long
    rows["stage"][10], rows["opened"][10] = Stage.LATENT, TODAY
    free = [bool(_may_join(world, d, TODAY)) for d in range(12)]
    assert free == [True, True, True, False, False, False, False, False, False, True, False, True]
    rows["accepted_on"][11] = 0  # on the first day
    assert not _may_join(world, 11, TODAY)


def test_all_others_join_one_leader_and_have_no_day_of_their_own() -> None:
    world = first_day(together())
    cause_of(world, 8)
    _come(world, 0, TODAY, MONTH)
    rows, cause = world.disputes[:8], world.causes[0]
    assert rows["stage"].tolist() == [Stage.ON_THE_WAY] + 7 * [Stage.CARRIED]
    assert (rows["due"][1:] == NEVER).all() and (rows["forum"][1:] == Forum.PETITION_COUNTY).all()
    assert (rows["attempts"][1:] == 1).all()
    assert (cause["leader"], cause["matters"]) == (0, 8)
    assert total(world, "joined") == total(world, "chose_petition_county") == 7
    assert total(world, "first_petition_county") == 0  # they had chosen before
    rows["stage"][5] = Stage.ON_THE_WAY
    _come(world, 5, TODAY, MONTH)  # another one does not lead too
    assert world.causes[0]["leader"] == 0


@pytest.mark.parametrize("stage", [Stage.LATENT, Stage.AGGRIEVED])
def test_a_choice_is_booked_and_begins_a_new_try(stage: Stage) -> None:
    world = first_day()
    open_disputes(world, 2, kind=KIND, stage=stage, doors=3, is_review=1, origin=Origin.COURT, attempts=254)
    world.counts[:] = 0
    for _ in range(2):
        book_choice(world, 0, Forum.TOWNSHIP, MONTH)
    dispute = world.disputes[0]
    assert [int(dispute[name]) for name in ("forum", "attempts", "doors", "is_review")] == [Forum.TOWNSHIP, 255, 0, 0]
    assert dispute["origin"] == Origin.CLAIMANT
    book_choice(world, 1, Forum.NOTHING, MONTH)  # no try: what was last tried stays
    rest = world.disputes[1]
    assert [int(rest[name]) for name in ("forum", "attempts", "doors", "is_review")] == [0, 254, 3, 1]
    assert rest["origin"] == Origin.COURT
    assert (total(world, "chose_township"), total(world, "chose_nothing")) == (2, 1)
    first = 1 if stage == Stage.LATENT else 0
    assert (total(world, "first_township"), total(world, "first_nothing")) == (2 * first, first)


def test_each_joins_by_a_draw_of_the_day_and_more_do_when_the_leader_comes_again() -> None:
    world = first_day(together())
    cause_of(world, 12)
    rows, cause = world.disputes[:12], world.causes[0]
    cause["is_at_source"], cause["matters"] = 1, 9  # of a leader before
    joins = [chance.quad(world.seed, Purpose.JOIN, key, TODAY)[0] for key in rows["key"][1:]]
    limit = sorted(joins)[4]
    world.behaviour["join"] = limit  # a draw of just that stays away
    reported = int(world.villages["reported"][world.first_village])
    _come(world, 0, TODAY, MONTH)
    carried = [d for d in range(1, 12) if joins[d - 1] < limit]
    assert len(carried) == 4 and np.flatnonzero(rows["stage"] == Stage.CARRIED).tolist() == carried
    assert (cause["leader"], cause["matters"], cause["is_at_source"]) == (0, 5, 0)
    assert int(world.villages["reported"][world.first_village]) == reported + 4
    world.behaviour["join"] = 1.0
    cause["is_at_source"] = 1
    _come(world, 0, TODAY + 9, MONTH)
    assert (cause["leader"], cause["matters"], cause["is_at_source"]) == (0, 12, 1)
    assert total(world, "joined") == 11


def test_who_comes_alone_leads_nobody() -> None:
    world = first_day(together(join=0.0))
    cause_of(world, 3)
    world.causes["matters"][0] = 9
    _come(world, 0, TODAY, MONTH)
    assert (world.causes["leader"][0], world.causes["matters"][0]) == (-1, 1)


def test_who_is_carried_leaves_the_queue_and_goes_in_person() -> None:
    world = first_day(together())
    cause_of(world, 3)
    rows = world.disputes[:3]
    rows["stage"][2], rows["channel"][2], rows["repeat_on"][2] = Stage.QUEUED, ONLINE, 150
    pool = pool_of_centre(world.townships + world.first_county, MediationKind.PEOPLE)
    for name, empty in (("head", -1), ("tail", -1), ("queued", 0)):
        world.pools[name][pool] = empty
    join(world.pools, pool, world.disputes, 2, TODAY - 9)
    carry(world, 2, Forum.PETITION_CITY, TODAY, MONTH)
    assert (world.pools["head"][pool], world.pools["queued"][pool]) == (-1, 0)
    assert world.work[world.pools["county"][pool], MONTH, world.pools["level"][pool]].sum() == 9
    member = rows[2]
    expected = {"stage": Stage.CARRIED, "phase": Phase.SETTLE, "forum": Forum.PETITION_CITY, "since": TODAY}
    for name, value in {**expected, "channel": VISIT, "repeat_on": NEVER, "due": NEVER}.items():
        assert member[name] == value, name


def test_carried_ones_are_found_in_the_order_of_the_cause() -> None:
    world = first_day()
    cause_of(world, 5)
    world.disputes["stage"][[0, 3]] = Stage.CARRIED
    assert [int(next_carried(world, m)) for m in (0, 1, 3, 4, -1)] == [0, 3, 3, -1, -1]


def test_who_lets_go_leads_no_more() -> None:
    world = first_day()
    cause_of(world, 3)
    world.causes["leader"][[0, -1]] = 1, 2  # the last row is another cause
    assert release(world, 0) == -1 and world.causes["leader"][[0, -1]].tolist() == [1, 2]
    assert release(world, 1) == 0 and world.causes["leader"][0] == -1
    assert release(world, 1) == -1


def test_representatives_come_by_a_draw_of_who_leads() -> None:
    world = first_day(together())
    kept = chance.quad(world.seed, Purpose.JOIN, 77, TODAY)[1]
    world.behaviour["representatives_kept"] = kept  # a draw of just that comes with all
    assert _persons(world, 77, 6, TODAY) == 6
    world.behaviour["representatives_kept"] = np.nextafter(kept, 1)
    assert _persons(world, 77, 6, TODAY) == 5


def test_each_joins_with_the_same_probability() -> None:
    world = first_day(together(join=0.3))
    joined = 0
    for today in range(100, 160):
        cause_of(world, 21)
        _come(world, 0, today, MONTH)
        joined += total(world, "joined")
    assert abs(joined - 60 * 20 * 0.3) < 4.5 * np.sqrt(60 * 20 * 0.21)


def test_nobody_joins_whose_cause_nobody_shares() -> None:
    world = first_day(together())
    cause_of(world, 3)
    world.disputes["cause"][0] = -1
    _come(world, 0, TODAY, MONTH)
    assert total(world, "joined") == 0 and world.causes[0]["leader"] == -1


def test_those_who_are_carried_fail_with_the_leader() -> None:
    world = first_day(together())
    cause_of(world, 6)
    world.disputes["stage"][5] = Stage.TALKING  # goes another way
    _come(world, 0, TODAY, MONTH)
    _fail(world, 0, TODAY, MONTH)
    rows, cause = world.disputes[:6], world.causes[0]
    assert (rows["stage"][:5] == Stage.AGGRIEVED).all() and rows["stage"][5] == Stage.TALKING
    assert rows["failures"][:, Forum.PETITION_COUNTY].tolist() == [1, 1, 1, 1, 1, 0]
    assert rows["grievance"].tolist() == [0.25] * 5 + [0]
    assert (rows["claim_on"][:5] > TODAY).all()
    assert (cause["leader"], cause["failed"]) == (-1, 5)


@pytest.mark.parametrize(("relapse_rate", "name"), [(0.0, "durable"), (2.5, "nominal")])
def test_those_who_are_carried_are_settled_with_the_leader(relapse_rate: float, name: str) -> None:
    """Work that is never durable and always recorded as settled: for good when it never relapses."""
    behaviour = replace(
        NEUTRAL, intercept_petition=-3, settle_severity=6, nominal_share=0.95, nominal_concealment=1,
        relapse_rate=relapse_rate, causes=Causes(groups=1, join=1),
    )  # fmt: skip
    world = first_day(behaviour)
    world.governments["concealment"] = 1.0
    seen = 0
    for today in range(100, 140):
        cause_of(world, 5)
        _come(world, 0, today, MONTH)
        leader = world.disputes[:1]
        leader["stage"], leader["accepted_on"], leader["mediator"], leader["severity"] = Stage.IN_WORK, 90, 0, 1.0
        _end_work(world, 0, today, MONTH)
        if total(world, f"{name}_petition_county") == 0:
            continue
        seen += 1
        assert total(world, f"{name}_petition_county") == total(world, "closed_cases") == 5
        stages = world.disputes["stage"][:5]
        assert (stages == (Stage.FREE if name == "durable" else Stage.RELAPSING)).all()
        assert world.causes[0]["members"] == (0 if name == "durable" else 5)
        assert len(set(world.disputes["due"][:5].tolist())) == 1
    assert seen > 5


def test_as_many_come_or_five_representatives() -> None:
    all_come, five = first_day(together(representatives_kept=0)), first_day(together(representatives_kept=1))
    for matters in (1, 4, 5, 6, 30):
        assert _persons(all_come, 77, matters, TODAY) == matters
        assert _persons(five, 77, matters, TODAY) == min(matters, 5)


def test_five_are_a_joint_visit() -> None:
    for persons, visits in ((1, 0), (4, 0), (5, 1), (9, 1)):
        tally = np.zeros(len(EVENTS), np.int32)
        count_persons.py_func(
            tally, event("presented_persons_county"), event("registered_persons_county"), 2, persons, persons != 9
        )
        assert tally[event("presented_persons_province")] == persons
        assert tally[event("registered_persons_province")] == (persons if persons != 9 else 0)
        assert tally[event("joint_visit_province")] == visits
        assert tally[event("joint_visit_person")] == visits * persons


@compiled_once
def _weigh(world, d, today):
    for level in range(len(TRUST_LEVELS)):
        world.confidence[level, 0] = 0.0
    weigh(world, world.disputes[d], 0, today)


def test_courage_and_a_shared_way() -> None:
    """Of nine who are open: 0.5 ln 9 for every petition, and hours divided by 9^0.5."""
    utilities = []
    for courage, pooling in ((0.0, 0.0), (0.5, 0.5)):
        world = first_day(replace(NEUTRAL, causes=Causes(groups=1, group_courage=courage, group_pooling=pooling)))
        cause_of(world, 9)
        world.appeal[:] = 0.0
        _weigh(world, 1, TODAY)
        utilities.append(world.choice[:10, 0].copy())
    gained = utilities[1] - utilities[0]
    hours = np.float64(world.villages["log_hours"][world.first_village])
    assert gained[: Forum.PETITION_COUNTY] == pytest.approx(0, abs=1e-12)
    for forum in (Forum.PETITION_COUNTY, Forum.PETITION_PROVINCE, Forum.PETITION_NATION):
        expected = 0.5 * np.log(9) + NEUTRAL.weight_travel * hours[forum] * (1 - 1 / 3)
        assert gained[forum] == pytest.approx(expected)


@compiled_once
def _heed(world, today, month):
    heed_alerts(world, today, month)


@pytest.mark.parametrize(("noticed", "found"), [(2, False), (3, True)])
def test_an_alert_finds_a_cause_of_three_who_are_known(noticed: int, found: bool) -> None:
    world = first_day(replace(NEUTRAL, causes=Causes(groups=1, source_found=1, alert_hours=16)), hours_per_day=8.0)
    cause_of(world, 7)
    world.disputes["stage"][:7] = Stage.AGGRIEVED
    world.disputes["forum"][:7] = Forum.BILATERAL
    world.disputes["noticed_at"][:noticed] = NOT_AGAIN
    world.disputes["stage"][6], world.disputes["forum"][6] = Stage.LAPSED, Forum.VILLAGE  # known, and given up
    world.villages["is_alert"][world.first_village] = 1
    worker = world.villages["first_grid_worker"][world.first_village]
    owed = float(world.grid_workers["lost"][worker])
    today = int(np.flatnonzero(world.month_of_day == MONTH)[0])
    _heed(world, today + 1, MONTH)
    assert world.monthly[:, MONTH].sum() == 0  # on the first alone
    _heed(world, today, MONTH)
    figures = dict(zip(MONTHLY_FIGURES, world.monthly[:, MONTH].sum(axis=0), strict=True))
    assert (figures["alert_true"], figures["alert_false"]) == (float(found), float(not found))
    assert world.grid_workers["lost"][worker] - owed == pytest.approx(0 if found else 2)
    stages = world.disputes["stage"][:7].tolist()
    if found:
        assert stages == [Stage.ON_THE_WAY] + 5 * [Stage.CARRIED] + [Stage.LAPSED]
        assert (world.causes["leader"][0], world.causes["is_at_source"][0], world.causes["matters"][0]) == (0, 1, 6)
        assert total(world, "chose_township") == 6 and total(world, "joined") == 0
    else:
        assert stages == 6 * [Stage.AGGRIEVED] + [Stage.LAPSED]


def test_who_leads_from_a_queue_has_no_petition_left_of_those_made_while_waiting() -> None:
    world = first_day(replace(NEUTRAL, causes=Causes(groups=1, source_found=1)))
    cause_of(world, 4)
    rows, today = world.disputes, int(np.flatnonzero(world.month_of_day == MONTH)[0])
    rows["stage"][:4], rows["noticed_at"][:4], rows["repeat_on"][:4] = Stage.AGGRIEVED, NOT_AGAIN, 1500
    rows["stage"][0] = Stage.QUEUED
    pool = pool_of_centre(world.townships + world.first_county, MediationKind.PEOPLE)
    for name, empty in (("head", -1), ("tail", -1), ("queued", 0)):
        world.pools[name][pool] = empty
    join(world.pools, pool, rows, 0, today - 9)
    world.villages["is_alert"][world.first_village] = 1
    _heed(world, today, MONTH)
    assert rows["stage"][:4].tolist() == [Stage.ON_THE_WAY] + 3 * [Stage.CARRIED]
    assert rows["repeat_on"][:4].tolist() == 4 * [NEVER]


@pytest.mark.parametrize("settles", [True, False])
def test_what_is_settled_at_its_source_is_settled_for_all(settles: bool) -> None:
    sure = dict.fromkeys(("settle_severity", "settle_age", "settle_power", "settle_match", "settle_skill"), 0)
    world = first_day(
        replace(NEUTRAL, intercept_mediation=4, settle_near=2, **sure, causes=Causes(groups=1, source_found=1))
    )
    cause_of(world, 5)
    world.disputes["stage"][:5] = Stage.AGGRIEVED
    world.disputes["noticed_at"][:5] = NOT_AGAIN
    world.villages["is_alert"][world.first_village] = 1
    today = int(np.flatnonzero(world.month_of_day == MONTH)[0])
    _heed(world, today, MONTH)
    leader = world.disputes[:1]
    if settles:
        leader["stage"], leader["mediator"] = Stage.IN_WORK, 0
        _end_work(world, 0, today + 20, MONTH)
        assert total(world, "settled_at_source") == total(world, "durable_township") == 5
        assert world.causes["members"][0] == 0
    else:
        _fail(world, 0, today + 20, MONTH)
        assert total(world, "settled_at_source") == 0
        assert (world.disputes["stage"][:5] == Stage.AGGRIEVED).all()
