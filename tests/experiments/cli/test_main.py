"""Bad input: exit code 2, one clear line for each error, no traceback, nothing run and nothing written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from experiments.cli.help import overview
from experiments.cli.main import main
from experiments.configuration.compose import compose
from experiments.configuration.primary import schema_of
from experiments.configuration.schema import validate

POLICIES = (
    "gansu_2019, grid_first, keen_base, local_resolution, more_mediators, nameplate, one_stop, pilots_alike, "
    "pilots_keen, placebo, rule_and_register, status_quo, status_quo_halls, status_quo_strict, whistle, "
    "zhejiang_2020"
)


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines on stderr of a refused command, less the name of the program."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert lines and all(line.startswith("pyramid: ") for line in lines)
    return [line.removeprefix("pyramid: ") for line in lines]


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["simulat"], ["there is no command 'simulat'; did you mean simulate?"]),
        (
            ["dance"],
            [
                "there is no command 'dance'; there are: "
                "simulate, compare, sweep, sensitivity, levers-at-work, bottlenecks, attribution, calibrate, optimise, "
                "robustness, counterfactual, patterns, index, whatif, verify, report, list, province, completion"
            ],
        ),
        (["simulate", "after=foo"], [f"after=foo: there is no such policy; there are: {POLICIES}"]),
        (["simulate", "after=whistel"], ["after=whistel: there is no such policy; did you mean whistle?"]),
        (["simulate", "provinc=gansu"], ["unknown key 'provinc': did you mean province?"]),
        (
            ["simulate", "behaviour.patiense=3"],
            ["unknown key 'behaviour.patiense': did you mean behaviour.patience or behaviour.patience_again?"],
        ),
        (
            ["simulate", "+nope=1"],
            [
                "unknown key 'nope': there are: after, before, behaviour, calendar, ensemble, executor, kind, "
                "language, measures, output, province, replicates, seed, stress"
            ],
        ),
        (
            ["simulate", "behaviour.patience=100", "after.centre.coverage_city=-1", "replicates=0"],
            [
                "after.centre.coverage_city=-1.0 is not allowed: it must be a number from 0 to 1 (share)",
                "behaviour.patience=100.0 is not allowed: it must be a number from 5 to 40 (days)",
                "replicates=0 is not allowed: it must be a whole number from 1 to 100,000",
            ],
        ),
        (
            ["simulate", "behaviour.patience=long", "after.centre.intake=both"],
            [
                "behaviour.patience=long is not allowed: it must be a number from 5 to 40 (days)",
                "after.centre.intake=both is not allowed: it must be one of windows, unified",
            ],
        ),
        (["simulate", "a b"], ["'a b' is not an override: write key=value"]),
        (["simulate", "seed=1,2"], ["seed=1,2 gives several values: add -m to run them all"]),
        (["simulate", "after=a,b"], ["after=a,b gives several values: add -m to run them all"]),
        (
            ["simulate", "calendar.reform=2019-01-05"],
            [
                "calendar.reform=2019-01-05 must be the first day of a month between 2015-01-01 and 2021-12-31",
            ],
        ),
        (["simulate", "--config-dir", "/no/such"], ["--config-dir /no/such is not a folder"]),
        (
            ["simulate", "--fast"],
            [
                "unknown flag '--fast'; there are: --help, --multirun, --run, --resolve, "
                "--config-dir, --cfg, --package, --info"
            ],
        ),
        (
            ["simulate", "-m", "behaviour.patience=1,10,100"],
            [
                "behaviour.patience=1 is not allowed: it must be a number from 5 to 40 (days) "
                "(first at point behaviour.patience=1)",
                "behaviour.patience=100 is not allowed: it must be a number from 5 to 40 (days) "
                "(first at point behaviour.patience=100)",
            ],
        ),
        (["simulate", "-m", "replicates=1,2"], ["replicates is the same for all points; it cannot be swept"]),
        (
            ["simulate", "-m", "behaviour.patience=interval(5,10)"],
            [
                "behaviour.patience=interval(5,10): intervals have no points; list values (a,b,c) or give "
                "range(start,stop,step)"
            ],
        ),
        (
            ["compare"],
            ["nothing to compare: choose a study, such as study=configurations, or study.policies=[…] or study.worlds"],
        ),
        (
            ["compare", "study=configuration"],
            ["study=configuration: there is no such study; did you mean configurations?"],
        ),
        (
            ["compare", "after=whistle"],
            ["'after' is not a config group of pyramid compare: a comparison sets it by study.policies=[…]"],
        ),
        (
            ["compare", "study.policies=[status_quo,whistl]"],
            ["there is no policy 'whistl'; did you mean whistle?"],
        ),
        (
            ["compare", "study.policies=[whistle]"],
            ["study.reference=status_quo is not among the study's worlds (whistle)"],
        ),
        (
            ["compare", "study.worlds={down: {after: status_qou}}"],
            ["study.worlds.down.after=status_qou: there is no policy 'status_qou'; did you mean status_quo?"],
        ),
        (
            ["compare", "study.worlds={down: {after: status_quo, stress: push_dwn}}"],
            ["study.worlds.down.stress=push_dwn: there is no stress 'push_dwn'; did you mean push_down?"],
        ),
        (
            ["compare", "study.worlds={down: {stress: push_down}}"],
            ["study.worlds.down.after is missing: it names the policy after the reform"],
        ),
        (
            ["compare", "study.policies=[whistle]", "study.worlds={whistle: {after: status_quo}}"],
            ["study.worlds.whistle: study.policies already has a world of this name"],
        ),
        (
            ["compare", "study.worlds={a b: {after: status_quo}}"],
            [
                "study.worlds: 'a b' is not a label: it must be a name: letters, digits, '.', '_' and '-' only, "
                "a letter or digit first, at most 100"
            ],
        ),
        (
            ["compare", "study.worlds={down: {after: status_quo, stres: push_down}}"],
            [
                "unknown key 'study.worlds.down.stres': did you mean study.worlds.LABEL.stress? "
                "(in study.worlds={down: {after: status_quo, stres: push_down}})"
            ],
        ),
        (
            ["compare", "study.worlds.down=push_down"],
            [
                "study.worlds.down=push_down is not allowed: a world is written "
                "study.worlds.LABEL={after: POLICY, stress: STRESS}"
            ],
        ),
        (
            ["compare", "study.policies=[status_quo]", "study.margin=0"],
            ["study.margin=0.0 is not allowed: it must be a number from 0.01 to 2"],
        ),
        (["patterns", "replicates=0"], ["replicates=0 is not allowed: it must be a whole number from 1 to 100,000"]),
        (["patterns", "after=whistel"], ["after=whistel: there is no such policy; did you mean whistle?"]),
        (["compare", "study.policies=[status_quo,status_quo]"], ["study.policies names status_quo twice"]),
        (
            ["compare", "study=configurations", "study.target=[1,2]"],
            ["study.target=[1.0, 2.0] must be three positive numbers, province : city : county"],
        ),
        (
            ["compare", "study=configurations", "study.measures=[durable_resolutions]"],
            ["study.measures: there is no measure 'durable_resolutions'; did you mean durable_resolution?"],
        ),
        (
            ["list"],
            [
                "pyramid list takes one word, not ''; there are: policies, behaviours, levers, uncertainties, "
                "stresses, measures, studies, indices, provinces, places"
            ],
        ),
        (["list", "policie"], ["pyramid list takes one word, not 'policie'; did you mean policies?"]),
        (["list", "levers", "output=xml"], ["output=xml is not allowed: it must be one of table, json"]),
        (["completion", "bsh"], ["pyramid completion takes the name of a shell, not 'bsh'; did you mean bash?"]),
        (
            ["report"],
            ["pyramid report takes a folder of results, such as results/configurations/latest; no folder given"],
        ),
        (["report", "/no/such"], ["/no/such is not a folder of results"]),
    ],
)
def test_bad_input_is_refused(capsys, monkeypatch, tmp_path, arguments, lines):
    monkeypatch.chdir(tmp_path)
    assert refusal(capsys, *arguments) == lines
    assert list(tmp_path.iterdir()) == []


def test_unknown_places_and_tables_are_told_before_anything_runs(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (line,) = refusal(capsys, "simulate", "province=tiny", "places=[9999]")
    assert "9999" in line
    (line,) = refusal(capsys, "compare", "study=configurations", "province=no/such/folder")
    assert "no/such/folder" in line
    assert list(tmp_path.iterdir()) == []


def test_a_users_config_is_named_when_it_is_wrong(capsys, tmp_path):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "mine.yaml").write_text("centre:\n  coverage_conty: 0.2\n")
    (tmp_path / "policy" / "broken.yaml").write_text("centre: [\n")
    hint = "unknown key 'after.centre.coverage_conty': did you mean after.centre.coverage_county or "
    own = f"--config-dir={tmp_path}"
    (line,) = refusal(capsys, "simulate", own, "after=mine")
    assert line.startswith(hint) and line.endswith("(in after=mine)")
    (line,) = refusal(capsys, "compare", own, "study.policies=[status_quo,mine]")
    assert line.startswith(hint) and line.endswith("(in policy mine)")
    (line,) = refusal(capsys, "simulate", own, "after=broken")
    assert "broken.yaml" in line and "line 2" in line


def test_results_that_cannot_be_written_are_one_message(capsys, tmp_path, short):
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    (line,) = refusal(
        capsys, "compare", "study=configurations", *short, "replicates=1", f"results={in_the_way}/results"
    )
    assert line == f"cannot write {in_the_way}/results: Not a directory"


def test_a_damaged_journal_is_named(capsys, results, short):
    results.mkdir()
    (results / "journal.sqlite").write_text("no database, but long enough to be read as one " * 100)
    (line,) = refusal(capsys, "compare", "study=configurations", *short, "replicates=1", f"results={results}")
    assert line.startswith(f"{results / 'journal.sqlite'} is damaged") and "move it away" in line


def test_help_and_version_import_nothing_heavy():
    program = (
        "import sys; from experiments.cli.main import main; main(['--help']); main(['--version'])\n"
        "heavy = {'hydra', 'omegaconf', 'numpy', 'pandas', 'pyarrow', 'numba', 'mesa', 'pydantic', 'matplotlib',\n"
        "         'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert done.stdout.startswith(overview())
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", ["simulate", "compare", "patterns", "index", "report", "list", "completion"])
def test_every_command_has_help_with_examples(capsys, command):
    assert main([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"usage: pyramid {command}") and "examples:\n  " in out


def test_help_of_a_study_shows_groups_and_the_users_own_options(capsys, tmp_path):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "mine.yaml").write_text("# my own\n{}\n")
    assert main(["simulate", "--help", f"--config-dir={tmp_path}"]) == 0
    out = capsys.readouterr().out
    assert "after=      gansu_2019*, grid_first" in out and ", mine" in out
    assert "schema" not in out


@pytest.mark.parametrize("command", ["simulate", "compare", "sweep"])
def test_the_composed_configuration_is_printed_whole_and_nothing_runs(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    chosen = ["province=tiny", "stress=staff_cut", "behaviour.patience=21"]
    assert main([command, *chosen, "--cfg", "job"]) == 0
    captured = capsys.readouterr()
    shown = validate(schema_of(command), yaml.safe_load(captured.out))
    assert shown == validate(schema_of(command), compose(command, chosen))
    assert (shown.province.source, shown.stress.staff_lost, shown.behaviour.patience) == ("tiny", 0.5, 21.0)
    assert captured.err == "" and list(tmp_path.iterdir()) == []
