"""``pyramid compare``: the same bytes whatever runs it, nothing run twice, nothing lost."""

from __future__ import annotations

import hashlib
import json
import math
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import sim.model
from experiments.cli.main import main
from experiments.report.compare.evidence import Evidence
from experiments.report.kinds import open_results
from experiments.statistics.headline import HEADLINE
from experiments.studies.study import JOURNAL
from sim.ledger import CHANNELS, PETITION_LEVELS

ROOT = Path(__file__).parents[4]
POLICIES = "study.policies=[status_quo,rule_and_register,placebo]"
YEAR = "calendar.end=2019-12-31"


def compare(results: Path, *arguments: str) -> int:
    return main(["compare", f"results={results}", POLICIES, "study.name=trial", *arguments])


def data(results: Path) -> dict[str, str]:
    """Hashes of everything but the timings."""
    files = sorted(path for path in (results / "trial" / "latest").iterdir() if path.name != "timings.json")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


@pytest.fixture
def seeds_run(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Seed and number of branches of every call of the model."""
    calls: list[tuple[int, int]] = []
    real = sim.model.run_branches

    def counted(scenarios, seed, **options):
        calls.append((seed, len(scenarios)))
        yield from real(scenarios, seed, **options)

    monkeypatch.setattr(sim.model, "run_branches", counted)
    return calls


@pytest.mark.long
@pytest.mark.usefixtures("no_report")
def test_threads_and_processes_give_the_same_bytes(tmp_path, short):
    found = {}
    for name, arguments in {
        "one thread": ["executor.workers=1"],
        "two threads": ["executor.workers=2"],
        "five threads": ["executor.workers=5"],
        "two processes": ["executor=processes", "executor.workers=2"],
    }.items():
        assert compare(tmp_path / name, *short, "replicates=2", *arguments) == 0
        found[name] = data(tmp_path / name)
    assert len({json.dumps(each) for each in found.values()}) == 1
    assert set(found["one thread"]) == {
        "study.yaml", "configuration.yaml", "manifest.json", "parameters.json", "runs.parquet", "monthly.parquet"
    }  # fmt: skip


@pytest.mark.long
@pytest.mark.usefixtures("no_report")
def test_nothing_is_run_twice(results, short, seeds_run, capsys):
    assert compare(results, *short, "replicates=2", "executor.workers=1") == 0
    # the placebo is the status quo under another name: one run serves both
    assert seeds_run == [(0, 2), (1, 2)]
    first = data(results)
    seeds_run.clear()
    assert compare(results, *short, "replicates=2", "executor.workers=1") == 0
    assert seeds_run == [] and data(results) == first
    assert compare(results, *short, "replicates=3", "executor.workers=1") == 0
    assert seeds_run == [(2, 2)]
    seeds_run.clear()
    more = "study.policies=[status_quo,rule_and_register,placebo,whistle]"
    assert compare(results, *short, "replicates=3", more, "executor.workers=1") == 0
    assert seeds_run == [(0, 1), (1, 1), (2, 1)]
    runs = open_results(results / "trial" / "latest").runs
    assert list(runs[["scenario", "seed", "status"]].itertuples(index=False, name=None)) == [
        (policy, seed, "done")
        for policy in ("status_quo", "rule_and_register", "placebo", "whistle")
        for seed in range(3)
    ]


@pytest.mark.usefixtures("no_report")
def test_a_placebo_has_exactly_no_effect_and_windows_do_not_mix(results, short, capsys):
    assert compare(results, *short, "replicates=2", "output=json") == 0
    document = json.loads(capsys.readouterr().out)
    effects = {(each["measure"], each["policy"]): each for each in document["effects"]}
    placebo = effects["petitions_total", "placebo"]["paired"]
    assert (placebo["difference"], placebo["low"], placebo["high"]) == (0, 0, 0)
    assert effects["petitions_total", "status_quo"]["paired"] is None
    runs = open_results(document["results"]).runs
    # before the reform all policies are the same world
    for name in ("before_petitions_total", "before_durable_resolution"):
        assert runs.groupby("seed")[name].nunique().tolist() == [1, 1]
    mean = runs[runs["scenario"] == "rule_and_register"]["petitions_total"].mean()
    assert effects["petitions_total", "rule_and_register"]["mean"] == pytest.approx(mean)


@pytest.mark.usefixtures("no_report")
def test_monthly_sums_agree_with_the_measures(results, short):
    assert compare(results, *short, "replicates=1") == 0
    found = open_results(results / "trial" / "latest")
    registered = [f"registered_{channel}_{level}" for level in PETITION_LEVELS for channel in CHANNELS]
    repeats = [f"repeat_{name}" for name in registered]
    after = found.monthly[found.monthly["month"] >= "2018-01-01"]
    for run in found.runs.to_dict("records"):
        mine = after[after["scenario"] == run["scenario"]]
        assert len(mine) == 12
        total = mine[registered].to_numpy().sum()
        again = mine[repeats].to_numpy().sum()
        assert total + again == run["petitions_total"]
        assert total == run["first_time_total"] > again > 0


@pytest.mark.long
@pytest.mark.usefixtures("no_report")
def test_one_failing_run_does_not_take_the_others_down(results, short, monkeypatch, capsys):
    real = sim.model.run_branches

    def failing(scenarios, seed, **options):
        for scenario, ledger in zip(scenarios, real(scenarios, seed, **options), strict=True):
            if seed == 1 and scenario.after.petition.registration_county == 0.97:
                raise FloatingPointError("made to fail")
            yield ledger

    monkeypatch.setattr(sim.model, "run_branches", failing)
    assert compare(results, *short, "replicates=2", "executor.workers=1") == 1
    err = capsys.readouterr().err
    assert "rule_and_register, seed 1 failed: FloatingPointError: made to fail" in err
    assert "1 of 6 runs failed; the same command tries them again" in err
    found = open_results(results / "trial" / "latest")
    assert found.runs[found.runs["status"] == "failed"][["scenario", "seed"]].values.tolist() == [
        ["rule_and_register", 1]
    ]
    assert found.manifest["runs"] == {"done": 5, "failed": 1}
    monkeypatch.setattr(sim.model, "run_branches", real)
    assert compare(results, *short, "replicates=2", "executor.workers=1") == 0
    assert open_results(results / "trial" / "latest").manifest["runs"] == {"done": 6, "failed": 0}


def test_when_every_run_fails_the_reason_is_told_and_nothing_exported(results, short, monkeypatch, capsys):
    def failing(scenarios, seed, **options):
        raise FloatingPointError("made to fail")
        yield

    monkeypatch.setattr(sim.model, "run_branches", failing)
    assert compare(results, *short, "replicates=1") == 2
    message = "every run failed; the first error: FloatingPointError: made to fail"
    assert message in capsys.readouterr().err
    assert not (results / "trial").exists()


@pytest.mark.long
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_study_that_is_stopped_goes_on_from_what_is_finished(tmp_path, short, end):
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    program = (
        "import sys, time, sim.model\n"
        "import experiments.studies.keeping\n"
        "experiments.studies.keeping.draw = lambda *_: []\n"
        "real = sim.model.run_branches\n"
        "def slow(scenarios, seed, **options):\n"
        "    if seed == 2: time.sleep(3)\n"
        "    yield from real(scenarios, seed, **options)\n"
        "if 'slow' in sys.argv: sim.model.run_branches = slow\n"
        "from experiments.cli.main import main\n"
        "sys.exit(main([a for a in sys.argv[1:] if a != 'slow']))\n"
    )
    command = [sys.executable, "-c", program, "compare", POLICIES, "study.name=trial", *short, "replicates=3"]
    command.append("executor.workers=1")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    first = subprocess.Popen(
        [*command, f"results={stopped}", "slow"], env=environment, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while rows(stopped) < 4:
        assert first.poll() is None and time.monotonic() < deadline
        time.sleep(0.02)
    first.send_signal(end)
    _, err = first.communicate(timeout=30)
    assert rows(stopped) == 4
    if end == signal.SIGINT:
        assert first.returncode == 130
        assert "of 6 runs are kept" in err and "goes on from there" in err
    assert not (stopped / "trial").exists()
    for results in (whole, stopped):
        subprocess.run([*command, f"results={results}"], env=environment, check=True, capture_output=True)
    assert rows(stopped) == rows(whole) == 6
    assert data(stopped) == data(whole)


def rows(results: Path) -> int:
    """Finished runs in the journal."""
    try:
        with sqlite3.connect(f"file:{results / JOURNAL}?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM runs WHERE status = 'done'").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


@pytest.mark.long
@pytest.mark.usefixtures("no_report")
def test_ledgers_are_kept_on_demand(results, short):
    assert compare(results, *short, "replicates=1") == 0
    assert not (results / "trial" / "latest" / "ledger").exists()
    assert compare(results, *short, "replicates=1", "ledger=true", "name=with") == 0
    folder = results / "trial" / "with" / "ledger"
    assert sorted(path.name for path in folder.iterdir()) == [
        "placebo-0.parquet", "rule_and_register-0.parquet", "status_quo-0.parquet"
    ]  # fmt: skip
    ledger = pd.read_parquet(folder / "status_quo-0.parquet")
    assert [*ledger] == ["month", "county", "kind", "event", "count"]
    months = open_results(results / "trial" / "with").monthly.query("scenario == 'status_quo'")
    for event in ("raised", "durable_village", "presented_visit_county"):  # counts themselves: test_cells.py
        happened = months[months[event] > 0]["month"].dt.date
        assert sorted(ledger[ledger["event"] == event]["month"].unique()) == sorted(happened) != []


@pytest.mark.long
def test_the_report_is_written_and_its_paths_printed(results, short, capsys):
    assert compare(results, *short, "replicates=2", "language=en") == 0
    out = capsys.readouterr().out
    pages = [Path(line.split()[-1]) for line in out.splitlines() if line.startswith("report")]
    assert [page.name for page in pages] == ["report.en.html"]
    assert pages[0].stat().st_size > 10_000
    assert main(["report", str(results / "trial" / "latest"), "language=xx"]) == 2
    assert "language=xx is not allowed: it must be one of en, zh, both" in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.usefixtures("no_report")
def test_a_result_keeps_what_it_was_made_of_and_can_be_made_again_from_that(tmp_path, short):
    own, first, again = tmp_path / "own", tmp_path / "first", tmp_path / "again"
    for path, text in {
        "policy/mine.yaml": "centre: {coverage_county: 0.7}\n",
        "policy/unread.yaml": "nothing of this is read\n",
        "study/s.yaml": "# @package _global_\nkind: compare\nstudy: {name: trial, policies: [status_quo, mine]}\n",
    }.items():
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text(text)
    given = [*short, "study=s", "replicates=1"]
    assert main(["compare", f"--config-dir={own}", *given, f"results={first}", "executor.workers=1"]) == 0
    folder = first / "trial" / "latest"
    kept = open_results(folder)
    assert kept.configuration["study"]["policies"] == ["status_quo", "mine"]
    assert kept.configuration["province"] == {"source": "tiny", "places": []}
    assert not {"executor", "output", "results", "name", "language"} & set(kept.configuration)
    assert kept.manifest["overrides"] == [f"--config-dir={own}", *given]
    assert kept.manifest["layout"] == 3 and kept.manifest["kind"] == "compare"
    assert kept.manifest["versions"]["petition-pyramid"] and "commit" in kept.manifest["git"]
    options = folder / "options"
    assert {str(file.relative_to(options)) for file in options.rglob("*.yaml")} == {"policy/mine.yaml", "study/s.yaml"}
    assert main(["compare", f"--config-dir={options.resolve()}", *given, f"results={again}"]) == 0
    tables = ("study.yaml", "configuration.yaml", "parameters.json", "runs.parquet", "monthly.parquet")
    assert [data(first)[name] for name in tables] == [data(again)[name] for name in tables]


@pytest.mark.usefixtures("no_report")
def test_the_console_tests_the_family_of_the_report(tmp_path, capsys):
    """Seven more measures in the report's family once made a star on the console that the report did not have."""
    given = ["study.policies=[status_quo,grid_first]", "study.measures=[durable_resolution]", "province=tiny", YEAR]
    assert main(["compare", *given, "replicates=6", f"results={tmp_path}", "output=json"]) == 0
    (said,) = [each for each in json.loads(capsys.readouterr().out)["effects"] if each["policy"] == "grid_first"]
    evidence = Evidence(open_results(tmp_path / "comparison" / "latest"))
    adjusted = evidence.adjusted["grid_first", "durable_resolution"]
    p_value = evidence.effect("grid_first", "durable_resolution").p_value
    assert said["holm_p"] == adjusted
    assert said["paired"]["p_value"] == p_value < 0.05 < adjusted  # no star on either
    family = [evidence.effect("grid_first", name).p_value for name in evidence.measures]
    assert {*HEADLINE, "durable_resolution"} == set(evidence.measures)
    assert adjusted == pytest.approx(p_value * sum(p >= p_value for p in family if not math.isnan(p)))
