"""Kinds of studies: each declared once, each study of one kind."""

from __future__ import annotations

import pytest

from experiments.cli.commands import COMMANDS
from experiments.cli.help import overview, usage
from experiments.cli.main import main
from experiments.configuration.options import files_of, kind_of_study, studies_of
from experiments.configuration.primary import loaded, primary
from experiments.report.kinds import report_kinds
from experiments.studies.kinds import study_kinds


@pytest.mark.parametrize("name", study_kinds())
def test_a_kind_is_what_its_folder_says(name):
    kind = study_kinds()[name]
    assert kind.name == name and COMMANDS[name] is kind
    assert f"  {name:<14} {kind.summary}" in overview().splitlines()
    assert usage(name).startswith(f"usage: pyramid {name}")
    assert primary(name) is kind.config
    assert callable(loaded(kind.plan)) and callable(loaded(kind.run))


def test_every_kind_with_a_report_is_a_kind_of_study():
    assert set(report_kinds()) < set(study_kinds())


def test_every_shipped_study_names_its_kind():
    kinds = {name: kind_of_study(file) for name, file in files_of("study").items()}
    assert set(kinds.values()) <= set(study_kinds())
    assert {name: kind for kind in study_kinds() for name in studies_of(kind)} == kinds


@pytest.mark.parametrize(
    ("command", "study", "says"),
    [
        ("compare", "what_matters", "what_matters is a sensitivity study: pyramid sensitivity study=what_matters"),
        (
            "sweep",
            "cheapest_to_1_2_3",
            "cheapest_to_1_2_3 is an optimise study: pyramid optimise study=cheapest_to_1_2_3",
        ),
        ("simulate", "four_roads", "four_roads is a compare study: pyramid compare study=four_roads"),
    ],
)
def test_a_study_given_to_another_command_is_answered_with_its_own(command, study, says, capsys):
    assert main([command, f"study={study}"]) == 2
    assert capsys.readouterr().err == f"pyramid: {says}\n"


def test_a_study_without_a_kind_is_told_the_line_to_add(tmp_path, capsys):
    file = tmp_path / "study" / "mine.yaml"
    file.parent.mkdir()
    file.write_text("# @package _global_\nstudy: {name: mine, policies: [status_quo, whistle]}\n")
    assert main(["compare", f"--config-dir={tmp_path}", "study=mine"]) == 2
    assert capsys.readouterr().err == f"pyramid: study=mine names no kind: add the line  kind: compare  to {file}\n"


@pytest.mark.parametrize(
    ("line", "kind"),
    [("kind: sweep", "sweep"), ("kind:   'sweep'  # of two levers", "sweep"), ('kind: "sweep"', "sweep"), ("kind:", ""),
     ("# kind: sweep", ""), ("study: {kind: sweep}", "")],
)  # fmt: skip
def test_the_kind_is_read_off_a_line_of_its_own(tmp_path, line, kind):
    (tmp_path / "a.yaml").write_text(f"# @package _global_\n{line}\nstudy: {{}}\n")
    assert kind_of_study(tmp_path / "a.yaml") == kind


def test_the_kind_of_a_command_is_its_own(capsys):
    assert main(["compare", "study=configurations", "kind=sweep"]) == 2
    assert capsys.readouterr().err == "pyramid: kind=sweep is not allowed: this is pyramid compare\n"
