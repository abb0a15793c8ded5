"""Studies of years after the reform: their seeds, with and without a set of behaviours, and which years there are."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble
from experiments.configuration.schema import YearsConfig
from experiments.runs.run import runs_of
from experiments.studies.years import YearsStudy, check_years, people_of
from sim.errors import InputError
from sim.scenario import Calendar, ProvinceChoice, Scenario
from sim.stress import Stress

PEOPLE = Ensemble("people.csv", ("patience",), ((10.0,), (20.0,), (30.0,)), "0")


@dataclass(frozen=True)
class Trial(YearsStudy[YearsConfig]):
    """The least that such a study has."""

    @property
    def worlds(self) -> list[Scenario]:
        return []

    def as_dict(self) -> dict[str, Any]:
        return {}

    @property
    def identity(self) -> Any:
        return []


def config(years: list[int], members: int = 0, **more: Any) -> YearsConfig:
    study = SimpleNamespace(years=years, members=members)
    return YearsConfig(study=study, province=ProvinceChoice("tiny"), **more)


def test_seeds_count_up_and_each_member_has_its_own():
    alone = Trial(config([1], seed=5, replicates=3), Invocation("trial"), None, 1)
    assert alone.seeds == [5, 6, 7] and {alone.member(seed) for seed in alone.seeds} == {0}
    of_two = Trial(config([1], seed=1, replicates=2), Invocation("trial"), PEOPLE, 2)
    assert of_two.seeds == [3, 4, 6, 7]
    assert [of_two.member(seed) for seed in of_two.seeds] == [0, 1, 0, 1]
    assert [run.scenario.behaviour.patience for run in of_two.runs_of_years(Scenario())] == [10, 20, 10, 20]


def test_runs_of_other_years_are_others_and_none_is_that_of_a_whole_window():
    scenario = Scenario(province=ProvinceChoice("tiny"))
    first, both = (Trial(config(years, replicates=1), Invocation("trial"), None, 1) for years in ([1], [1, 3]))
    keys = {first.runs_of_years(scenario)[0].key, both.runs_of_years(scenario)[0].key, runs_of(scenario, [0])[0].key}
    assert len(keys) == 3
    assert first.runs_of_years(scenario)[0].warm_up == both.runs_of_years(scenario)[0].warm_up


def test_so_many_members_are_tried_and_never_more_than_there_are(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("patience\n10\n20\n30\n")
    for asked, tried in ((0, 3), (2, 2), (9, 3)):
        ensemble, members = people_of(config([1], asked, ensemble=str(file)))
        assert ensemble is not None and (len(ensemble), members) == (3, tried)
    assert people_of(config([1], 5)) == (None, 1)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (config([]), r"study\.years=\[\] must name one or more, each once"),
        (config([1, 1]), r"study\.years=\[1,1\] must name one or more, each once"),
        (config([4]), "year 4 after calendar.reform=2019-01-01 ends in 2022-12, and calendar.end is 2021-12-31"),
        (config([1], stress=Stress(discouragement=1)), "stress=… has no part here: here is why"),
    ],
)
def test_what_is_refused(given, says):
    with pytest.raises(InputError, match=says):
        check_years(given, "here is why")


def test_the_last_year_may_end_with_the_calendar():
    check_years(config([1, 3]), "")
    check_years(config([2], calendar=Calendar(end="2020-12-31")), "")
