"""Which levers have a price: found anew by moving each of them and looking at the account."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

import pytest

from sim.behaviour import Behaviour, Caseloads, Prices
from sim.costs import monthly_cost
from sim.model import GovernanceModel
from sim.parameters import Declaration, declarations
from sim.policy import CentreLevers, Intake, Policy, RollOutLevers
from sim.prices import MONEY, PRICED, PRICES, TIMING, levers, price_of, uncosted
from sim.scenario import ProvinceChoice, Scenario

AT_ONCE = RollOutLevers(batch_1_start=0, batch_2_start=0, ramp=0)
HALF = CentreLevers(
    coverage_township=0.5, coverage_county=0.5, coverage_city=0.5, commissars=0.5, judge_contact_points=0.5
)
BUSY = replace(
    Policy(), roll_out=AT_ONCE, centre=HALF, staff=replace(Policy().staff, training=0.5, mediators_county=200)
)
AS_IT_HAPPENS = ("centre.police_linkage", "petition.stability_fund", *MONEY)
"""Levers whose cost is no part of a month's account: it is booked when something happens."""

PART_TIME = replace(Behaviour(), caseloads=Caseloads(part_time_hours=2))
"""A policy and behaviour under which every lever has something to act on."""

FREE = {each.name: 0.0 for each in declarations(Prices) if each.name != "life"}


def with_lever(policy: Policy, name: str, value: object) -> Policy:
    group, lever = name.split(".")
    return replace(policy, **{group: replace(getattr(policy, group), **{lever: value})})


def yuan(after: Policy, prices: dict[str, float] | None = None) -> float:
    """A month's account of the tiny province, reformed on the first day; at these prices and no others, if any."""
    scenario = Scenario(province=ProvinceChoice("tiny"), after=after, behaviour=PART_TIME)
    scenario = replace(scenario, calendar=replace(scenario.calendar, reform=scenario.calendar.start))
    model = GovernanceModel(scenario, seed=1)
    model.run_for(1)
    behaviour = replace(PART_TIME, prices=Prices(**FREE | prices)) if prices else PART_TIME
    cities = range(len(model.province.cities))
    return sum(float(monthly_cost(model.state, model.province, city, behaviour).sum()) for city in cities)


def values_of(lever: Declaration) -> list[object]:
    group, name = lever.name.split(".")
    usual = getattr(getattr(BUSY, group), name)
    if lever.choices:
        return list(type(usual)) if isinstance(usual, Enum) else [False, True]
    return [lever.low, (lever.low + lever.high) / 2, lever.high]


def test_a_lever_has_a_price_where_moving_it_alone_changes_the_account():
    usual = yuan(BUSY)
    moving = [
        lever.name
        for lever in declarations(Policy)
        if any(yuan(with_lever(BUSY, lever.name, value)) != usual for value in values_of(lever))
    ]
    assert moving == [name for name in levers() if name in PRICES and name not in AS_IT_HAPPENS]


@pytest.mark.parametrize("price", [price for price in PRICED if PRICED[price][0] not in AS_IT_HAPPENS])
def test_the_price_named_is_what_moving_the_lever_takes(price):
    only = {price: 100.0}
    usual = yuan(BUSY, only)
    by_name = {each.name: each for each in declarations(Policy)}
    for name in PRICED[price]:
        assert any(yuan(with_lever(BUSY, name, value), only) != usual for value in values_of(by_name[name])), name


def test_every_lever_that_has_a_price_is_declared_once_and_every_price_is_used():
    listed = [name for names in PRICED.values() for name in names] + list(TIMING) + list(MONEY)
    assert len(listed) == len(set(listed)) == len(PRICES) and set(listed) <= set(levers())
    # beside what a lever takes first stand floors, what is paid once, and what no lever moves
    money = {each.name.rpartition(".")[2] for each in declarations(Behaviour) if each.unit.startswith("yuan")}
    beside = {"cost_training_part_time", "cost_grid_worker_least", "capital_moral_bank", "cost_police_call"}
    beside |= {f"capital_{level}" for level in ("township", "county", "city")}
    assert set(PRICED) | beside == money and not set(PRICED) & beside
    assert [
        price_of(name) for name in ("grid.households_per_grid", "roll_out.ramp", "staff.case_pay", "centre.intake")
    ] == [
        "cost_grid_worker",
        "timing",
        "itself",
        "uncosted",
    ]


def test_a_policy_is_uncosted_by_the_levers_without_a_price_that_it_moves():
    usual = Policy()
    more = replace(usual, staff=replace(usual.staff, mediators_county=20), roll_out=AT_ONCE)
    assert uncosted(usual, usual) == () and uncosted(usual, more) == ()
    centre = replace(usual.centre, intake=Intake.unified, coverage_county=1.0, colocation=0.5)
    whole = replace(more, centre=centre, assessment=replace(usual.assessment, veto=True))
    assert uncosted(usual, whole) == ("centre.intake", "centre.colocation", "assessment.veto")
    assert uncosted(whole, usual) == uncosted(usual, whole)  # what the reference does at no cost counts as well
    assert uncosted(whole, whole) == ()


def test_what_some_places_do_otherwise_counts():
    usual = Policy()
    in_one_city = replace(usual, places={"9101": {"grid": {"visits_per_day": 12}, "norms": {"moral_bank": 1}}})
    in_a_region = replace(usual, places={"hexi": {"centre": {"intake": "unified"}}})
    assert uncosted(usual, in_one_city) == ("grid.visits_per_day",)
    assert uncosted(usual, in_a_region) == ("centre.intake",)
    assert uncosted(in_a_region, in_one_city) == ("centre.intake", "grid.visits_per_day")
    assert uncosted(in_one_city, in_one_city) == ()
    in_a_township = replace(usual, places={"910102001": {"centre": {"intake": "unified"}}})
    everywhere = replace(usual, places={"91": {"platform": {"triage_accuracy": 1}}})
    assert uncosted(usual, in_a_township) == ("centre.intake",)
    assert uncosted(in_a_township, everywhere) == ("centre.intake", "platform.triage_accuracy")
    same_as_everywhere = replace(usual, places={"9101": {"grid": {"visits_per_day": usual.grid.visits_per_day}}})
    assert uncosted(usual, same_as_everywhere) == ()
