"""Settlements: what is settled, failed, reviewed or referred, how long it holds, and what becomes of what breaks."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from sim import chance
from sim.agenda import Phase, enter
from sim.agents.dispute import NEVER, Forum, Opponent, Origin, Stage
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import DISPUTE_KINDS, EVENTS, event
from sim.phases.cohorts import DURABLE_END, FROM_GRIEVANCE, FROM_INTAKE, NOMINAL_END, NOT_YET
from sim.phases.settle import ask_for_review, end_talk, end_work, intercept_of, refer_up, relapse, settle
from sim.world import World
from tests.sim.phases.test_petition import booked, of_office
from tests.sim.phases.test_together import KIND, MONTH, TODAY, cause_of
from tests.sim.phases.worlds import beside_another, first_day, open_disputes

NUMBER = 4_000
RATE = 1.5
NOMINAL = 0.4
GIVEN = {"bilateral_success": 1.0, "talk_nominal": NOMINAL, "relapse_rate": RATE}


@compiled_once
def _end_talks(world, number):
    for d in range(number):
        end_talk(world, d, 0, 0)


@compiled_once
def _relapse(world, d, today, month):
    relapse(world, d, today, month)


def agreed(**given: float) -> World:
    """Many talks that have ended on the first day, all in agreement."""
    world = first_day()
    for name, value in {**GIVEN, **given}.items():
        world.behaviour[name] = value
    talking = {"stage": Stage.TALKING, "forum": Forum.BILATERAL, "reached_on": NOT_YET}
    open_disputes(world, NUMBER, kind=3, grievance=0.5, **talking)
    world.counts[:] = world.durations[:] = 0
    _end_talks(world, NUMBER)
    return world


def number(world: World, name: str) -> int:
    return int(world.counts[..., event(name)].sum())


def share_of(world: World, stage: Stage) -> float:
    return float((world.disputes["stage"][:NUMBER] == stage).mean())


def near(share: float) -> object:
    return pytest.approx(share, abs=4 * (share * (1 - share) / NUMBER) ** 0.5)


def test_agreements_that_do_not_hold_break_at_the_rate_of_nominal_settlements() -> None:
    world = agreed()
    assert number(world, "nominal_bilateral") / NUMBER == near(NOMINAL * (1 - np.exp(-RATE)))
    assert number(world, "durable_bilateral") == NUMBER - number(world, "nominal_bilateral")
    assert share_of(world, Stage.RELAPSING) == number(world, "nominal_bilateral") / NUMBER
    waits = world.disputes["due"][:NUMBER][world.disputes["stage"][:NUMBER] == Stage.RELAPSING]
    assert waits.min() >= 1 and waits.max() <= 365
    assert (waits < 180).mean() == pytest.approx((1 - np.exp(-RATE * 180 / 365)) / (1 - np.exp(-RATE)), abs=0.05)
    ended = world.durations.sum(axis=(0, 1, 4))
    assert ended[FROM_GRIEVANCE, DURABLE_END] == number(world, "durable_bilateral")
    assert ended[FROM_GRIEVANCE, NOMINAL_END] == number(world, "nominal_bilateral")
    assert ended[FROM_GRIEVANCE].sum() == NUMBER
    assert number(world, "closed_cases") == ended[FROM_INTAKE].sum() == 0  # nobody but the two sides knows of it


def test_a_durable_settlement_that_breaks_later_is_counted_in_its_month() -> None:
    world = agreed()
    last = len(world.month_of_day)
    expected = NOMINAL * (np.exp(-RATE) - np.exp(-RATE * last / 365))
    assert number(world, "relapsed_late") / NUMBER == near(expected)
    by_month = world.counts[..., event("relapsed_late")].sum(axis=(0, 2))
    assert by_month[: world.month_of_day[365]].sum() == 0
    middle = world.month_of_day[730]
    assert by_month[:middle].sum() / NUMBER == near(NOMINAL * (np.exp(-RATE) - np.exp(-RATE * 730 / 365)))
    assert share_of(world, Stage.HOLDING) == number(world, "returned_late") == 0


def test_so_many_of_them_come_back_on_that_day_and_the_same_disputes_break() -> None:
    gone, back = agreed(), agreed(late_relapse_returns=0.25)
    assert number(back, "relapsed_late") == number(gone, "relapsed_late")
    holding = np.flatnonzero(back.disputes["stage"][:NUMBER] == Stage.HOLDING)
    assert len(holding) / number(gone, "relapsed_late") == pytest.approx(0.25, abs=0.06)
    d = int(holding[0])
    due = int(back.disputes["due"][d])
    month = int(back.month_of_day[due])
    _relapse(back, d, due, month)
    dispute = back.disputes[d]
    assert number(back, "returned_late") == 1 and number(back, "relapsed") == 0
    assert dispute["stage"] == Stage.AGGRIEVED and dispute["failures"][Forum.BILATERAL] == 1
    half_life = float(back.behaviour["grievance_half_life"][0])
    added = float(back.behaviour["failure_grievance"][0])
    assert dispute["grievance"] == pytest.approx(0.5 * 2 ** (-due / half_life) + added, rel=1e-5)
    assert dispute["offences"] == 0 and dispute["until_offence"] == 0  # at rest it leads to none


@pytest.mark.parametrize("given", [{"talk_nominal": 0.0}, {"relapse_rate": 0.0}])
def test_what_holds_is_durable(given: dict[str, float]) -> None:
    world = agreed(**given)
    assert number(world, "durable_bilateral") == NUMBER
    assert number(world, "nominal_bilateral") == number(world, "relapsed_late") == 0
    assert share_of(world, Stage.FREE) == 1


@compiled_once
def _settle(world, today, month):
    settle(world, today, month)


@compiled_once
def _end_talk(world, d, today, month):
    end_talk(world, d, today, month)


@compiled_once
def _end_work(world, d, today, month):
    end_work(world, d, today, month)


SURE, NEVER_SETTLED = 40.0, -40.0
"""Settlement logits at which everybody and nobody settles."""

DRAWS = 60
"""Disputes of which each has its own luck."""


def tried(logit: float = 0.0, many: int = 1, **values: float) -> World:
    """Work at a township that has come to its end, and settles by this logit alone; nothing is recorded as settled that
    is not, and nothing breaks."""
    world = first_day()
    for name in world.behaviour.dtype.names:
        if name.startswith("settle_"):
            world.behaviour[name] = 0.0
    for kind in ("mediation", "petition", "court"):
        world.behaviour[f"intercept_{kind}"] = logit
    world.behaviour["nominal_share"] = world.behaviour["relapse_rate"] = 0.0
    world.behaviour["failure_grievance"] = 0.25
    usual = {
        "kind": KIND,
        "stage": Stage.IN_WORK,
        "forum": Forum.TOWNSHIP,
        "mediator": 0,
        "opened": 10,
        "reached_on": 40,
    }
    open_disputes(world, many, **(usual | {"felt_on": TODAY, "severity": 0.5} | values))
    world.counts[:] = 0
    world.governments["concealment"] = 0.0
    world.mediators["talent"][0] = 0.5
    return world


def draws(world: World, number: int = 1) -> np.ndarray:
    """The draws of the first settlement of disputes: luck, whether recorded, when it breaks, whether it is reviewed."""
    return np.array([chance.quad(world.seed, Purpose.SETTLE, key, 1) for key in world.disputes["key"][:number]])


def test_each_that_ends_today_gets_its_own_outcome() -> None:
    world = tried(SURE, many=4)
    world.behaviour["bilateral_success"] = 1.0
    for d, stage in enumerate((Stage.TALKING, Stage.RELAPSING, Stage.HOLDING, Stage.IN_WORK)):
        world.disputes["forum"][d] = Forum.BILATERAL if stage == Stage.TALKING else Forum.TOWNSHIP
        enter(world, d, stage, Phase.SETTLE, TODAY, TODAY - 1)
    _settle(world, TODAY, MONTH)
    once = ("durable_bilateral", "relapsed", "returned_late", "durable_township", "closed_cases", "doors", "trips")
    assert booked(world) == dict.fromkeys(once, 1)
    assert world.disputes["stage"][:4].tolist() == [Stage.FREE, Stage.AGGRIEVED, Stage.AGGRIEVED, Stage.FREE]


@pytest.mark.parametrize(("opponent", "part"), [(Opponent.PEER, 1.0), (Opponent.ORGANISATION, 0.5)])
def test_talks_fail_by_a_draw_and_with_who_has_power_more_often(opponent: Opponent, part: float) -> None:
    for is_settled in (False, True):
        world = tried(forum=Forum.BILATERAL, stage=Stage.TALKING, opponent=opponent)
        luck = chance.uniform(world.seed, Purpose.SETTLE, world.disputes["key"][0], 1)
        world.behaviour["bilateral_power"] = 0.5
        world.behaviour["bilateral_success"] = (np.nextafter(luck, 1) if is_settled else luck) / part
        _end_talk(world, 0, TODAY, MONTH)
        assert booked(world) == {"durable_bilateral" if is_settled else "failed_bilateral": 1}
        if not is_settled:
            assert world.disputes["grievance"][0] == 0.25 and world.disputes["stage"][0] == Stage.AGGRIEVED


def test_who_talked_in_vain_may_call_the_police() -> None:
    world = tried(forum=Forum.BILATERAL, stage=Stage.TALKING, kind=DISPUTE_KINDS.index("neighbour"))
    for name, value in (("bilateral_success", 0.0), ("police_calls", 1e3), ("police_spot", 1.0)):
        world.behaviour[name] = value
    _end_talk(world, 0, TODAY, MONTH)
    once = ("failed_bilateral", "police_called", "police_settled")
    assert [number(world, name) for name in once] == [1, 1, 1]


@pytest.mark.parametrize("share", [0.035, 0.4])
def test_an_agreement_does_not_hold_by_a_draw_of_its_own(share: float) -> None:
    world = tried(many=DRAWS, forum=Forum.BILATERAL, stage=Stage.TALKING)
    aside = [chance.quad(world.seed, Purpose.AGREEMENT, key, 1) for key in world.disputes["key"][:DRAWS]]
    limit = min(holds for holds, *_ in aside if holds >= share)
    world.behaviour["bilateral_success"], world.behaviour["talk_nominal"] = 1.0, limit
    world.behaviour["relapse_rate"] = 20.0
    for d, (holds, breaks, _, _) in enumerate(aside):
        _end_talk(world, d, TODAY, MONTH)
        days = -np.log(1 - breaks) / 20 * 365
        is_nominal = holds < limit and days <= 365
        assert world.disputes["stage"][d] == (Stage.RELAPSING if is_nominal else Stage.FREE)
        assert not is_nominal or world.disputes["due"][d] == TODAY + max(1, int(days))


@pytest.mark.parametrize("stage", [Stage.RELAPSING, Stage.HOLDING])
def test_what_breaks_is_of_its_cause_again_and_felt(stage: Stage) -> None:
    world = tried()
    cause_of(world, 2)
    rows, cause = world.disputes[:2], world.causes[:1]
    rows["stage"][1], rows["grievance"][1], rows["felt_on"][1], cause["open"] = stage, 0.5, TODAY - 365, 1
    world.behaviour["grievance_half_life"], world.behaviour["offence_rate"] = 365.0, 0.0
    _relapse(world, 1, TODAY, MONTH)
    assert booked(world) == {"returned_late" if stage == Stage.HOLDING else "relapsed": 1}
    assert cause["open"][0] == 2 and rows["stage"][1] == Stage.AGGRIEVED and rows["grievance"][1] == 0.5


def test_a_matter_at_rest_leads_to_no_offence() -> None:
    world = tried(stage=Stage.HOLDING, grievance=1.0)
    world.disputes["felt_on"], world.behaviour["offence_rate"] = 0, 1e3
    _relapse(world, 0, TODAY, MONTH)
    assert booked(world) == {"returned_late": 1} and world.disputes["felt_on"][0] == TODAY


@pytest.mark.parametrize(
    ("forum", "stage", "base"),
    [
        (Forum.COUNTY, Stage.IN_WORK, 1),
        (Forum.COURT, Stage.IN_WORK, 1),
        (Forum.PETITION_COUNTY, Stage.IN_WORK, 2),
        (Forum.COURT, Stage.IN_COURT, 3),
    ],
)
def test_mediation_petitions_and_courts_have_each_a_base(forum: Forum, stage: Stage, base: int) -> None:
    bases = SimpleNamespace(intercept_mediation=1, intercept_petition=2, intercept_court=3)
    assert intercept_of.py_func(forum, stage, bases) == base


@pytest.mark.parametrize(
    ("values", "effects", "settled"),
    [
        ({}, {}, "half"),
        ({"stage": Stage.IN_COURT, "forum": Forum.COURT, "mediator": -1}, {"settle_skill": 1e3}, "half"),  # no skill
        ({}, {"settle_skill": 160.0}, "all"),  # skill of 0.75
        ({"forum": Forum.VILLAGE}, {"settle_near": 40.0}, "all"),
        ({"forum": Forum.COUNTY}, {"settle_near": 40.0}, "half"),
        ({"opened": TODAY}, {"settle_age": 100.0}, "half"),
        ({"opened": TODAY - 30}, {"settle_age": 100.0}, "none"),
    ],
)
def test_what_settles(values: dict[str, float], effects: dict[str, float], settled: str) -> None:
    """The half of luck below one half at a logit of 0."""
    world = tried(many=DRAWS, **values)
    world.mediators["cases_done"][0], world.behaviour["learning_cases"] = 8, 8.0
    world.mediators["slots"][0], world.mediators["caseload"][0] = 100, 100
    for name, value in effects.items():
        world.behaviour[name] = value
    luck = draws(world, DRAWS)[:, 0]
    for d in range(DRAWS):
        _end_work(world, d, TODAY, MONTH)
    expected = {"half": luck < 0.5, "all": luck < 1, "none": luck < 0}[settled]
    assert ((world.disputes["stage"][:DRAWS] == Stage.FREE) == expected).all()


@pytest.mark.parametrize("forum", [Forum.VILLAGE, Forum.COUNTY, Forum.COURT])
def test_what_fails_is_booked_where_it_failed_and_nothing_stays_agreed(forum: Forum) -> None:
    world = tried(NEVER_SETTLED, forum=forum, is_confirmed=1)
    world.behaviour["review_share"] = world.behaviour["referred_up"] = 1.0
    _end_work(world, 0, TODAY, MONTH)
    assert booked(world) == {f"failed_{forum.name.lower()}": 1}
    dispute = world.disputes[0]
    assert (dispute["stage"], dispute["failures"][forum], dispute["is_confirmed"]) == (Stage.AGGRIEVED, 1, 0)
    assert dispute["grievance"] == 0.25


def test_whom_the_other_side_refuses_and_who_withdraws_have_not_been_mediated() -> None:
    world = tried(SURE, mediator=-1)
    _end_work(world, 0, TODAY, MONTH)
    assert booked(world) == {"party_refused": 1} and world.disputes["grievance"][0] == 0.25
    world = tried(SURE, is_withdrawn=1, is_confirmed=1)
    _end_work(world, 0, TODAY, MONTH)
    dispute = world.disputes[0]
    assert booked(world) == {"party_withdrew": 1} and dispute["grievance"] == 0
    assert (dispute["stage"], dispute["is_withdrawn"], dispute["is_confirmed"]) == (Stage.AGGRIEVED, 0, 0)


@pytest.mark.parametrize(
    ("stage", "is_confirmed", "also"),
    [
        (Stage.IN_WORK, 1, {"confirmed": 1, "prelitigation_settled": 1}),
        (Stage.IN_WORK, 0, {"prelitigation_settled": 1}),
        (Stage.IN_COURT, 0, {}),
    ],
)
def test_what_is_settled_at_a_court_before_a_suit_is_booked_so(stage: Stage, is_confirmed: int, also: dict) -> None:
    world = tried(SURE, forum=Forum.COURT, stage=stage, is_confirmed=is_confirmed)
    _end_work(world, 0, TODAY, MONTH)
    assert booked(world) == dict.fromkeys(("durable_court", "closed_cases", "doors", "trips"), 1) | also


@pytest.mark.parametrize("stage", [Stage.IN_WORK, Stage.IN_COURT])
def test_what_is_not_settled_is_recorded_so_by_a_draw_and_never_at_a_court(stage: Stage) -> None:
    """Half of a share under half concealment, on top of another; a draw of just that is no success."""
    for above in (False, True):
        world = tried(NEVER_SETTLED, stage=stage, forum=Forum.COURT)
        nominal = draws(world)[0, 1]
        world.behaviour["nominal_share"], world.behaviour["nominal_concealment"] = nominal - 0.0625, 0.25
        world.governments["concealment"] = 0.25 + (1e-6 if above else 0)
        _end_work(world, 0, TODAY, MONTH)
        is_recorded = above and stage == Stage.IN_WORK
        assert ("durable_court" in booked(world)) == is_recorded and ("failed_court" in booked(world)) != is_recorded


def test_all_is_recorded_as_settled_where_the_shares_make_more_than_one() -> None:
    world = tried(NEVER_SETTLED, many=DRAWS)
    assert draws(world, DRAWS)[:, 1].max() > 0.95
    world.behaviour["nominal_share"] = 1.5
    for d in range(DRAWS):
        _end_work(world, d, TODAY, MONTH)
    assert booked(world)["durable_township"] == DRAWS


@pytest.mark.parametrize(("is_confirmed", "part"), [(0, 1.0), (1, 0.25)])
def test_what_a_judge_confirms_breaks_later(is_confirmed: int, part: float) -> None:
    world = tried(NEVER_SETTLED, is_confirmed=is_confirmed)
    world.behaviour["nominal_share"], world.behaviour["confirmation_cut"] = 1.0, 0.75
    years = -np.log(1 - draws(world)[0, 2])
    world.behaviour["relapse_rate"] = 8 * years
    _end_work(world, 0, TODAY, MONTH)
    assert world.disputes["due"][0] == TODAY + int(365 / 8 / part)
    assert number(world, "nominal_township") == 1 and number(world, "confirmed") == is_confirmed


@pytest.mark.parametrize(("breaks_after", "settled"), [(365.0, False), (400.0, True)])
@pytest.mark.parametrize("is_at_source", [True, False])
def test_what_is_durable_for_all_of_a_cause_is_settled_at_its_source(
    breaks_after: float, settled: bool, is_at_source: bool
) -> None:
    world = tried(NEVER_SETTLED)
    led(world, [Stage.CARRIED, Stage.TALKING, Stage.IN_WORK, Stage.CARRIED])
    world.causes["is_at_source"][0] = is_at_source
    world.behaviour["nominal_share"] = 1.0
    years = chance.exponential(chance.quad(world.seed, Purpose.SETTLE, world.disputes["key"][2], 1)[2])
    world.behaviour["relapse_rate"] = years * (365.0 / breaks_after)
    _end_work(world, 2, TODAY, MONTH)
    assert number(world, "settled_at_source") == (3 if settled and is_at_source else 0)
    assert number(world, "durable_township" if settled else "nominal_township") == 3
    rows = world.disputes[:4]
    ended = Stage.FREE if settled else Stage.RELAPSING
    assert rows["stage"].tolist() == [ended, Stage.TALKING, ended, ended]
    assert world.causes["leader"][0] == -1


def led(world: World, stages: list[Stage]) -> None:
    """Claimants of one cause, of whom the third acts at the township for those who are carried."""
    cause_of(world, len(stages))
    rows = world.disputes[: len(stages)]
    rows["stage"], rows["forum"], rows["mediator"], rows["felt_on"] = stages, Forum.COUNTY, 0, TODAY
    rows["forum"][2] = Forum.TOWNSHIP
    rows["reached_on"] = 40
    world.causes["leader"][0], world.causes["matters"][0] = 2, stages.count(Stage.CARRIED) + 1


def test_a_failure_is_that_of_all_who_are_carried() -> None:
    world = tried(NEVER_SETTLED)
    led(world, [Stage.CARRIED, Stage.TALKING, Stage.IN_WORK, Stage.CARRIED])
    _end_work(world, 2, TODAY, MONTH)
    assert number(world, "failed_township") == 3


def test_who_acts_alone_settles_alone() -> None:
    world = tried(SURE, many=5)
    world.disputes["stage"][[0, 1, 3, 4]] = Stage.CARRIED
    world.causes["first"][-1] = 4  # the last row is another cause
    others = world.disputes[[0, 1, 3, 4]].tobytes()
    _end_work(world, 2, TODAY, MONTH)
    assert world.disputes[[0, 1, 3, 4]].tobytes() == others and world.disputes["stage"][2] == Stage.FREE


@pytest.mark.parametrize(
    ("deadline", "reviews", "closed_level", "also"),
    [
        (TODAY, 0, 0, ["petition_closed_in_time"]),
        (TODAY - 1, 1, 3, ["petition_closed_late"]),
        (TODAY + 9, 2, 1, ["petition_closed_in_time", "petition_terminated"]),
    ],
)
def test_a_petition_leaves_the_process(deadline: int, reviews: int, closed_level: int, also: list[str]) -> None:
    """At a city, which is the second level; one accepted on the first day too."""
    world = tried(NEVER_SETTLED, forum=Forum.PETITION_CITY, accepted_on=0, repeat_on=150)
    dispute = world.disputes[0]
    dispute["deadline"], dispute["reviews"], dispute["closed_level"] = deadline, reviews, closed_level
    for name in ("presented", "registered", "accepted", "in_process"):
        world.offices[name] = 0
    world.behaviour["review_share"] = 0.0
    _end_work(beside_another(world, city_tier=0), 0, TODAY, MONTH)
    assert booked(world) == dict.fromkeys((*also, "failed_petition_city"), 1)
    assert of_office(world, 1) == [0, 0, 0, -1]
    expected = {"accepted_on": -1, "deadline": NEVER, "repeat_on": NEVER, "reviews": reviews + 1}
    expected |= {"closed_level": max(2, closed_level), "stage": Stage.AGGRIEVED}
    assert {name: int(dispute[name]) for name in expected} == expected


@pytest.mark.parametrize(
    ("forum", "reviews", "share", "next_forum"),
    [
        (Forum.PETITION_COUNTY, 0, "above", Forum.PETITION_CITY),
        (Forum.PETITION_CITY, 1, "above", Forum.PETITION_PROVINCE),
        (Forum.PETITION_PROVINCE, 0, "above", None),
        (Forum.PETITION_CITY, 2, "above", None),
        (Forum.PETITION_CITY, 0, "just", None),
    ],
)
def test_whose_petition_fails_may_ask_the_next_level(forum: Forum, reviews: int, share: str, next_forum) -> None:
    world = tried(NEVER_SETTLED, forum=forum, accepted_on=50, deadline=NEVER, reviews=reviews, repeat_on=150)
    u = draws(world)[0, 3]
    world.behaviour["review_share"] = u if share == "just" else u / 0.99
    _end_work(beside_another(world, city_tier=0), 0, TODAY, MONTH)
    dispute = world.disputes[0]
    assert dispute["failures"][forum] == 1 and dispute["grievance"] == 0.25
    assert number(world, "petition_reviewed") == (next_forum is not None)
    if next_forum is None:
        assert (dispute["stage"], dispute["forum"], dispute["is_review"]) == (Stage.AGGRIEVED, forum, 0)
    else:  # 0.99 of 29 days, and one
        expected = {"stage": Stage.ON_THE_WAY, "phase": Phase.INTAKE, "due": TODAY + 29, "since": TODAY}
        expected |= {"forum": next_forum, "is_review": 1, "repeat_on": NEVER}
        assert {name: int(dispute[name]) for name in expected} == expected


def test_a_review_is_asked_for_all_who_are_carried() -> None:
    world = tried(NEVER_SETTLED)
    led(world, [Stage.CARRIED, Stage.TALKING, Stage.IN_WORK, Stage.CARRIED, Stage.CARRIED])
    rows = world.disputes[:5]
    rows["forum"][2], rows["accepted_on"][2], rows["deadline"][2] = Forum.PETITION_COUNTY, 50, NEVER
    world.behaviour["review_share"] = 1.0
    _end_work(world, 2, TODAY, MONTH)
    stages = [Stage.CARRIED, Stage.TALKING, Stage.ON_THE_WAY, Stage.CARRIED, Stage.CARRIED]
    assert rows["stage"].tolist() == stages and world.causes["leader"][0] == 2
    assert rows["failures"][:, Forum.PETITION_COUNTY].tolist() == [1, 0, 1, 1, 1]
    assert rows["grievance"].tolist() == [0.25, 0, 0.25, 0.25, 0.25]


def test_who_asks_for_a_review_alone_does_so_for_nobody_else() -> None:
    world = tried(NEVER_SETTLED, many=5, forum=Forum.PETITION_COUNTY, accepted_on=50)
    world.disputes["stage"][[0, 1, 3, 4]] = Stage.CARRIED
    world.causes["first"][-1] = 4
    world.behaviour["review_share"] = 1.0
    others = world.disputes[[0, 1, 3, 4]].tobytes()
    _end_work(world, 2, TODAY, MONTH)
    assert world.disputes[[0, 1, 3, 4]].tobytes() == others and world.disputes["is_review"][2] == 1


@pytest.mark.parametrize(
    ("share", "is_working", "refers"), [("above", 1, True), ("just", 1, False), ("none", 1, False), ("above", 0, False)]
)
def test_a_township_refers_by_a_draw_to_a_centre_that_works(share: str, is_working: int, refers: bool) -> None:
    world = tried(NEVER_SETTLED)._replace(first_county=2)
    world.villages["county"][world.first_village] = 2
    u, wait, _, _ = chance.quad(world.seed, Purpose.REFER_UP, world.disputes["key"][0], 1)
    world.behaviour["referred_up"] = {"above": np.nextafter(u, 1), "just": u, "none": 0.0}[share]
    world.behaviour["hand_up_delay"] = 7.0
    world.centres["is_working"][world.townships + world.first_county] = is_working
    _end_work(world, 0, TODAY, MONTH)
    dispute = world.disputes[0]
    assert booked(world) == {"failed_township": 1} | ({"referred_up": 1} if refers else {})
    assert dispute["failures"][Forum.TOWNSHIP] == 1 and dispute["grievance"] == 0.25
    if refers:
        expected = {"stage": Stage.ON_THE_WAY, "phase": Phase.INTAKE, "forum": Forum.COUNTY, "origin": Origin.TOWNSHIP}
        expected |= {"due": TODAY + 1 + int(np.log(1 - wait) / np.log(6 / 7)), "since": TODAY}
        assert {name: int(dispute[name]) for name in expected} == expected
    else:
        assert dispute["stage"] == Stage.AGGRIEVED


def test_few_are_referred_up_and_few_ask_for_a_review() -> None:
    world = tried(many=DRAWS, forum=Forum.PETITION_PROVINCE)
    refers = [chance.quad(world.seed, Purpose.REFER_UP, key, 0)[0] for key in world.disputes["key"][:DRAWS]]
    world.behaviour["referred_up"] = limit = min(u for u in refers if u >= 0.06)
    world.centres["is_working"][world.townships + world.first_county] = 1
    tally = np.zeros(len(EVENTS), np.int32)
    assert ask_for_review(world, 0, TODAY, tally, world.behaviour[0], 0.0) is False  # nobody reviews a province
    referred = [refer_up(world, d, TODAY, tally, world.behaviour[0]) for d in range(DRAWS)]
    assert referred == [u < limit for u in refers] and any(referred)
    world.centres["is_working"] = 0
    assert refer_up(world, 0, TODAY, tally, world.behaviour[0]) is False
