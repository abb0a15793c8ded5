"""Worlds: the arms of a study, each with a policy and perhaps a stress of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

import sim.model
from experiments.cli.main import main
from experiments.configuration.command import Invocation
from experiments.configuration.compose import compose
from experiments.configuration.options import described_options, load_stresses, studies_of
from experiments.configuration.schema import validate
from experiments.configuration.stresses import LABEL, acting
from experiments.report.kinds import open_results
from experiments.runs.record import record_of
from experiments.runs.run import runs_of
from experiments.studies.compare.schema import CompareConfig
from experiments.studies.compare.study import Comparison, plan
from experiments.studies.compare.worlds import worlds_of
from petition_pyramid import scenario
from sim.measures import MEASURES
from sim.model import run
from sim.parameters import declarations
from sim.stress import Stress

WORLDS = (
    "study.policies=[status_quo,whistle]",
    "study.worlds={cut: {after: whistle, stress: staff_cut}, calm: {after: whistle, stress: none}}",
)


def composed(*arguments: str) -> CompareConfig:
    return validate(CompareConfig, compose("compare", arguments))


def study_of(*arguments: str) -> Comparison:
    return plan(composed("province=tiny", *arguments), Invocation("compare", arguments))


def test_both_forms_together_and_a_stress_of_its_own_replaces_the_shared_one():
    worlds = worlds_of(composed("province=tiny", *WORLDS, "stress=demand_shock"))
    assert list(worlds) == ["status_quo", "whistle", "cut", "calm"]
    found = {label: acting(world.scenario.stress) for label, world in worlds.items()}
    assert found == {
        "status_quo": {"demand_shock": 0.2},
        "whistle": {"demand_shock": 0.2},
        "cut": {"staff_lost": 0.5},
        "calm": {},
    }
    assert worlds["cut"].scenario.after == worlds["whistle"].scenario.after
    assert worlds["cut"].scenario.after.centre.whistle_response == 0.8
    assert worlds["status_quo"].scenario.after.centre.whistle_response == 0.35
    cut = {"after": "whistle", "stress": "staff_cut", "acting": {"staff_lost": 0.5}}
    assert worlds["cut"].as_dict() == cut | {"uncosted": ["centre.whistle_response", "centre.whistle_deadline"]}


def test_a_world_of_a_shipped_study_can_be_changed_by_name():
    study = composed("study=four_roads", "province=tiny", "study.worlds.push_down.stress=staff_cut")
    assert acting(worlds_of(study)["push_down"].scenario.stress) == {"staff_lost": 0.5}


def test_neutral_stresses_do_not_act():
    assert acting(Stress()) == {}
    assert acting(Stress(lockdown_start=6)) == {}
    assert acting(Stress(lockdown=1, lockdown_start=6)) == {"lockdown": 1, "lockdown_start": 6}


def test_every_stress_has_an_option_that_acts():
    names = {name: "" for name in described_options("stress")}
    found = {stress for each in load_stresses(names).values() for stress in acting(each)}
    assert found == {declared.name for declared in declarations(Stress)} - {"lockdown_start"}


@pytest.mark.parametrize("name", studies_of("compare"))
def test_every_shipped_study_can_be_run(name):
    study = study_of(f"study={name}")
    assert set(study.measures) <= set(MEASURES) and len(study.worlds) > 2
    assert study.config.replicates == 40 and len(study.ensemble) == 100
    seeds = [*range(40), *range(100, 105)]  # one behaviour in eight has a second seed
    assert {tuple(run.seed for run in runs) for runs in study.runs.values()} == {tuple(seeds)}
    assert [run.scenario.behaviour for run in study.runs["status_quo"]][:5] == [
        run.scenario.behaviour for run in study.runs["status_quo"]
    ][40:]


def test_four_roads_are_one_policy_and_three_stresses_on_one_warm_up():
    study = study_of("study=four_roads")
    assert list(study.worlds) == ["status_quo", "local_resolution", "push_down", "double_counting", "closed_door"]
    assert set(study.stressed) == {"push_down", "double_counting", "closed_door"}
    assert set(study.stressed["closed_door"]) == {"provincial_door_closed", "city_door_closed"}
    assert all(
        study.worlds[name].scenario.after == study.worlds["status_quo"].scenario.after for name in study.stressed
    )
    assert study.worlds["local_resolution"].scenario.after != study.worlds["status_quo"].scenario.after
    for seed in (0, 39):
        assert len({run.warm_up for runs in study.runs.values() for run in runs if run.seed == seed}) == 1
    assert len({runs[0].scenario_id for runs in study.runs.values()}) == 5
    assert (study.config.study.margin, study.config.study.target) == (0.2, [1, 2, 3])


@pytest.mark.long
@pytest.mark.usefixtures("no_report")
def test_worlds_branch_from_one_warm_up_each_as_if_run_alone(results, short, monkeypatch, capsys):
    branches: list[tuple[int, int]] = []
    real = sim.model.run_branches

    def counted(scenarios, seed, **options):
        branches.append((seed, len(scenarios)))
        yield from real(scenarios, seed, **options)

    monkeypatch.setattr(sim.model, "run_branches", counted)
    names = ("study.name=trial", f"results={results}", "executor.workers=1", "replicates=2", "behaviour=default")
    assert main(["compare", *short, *WORLDS, *names]) == 0
    assert branches == [(0, 3), (1, 3)]  # the calm world is the whistle under another name
    rows = open_results(results / "trial" / "latest").runs.sort_values("seed")
    alone = scenario(*short, "after=whistle", "stress=staff_cut")
    record = record_of(run(alone, 1), alone.calendar)
    mine = rows[(rows["scenario"] == "cut") & (rows["seed"] == 1)].iloc[0]
    assert mine["scenario_id"] == runs_of(alone, [1])[0].scenario_id
    for name in ("durable_resolution", "petitions_total", "open_cases", "wait_village"):
        assert mine[name] == record.after[name] and mine[f"before_{name}"] == record.before[name]
    cut, calm = (rows[rows["scenario"] == name]["durable_resolution"] for name in ("cut", "whistle"))
    assert all(harmed < kept for harmed, kept in zip(cut, calm, strict=True))


@pytest.mark.usefixtures("no_report")
def test_results_carry_each_worlds_stress(results, short, capsys):
    assert main(["compare", *short, *WORLDS, "study.name=trial", f"results={results}", "replicates=1"]) == 0
    folder = results / "trial" / "latest"
    study = yaml.safe_load((folder / "study.yaml").read_text("utf-8"))
    without_price = {"uncosted": ["centre.whistle_response", "centre.whistle_deadline"]}
    cut = {"after": "whistle", "stress": "staff_cut", "acting": {"staff_lost": 0.5}}
    assert study["worlds"]["cut"] == cut | without_price
    assert study["worlds"]["whistle"] == {"after": "whistle", "stress": None, "acting": {}} | without_price
    assert study["stress"]["staff_lost"] == 0 and study["margin"] == 0.2
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["stresses"] == {"cut": {"staff_lost": 0.5}}
    parameters = json.loads((folder / "parameters.json").read_text("utf-8"))
    lost = {row["scenario"]: row["value"] for row in parameters if row["name"] == "staff_lost"}
    assert lost == {"status_quo": 0, "whistle": 0, "cut": 0.5, "calm": 0}


def test_a_stress_that_is_shared_is_listed_once(short):
    from experiments.results.provenance import parameter_rows

    study = study_of("study.policies=[status_quo,whistle]", "stress=staff_cut")
    rows = parameter_rows(study.scenarios)
    assert [(row["scenario"], row["value"]) for row in rows if row["name"] == "staff_lost"] == [(None, 0.5)]
    assert {row["scenario"] for row in rows if row["group"] == "after"} == {"status_quo", "whistle"}


@pytest.mark.long
@pytest.mark.usefixtures("no_report")
def test_a_stress_is_labelled_wherever_it_is_printed(results, short, capsys):
    arguments = ["compare", *short, *WORLDS, "study.name=trial", f"results={results}", "replicates=1"]
    assert main(arguments) == 0
    assert main([*arguments, "output=full"]) == 0
    out = capsys.readouterr().out
    lines = [line for line in out.splitlines() if "cut" in line]
    assert all(f"cut ({LABEL})" in line for line in lines) and len(lines) > 10
    assert main([*arguments, "output=json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["worlds"]["cut"]["acting"] == {"staff_lost": 0.5}
    assert {(each["policy"], each["scored_as_harm"]) for each in document["effects"]} == {
        ("status_quo", False), ("whistle", False), ("cut", True), ("calm", False)
    }  # fmt: skip
    assert document["ratio"]["worlds"]["cut"] is None  # one replicate has no verdict


def test_a_worlds_ledger_is_named_by_its_label(results, short, no_report):
    own = (
        "study.policies=[]",
        "study.worlds={a.b-c: {after: status_quo}}",
        "study.reference=a.b-c",
        "study.name=trial",
    )
    assert main(["compare", *short, *own, f"results={results}", "replicates=1", "ledger=true"]) == 0
    assert [file.name for file in (Path(results) / "trial" / "latest" / "ledger").iterdir()] == ["a.b-c-0.parquet"]


def test_one_behaviour_in_eight_has_a_second_seed():
    study = study_of("study=configurations", "province=tiny", "replicates=24", "seed=5")
    assert study.seeds == [*range(5, 29), 105, 106, 107]
    people = {run.seed: run.scenario.behaviour for run in study.runs["status_quo"]}
    assert people[105] == people[5] != people[6]
    assert study_of("study=configurations", "province=tiny", "replicates=7").seeds == list(range(7))
    one = study_of("study=configurations", "province=tiny", "replicates=24", "behaviour=default")
    assert one.seeds == list(range(24)) and one.ensemble is None


@pytest.mark.long
@pytest.mark.usefixtures("no_report")
def test_a_first_answer_is_told_where_the_whole_takes_long(results, short, monkeypatch, capsys):
    from experiments.studies.compare import study as module

    arguments = ["compare", *short, "study.policies=[status_quo,whistle]", f"results={results}", "replicates=16"]
    assert main(arguments) == 0
    assert "A first answer" not in capsys.readouterr().err  # it takes seconds
    monkeypatch.setattr(module, "SOON", 0.0)
    assert main([*arguments, "seed=50", "language=zh"]) == 0
    told = capsys.readouterr().err
    assert "初步结论（16组行为假设中的4组，其余仍在运行）：" in told
    assert told.index("初步结论") < told.index("仅试了4组行为假设")
    assert main([*arguments, "seed=50", "replicates=14"]) == 0
    assert "A first answer" not in capsys.readouterr().err
