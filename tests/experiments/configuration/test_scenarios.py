"""Scenarios from Python: the same as a command line composes, and composed once a choice of options."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.configuration import scenarios
from experiments.configuration.compose import compose
from experiments.configuration.scenarios import simulate_config
from experiments.configuration.schema import SimulateConfig, validate
from petition_pyramid import scenario
from sim.errors import InputError
from sim.policy import Policy
from sim.scenario import Scenario

SAME = [
    [],
    ["province=tiny"],
    ["after=whistle", "province=tiny", "stress=staff_cut"],
    ["after=whistle", "behaviour.patience=20", "after.centre.intake=windows", "behaviour.patience=21"],
    ["places=[6201,6202]", "calendar.end=2020-12-31"],
    ["province=some/folder", "replicates=3", "executor.kind=processes"],
    ["province.source=62", "before=placebo"],
    ["province.source='a b'"],
    ["after.assessment.veto=yes"],
    ["++after.places={hexi:{norms:{moral_bank:1}}}", "after=pilots_alike"],
    ["calendar.end=2020-12-31", "calendar={end: 2021-12-31}"],
    ["calendar.measures=${calendar.reform}"],
    ["++after.norms.moral_bank=1", "behaviour.grievances=50"],
]


@pytest.mark.parametrize("overrides", SAME, ids=" ".join)
def test_it_is_what_the_command_composes(overrides: list[str]) -> None:
    assert simulate_config(overrides) == validate(SimulateConfig, compose("simulate", overrides))


REFUSED = [
    ["behaviour.patience=200"],
    ["behaviour.patience=abc"],
    ["behaviour.patience=10,20"],
    ["behaviour.patients=20"],
    ["after=whistel"],
    ["after=whistle", "after.centre.intake=doors"],
    ["calendar.end=2020-12-30"],
    ["behaviour.patience=null"],
    ["behaviour.patience=(", "after=whistle"],
]


@pytest.mark.parametrize("overrides", REFUSED, ids=" ".join)
def test_what_is_wrong_is_said_as_by_the_command(overrides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from experiments.cli.main import main

    with pytest.raises(InputError) as refused:
        simulate_config(overrides)
    assert main(["simulate", *overrides]) == 2
    assert capsys.readouterr().err == "".join(f"pyramid: {line}\n" for line in str(refused.value).splitlines())


def test_values_are_set_without_composing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario("province=tiny", "after=whistle")
    monkeypatch.setattr(scenarios, "compose", lambda *_: pytest.fail("composed again"))
    varied = scenario("province=tiny", "after=whistle", "behaviour.patience=17", "calendar.end=2022-12-31")
    assert (varied.province.source, varied.behaviour.patience, varied.calendar.end) == ("tiny", 17, "2022-12-31")
    assert varied.after.centre.whistle_deadline == 10


def test_what_a_caller_changes_is_not_seen_by_the_next_one() -> None:
    mine = scenario("after=whistle")
    mine.after.centre.whistle_deadline = 77
    assert scenario("after=whistle").after.centre.whistle_deadline == 10


def test_a_folder_of_options_is_read_at_every_call(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    for share in (0.2, 0.4):
        (tmp_path / "policy" / "mine.yaml").write_text(f"norms:\n  moral_bank: {share}\n")
        assert scenario("after=mine", config_directory=str(tmp_path)).after.norms.moral_bank == share


def test_no_shipped_option_refers_to_a_value_that_may_be_set(request: pytest.FixtureRequest) -> None:
    """A reference would have to be resolved after a value is set, and not before."""
    folder = request.config.rootpath / "configs"
    assert [file for file in folder.rglob("*.yaml") if "${" in file.read_text("utf-8")] == []


def test_a_scenario_alone_comes_out() -> None:
    assert type(scenario("after=status_quo")) is Scenario
    assert scenario("after=status_quo").after == Policy()
    with pytest.raises(InputError, match="gansu_ensemble is a set of behaviours, and a scenario has one: "):
        scenario("behaviour=gansu_ensemble")
    with pytest.raises(InputError, match="ensemble=gansu_ensemble is not allowed: a scenario has no such part"):
        scenario("ensemble=gansu_ensemble")
