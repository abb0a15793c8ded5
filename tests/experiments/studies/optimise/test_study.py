"""An optimisation from end to end: what may be searched, paired seeds, policy files that give the very scenario."""

from __future__ import annotations

import json

import numpy as np
import pytest
import yaml

from experiments.cli.main import main
from experiments.configuration.compose import compose
from experiments.configuration.options import load_policies
from experiments.report.kinds import open_results
from experiments.runs.tables import plain_rows
from experiments.studies.optimise.policy_file import policy_yaml
from petition_pyramid import scenario, simulate
from tests.experiments.pages import check_report

SEARCH = (
    "study.levers=[centre.whistle_deadline,staff.mediators_county,petition.acceptance]",
    "study.objectives={cost_per_resident: low, distance_to_target: low}",
    "study.constraints={success_gap: {at_most: 0.9}}",
    "study.population=8",
    "study.generations=2",
    "study.fresh_replicates=2",
    "study.front_max=4",
    "replicates=2",
)


@pytest.fixture
def study(no_report, results, short):
    def run(*arguments: str, to=results) -> int:
        return main(["optimise", *short, "study.name=trial", f"results={to}", *arguments])

    return run


@pytest.mark.long
def test_a_point_is_a_policy_file_that_gives_the_very_scenario(study, results, short, capsys):
    assert study(*SEARCH, "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    folder = results / "trial" / "latest"
    tables = open_results(folder).tables
    assert len(tables["archive"]) == 16 and document["progress"][-1]["generation"] == 2
    point = plain_rows(tables["front"])[0]
    own = scenario(*short, f"after={point['point']}", config_directory=str(folder / "config"))
    levers = [f"{key}={point[key]!r}".replace("'", "") for key in document["levers"]]
    assert own == scenario(*short, "after=status_quo", *levers)
    alone = simulate(own, "replicates=2", "seed=1000000")
    cost = np.mean([record.after["cost_per_resident"] for record in alone.records])
    measured = {(row["point"], row["measure"]): row for row in document["measured"]}
    assert measured[point["point"], "cost_per_resident"]["mean"] == pytest.approx(cost)


def test_over_behaviours_figures_are_means_with_the_range_of_the_members(study, results, short, tmp_path):
    (tmp_path / "people.csv").write_text("patience\n10\n40\n")
    assert study(*SEARCH[1:], "study.levers=[staff.mediators_county]", f"ensemble={tmp_path / 'people.csv'}") == 0
    stored = open_results(results / "trial" / "latest")
    assert stored.study["ensemble"]["members"] == 2
    measured = {(row["point"], row["measure"]): row for row in plain_rows(stored.tables["measured"])}
    found = measured["reference", "durable_resolution"]
    alone = []
    for seed, days in ((1_000_000, 10), (1_000_001, 40)):  # a run's member is its seed modulo their number
        own = scenario(*short, "after=status_quo", f"behaviour.patience={days}")
        alone.append(simulate(own, f"seed={seed}").records[0].after["durable_resolution"])
    low, high = sorted(alone)
    assert low < high and found["mean"] == pytest.approx((low + high) / 2)
    assert (found["low"], found["high"]) == pytest.approx((low + 0.025 * (high - low), high - 0.025 * (high - low)))


def test_without_a_constraint_every_candidate_is_feasible(study, results):
    assert study(*(each for each in SEARCH if not each.startswith("study.constraints"))) == 0
    tables = open_results(results / "trial" / "latest").tables
    assert tables["archive"]["feasible"].all() and len(tables["archive"]) == 16
    assert tables["front"]["feasible"].all()


def test_a_candidate_that_failed_is_not_feasible_without_a_constraint():
    from experiments.studies.optimise.search import search

    def evaluate(points):
        objectives = np.column_stack([points[:, 0], 1 - points[:, 0]])
        objectives[points[:, 0] > 0.5] = np.nan
        return objectives, np.full((len(points), 1), -1.0)

    found = search(evaluate, 1, 2, 1, 8, 2, 1)
    failed = found.points[:, 0] > 0.5
    assert failed.any() and np.array_equal(found.is_feasible, ~failed)


@pytest.mark.long
def test_nothing_but_the_levers_differs(study, results, short):
    assert study(*SEARCH) == 0
    folder = results / "trial" / "latest"
    base = scenario(*short, "after=status_quo").after
    for file in (folder / "config" / "policy").glob("front_*.yaml"):
        values = yaml.safe_load(file.read_text()) or {}
        named = {f"{group}.{lever}" for group, levers in values.items() for lever in levers}
        assert named <= {"centre.whistle_deadline", "staff.mediators_county", "petition.acceptance"}
    assert base.petition.registration_county < 1


@pytest.mark.long
def test_the_search_sees_pairs(study, results, short):
    assert study(*SEARCH) == 0
    archive = open_results(results / "trial" / "latest").tables["archive"]
    archive = plain_rows(archive)[5]
    levers = [f"{key}={archive[key]!r}".replace("'", "") for key in archive if key.startswith("after.")]
    own = simulate(scenario(*short, "after=status_quo", *levers), "replicates=2")
    seen = np.mean([record.after["cost_per_resident"] for record in own.records])
    assert archive["cost_per_resident"] == pytest.approx(seen)


def test_every_shipped_policy_comes_back_from_its_file(tmp_path):
    names = ["status_quo", "gansu_2019", "local_resolution", "pilots_keen", "whistle"]
    for name, policy in load_policies(dict.fromkeys(names, ""), None, "gansu").items():
        (tmp_path / "policy").mkdir(exist_ok=True)
        (tmp_path / "policy" / f"again_{name}.yaml").write_bytes(policy_yaml(policy, "again"))
        again = load_policies({f"again_{name}": ""}, str(tmp_path), "gansu")
        assert again[f"again_{name}"] == policy
    composed = compose("simulate", [f"--config-dir={tmp_path}", "after=again_whistle"])
    assert composed["after"]["centre"]["whistle_response"] == 0.8


@pytest.mark.long
def test_the_same_bytes_whoever_runs_it_and_it_goes_on_after_a_stop(study, tmp_path):
    folders = [tmp_path / kind for kind in ("threads", "processes")]
    for folder in folders:
        assert study(*SEARCH, f"executor={folder.name}", "executor.workers=2", to=folder) == 0
    for name in ("archive", "front", "measured", "progress"):
        contents = [next(folder.glob(f"trial/*/{name}.parquet")).read_bytes() for folder in folders]
        assert contents[0] == contents[1]


@pytest.mark.long
def test_what_was_finished_is_not_run_again(study, results, monkeypatch):
    assert study(*SEARCH) == 0
    asked: list[int] = []
    from experiments.studies import study as shared

    monkeypatch.setattr(shared, "carry_out", lambda runs, *r, **n: asked.append(len(runs)))
    assert study(*SEARCH) == 0
    assert not any(asked)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("study.levers=[staff_lost]",), "is a stress"),
        (("study.levers=[stress.non_registration]",), "is a stress"),
        (("study.levers=['*']",), "is a stress"),
        (("study.levers=[concealment_cost]",), "is an uncertainty"),
        (("study.levers=[concealment]",), "there is no lever 'concealment'"),
        (("study.levers=[petition.stability_fund]",), "petition.stability_fund buys peace and settles nothing"),
        (("study.levers=['petition.*']",), "petition.stability_fund buys peace and settles nothing"),
        (("study.levers=[behaviour.concessions.concession]",), "is an uncertainty"),
        (("study.levers=[]",), "nothing to search"),
        (("study.objectives={cost_per_resident: low}",), "two measures or more"),
        (("study.objectives={nix: low, suits: low}",), "there is no measure 'nix'"),
        (("study.constraints={nix: {at_most: 1}}",), "there is no measure 'nix'"),
        (("study.bounds={staff.mediators_city: [1, 5]}",), "is not among study.levers"),
        (("study.bounds={staff.mediators_county: [5, 1]}",), "is not allowed: two numbers"),
        (("study.bounds={petition.acceptance: [0, 1]}",), "a choice has no bounds"),
        (("study.reference=nix",), "study.reference: there is no policy 'nix'"),
        (("study.objectives={cost_per_resident: cheap, suits: low}",), "cheap"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(study, results, capsys, arguments, said):
    replaced = {argument.partition("=")[0] for argument in arguments}
    assert study(*(each for each in SEARCH if each.partition("=")[0] not in replaced), *arguments) == 2
    assert said in capsys.readouterr().err
    assert not (results / "trial").exists()


@pytest.mark.long
def test_registration_is_never_searched_below_the_reference(study, results):
    levers = "study.levers=[petition.registration_county,staff.mediators_county]"
    assert study(levers, *SEARCH[1:], "study.reference=status_quo") == 0
    archive = open_results(results / "trial" / "latest").tables["archive"]
    assert archive["after.petition.registration_county"].min() >= 0.42


@pytest.mark.long
def test_a_report_in_both_languages(results, short):
    assert main(["optimise", *short, "study.name=trial", f"results={results}", *SEARCH]) == 0
    folder = results / "trial" / "latest" / "report"
    check_report(folder, {"frontier", "lever_map", "search"})
    assert "前沿" in (folder / "report.zh.html").read_text("utf-8")


@pytest.mark.long
def test_the_terminal_prints_the_measures_asked_for_in_the_chosen_language(study, capsys):
    assert study(*SEARCH, "output=table", "language=zh", "measures=[petitions_total]") == 0
    header = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("方案"))
    assert header.split() == ["方案", "登记信访总量", "新种子检验"]
    assert study(*SEARCH, "output=full") == 0
    printed = capsys.readouterr().out
    assert "cost_per_resident" in printed and "16 candidates, 16 feasible; the points above on 2 fresh seeds" in printed
    assert study(*SEARCH, "output=json", "measures=[petitions_total]") == 0
    measured = json.loads(capsys.readouterr().out)["measured"]
    assert {row["measure"] for row in measured} == {"petitions_total"}
    assert study(*SEARCH, "measures=[suits]") == 2
    assert "measures: this study keeps no 'suits'" in capsys.readouterr().err
