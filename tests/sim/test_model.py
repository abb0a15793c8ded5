"""The model as a whole: conservation, reproducibility, branching, common random numbers, Mesa."""

from __future__ import annotations

from dataclasses import replace

import mesa
import numpy as np
import pytest

from sim.agents.dispute import Stage
from sim.errors import InputError
from sim.ledger import CHANNELS, FORUMS, PETITION_LEVELS, WORK_LEVELS, Ledger
from sim.model import GovernanceModel, run, run_branches
from sim.policy import Policy
from sim.scenario import ProvinceChoice, Scenario
from sim.stress import Stress

ARRAYS = ("counts", "durations", "work", "groups", "monthly", "trust", "survey", "government", "cost")


def assert_same(one: Ledger, other: Ledger) -> None:
    for name in ARRAYS:
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name


def test_every_grievance_is_settled_lapsed_protected_or_open(finished):
    ledger = finished.ledger()
    ended = sum(ledger.total(f"durable_{forum}") for forum in FORUMS[1:])
    ended += sum(ledger.total(name) for name in ("settled_on_spot", "police_durable", "lumped", "gave_up"))
    ended += ledger.total("protected")
    still_open = len(finished.disputes)
    assert still_open == len(finished.disputes_of(0)) + len(finished.disputes_of(1)) > 0
    assert ledger.total("reactivated") > 0
    begun = sum(ledger.total(name) for name in ("raised", "reactivated", "founded_standing", "returned_late"))
    assert begun == ended + still_open


def test_every_grievance_makes_at_most_one_first_choice(finished):
    """Those that made none: to protection, left at once, settled on the spot by a grid worker or the police, or with a
    claimant still patient."""
    ledger = finished.ledger()
    chose = sum(ledger.total(f"first_{forum}") for forum in FORUMS)
    latent = int((finished.state.disputes["stage"] == Stage.LATENT).sum())
    without = sum(ledger.total(name) for name in ("protected", "hidden_by_norms", "settled_on_spot", "first_police"))
    assert ledger.total("raised") == chose + without + latent


def test_a_judge_confirms_what_is_mediated_and_nothing_else(tiny):
    """Everybody has a judge at hand and asks; a third withdraw first, and some of them sue later."""
    judges = replace(tiny.after, centre=replace(tiny.after.centre, judge_contact_points=1))
    behaviour = replace(tiny.behaviour, confirmation_share=1, withdrawals=0.3, prelitigation_share=0)
    ledger = run(replace(tiny, before=judges, after=judges, behaviour=behaviour), seed=1)
    mediated = [
        f"{outcome}_{forum}" for outcome in ("durable", "nominal") for forum in ("village", "township", "county")
    ]
    assert ledger.total("party_withdrew") > 50 and ledger.total("durable_court") > 20
    assert ledger.total("confirmed") == sum(ledger.total(name) for name in mediated)


def test_what_is_recorded_follows_from_what_is_true(finished):
    ledger, asked, first_presented = finished.ledger(), 0, 0
    for level in PETITION_LEVELS:
        for channel in CHANNELS:
            for first in ("", "repeat_"):
                cell = f"{channel}_{level}"
                presented = ledger.counts[..., _index(f"{first}presented_{cell}")]
                registered = ledger.counts[..., _index(f"{first}registered_{cell}")]
                assert (registered <= presented).all()
        presented = sum(ledger.total(f"presented_{channel}_{level}") for channel in CHANNELS)
        assert ledger.total(f"accepted_{level}") + ledger.total(f"not_accepted_{level}") == presented
        asked += ledger.total(f"chose_petition_{level}")
        first_presented += presented - ledger.total(f"presented_while_waiting_{level}")
    alone = asked - ledger.total("joined")  # who joins another comes with the other's petition
    assert alone <= first_presented <= alone + ledger.total("petition_reviewed")


def _index(name: str) -> int:
    from sim.ledger import event

    return event(name)


def test_rows_slots_and_queues_add_up(finished):
    state = finished.state
    disputes = state.disputes
    for city in range(len(finished.province.cities)):
        used, free = int(state.states[city]["used"][0]), int(state.states[city]["free"][0])
        lapsed = (disputes["stage"][state.used_disputes_of(city)] == Stage.LAPSED).sum()
        assert len(finished.disputes_of(city)) + lapsed == used - free
    assert (disputes["stage"] == Stage.QUEUED).sum() == state.pools["queued"].sum()
    in_work = (disputes["stage"] == Stage.IN_WORK) & (disputes["mediator"] >= 0)
    assert in_work.sum() == state.mediators["caseload"].sum()
    in_process = (disputes["stage"] != Stage.FREE) & (disputes["accepted_on"] >= 0)
    assert in_process.sum() == state.offices["in_process"].sum() > 0
    capacity = np.bincount(state.mediators["pool"], state.mediators["slots"], len(state.pools))
    cases = state.mediators["caseload"] * (state.mediators["slots"] > 0)
    caseload = np.bincount(state.mediators["pool"], cases, len(state.pools))
    np.testing.assert_array_equal(state.pools["free_slots"], capacity - caseload)
    idle_with_queue = (state.pools["queued"] > 0) & (state.pools["free_slots"] > 0)
    assert not idle_with_queue.any()


def test_mediators_are_never_busier_than_their_slots(finished):
    work = finished.ledger().work
    slots, busy = work[..., 0], work[..., 1]
    assert (busy.sum(axis=(0, 1))[slots.sum(axis=(0, 1)) > 0] > 0).all()
    court = WORK_LEVELS.index("court")
    assert (busy[..., :court] <= slots[..., :court]).all()
    # A court's suits are booked when they are whole: a month may see one more, but the months up to date never do.
    assert (busy[..., court].cumsum(axis=1) <= slots[..., court].cumsum(axis=1)).all()


def test_grievances_arise_at_the_rate_given(finished):
    """Poisson: expected 60 per 1,000 residents and year, z = 4.5."""
    ledger = finished.ledger()
    expected = 60 / 1000 * ledger.residents * ledger.years
    assert abs(ledger.total("raised") - expected) < 4.5 * np.sqrt(expected)


def test_same_seed_same_bytes_whatever_the_threads_and_pieces(tiny, finished):
    assert_same(run(tiny, seed=3, threads=2), finished.ledger())
    piecewise = GovernanceModel(tiny, seed=3)
    for days in (1, 30, 400, 664):
        piecewise.run_for(days)
    assert_same(piecewise.ledger(), finished.ledger())


def test_another_seed_is_another_run(tiny, finished):
    assert run(tiny, seed=4).counts.tobytes() != finished.ledger().counts.tobytes()


def test_a_branch_is_the_full_run_bit_for_bit(tiny, finished):
    kept = replace(tiny, after=tiny.before)
    stressed = replace(tiny, stress=Stress(non_registration=0.5, staff_lost=0.5))
    branches = list(run_branches([kept, tiny, stressed], seed=3))
    assert_same(branches[1], finished.ledger())
    assert_same(branches[0], run(kept, seed=3))
    assert_same(branches[2], run(stressed, seed=3))


def test_a_branch_owes_nothing_to_the_one_before_it(tiny, finished):
    """Neither in the memory that it takes over from it nor, when rows have been added since, in memory of its own."""
    model = GovernanceModel(tiny, seed=3)
    model.run_for(model.reform_day)
    snapshot = model.snapshot()
    for more_rows in (False, True):
        model.branch(snapshot, replace(tiny, stress=Stress(non_registration=0.5, demand_shock=0.5)))
        model.run_for(200)
        if more_rows:
            model.state.make_room([0])
        before = model.state
        model.branch(snapshot, tiny)
        assert (model.state is before) != more_rows
        model.run_for(tiny.calendar.days - model.today)
        assert_same(model.ledger(), finished.ledger())


def test_branches_that_differ_before_the_reform_are_refused(tiny):
    model = GovernanceModel(tiny, seed=1)
    other = replace(tiny, behaviour=replace(tiny.behaviour, patience=20))
    with pytest.raises(ValueError, match="after and stress"):
        model.branch(model.snapshot(), other)


def test_a_branch_that_needs_more_room_than_reserved_is_refused(tiny):
    model = GovernanceModel(replace(tiny, after=tiny.before), seed=1)
    crowd = replace(Policy(), staff=replace(Policy().staff, mediators_village=9))
    with pytest.raises(ValueError, match="no room was reserved"):
        model.branch(model.snapshot(), replace(tiny, after=crowd))


@pytest.mark.parametrize("rows", [80, 90, 110])
def test_rows_that_run_out_early_change_nothing(tiny, finished, monkeypatch, rows):
    monkeypatch.setattr("sim.founding.ROWS_PER_RESIDENT", 0.0)
    monkeypatch.setattr("sim.founding.SPARE_ROWS", rows)
    assert_same(run(tiny, seed=3), finished.ledger())


def test_a_placebo_changes_nothing(tiny):
    kept = replace(tiny, after=tiny.before)
    rolled_out_nothing = replace(Policy(), roll_out=replace(Policy().roll_out, batch_2_start=3, ramp=1))
    assert_same(run(kept, seed=5), run(replace(kept, after=rolled_out_nothing), seed=5))


def test_more_rows_for_disputes_change_nothing(tiny, finished, monkeypatch):
    monkeypatch.setattr("sim.founding.ROWS_PER_RESIDENT", 0.0)
    monkeypatch.setattr("sim.founding.SPARE_ROWS", 100)  # few, so that room is made on the way
    model = GovernanceModel(tiny, seed=3)
    before = len(model.state.disputes)
    model.run_for(tiny.calendar.days)
    assert len(model.state.disputes) > before
    assert_same(model.ledger(), finished.ledger())


def test_fewer_mediators_in_one_county_change_nothing_in_another_city():
    """Common random numbers: the second city of the province does not notice."""
    scenario = Scenario(province=ProvinceChoice("tiny"))
    changed, same = GovernanceModel(scenario, seed=2), GovernanceModel(scenario, seed=2)
    for model in (changed, same):
        model.run_for(180)
    state = changed.state
    done = np.bincount(state.mediators["pool"], state.mediators["cases_done"], len(state.pools))
    busiest = changed.pools[int(np.argmax(np.where(state.pools["county"] == 0, done, -1)))]
    dismissed = np.flatnonzero(state.mediators["pool"] == busiest.unique_id)
    busiest.free_slots = busiest.mediators = 0
    state.mediators["slots"][dismissed] = 0
    for model in (changed, same):
        model.run_for(185)
    second = np.flatnonzero(changed.province.counties["city"] == 1)
    assert changed.ledger().counts[second].tobytes() == same.ledger().counts[second].tobytes()
    assert changed.ledger().counts.tobytes() != same.ledger().counts.tobytes()


def test_no_staff_at_all_settles_nothing_in_centres(tiny):
    nobody = replace(
        Policy(),
        staff=replace(Policy().staff, **dict.fromkeys(vars(Policy().staff), 0)),
        roll_out=replace(Policy().roll_out, batch_2_start=0, ramp=0),
    )
    ledger = run(replace(tiny, after=nobody), seed=1).window("2019-07", "2019-12")
    for forum in ("village", "township", "county", "petition_county", "petition_province"):
        assert ledger.total(f"durable_{forum}") == 0
    assert ledger.total("durable_bilateral") > 0
    assert ledger.total("failed_county") > 0


def test_full_non_registration_hides_petitions_and_settles_none(tiny):
    hidden = run(replace(tiny, stress=Stress(non_registration=1.0)), seed=1).year(2019)
    assert sum(hidden.total(f"registered_visit_{level}") for level in PETITION_LEVELS) == 0
    assert sum(hidden.total(f"presented_visit_{level}") for level in PETITION_LEVELS) > 0


def test_demand_beyond_the_highest_rate_is_refused(tiny):
    scenario = replace(tiny, stress=Stress(demand_shock=0.5), behaviour=replace(tiny.behaviour, rate_headroom=1.2))
    with pytest.raises(InputError, match=r"rate_headroom=1\.2"):
        run(scenario, seed=1)


def test_the_calendar_has_an_end(tiny, finished):
    with pytest.raises(InputError, match="2019-12-31"):
        finished.run_for(1)


class Visitor(mesa.Agent):
    """An ordinary Mesa agent that looks at the province every day."""

    def __init__(self, model: GovernanceModel) -> None:
        super().__init__(model)
        self.days: list[int] = []
        self.caseloads: list[float] = []

    def step(self) -> None:
        self.days.append(self.model.today)
        self.caseloads.append(float(self.model.mediators.agg("caseload", np.sum)))


def test_an_ordinary_mesa_agent_acts_every_day_and_disturbs_nobody(tiny):
    watched, alone = GovernanceModel(tiny, seed=7), GovernanceModel(tiny, seed=7)
    visitor = Visitor(watched)
    watched.run_for(60)
    alone.run_for(60)
    assert visitor.days == list(range(1, 61))
    assert visitor.caseloads[-1] == alone.mediators.agg("caseload", np.sum) > 0
    assert watched.ledger().counts.tobytes() == alone.ledger().counts.tobytes()
    assert (watched.steps, watched.time) == (alone.steps, alone.time) == (60, 60.0)


def test_step_and_run_for_mix(tiny):
    stepped, ran = GovernanceModel(tiny, seed=7), GovernanceModel(tiny, seed=7)
    stepped.run_for(10)
    for _ in range(3):
        stepped.step()
    stepped.run_for(10)
    ran.run_for(23)
    assert stepped.today == ran.today == stepped.steps == 23
    assert stepped.ledger().counts.tobytes() == ran.ledger().counts.tobytes()


def test_mesa_data_collector_works(tiny):
    model = GovernanceModel(tiny, seed=7)
    collector = mesa.DataCollector(
        model_reporters={
            "open": lambda m: len(m.disputes_of(0)),
            "waiting": lambda m: int(m.pools.agg("queued", sum)),
        }
    )
    for _ in range(5):
        model.run_for(30)
        collector.collect(model)
    table = collector.get_model_vars_dataframe()
    assert len(table) == 5
    assert table["open"].iloc[-1] == len(model.disputes_of(0)) > table["open"].iloc[0] > 0


def test_a_resident_s_traits_and_trust_are_seen_from_python(finished):
    resident = finished.residents[42]
    traits = resident.traits
    assert 0 < traits["trust_local"] < 1
    assert traits["trust_higher"] >= traits["trust_local"]
    expected = min(1.0, max(0.0, traits["trust_local"] + resident.learned[0] / 100))
    assert resident.trust_local == pytest.approx(expected)
