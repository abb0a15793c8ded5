"""What a month costs, by hand: every price alone, and all others nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.agents.centre import CITY, COUNTY, TOWNSHIP
from sim.agents.dispute_kind import MediationKind
from sim.agents.village import FIRST_CONTACT, MORAL_BANK, PRAISE_MEETINGS, WOMENS_TEAM
from sim.behaviour import Behaviour, Caseloads, Prices
from sim.costs import monthly_cost, police_cost
from sim.ledger import DISPUTE_KINDS, EVENTS, MONTHLY_FIGURES, event
from sim.model import GovernanceModel
from sim.parameters import declarations
from sim.stress import Stress
from tests.neutral import NEUTRAL
from tests.sim.enacted import model_with

FREE = {each.name: 0.0 for each in declarations(Prices) if each.name != "life"}


def cost(model: GovernanceModel, **prices: float) -> float:
    """Yuan a month of the whole province at these prices and nothing else."""
    behaviour = replace(model.world_scenario.behaviour, prices=Prices(**FREE | prices))
    cities = range(len(model.province.cities))
    return sum(float(monthly_cost(model.state, model.province, city, behaviour).sum()) for city in cities)


def mediators(model: GovernanceModel, *kinds: MediationKind) -> int:
    """Mediators of these kinds in centres and at courts."""
    pools = model.state.pools
    return int(pools["mediators"][np.isin(pools["kind"], kinds) & (pools["level"] != 0)].sum())


def test_each_kind_of_post_has_its_price() -> None:
    built = {"coverage_township": 1, "coverage_county": 1, "coverage_city": 1}
    model = model_with(centre=built, staff={"mediators_county": 200, "mix_judicial": 5})
    contract = mediators(model, MediationKind.PEOPLE, MediationKind.PROFESSIONAL)
    officials = mediators(model, MediationKind.ADMINISTRATIVE, MediationKind.PETITION)
    judicial, early = mediators(model, MediationKind.JUDICIAL), mediators(model, MediationKind.PRELITIGATION)
    assert min(contract, officials, judicial, early) > 0
    assert cost(model, cost_contract_mediator=12) == pytest.approx(contract)
    assert cost(model, cost_official=12) == pytest.approx(officials)
    assert cost(model, cost_judicial_mediator=12) == pytest.approx(judicial)
    assert cost(model, cost_prelitigation=12) == pytest.approx(early)
    of_villages = int(model.state.pools["mediators"][model.state.pools["level"] == 0].sum())
    assert cost(model, cost_village_mediator=12) == pytest.approx(of_villages)  # nobody works full time there
    assert cost(model, cost_service_clerk=12) == pytest.approx(model.state.halls["clerks"].sum())
    for name in ("cost_informal_mediator", "cost_enterprise_mediator", "cost_overtime"):
        assert cost(model, **{name: 100}) == 0


def test_a_full_time_mediator_of_a_village_costs_a_contract_and_the_others_an_allowance() -> None:
    model = model_with(staff={"full_time_share_village": 0.5, "informal_mediators": 1, "mediators_village": 2})
    pools, villages = model.state.pools, model.state.villages
    is_village = pools["level"] == 0
    full, all_of_them = int(pools["full_time"][is_village].sum()), int(pools["mediators"][is_village].sum())
    informal = int(villages["informal_mediators"].sum())
    assert 0.3 * (all_of_them - informal) < full < 0.7 * (all_of_them - informal)
    of_centres = mediators(model, MediationKind.PEOPLE, MediationKind.PROFESSIONAL)
    assert cost(model, cost_contract_mediator=12) == pytest.approx(of_centres + full)
    assert cost(model, cost_village_mediator=12) == pytest.approx(all_of_them - full - informal)
    assert cost(model, cost_informal_mediator=12) == pytest.approx(informal)


def test_a_part_time_post_of_a_centre_costs_its_hours() -> None:
    quarter = replace(Behaviour(), caseloads=Caseloads(part_time_hours=2))
    model = model_with(behaviour=quarter, staff={"full_time_share_centre": 0.5})
    pools = model.state.pools
    mine = np.isin(pools["kind"], (MediationKind.PEOPLE, MediationKind.PROFESSIONAL)) & (pools["level"] != 0)
    full, posts = int(pools["full_time"][mine].sum()), int(pools["mediators"][mine].sum())
    assert 0 < full < posts
    assert cost(model, cost_contract_mediator=12) == pytest.approx(full + (posts - full) / 4)
    officials = mediators(model, MediationKind.ADMINISTRATIVE, MediationKind.PETITION)
    assert cost(model, cost_official=12) == pytest.approx(officials)  # they work full time always


def test_enterprises_pay_the_mediators_they_share_but_for_a_public_part() -> None:
    without, model = model_with(), model_with(staff={"enterprise_mediators": 5})
    shared = mediators(model, MediationKind.PROFESSIONAL) - mediators(without, MediationKind.PROFESSIONAL)
    assert shared > 0
    assert cost(model, cost_enterprise_mediator=12) == pytest.approx(shared)
    assert cost(model, cost_contract_mediator=12) == pytest.approx(cost(without, cost_contract_mediator=12))


def test_training_costs_more_for_who_works_full_time() -> None:
    model = model_with(staff={"training": 0.25})
    full = int(model.state.pools["full_time"].sum())
    part = int(model.state.pools["mediators"].sum()) - full
    assert min(full, part) > 0
    assert cost(model, cost_training=48) == pytest.approx(full)
    assert cost(model, cost_training_part_time=48) == pytest.approx(part)


def test_a_grid_worker_costs_the_hours_of_the_day_and_something_at_least() -> None:
    for hours in (8, 2):
        model = model_with(grid={"hours_per_day": hours})
        in_use = int((model.state.grid_workers["households"] > 0).sum())
        assert cost(model, cost_grid_worker=1_200) == pytest.approx(100 * in_use * hours / 8)
        assert cost(model, cost_grid_worker_least=480) == pytest.approx(40 * in_use)
        both = cost(model, cost_grid_worker=1_200, cost_grid_worker_least=480)
        assert both == pytest.approx(in_use * max(100 * hours / 8, 40))


def test_overtime_costs_its_price_by_the_hour() -> None:
    model = model_with(grid={"overtime": 1.5})
    in_use = int((model.state.grid_workers["households"] > 0).sum())
    assert cost(model, cost_overtime=12) == pytest.approx(1.5 * 365 * in_use)


def test_working_centres_cost_by_their_level_and_what_set_them_up_as_an_annuity() -> None:
    model = model_with(centre={"coverage_township": 1, "coverage_county": 1, "coverage_city": 1, "working_share": 1})
    centres = model.state.centres
    for level, name in ((TOWNSHIP, "township"), (COUNTY, "county"), (CITY, "city")):
        working = int(centres["is_working"][centres["level"] == level].sum())
        assert working > 0
        assert cost(model, **{f"cost_centre_{name}": 1_200}) == pytest.approx(100 * working)
        # 5 % over ten years: 0.1295 a year of every yuan; without interest a tenth
        assert cost(model, **{f"capital_{name}": 1_200}, discount_rate=0.05, life=10) == pytest.approx(
            12.9504575 * working
        )
        assert cost(model, **{f"capital_{name}": 1_200}, life=10) == pytest.approx(10 * working)
    nameplates = model_with(centre={"coverage_township": 1, "coverage_county": 1, "working_share": 0})
    assert cost(nameplates, cost_centre_township=1_200, capital_county=1_200) == 0


def test_posts_and_subsystems_cost_their_price() -> None:
    model = model_with(centre={"commissars": 1, "judge_contact_points": 0.5}, platform={"subsystems": 101})
    state, province = model.state, model.province
    judges = int(state.centres["has_judge"].sum())
    assert 0 < judges < len(province.townships)
    assert cost(model, cost_commissar=12) == pytest.approx(len(province.townships))
    assert cost(model, cost_judge_contact_point=12) == pytest.approx(judges)
    assert cost(model, cost_subsystem=600_000) == pytest.approx(100 * 50_000 * province.population / 1e6)


def test_what_villages_have_costs_its_price_and_watching_them_nothing() -> None:
    model = model_with(
        staff={"womens_teams": 1},
        norms={"moral_bank": 0.5, "praise_meetings": 0.75},
        grid={"first_contact": 0.25},
        platform={"early_warning": 1},
    )
    has = model.state.villages["has"].astype(int).sum(axis=0)
    for name, feature in (
        ("cost_womens_team", WOMENS_TEAM),
        ("cost_moral_bank", MORAL_BANK),
        ("cost_praise_meetings", PRAISE_MEETINGS),
        ("cost_first_contact", FIRST_CONTACT),
    ):
        assert has[feature] > 0
        assert cost(model, **{name: 12}) == pytest.approx(has[feature])
    assert cost(model, capital_moral_bank=120, life=10) == pytest.approx(has[MORAL_BANK])


def test_calls_to_the_police_and_what_they_pass_on_cost_their_price() -> None:
    monthly = np.zeros((2, 3, len(MONTHLY_FIGURES)))
    monthly[0, 1, MONTHLY_FIGURES.index("police_background")] = 20
    counts = np.zeros((2, 3, len(DISPUTE_KINDS), len(EVENTS)), np.int32)
    counts[1, 2, 4:6, event("police_passed")] = 3, 4
    counts[:, 1, 2, event("police_called")] = 5
    counts[..., event("police_settled")] = 9
    passed = police_cost(counts, monthly, Prices(cost_police_passed=100, cost_police_call=0))
    assert passed.tolist() == [[0, 0, 0], [0, 0, 700]]
    called = police_cost(counts, monthly, Prices(cost_police_passed=0, cost_police_call=10))
    assert called.tolist() == [[0, 250, 0], [0, 50, 0]]


def test_nobody_left_costs_nothing() -> None:
    model = model_with(Stress(staff_lost=1), staff={"informal_mediators": 2, "training": 0.5})
    assert not model.state.pools["mediators"].any()
    paid = [
        each.name
        for each in declarations(Prices)
        if any(word in each.name for word in ("mediator", "training", "prelitigation"))
    ]
    assert len(paid) == 8 and cost(model, **dict.fromkeys(paid, 1_000.0)) == 0


def test_the_ledger_books_what_a_month_costs() -> None:
    model = model_with(behaviour=NEUTRAL)  # nobody calls the police, which is paid for as it happens
    behaviour = model.world_scenario.behaviour
    city = monthly_cost(model.state, model.province, 0, behaviour)
    counties = np.flatnonzero(model.province.counties["city"] == 0)
    np.testing.assert_array_equal(model.ledger().cost[counties, 0], city)
