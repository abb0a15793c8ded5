"""What a comparison shares out: which worlds it takes, and parts by hand of what they are given to hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from experiments.configuration.ensemble import Ensemble
from experiments.runs.record import RunRecord
from experiments.studies.compare.attribution import GROUPS, MEASURES, coalitions_of, shared_out
from petition_pyramid import scenario
from sim.ledger import EVENTS
from sim.parameters import declarations
from sim.policy import Policy
from sim.scenario import ProvinceChoice, Scenario
from sim.stress import Stress

PEOPLE = Ensemble("people.csv", ("patience",), tuple((10.0 + k,) for k in range(6)), "0")
GANSU = scenario("after=gansu_2019").after
TINY = ProvinceChoice("tiny")


def world(policy: Policy, **parts: object) -> Scenario:
    return replace(Scenario(province=TINY, after=policy), **parts)


class Made:
    """A runner whose worlds hold what a function of their policy and seed says, in the first year and the last."""

    def __init__(self, worth, fails=lambda run: False):
        self.worth, self.fails, self.runs = worth, fails, []

    def finish(self, runs):
        self.runs += runs

    def record(self, run):
        if self.fails(run):
            return None
        first, last = self.worth(run.scenario.after, run.seed)
        years = {
            name: {**dict.fromkeys(MEASURES, 1.0), "durable_resolution": value}
            for name, value in (("first_year", first), ("full_year", last))
        }
        return RunRecord({}, {}, np.array([], "datetime64[M]"), np.zeros((0, len(EVENTS))), years=years)


def parts_of(found, measure="durable_resolution"):
    return {(row["group"], row["year"]): row for row in found["parts"] if row["measure"] == measure}


def test_every_lever_is_in_one_group():
    names = [declared.name for declared in declarations(Policy)]
    owners = [[group for group, patterns in GROUPS.items() if any(name.startswith(each[:-1]) for each in patterns)]
              for name in names]  # fmt: skip
    assert all(len(each) == 1 for each in owners)


def test_worlds_are_all_combinations_from_the_reference_to_the_policy():
    reference, policy = world(Policy()), world(GANSU)
    groups, worlds = coalitions_of(reference, policy)
    assert groups == list(GROUPS) and len(worlds) == 16
    assert worlds[0].after == reference.after and worlds[15].after == policy.after
    grid = worlds[1].after
    assert grid.grid == GANSU.grid and (grid.centre, grid.petition) == (Policy().centre, Policy().petition)
    assert all(each.province == TINY for each in worlds)


def test_counties_stand_for_a_province_of_which_no_places_are_chosen():
    _, worlds = coalitions_of(Scenario(after=Policy()), Scenario(after=GANSU))
    assert {len(each.province.places) for each in worlds} == {10}
    chosen = ProvinceChoice("gansu", ["6207"])
    _, worlds = coalitions_of(Scenario(province=chosen), Scenario(province=chosen, after=GANSU))
    assert all(each.province == chosen for each in worlds)


@pytest.mark.parametrize(
    ("reference", "policy"),
    [
        (world(Policy()), world(Policy())),
        (world(Policy()), world(replace(Policy(), grid=GANSU.grid))),  # one group alone has all of it
        (world(Policy()), world(GANSU, stress=Stress(push_down=0.5))),
        (world(Policy(), province=ProvinceChoice("china")), world(GANSU, province=ProvinceChoice("china"))),
    ],
)
def test_where_there_is_nothing_to_share_out_nothing_runs(reference, policy):
    runner = Made(lambda policy, seed: (0, 0))
    assert shared_out("policy", reference, policy, [0, 1], None, runner) is None and not runner.runs


def worth(policy: Policy, seed: int) -> tuple[float, float]:
    """Additive in the first year; in the last, the grid does half of its work where petitions are as before."""
    grid, petitions = policy.grid == GANSU.grid, policy.petition == GANSU.petition
    luck = 0.5 + 0.01 * seed  # the same in every world: it does not matter
    return luck + 0.02 * grid + 0.01 * petitions, luck + 0.04 * grid + 0.04 * (grid and petitions)


def test_parts_are_those_of_a_game_by_hand():
    runner = Made(worth)
    found = shared_out("gansu_2019", world(Policy()), world(GANSU), [0, 1, 2], None, runner)
    assert (found["policy"], found["groups"], found["counties"]) == ("gansu_2019", list(GROUPS), 0)
    assert len(runner.runs) == 3 * 16
    parts = parts_of(found)
    told = {key: row["difference"] for key, row in parts.items()}
    assert told["grid", 1] == pytest.approx(0.02) and told["petitions", 1] == pytest.approx(0.01)
    assert told["grid", 3] == pytest.approx(0.06) and told["petitions", 3] == pytest.approx(0.02)
    assert told["centres", 3] == told["support", 1] == pytest.approx(0)
    whole = {row["year"]: row for row in found["whole"] if row["measure"] == "durable_resolution"}
    for year, size in ((1, 0.03), (3, 0.08)):
        assert whole[year]["difference"] == pytest.approx(size)
        assert sum(told[group, year] for group in GROUPS) == pytest.approx(size)
    assert parts["grid", 3]["verdict"] == "up" and parts["centres", 3]["verdict"] == "little"


def test_a_seed_that_lacks_a_world_is_left_out_and_none_left_is_nothing():
    partly = Made(worth, fails=lambda run: run.seed == 1 and run.scenario.after == GANSU)
    found = shared_out("gansu_2019", world(Policy()), world(GANSU), [0, 1, 2], None, partly)
    assert {row["pairs"] for row in found["parts"]} == {2}
    nothing = Made(worth, fails=lambda run: run.scenario.after == GANSU)
    assert shared_out("gansu_2019", world(Policy()), world(GANSU), [0, 1], None, nothing) is None


def test_over_a_set_of_behaviours_parts_are_medians_of_its_first_members():
    runner = Made(lambda policy, seed: (0.5 + 0.01 * seed**2 * (policy.grid == GANSU.grid), 0.5))
    found = shared_out("gansu_2019", world(Policy()), world(GANSU), list(range(6)), PEOPLE, runner)
    grid = parts_of(found)["grid", 1]
    assert grid["difference"] == pytest.approx(0.04) and grid["pairs"] == 5  # of 0, 1, 4, 9 and 16 hundredths
    assert grid["same_sign"] == pytest.approx(0.8)
    few = Ensemble("people.csv", ("patience",), ((10.0,), (20.0,)), "0")
    found = shared_out("gansu_2019", world(Policy()), world(GANSU), list(range(6)), few, Made(worth))
    assert {row["pairs"] for row in found["parts"]} == {2}  # each member once


def test_a_calendar_of_one_year_has_one():
    short = replace(Scenario().calendar, end="2019-12-31")
    runner = Made(worth)
    runner.record = lambda run: RunRecord(
        dict.fromkeys(MEASURES, 0.5), {}, np.array([], "datetime64[M]"), np.zeros((0, len(EVENTS)))
    )
    reference, policy = (world(each, calendar=short) for each in (Policy(), GANSU))
    found = shared_out("gansu_2019", reference, policy, [0, 1], None, runner)
    assert {row["year"] for row in found["whole"]} == {1}


def test_what_has_no_value_has_no_part():
    runner = Made(lambda policy, seed: (0.5, 0.6))
    made = runner.record
    runner.record = lambda run: replace(
        made(run), years={name: {**each, MEASURES[2]: np.nan} for name, each in made(run).years.items()}
    )
    found = shared_out("gansu_2019", world(Policy()), world(GANSU), [0, 1], None, runner)
    assert {row["measure"] for row in found["whole"]} == {row["measure"] for row in found["parts"]} == set(MEASURES[:2])


def test_a_policy_that_is_not_built_by_the_end_has_its_first_year_alone():
    runner = Made(worth)
    made = runner.record

    def record(run):
        found = made(run)
        return (
            found if run.scenario.after == Policy() else replace(found, years={"first_year": found.years["first_year"]})
        )

    runner.record = record
    found = shared_out("gansu_2019", world(Policy()), world(GANSU), [0, 1], None, runner)
    assert {row["year"] for row in found["whole"]} == {1}
    assert parts_of(found)["grid", 1]["difference"] == pytest.approx(0.02)
