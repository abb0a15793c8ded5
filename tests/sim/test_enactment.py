"""What a month costs, by hand, and how a regime comes into force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.agents.village import WATCHED
from sim.behaviour import Behaviour
from sim.enactment import monthly_cost
from sim.ledger import MONTHLY_FIGURES
from sim.model import GovernanceModel
from sim.policy import Policy
from sim.scenario import ProvinceChoice, Scenario
from sim.stress import Stress

PRICES = {
    "cost_village_mediator": 12,
    "cost_mediator": 1_200,
    "cost_grid_worker": 12_000,
    "cost_overtime": 12,
    "cost_centre": 120_000,
    "cost_informal_mediator": 6,
    "cost_service_clerk": 60_000,
    "cost_training": 2_400,
    "cost_post": 24_000,
    "cost_programme": 1_200,
    "cost_subsystem": 600_000,
}
FREE = dict.fromkeys(PRICES, 0.0)


def model_with(stress: Stress | None = None, **groups: dict[str, float]) -> GovernanceModel:
    policy = Policy()
    for group, levers in groups.items():
        policy = replace(policy, **{group: replace(getattr(policy, group), **levers)})
    scenario = Scenario(province=ProvinceChoice("tiny"), before=policy, after=policy, stress=stress or Stress())
    if stress:
        scenario = replace(scenario, calendar=replace(scenario.calendar, reform=scenario.calendar.start))
    model = GovernanceModel(scenario, seed=1)
    model.run_for(1)
    return model


def cost(model: GovernanceModel, **prices: float) -> float:
    """Yuan a month of the whole province at these prices and nothing else."""
    behaviour = replace(Behaviour(), **FREE | prices)
    cities = range(len(model.province.cities))
    return sum(float(monthly_cost(model.state, model.province, city, behaviour).sum()) for city in cities)


def price(name: str) -> dict[str, float]:
    return {name: PRICES[name]}


def test_staff_centres_and_grids_cost_their_price() -> None:
    model = model_with(centre={"coverage_township": 1, "coverage_county": 1, "working_share": 1})
    state = model.state
    village = state.pools["level"] == 0
    assert cost(model, **price("cost_village_mediator")) == pytest.approx(state.pools["mediators"][village].sum())
    others = state.pools["mediators"][~village].sum()
    assert others > 0
    assert cost(model, **price("cost_mediator")) == pytest.approx(100 * others)
    in_use = int((state.grid_workers["households"] > 0).sum())
    assert cost(model, **price("cost_grid_worker")) == pytest.approx(1_000 * in_use)
    working = int(state.centres["is_working"].sum())
    assert working >= 9
    assert cost(model, **price("cost_centre")) == pytest.approx(10_000 * working)
    clerks = int(state.halls["clerks"].sum())
    assert clerks > 0
    assert cost(model, **price("cost_service_clerk")) == pytest.approx(5_000 * clerks)
    for name in (
        "cost_informal_mediator",
        "cost_overtime",
        "cost_training",
        "cost_post",
        "cost_programme",
        "cost_subsystem",
    ):
        assert cost(model, **price(name)) == 0


def test_overtime_costs_its_price_by_the_hour() -> None:
    model = model_with(grid={"overtime": 1.5})
    in_use = int((model.state.grid_workers["households"] > 0).sum())
    assert cost(model, **price("cost_overtime")) == pytest.approx(1.5 * 365 * in_use)


def test_posts_training_and_subsystems_cost_their_price() -> None:
    model = model_with(
        centre={"commissars": 1, "judge_contact_points": 0.5},
        staff={"training": 0.25},
        platform={"subsystems": 101},
    )
    state, province = model.state, model.province
    townships = len(province.townships)
    judges = int(state.centres["has_judge"].sum())
    assert 0 < judges < townships
    assert cost(model, **price("cost_post")) == pytest.approx(2_000 * (townships + judges))
    assert cost(model, **price("cost_training")) == pytest.approx(0.25 * 200 * state.pools["mediators"].sum())
    assert cost(model, **price("cost_subsystem")) == pytest.approx(100 * 50_000 * province.population / 1e6)


def test_informal_mediators_have_a_price_of_their_own() -> None:
    without, model = model_with(), model_with(staff={"informal_mediators": 1})
    informal = int(model.state.villages["informal_mediators"].sum())
    assert informal >= len(model.state.villages)
    assert cost(model, **price("cost_informal_mediator")) == pytest.approx(0.5 * informal)
    committee = cost(without, **price("cost_village_mediator"))
    assert cost(model, **price("cost_village_mediator")) == pytest.approx(committee)


def test_what_villages_have_costs_its_price_and_watching_them_nothing() -> None:
    model = model_with(
        staff={"womens_teams": 1},
        norms={"moral_bank": 0.5, "praise_meetings": 1},
        grid={"first_contact": 0.25},
        platform={"early_warning": 1},
    )
    has = model.state.villages["has"].astype(int)
    villages = len(has)
    programmes = int(has.sum()) - villages  # without those watched
    assert 2 * villages < programmes < 3 * villages
    assert cost(model, **price("cost_programme")) == pytest.approx(100 * programmes)


def test_nobody_left_costs_nothing() -> None:
    model = model_with(Stress(staff_lost=1), staff={"informal_mediators": 2, "training": 0.5})
    assert not model.state.pools["mediators"].any()
    for name in ("cost_village_mediator", "cost_mediator", "cost_informal_mediator", "cost_training"):
        assert cost(model, **price(name)) == 0


def test_the_ledger_books_what_a_month_costs() -> None:
    model = model_with()
    behaviour = model.world_scenario.behaviour
    city = monthly_cost(model.state, model.province, 0, behaviour)
    counties = np.flatnonzero(model.province.counties["city"] == 0)
    np.testing.assert_array_equal(model.ledger().cost[counties, 0], city)


def test_alerts_double_patrols_for_their_month_and_are_booked() -> None:
    model = model_with(platform={"early_warning": 1})
    assert (model.state.villages["has"][:, WATCHED] == 1).all()
    model.run_for(395)  # up to 1 February of the second year
    village = 3
    model.state.villages["usual"], model.state.villages["excess"] = 50, 0
    usual_rate = model.state.grid_workers["rate"][model.state.villages["first_grid_worker"]]
    model.state.villages["reported"][village] = 200
    model.run_for(1)  # the first day of that month
    rate = model.state.grid_workers["rate"][model.state.villages["first_grid_worker"]]
    factors = np.ones(len(rate))
    factors[village] = 2
    np.testing.assert_allclose(rate / usual_rate, factors, rtol=1e-12)
    assert model.ledger().monthly_total("alerts") >= 1
    month = model.ledger().monthly[:, 13, MONTHLY_FIGURES.index("alerts")]
    assert month.sum() == model.state.villages["is_alert"].sum() == 1
