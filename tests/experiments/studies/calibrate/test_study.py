"""A calibration from end to end on a tiny province: known behaviour comes back, as an ensemble for other studies."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache

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
from experiments.report.text import Words
from experiments.runs.execute import run_scenarios
from petition_pyramid import scenario, simulate
from tests.experiments.conftest import SHORT
from tests.experiments.pages import check_report

TRUTH = {"grievances": 75.0, "constant_village": -1.0}
FIGURES = ("first_local_share", "mediations")


@cache
def patterns_of_truth() -> tuple[Pattern, ...]:
    """Patterns whose reports are what a known behaviour gives."""
    world = scenario(*SHORT, "after=gansu_2019", *(f"behaviour.{name}={value}" for name, value in TRUTH.items()))
    runs = [Observed(record, world) for record in run_scenarios([world], 40, 500, ExecutorChoice())[0][0]]
    changed: list[Pattern] = []
    for pattern in patterns_of("tiny"):
        if pattern.name in FIGURES:
            value = float(np.mean([pattern.statistic.value(run) for run in runs]))
            pattern = replace(pattern, low=value, high=value)
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
    "study.uncertainties=[grievances,constant_village,prices.cost_village_mediator]",
    "study.targets={first_local_share: {observation: 0.02, scale: log}, mediations: {discrepancy: 0.8}}",
    "study.limits={wait_county: {at_most: 400, error: 50}}",
    "study.trials=30",
    "study.waves=2",
    "study.members=12",
    "study.candidates_max=60",
    "replicates=6",
)


def test_known_behaviour_comes_back(study, reported, results, short, capsys):
    assert study(*SMALL, "study.held_out={suits: {observation: 0.5}}", "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    kept = {row["uncertainty"]: row for row in document["identifiability"]}
    for name, value in TRUTH.items():
        width = kept[name]["prior_high"] - kept[name]["prior_low"]
        assert kept[name]["low"] - 0.1 * width <= value <= kept[name]["high"] + 0.1 * width
        assert kept[name]["kept"] < 0.75
    assert kept["prices.cost_village_mediator"]["kept"] > 0.75  # money has no part in what is reported
    folder = results / "trial" / "latest"
    ensemble = ensemble_of(str(folder / "ensemble.csv"))
    assert ensemble.columns == ("grievances", "constant_village", "prices.cost_village_mediator")
    figures = open_results(folder).tables["figures"]
    member = ensemble.scenario(scenario(*short, "after=gansu_2019"), 3)
    runs = [Observed(record, member) for record in simulate(member, "replicates=6").records]
    value = STATISTICS["mediations"].value
    assert figures["mediations"][3] == pytest.approx(np.mean([value(run) for run in runs]))
    origin = json.loads((folder / "ensemble.json").read_text())
    assert origin["candidates_accepted"] >= origin["members"] == len(ensemble)
    assert origin["held_out"]["suits"]["observation"] == 0.5
    assert open_results(folder).tables["members"]["implausibility"].max() <= 3


def test_the_same_set_whoever_runs_it_and_nothing_twice(study, reported, tmp_path, monkeypatch):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    fewer = (*SMALL, "study.trials=12", "study.candidates_max=20", "study.members=4", "replicates=3")
    for folder in folders:
        assert study(*fewer, f"executor={folder.name}", "executor.workers=2", to=folder) in (0, 1)
    for name in ("ensemble.csv", "ensemble.json", "members.parquet", "trials.parquet"):
        contents = [next(folder.glob(f"trial/*/{name}")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]
    asked: list[int] = []
    from experiments.studies import study as shared

    monkeypatch.setattr(shared, "carry_out", lambda runs, *r, **n: asked.append(len(runs)))
    study(*fewer, to=folders[0])
    assert not any(asked)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("study.targets={}",), "study.targets is empty"),
        (("study.uncertainties=[]",), "study.uncertainties is empty"),
        (("study.targets={nix: {observation: 1}}",), "study.targets: there is no pattern 'nix'"),
        (("study.targets={requests: {observation: 1}}",), "known by its direction alone"),
        (
            ("study.targets={offences: {observation: 1}}",),
            "offences is reported neither of this province (patterns.csv",
        ),
        (
            ("study.held_out={visits_nation: {observation: 1}}",),
            "visits_nation is reported neither of",
        ),
        (
            ("study.targets={repeat_share: {observation: 1}}",),
            "study.targets: repeat_share is held out in patterns.csv: a figure is fitted or scored, never both",
        ),
        (("study.targets={suits: {}}",), "needs an observation error or a discrepancy"),
        (("study.held_out={mediations: {observation: 1}}",), "study.held_out: mediations is among study.targets too"),
        (("study.limits={nix: {at_most: 1}}",), "study.limits: there is no measure 'nix'"),
        (("study.uncertainties=[staff_lost]",), "is a stress"),
        (("study.training_places=[[6201]]",), "6201"),
        (("study.around_default=0",), "study.around_default=0.0 is not allowed"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(study, results, capsys, arguments, said):
    replaced = {argument.partition("=")[0] for argument in arguments}
    assert study(*(each for each in SMALL if each.partition("=")[0] not in replaced), *arguments) == 2
    assert said in capsys.readouterr().err
    assert not (results / "trial").exists()


def test_a_calibration_that_accepts_nobody_says_why(results, short, capsys):
    fewer = {"study.trials": 10, "study.waves": 1, "study.members": 2, "study.candidates_max": 2, "replicates": 2}
    kept = [each for each in SMALL if each.partition("=")[0] not in (*fewer, "study.limits")]
    # nothing escalates before the reform: what share of it is answered is not defined
    limit = "study.limits={escalation_answered_share: {at_most: 0.5, error: 0.1}}"
    command = ["calibrate", *short, "study.name=trial", f"results={results}", *kept, limit]
    assert main([*command, *(f"{key}={value}" for key, value in fewer.items()), "output=full"]) == 1
    captured = capsys.readouterr()
    why = "not defined here, because only 0 of 2 replicates of the default have a value, and 2 are needed"
    assert captured.out.startswith(
        "No set of assumptions about people that was tried fits all 2 reported figures and 1 limits"
    )
    assert "0 of 2 candidates accepted in all places; 0 are kept." in captured.out
    label = Words("en").measure("escalation_answered_share")
    assert f"{label}: {why}" in captured.out and "damaged" not in captured.err
    targets = open_results(results / "trial" / "latest").tables["targets"].set_index("target")
    lacking = targets.loc["escalation_answered_share", ["default", "default_implausibility", "median"]]
    assert lacking.isna().all() and np.isfinite(targets.loc["mediations", "default_implausibility"])
    assert (results / "trial" / "latest" / "report" / "report.zh.html").is_file()


def test_tables_are_in_one_language(study, capsys):
    fewer = {"trials": 10, "waves": 1, "members": 1, "candidates_max": 2}
    sizes = [f"study.{name}={value}" for name, value in fewer.items()]
    kept = [each for each in SMALL if each.partition("=")[0].removeprefix("study.") not in (*fewer, "replicates")]
    assert study(*kept, *sizes, "replicates=2", "language=zh", "output=full") in (0, 1)
    out = capsys.readouterr().out
    table = out[out.index("数字 ") : out.index("\n集合")]
    assert table.splitlines()[0].split()[:3] == ["数字", "作用", "公开报道"]
    assert "自设限制（假设）" in table and "个候选中有" in table and "每千居民每年产生的诉求" in table
    assert not re.search(r"[a-z]{3}", table)


def test_the_waves_of_the_results_are_numbered_as_they_were_run():
    from types import SimpleNamespace

    from experiments.studies.calibrate.frames import frames_of
    from experiments.studies.calibrate.targets import Target
    from experiments.studies.calibrate.waves import Matched, Wave

    def wave(share, trials):
        return Wave(
            np.full((trials, 1), share), np.full((trials, 1), 5.0), np.zeros(1), share, np.ones(1), np.zeros(1), 0.5
        )

    seen = (Target("mediations", 5, 5, 1, 0),)
    study = SimpleNamespace(
        uncertainties=[SimpleNamespace(name="patience", default=10.0)], targets=seen, held_out=(),
        values=lambda point: {"patience": float(point[0])}, prior=(np.zeros(1), np.ones(1)),
    )  # fmt: skip
    matched = Matched((wave(1.0, 3), wave(0.4, 2)), np.full((4, 1), 0.5), 0.1, 3.0)
    default = (np.array([5.0]), np.array([0.0]))
    found = SimpleNamespace(plan=study, matched=matched, seen=seen, members=(), default=default)
    frames = frames_of(found)
    assert frames["waves"][["wave", "trials", "left"]].values.tolist() == [[1, 3, 1.0], [2, 2, 0.4], [3, 0, 0.1]]
    assert frames["trials"][["wave", "patience"]].values.tolist() == [[1, 1.0]] * 3 + [[2, 0.4]] * 2
    assert frames["emulators"]["wave"].tolist() == [1, 2]


def test_a_report_in_both_languages(results, short, reported):
    assert main(["calibrate", *short, "study.name=trial", f"results={results}", *SMALL]) == 0
    folder = results / "trial" / "latest" / "report"
    check_report(folder, {"patterns", "members", "tradeoffs", "waves"})
    assert "先验" in (folder / "report.zh.html").read_text("utf-8")
