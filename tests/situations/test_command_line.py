"""The command line: what users of Hydra, Click and their kin met."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

import petition_pyramid as pp
from experiments.cli.main import main
from experiments.configuration.application import run_application
from experiments.design import factors_of
from sim.errors import InputError
from tests.bad_input.conftest import one_store  # noqa: F401 # composes in half the time
from tests.experiments.conftest import SHORT
from tests.situations.situation import situation


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said against a command line, of which nothing has been run or printed."""
    assert main(list(arguments)) == 2
    out, err = capsys.readouterr()
    assert out == "" and all(line.startswith("pyramid: ") for line in err.splitlines())
    return err


def composed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """The configuration that a command line makes."""
    assert main([*arguments, "--cfg", "job"]) == 0
    return yaml.safe_load(capsys.readouterr().out)


def points(*arguments: str) -> list[Any]:
    """The points of a multirun, none of which is run."""
    found: list[Any] = []
    assert run_application("simulate", ["-m", *arguments], lambda _: 1, lambda many: found.extend(many) or 0) == 0
    return found


@situation(
    "command line",
    "hydra-ecosystem/hydra#3106",
    "gave a group in two parts, each in braces: in a multirun the first part was lost",
    "both parts count, with and without -m, and two sweeps of one key are refused",
)
def test_a_group_in_two_parts_is_both_parts(capsys: pytest.CaptureFixture[str]) -> None:
    parts = ("behaviour={patience: 20}", "behaviour={patience_spread: 0.2}")
    behaviour = composed(capsys, "simulate", *parts)["behaviour"]
    assert (behaviour["patience"], behaviour["patience_spread"]) == (20, 0.2)
    for point in points(*parts, "after=status_quo,whistle"):
        assert (point.config.behaviour.patience, point.config.behaviour.patience_spread) == (20, 0.2)
    found = points("after={staff: {mediators_city: 3}},{staff: {mediators_city: 5}}", "after={staff: {training: 0.4}}")
    assert [(point.config.after.staff.mediators_city, point.config.after.staff.training) for point in found] == [
        (3, 0.4),
        (5, 0.4),
    ]
    sweeps = "behaviour={patience: 10},{patience: 20}", "behaviour={patience_spread: 0.1},{patience_spread: 0.2}"
    assert "behaviour is swept twice" in refusal(capsys, "simulate", "-m", *sweeps)


@situation(
    "command line",
    "hydra-ecosystem/hydra#3228",
    "sorted a range that does not end on its stop, and got other values",
    "a sorted range is refused, with how to write the order",
)
def test_a_sorted_range_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    err = refusal(capsys, "simulate", "-m", "behaviour.patience=sort(range(5,12,2),reverse=true)")
    assert "sort(range(5,12,2),reverse=true) is not allowed: a range has its own order" in err
    with pytest.raises(InputError, match="sort"):
        factors_of({"behaviour.patience": "sort(range(12,5,-2))"})
    patience = [point.config.behaviour.patience for point in points("behaviour.patience=sort(9,5,7)")]
    assert patience == [5, 7, 9]


@situation(
    "command line",
    "hydra-ecosystem/hydra#393",
    "wanted 1:5 to be 1, 2, 3, 4, 5",
    "what is no number is refused, and range(5,15,5) is 5 and 10, as in Python",
)
def test_a_range_ends_before_its_stop(capsys: pytest.CaptureFixture[str]) -> None:
    assert "behaviour.patience=5:15" in refusal(capsys, "simulate", "-m", "behaviour.patience=5:15")
    assert [point.label for point in points("behaviour.patience=range(5,15,5)")] == [
        "behaviour.patience=5",
        "behaviour.patience=10",
    ]


@situation(
    "command line",
    "hydra-ecosystem/hydra#1577",
    "a path with an equals sign: mismatched input '=' expecting <EOF>",
    "the message shows how a shell takes it, and that works",
)
def test_the_way_to_type_a_path_that_is_shown_works(capsys: pytest.CaptureFixture[str]) -> None:
    err = refusal(capsys, "simulate", "province=./epoch=3/step=7")
    (typed,) = shlex.split(err[err.index("is typed as ") + len("is typed as ") :].splitlines()[0])
    assert composed(capsys, "simulate", typed)["province"]["source"] == "./epoch=3/step=7"


@situation(
    "command line",
    "Homebrew/legacy-homebrew#46408",
    "copied a command from a page: its hyphen was a dash, and nobody could see it",
    "a flag with dashes is told with its hyphens",
)
@pytest.mark.parametrize(
    ("typed", "meant"), [("–m", "-m"), ("—multirun", "--multirun"), ("––cfg", "--cfg"), ("−m", "-m")]
)
def test_dashes_are_told_from_hyphens(capsys: pytest.CaptureFixture[str], typed: str, meant: str) -> None:
    assert f"write {meant}\n" in refusal(capsys, "simulate", typed, "after=whistle,status_quo")


@situation(
    "command line",
    "RhetTbull/osxphotos#1437",
    "pasted quotes that a word processor had made round",
    "they are shown, with the name that was meant",
)
def test_round_quotes_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    err = refusal(capsys, "simulate", "after=“whistle”")
    assert "after=“whistle”: there is no such policy; did you mean whistle?" in err
    assert "mine" in refusal(capsys, "compare", "study.policies=[status_quo]", "name=“mine”")


@situation(
    "command line",
    "microsoft/WSL#5032",
    "a script with line ends of Windows: a sign that nobody sees is part of the last word",
    "the message shows the sign",
)
def test_a_carriage_return_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert r"after=whistle\r" in refusal(capsys, "simulate", "after=whistle\r")
    assert r"replicates=2\r" in refusal(capsys, "simulate", "replicates=2\r")
    assert r"'simulate\r'; did you mean simulate?" in refusal(capsys, "simulate\r")


@situation(
    "command line",
    "wandb/wandb#1052",
    "a tool wrote --key=value, which Hydra does not take",
    "the message says key=value",
)
def test_a_key_typed_like_a_flag_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for flag in ("--replicates=2", "-seed=3", "--behaviour.patience=20"):
        assert f"unknown flag '{flag}'; did you mean {flag.lstrip('-')}?" in refusal(capsys, "simulate", flag)
    assert "did you mean --multirun?" in refusal(capsys, "simulate", "--multirun=true")


@situation(
    "command line",
    "pallets/click#559",
    "typed help and a command, as in git: it is not there",
    "help COMMAND is COMMAND --help",
)
@situation(
    "command line",
    "BurntSushi/xsv#172",
    "help with a command showed the general page",
    "and a command that there is not is told as ever",
)
def test_help_of_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "--help"]) == 0
    page = capsys.readouterr().out
    assert main(["help", "sweep"]) == 0
    assert capsys.readouterr().out == page
    assert main(["help"]) == 0
    assert capsys.readouterr().out.startswith("pyramid – ")
    assert "there is no command 'sweeep'; did you mean sweep?" in refusal(capsys, "help", "sweeep")


@situation(
    "command line",
    "mesa/mesa#1289",
    "one text where several are expected: its letters were taken one by one",
    "a name without its brackets is refused as a whole",
)
@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("compare", "study.policies=status_quo"),
        ("compare", "study.measures=petitions_total"),
        ("verify", "checks=mm3"),
        ("whatif", "levers=centre.intake"),
        ("sensitivity", "study.uncertainties=patience"),
    ],
)
def test_one_name_for_a_list_is_refused_whole(capsys: pytest.CaptureFixture[str], command: str, word: str) -> None:
    err = refusal(capsys, command, word)
    assert f"{word} is not allowed: it must be a list" in err and err.count("\n") == 1


@situation(
    "command line",
    "mesa/mesa#2155",
    "a parameter with an empty list of values: passed along, or no run at all",
    "an empty list where values are needed is refused",
)
@situation(
    "command line",
    "mesa/mesa#861",
    "nothing varies: an error about a missing attribute",
    "a sweep without factors says what a factor is",
)
def test_nothing_to_vary_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "study.policies" in refusal(capsys, "compare", "study.policies=[]")
    err = refusal(capsys, "sweep", "province=tiny", "study.factors={behaviour.patience: []}")
    assert "behaviour.patience" in err
    assert "factor" in refusal(capsys, "sweep", "province=tiny")
    assert "behaviour.patience=[]" in refusal(capsys, "sweep", "province=tiny", "behaviour.patience=[]")


@situation(
    "command line",
    "hydra-ecosystem/hydra#1446",
    "gave a list of options for a group: an assertion failed",
    "the options are laid over one another, the later over the earlier",
)
def test_a_list_of_options_is_one_policy(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    for name, levers in (("one", "mediators_county: 7, training: 0.5"), ("other", "mediators_county: 9")):
        (tmp_path / "policy" / f"{name}.yaml").write_text(f"staff: {{{levers}}}\n")
    for order, county in (("one,other", 9), ("other,one", 7)):
        staff = pp.scenario(f"after=[{order}]", config_directory=tmp_path).after.staff
        assert (staff.mediators_county, staff.training) == (county, 0.5)


@situation(
    "command line",
    "hydra-ecosystem/hydra#1372",
    "a message about a nested group named a part of the key, not the whole",
    "the message names the key within the braces",
)
def test_a_wrong_key_in_braces_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    err = refusal(capsys, "simulate", "after={staff: {mediators_conty: 3}}")
    assert "unknown key 'after.staff.mediators_conty': did you mean after.staff.mediators_county" in err
    assert "unknown key 'behaviour.patiense'" in refusal(capsys, "simulate", "-m", "behaviour={patiense: 3}", "seed=1")


@situation(
    "command line",
    "hydra-ecosystem/hydra#856",
    "asked for completion behind a sweep: a page of errors on the line",
    "a sweep on the line leaves completion as it is",
)
def test_completion_behind_a_sweep(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "query", "pyramid simulate -m after=whistle,status_quo behaviour.patie"]) == 0
    assert "behaviour.patience=" in capsys.readouterr().out.split()


@situation(
    "command line",
    "hydra-ecosystem/hydra#3283",
    "the same key twice on a line is more likely a mistake than meant",
    "the last one counts, everywhere alike",
)
def test_the_last_of_two_values_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert composed(capsys, "simulate", "seed=1", "seed=2")["seed"] == 2
    found = points("after=whistle", "after=one_stop", "behaviour.patience=10,20", "behaviour.patience=30,40")
    assert [point.label for point in found] == ["behaviour.patience=30", "behaviour.patience=40"]
    assert found[0].config.after == pp.scenario("after=one_stop").after
    assert pp.scenario("after=one_stop", "after=whistle").after == pp.scenario("after=whistle").after


@situation(
    "command line",
    "mesa/mesa#1309",
    "one iteration of two points ran twice, two iterations eight times",
    "runs are points times replicates",
)
def test_runs_are_points_times_replicates(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    study = pp.sweep(
        *SHORT, "after=status_quo,whistle", "behaviour.patience=10,20", "replicates=2",
        results=tmp_path, progress=lambda *state: told.append(state),
    )  # fmt: skip
    frame = study.frame()
    assert told[-1] == (8, 8)
    assert frame.groupby(["after", "behaviour.patience"])["seed"].apply(list).tolist() == [[0, 1]] * 4


@situation(
    "command line",
    "hydra-ecosystem/hydra#2680",
    "took a word of the configuration files for a flag",
    "an unknown flag is told, with those that there are",
)
def test_words_of_files_are_no_flags(capsys: pytest.CaptureFixture[str]) -> None:
    assert "unknown flag '--override'; there are: --help, --multirun" in refusal(capsys, "simulate", "--override")


@situation(
    "command line",
    "sdispater/clikit#42",
    "the working folder had been removed: a crash within the report of a crash",
    "one line says so",
)
@situation(
    "command line",
    "typesafehub/conductr-cli#502",
    "in a folder that was no more: an unexpected error, written to a file",
    "what needs no folder still works",
)
def test_a_working_folder_that_is_no_more(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    said = "pyramid: the working folder is not there any more: change to another\n"
    assert refusal(capsys, "compare", "province=tiny", "study.policies=[status_quo]") == said
    with pytest.raises(InputError, match="the working folder is not there any more"):
        pp.patterns("province=tiny", "replicates=1")
    assert main(["list", "policies"]) == 0
    assert "whistle" in capsys.readouterr().out
