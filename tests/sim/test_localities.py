"""Places of a city under different policies: who has which, and what each of them then has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.agents.centre import COUNTY, TOWNSHIP, pool_of_centre
from sim.agents.dispute_kind import DEPARTMENTS, MEDIATION_KINDS, MediationKind
from sim.costs import monthly_cost
from sim.localities import localities_of
from sim.model import GovernanceModel, run, run_branches
from sim.policy import CentreLevers, Policy
from sim.province import load_province
from sim.scenario import ProvinceChoice, Scenario

TINY = load_province("tiny")
EAST, SHANYANG = 0, 1  # rows of the counties 910102 and 910103, both of the city 9101
OPEN = replace(Policy(), centre=CentreLevers(coverage_township=1, coverage_county=1, coverage_city=1))


def in_force(places: dict[str, Any], policy: Policy = OPEN) -> GovernanceModel:
    """The tiny province after its first day, with what some places do differently."""
    own = replace(policy, places=places)
    model = GovernanceModel(Scenario(province=ProvinceChoice("tiny"), before=own, after=own), seed=1)
    model.run_for(1)
    model.check()
    return model


def mediators(model: GovernanceModel, centre: int) -> list[int]:
    """Employed at a centre, by kind."""
    first = pool_of_centre.py_func(centre, 0)
    return model.state.pools["mediators"][first : first + MEDIATION_KINDS].tolist()


def test_where_nothing_differs_a_city_has_one_policy() -> None:
    scenario = Scenario(province=ProvinceChoice("tiny"))
    for city in range(2):
        found = localities_of(scenario, TINY, city)
        assert found.scenarios == (scenario,)
        assert not found.counties.any() and not found.townships.any()


def test_a_city_has_one_row_for_each_distinct_policy_its_own_first() -> None:
    more = {"staff": {"training": 0.5}}
    places = {"910103": more, "910102100": more, "910103400": {"staff": {"training": 0}}, "910201": more}
    scenario = Scenario(province=ProvinceChoice("tiny"), after=replace(Policy(), places=places))
    found = localities_of(scenario, TINY, 0)
    assert [each.after.staff.training for each in found.scenarios] == [0, 0.5]
    assert found.counties.tolist() == [0, 1]
    assert found.townships.tolist() == [0, 1, 1, 0]  # the last takes back what its county does
    assert localities_of(scenario, TINY, 1).counties.tolist() == [1]


def test_a_county_has_the_mediators_set_for_it_and_others_the_usual_number() -> None:
    usual, model = in_force({}), in_force({"910103": {"staff": {"mediators_county": 200}}})
    townships = len(TINY.townships)
    for county in range(len(TINY.counties)):
        before, now = mediators(usual, townships + county), mediators(model, townships + county)
        if county != SHANYANG:
            assert now == before
    residents = int(TINY.counties["population"][SHANYANG])
    heads = int(200 * residents / 290_000 + 0.5)  # stated for a county of 290,000
    added = np.array(mediators(model, townships + SHANYANG)) - mediators(usual, townships + SHANYANG)
    assert added.sum() == heads - 1 and added.min() >= 0  # the usual eight are one here
    assert [mediators(model, row) for row in range(townships)] == [mediators(usual, row) for row in range(townships)]


def test_a_township_changes_nothing_but_itself() -> None:
    usual = in_force({})
    model = in_force({"910102001": {"grid": {"households_per_grid": 50}, "norms": {"moral_bank": 1}}})
    (mine,) = np.flatnonzero(TINY.townships["code"] == 910102001)
    is_mine = TINY.villages["township"] == mine
    old, new = usual.state.villages, model.state.villages
    assert (new["has"][is_mine, 1] == 1).all() and not new["has"][~is_mine, 1].any()
    expected = np.maximum(1, np.floor(new["households"][is_mine] / 50 + 0.5))
    assert new["grid_workers"][is_mine].tolist() == expected.tolist()
    assert new["grid_workers"][is_mine].sum() > old["grid_workers"][is_mine].sum()
    assert new["grid_workers"][~is_mine].tolist() == old["grid_workers"][~is_mine].tolist()


def test_every_body_has_the_row_of_its_place() -> None:
    model = in_force({"910103": {"staff": {"training": 0.5}}, "910102100": {"staff": {"training": 0.9}}})
    training = model.state.regimes[0]["training"]
    state, townships = model.state, len(TINY.townships)
    assert training[state.centres["regime"][:4]].tolist() == [0, 0.9, 0.5, 0.5]  # townships of the first city
    assert training[state.centres["regime"][townships : townships + 2]].tolist() == [0, 0.5]
    assert state.centres["regime"][townships + len(TINY.counties)] == 0  # the city's own
    of_villages = {910102001: 0, 910102100: 0.9, 910103100: 0.5, 910103400: 0.5}
    codes = TINY.townships["code"][TINY.villages["township"]]
    here = TINY.villages["city"] == 0
    assert training[state.villages["regime"][here]].tolist() == [of_villages[code] for code in codes[here].tolist()]
    pools = state.pools["regime"]
    first = len(state.centres) * MEDIATION_KINDS
    assert pools[first:].tolist() == state.villages["regime"].tolist()
    assert pools[:first].tolist() == np.repeat(state.centres["regime"], MEDIATION_KINDS).tolist()


def test_centres_departments_and_halls_go_by_place() -> None:
    closed = {"centre": {"coverage_township": 0}}
    county = {"centre": {"colocation": 1, "coverage_county": 0}, "services": {"service_clerks": 400}}
    usual, model = in_force({}), in_force({"910102001": closed, "910103": county})
    state, townships = model.state, len(TINY.townships)
    assert state.centres["is_built"][state.centres["level"] == TOWNSHIP].tolist() == [0, 1, 1, 1, 1, 1]
    assert state.centres["is_built"][state.centres["level"] == COUNTY].tolist() == [1, 0, 1]
    stationed = state.departments["is_stationed"].reshape(-1, len(DEPARTMENTS)).sum(axis=1)
    before = usual.state.departments["is_stationed"].reshape(-1, len(DEPARTMENTS)).sum(axis=1)
    assert stationed.tolist() == [before[EAST], len(DEPARTMENTS), before[2]]
    residents = TINY.counties["population"][SHANYANG]
    assert state.halls["clerks"].tolist() == [1, max(1, int(400 * residents / 290_000 + 0.5)), 1]
    assert mediators(model, townships + SHANYANG)[MediationKind.PEOPLE] == 0


@pytest.mark.parametrize(
    ("place", "group", "lever", "value"),
    [
        ("910103", "staff", "training", 0.5),
        ("910103", "platform", "subsystems", 400),
        ("910103", "centre", "intake", "unified"),
    ],
)
def test_costs_are_booked_where_they_arise(place: str, group: str, lever: str, value: Any) -> None:
    usual, model = in_force({}), in_force({place: {group: {lever: value}}})
    behaviour = model.world_scenario.behaviour
    more = monthly_cost(model.state, TINY, 0, behaviour) - monthly_cost(usual.state, TINY, 0, behaviour)
    assert more[EAST] == 0
    residents = float(TINY.counties["population"][SHANYANG])
    if lever == "subsystems":
        assert more[SHANYANG] == pytest.approx(residents / 1e6 * 399 * behaviour.prices.cost_subsystem / 12)
    elif lever == "training":
        mine = model.state.pools["county"] == SHANYANG
        prices, pools = behaviour.prices, model.state.pools[mine]
        full, all_of_them = int(pools["full_time"].sum()), int(pools["mediators"].sum())
        lessons = full * prices.cost_training + (all_of_them - full) * prices.cost_training_part_time
        assert more[SHANYANG] == pytest.approx(0.5 * lessons / 12)
    else:
        assert more[SHANYANG] == 0  # no price is known of one register


def test_what_differs_by_name_alone_differs_in_nothing() -> None:
    """Values that are the policy's own give the same run, byte for byte."""
    levers = {"staff": {"mediators_county": 8}, "grid": {"households_per_grid": 300}, "centre": {"intake": "windows"}}
    township = {"norms": {"moral_bank": 0}}
    places = {"91": levers, "other": levers, "9101": levers, "910103": levers, "910103400": township}
    usual = Scenario(province=ProvinceChoice("tiny"))
    same = replace(usual, before=replace(usual.before, places=places))
    for name, values in vars(run(usual, 5)).items():
        assert values.tobytes() == getattr(run(same, 5), name).tobytes(), name


def test_branches_may_differ_in_other_places_than_the_first() -> None:
    """A branch is a full run of its scenario, however many policies a city has in either."""
    usual = Scenario(
        province=ProvinceChoice("tiny"), before=replace(Policy(), places={"910102": {"norms": {"moral_bank": 0.5}}})
    )
    counties = {"910103": {"staff": {"mediators_county": 40}, "roll_out": {"ramp": 3}}}
    townships = {"910103400": {"grid": {"households_per_grid": 60}}, "910201001": {"centre": {"intake": "unified"}}}
    worlds = [usual, *(replace(usual, after=replace(Policy(), places=each)) for each in (counties, townships))]
    for world, ledger in zip(worlds, run_branches(worlds, 3), strict=True):
        alone = run(world, 3)
        assert all(values.tobytes() == getattr(alone, name).tobytes() for name, values in vars(ledger).items())
