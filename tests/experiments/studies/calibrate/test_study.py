"""A calibration from end to end on a tiny province: known behaviour comes back, as an ensemble for other studies."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from experiments.cli.main import main
from experiments.configuration.ensemble import ensemble_of
from experiments.configuration.schema import ExecutorChoice
from experiments.patterns.observed import Observed
from experiments.patterns.pattern import Pattern
from experiments.patterns.reported import patterns_of
from experiments.patterns.statistics import STATISTICS
from experiments.report.kinds import open_results
from experiments.runs.execute import run_scenarios
from experiments.studies.calibrate.study import ensemble_csv
from petition_pyramid import scenario, simulate
from sim.errors import InputError
from tests.experiments.conftest import SHORT
from tests.experiments.pages import check_report

TRUTH = {"grievances": 70.0, "constant_village": -1.6}
TOLERANCES = {"petitions_per_1000": 0.6, "mediations": 0.6}
ACCEPTANCE = "status_quo.petition.acceptance"


@cache
def patterns_of_truth() -> tuple[Pattern, ...]:
    """Patterns whose reports are what a known behaviour gives."""
    world = scenario(*SHORT, *(f"behaviour.{name}={value}" for name, value in TRUTH.items()))
    runs = [Observed(record, world) for record in run_scenarios([world], 40, 500, ExecutorChoice())[0][0]]
    changed: list[Pattern] = []
    for pattern in patterns_of("tiny"):
        if pattern.name in TOLERANCES:
            value = float(np.mean([pattern.statistic.value(run) for run in runs]))
            pattern = replace(pattern, low=value, high=value, tolerance=TOLERANCES[pattern.name])
        changed.append(pattern)
    return tuple(changed)


@pytest.fixture
def reported(monkeypatch):
    changed = patterns_of_truth()
    monkeypatch.setattr("experiments.studies.calibrate.plan.patterns_of", lambda source: changed)


@pytest.fixture
def study(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["calibrate", *short, "study.name=trial", f"results={to}", *arguments])

    return run


SMALL = (
    "study.fitted={grievances: {figure: petitions_per_1000, scale: log, step: 8}, "
    "constant_village: {figure: mediations, scale: log, step: 0.4}}",
    "study.varied={prices.cost_village_mediator: {low: 100, high: 300}, "
    f"{ACCEPTANCE}: {{values: [loose, strict]}}}}",
    "study.checks={wait_county: {high: 400}}",
    "study.members=8",
    "study.candidates=16",
    "study.batch=8",
    "study.steps=2",
    "replicates=4",
)
FEWER = ("study.members=2", "study.candidates=4", "study.batch=2", "study.steps=1", "replicates=2")


def smaller(*replaced: str) -> tuple[str, ...]:
    """The study with some keys replaced."""
    keys = {each.partition("=")[0] for each in replaced}
    return (*(each for each in SMALL if each.partition("=")[0] not in keys), *replaced)


@pytest.mark.long
def test_known_behaviour_comes_back(study, reported, results, short, capsys):
    assert study(*SMALL, "study.held_out=[suits]", "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    told = {row["uncertainty"]: row for row in document["identifiability"]}
    assert told["grievances"]["low"] - 6 <= TRUTH["grievances"] <= told["grievances"]["high"] + 6
    assert told["constant_village"]["low"] - 0.4 <= TRUTH["constant_village"] <= told["constant_village"]["high"] + 0.4
    assert told["constant_village"]["kept"] < 0.2 and told["grievances"]["kept"] < 0.7
    assert told["prices.cost_village_mediator"]["kept"] > 0.6  # money has no part in what is reported
    folder = results / "trial" / "latest"
    ensemble = ensemble_of(str(folder / "ensemble.csv"))
    assert ensemble.columns == ("grievances", "constant_village", "prices.cost_village_mediator", ACCEPTANCE)
    tables = open_results(folder).tables
    assert len(ensemble) == len(tables["members"]) == 8 <= document["accepted"] <= document["tried"]
    member = ensemble.scenario(scenario(*short), 3)
    assert member.before.petition.acceptance.value == ensemble.rows[3][3]
    runs = [Observed(record, member) for record in simulate(member, "replicates=4").records]
    row = tables["candidates"].set_index("candidate").loc[tables["members"]["candidate"][3]]
    for name in ("mediations", "suits"):
        assert row[name] == pytest.approx(np.mean([STATISTICS[name].value(run) for run in runs]))
    origin = json.loads((folder / "ensemble.json").read_text())
    assert origin["candidates_accepted"] >= origin["members"] == len(ensemble)
    assert origin["held_out"] == ["suits"] and origin["fitted"]["grievances"]["slack"] == 0.3
    candidates, asked = tables["candidates"], tables["figures"].set_index("figure")
    kept = candidates[candidates["accepted"] == 1]
    for name, tolerance in TOLERANCES.items():
        assert asked.loc[name, "slack"] == tolerance / 2
        assert (kept[name] - asked.loc[name, "reported_low"]).abs().max() <= tolerance
    assert kept["wait_county"].max() <= 400
    assert asked["excluded"].max() <= (candidates["missed"] > 0).sum() <= asked["excluded"].sum()


def test_a_set_is_whole_without_the_behaviour_it_was_calibrated_under(tmp_path):
    """Under another choice of forums the same constants would be those of other people."""
    base = scenario("behaviour=satisficing")
    values = {"constant_village": -1.5, "grievances": 55.0}
    plan = SimpleNamespace(columns=("constant_village", "grievances"), base=base)
    found = SimpleNamespace(plan=plan, members=[SimpleNamespace(values=values)])
    file = tmp_path / "ensemble.csv"
    file.write_bytes(ensemble_csv(cast(Any, found)))
    asked = base.vary({f"behaviour.{name}": value for name, value in values.items()})
    assert ensemble_of(str(file)).scenario(scenario(), 0).behaviour == asked.behaviour
    assert asked.behaviour.choice_model.name == "satisficing"
    assert asked.behaviour.satisficing.aspiration_failed == -1.35
    file.write_text(file.read_text().replace(",satisficing,", ",satisfied,"))
    with pytest.raises(InputError, match="choice_model=satisfied must be one of random_utility, satisficing"):
        ensemble_of(str(file))


@pytest.mark.long
def test_the_same_set_whoever_runs_it_and_nothing_twice(study, reported, tmp_path, monkeypatch):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        assert study(*smaller(*FEWER), f"executor={folder.name}", "executor.workers=2", to=folder) in (0, 1)
    for name in ("ensemble.csv", "ensemble.json", "members.parquet", "candidates.parquet"):
        contents = [next(folder.glob(f"trial/*/{name}")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]
    asked: list[int] = []
    from experiments.studies import study as shared

    monkeypatch.setattr(shared, "carry_out", lambda runs, *r, **n: asked.append(len(runs)))
    study(*smaller(*FEWER), to=folders[0])
    assert not any(asked)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("study.fitted={}",), "study.fitted is empty"),
        (("study.fitted={grievances: {figure: nix}}",), "there is no pattern or measure 'nix'"),
        (("study.fitted={staff_lost: {figure: mediations}}",), "is a stress"),
        (("study.held_out=[mediations]",), "study.held_out: mediations is fitted or checked too"),
        (("study.checks={wait_county: {}}",), "study.checks.wait_county needs low, high or both"),
        (("study.varied={patience: {low: 1, high: 9}}",), "study.varied.patience: from 1 to 9 is no part of 5 to 40"),
        (("study.training_places=[6201]",), "6201"),
        (("study.steps=0",), "study.steps=0 is not allowed"),
        (
            ("study.fitted={repeats: {figure: repeat_share}}",),
            "repeat_share is held out in patterns.csv: a figure is fitted or scored, never both",
        ),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(study, results, capsys, arguments, said):
    assert study(*smaller(*arguments)) == 2
    assert said in capsys.readouterr().err
    assert not (results / "trial").exists()


NOBODY = ("study.checks={wait_county: {high: -1}}", "study.held_out=[durable_success]", *FEWER)


@pytest.mark.long
def test_a_calibration_that_accepts_nobody_says_why(results, short, capsys):
    command = ["calibrate", *short, "study.name=trial", f"results={results}", *smaller(*NOBODY)]
    assert main([*command, "output=full"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("None of the 4 worlds that were drawn meets 2 reported figures and 1 check: “")
    assert (
        "excludes most (4)." in captured.out and "0 of 4 candidates accepted in all places; 0 are kept." in captured.out
    )
    assert re.search(r"of 2 candidates with strict, none accepted; “.*” excludes most of them", captured.out)
    assert "damaged" not in captured.err
    found = open_results(results / "trial" / "latest")
    assert len(found.tables["members"]) == 0 and found.tables["figures"]["median"].isna().all()
    assert (results / "trial" / "latest" / "report" / "report.zh.html").is_file()


@pytest.mark.long
def test_tables_are_in_one_language(study, capsys):
    assert study(*smaller(*FEWER), "language=zh", "output=full") in (0, 1)
    out = capsys.readouterr().out
    table = out[out.index("数字 ") : out.index("\n集合")]
    assert table.splitlines()[0].split()[:3] == ["数字", "作用", "公开报道或要求"]
    assert "核验" in table and "个候选组中有" in table and "每千居民每年产生的诉求" in table and "抽取" in table
    assert not re.search(r"[a-z]{3}", table)


@pytest.mark.long
def test_a_report_in_both_languages(reported, results, short):
    few = smaller(*FEWER, "study.steps=6", "study.held_out=[suits]")
    assert main(["calibrate", *short, "study.name=trial", f"results={results}", *few]) == 0
    folder = results / "trial" / "latest"
    is_excluding = open_results(folder).tables["candidates"]["accepted"].eq(0).any()
    check_report(folder / "report", {"patterns", "members"} | ({"excluded"} if is_excluding else set()))
    assert "先验" in (folder / "report" / "report.zh.html").read_text("utf-8")
