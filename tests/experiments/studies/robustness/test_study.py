"""A robustness study from end to end: futures, pairing, tables, and what is refused."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest

from experiments.cli.main import main
from experiments.report.kinds import open_results
from experiments.runs.tables import plain_rows
from experiments.studies.command import composed
from experiments.studies.kinds import study_kinds
from petition_pyramid import scenario, simulate
from tests.experiments.conftest import SHORT
from tests.experiments.pages import check_report

POLICIES = "study.policies=[status_quo,rule_and_register]"
THRESHOLDS = "study.thresholds={durable_resolution: {at_least: 0.6}, petitions_total: {at_most: 60}}"
FUTURES = ("study.uncertainties=[patience,grievances]", "study.futures=6")


@pytest.fixture
def study(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["robustness", *short, "study.name=trial", f"results={to}", *arguments])

    return run


@pytest.mark.long
def test_outcomes_are_those_of_the_scenarios(study, results, short, capsys):
    assert study(POLICIES, THRESHOLDS, *FUTURES, "study.stresses=[none,staff_cut]", "replicates=2", "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    tables = open_results(results / "trial" / "latest").tables
    futures, outcomes = tables["futures"], tables["outcomes"]
    assert len(futures) == 12 and len(outcomes) == 24
    chosen = plain_rows(futures[futures["stress"] == "staff_cut"])[2]
    people = [f"behaviour.{name}={chosen[name]!r}" for name in ("patience", "grievances")]
    seeds = (2, 8)  # the third future's first and second seed
    alone = [
        simulate(
            scenario(*short, "after=rule_and_register", "stress=staff_cut", *people), "replicates=1", f"seed={seed}"
        )
        .records[0]
        .after
        for seed in seeds
    ]
    (mine,) = plain_rows(outcomes.query("policy == 'rule_and_register' and stress == 'staff_cut' and future == 'f3'"))
    for name in ("durable_resolution", "petitions_total"):
        assert mine[name] == pytest.approx(np.mean([each[name] for each in alone]))
    held = outcomes["durable_resolution"].ge(0.6) & outcomes["petitions_total"].le(60)
    assert outcomes["holds"].tolist() == held.tolist()
    together = {
        (row["policy"], row["stress"]): row["share"]
        for row in document["satisficing"]
        if row["threshold"] == "all together"
    }
    for policy in ("status_quo", "rule_and_register"):
        share = outcomes[outcomes["policy"] == policy]["holds"].mean()
        assert together[policy, "all"] == pytest.approx(share)
    assert document["stresses"]["staff_cut"] == {"staff_lost": 0.5} and document["stresses"]["none"] == {}


def test_futures_of_an_ensemble_have_its_members(study, results, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("patience,trust_gain\n12,0.1\n20,0.2\n30,0.3\n")
    assert study(POLICIES, THRESHOLDS, f"ensemble={file}", "replicates=2") == 0
    found = open_results(results / "trial" / "latest")
    assert found.tables["futures"]["patience"].tolist() == [12, 20, 30]
    assert found.study["seeds"] == [0, 1, 2, 3, 4, 5]
    assert found.tables["chance"]["futures"].unique().tolist() == [3]


def test_a_choice_that_members_set_is_one_of_the_future(study, results, tmp_path):
    file = tmp_path / "worlds.csv"
    file.write_text("patience,status_quo.petition.acceptance\n12,loose\n20,strict\n30,loose\n")
    policies, thresholds = "study.policies=[status_quo,rule_and_register]", "study.thresholds={suits: {at_least: 0}}"
    assert study(policies, thresholds, f"ensemble={file}", "replicates=2") == 0
    found = open_results(results / "trial" / "latest")
    assert found.tables["futures"]["status_quo.petition.acceptance"].tolist() == ["loose", "strict", "loose"]
    planned = composed(study_kinds()["robustness"], [*SHORT, policies, thresholds, f"ensemble={file}"])
    worlds = [planned.scenario("status_quo", future) for future in planned.futures]
    assert [world.after.petition.acceptance.value for world in worlds] == ["loose", "strict", "loose"]
    assert [world.behaviour.patience for world in worlds] == [12, 20, 30]
    ruled = [planned.scenario("rule_and_register", future) for future in planned.futures]
    assert {world.after.petition.acceptance.value for world in ruled} == {"strict"}  # it names its own


@pytest.mark.long
def test_the_same_bytes_whoever_runs_it(study, tmp_path):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        assert study(POLICIES, THRESHOLDS, *FUTURES, f"executor={folder.name}", "executor.workers=2", to=folder) == 0
    for name in ("outcomes", "regret", "satisficing", "limits", "chance", "groups"):
        contents = [next(folder.glob(f"trial/*/{name}.parquet")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((THRESHOLDS, *FUTURES), "must name two policies"),
        (("study.policies=[status_quo,nix]", THRESHOLDS, *FUTURES), "study.policies: there is no policy 'nix'"),
        ((POLICIES, *FUTURES), "study.thresholds is empty"),
        ((POLICIES, "study.thresholds={nix: {at_least: 1}}", *FUTURES), "there is no measure 'nix'"),
        ((POLICIES, "study.thresholds={suits: {}}", *FUTURES), "asks for nothing"),
        ((POLICIES, "study.thresholds={suits: {at_least: 3, at_most: 2}}", *FUTURES), "exclude each other"),
        ((POLICIES, "study.thresholds={suits: {no_worse_than_reference: true}}", *FUTURES), "neither more nor less"),
        ((POLICIES, THRESHOLDS), "no futures"),
        ((POLICIES, THRESHOLDS, *FUTURES, "study.stresses=[nix]"), "study.stresses: there is no stress 'nix'"),
        ((POLICIES, THRESHOLDS, *FUTURES, "stress=staff_cut"), "stress=… has no part here"),
        ((POLICIES, THRESHOLDS, *FUTURES, "study.discover=nix"), "study.discover=nix is not among"),
        ((POLICIES, THRESHOLDS, *FUTURES, "study.reference=whistle"), "study.reference=whistle is not among"),
        ((POLICIES, THRESHOLDS, "study.uncertainties=[staff_lost]"), "is a stress"),
        (
            (POLICIES, THRESHOLDS, *FUTURES, "study.target=[1,2]"),
            "study.target=[1.0, 2.0] must be three positive numbers",
        ),
        (
            (POLICIES, THRESHOLDS, *FUTURES, "study.target=[1,0,3]"),
            "study.target=[1.0, 0.0, 3.0] must be three positive",
        ),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(study, results, capsys, arguments, said):
    assert study(*arguments) == 2
    assert said in capsys.readouterr().err
    assert not (results / "trial").exists()


@pytest.mark.long
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_a_measure_without_a_value_is_a_dash_with_how_many_and_null(results, short, capsys):
    command = ["robustness", *short, "study.name=trial", f"results={results}", POLICIES, THRESHOLDS, *FUTURES]
    # the tiny province has no centre of a city: nobody ever waits there
    assert main([*command, "study.measures=[wait_city,durable_resolution]", "output=full"]) == 0
    printed = capsys.readouterr().out
    (row, _) = [line.split() for line in printed.splitlines() if line.startswith("wait_city ")]
    assert row == ["wait_city", "status_quo", *["–"] * 6] and "nan" not in printed
    assert "Futures that have a value, where not all do: wait_city 0/6. – is not defined here" in printed
    regret = open_results(results / "trial" / "latest").tables["regret"].set_index("measure")
    figures = ["mean", "worst_tenth", "regret_mean", "regret_90", "regret_largest", "best_in"]
    assert regret.loc["wait_city", figures].isna().all(axis=None)
    assert regret.loc["durable_resolution", figures].notna().all(axis=None)
    page = (results / "trial" / "latest" / "report" / "report.en.html").read_text("utf-8")
    assert not re.search(r"\b(nan|inf)\b", page)


@pytest.mark.long
def test_a_report_in_both_languages(results, short):
    command = ["robustness", *short, "study.name=trial", f"results={results}", POLICIES, THRESHOLDS]
    assert main([*command, FUTURES[0], "study.futures=20", "study.stresses=[none,staff_cut]"]) == 0
    folder = results / "trial" / "latest" / "report"
    check_report(folder, {"satisficing", "regrets", "stresses"})
    page = (folder / "report.zh.html").read_text("utf-8")
    assert "压力情景，按损害计" in page and "遗憾值" in page


@pytest.mark.long
def test_the_terminal_prints_the_measures_asked_for_in_the_chosen_language(study, capsys):
    asked = (POLICIES, THRESHOLDS, *FUTURES, "study.measures=[durable_resolution]")
    assert study(*asked, "output=full", "language=zh", "measures=[durable_resolution]") == 0
    printed = capsys.readouterr().out
    assert "种未来中达到门槛的比例及Wilson 95%区间。" in printed and "遗憾值：比该未来中最好的政策差多少" in printed
    rows = [line.split()[0] for line in printed.splitlines() if line.startswith("每件诉求的稳定化解率")]
    assert rows and set(rows) == {"每件诉求的稳定化解率"} and "durable_resolution" not in printed
    assert study(*asked, "output=json", "measures=[durable_resolution]") == 0
    document = json.loads(capsys.readouterr().out)
    assert {row["measure"] for row in document["regret"]} == {"durable_resolution"}
    assert study(*asked, "measures=[suits]") == 2
    assert "measures: this study keeps no 'suits'" in capsys.readouterr().err
