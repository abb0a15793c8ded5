"""Every command refuses every kind of bad input: exit code 2, one clear message, nothing run, nothing written.

The cases are data (``cases_*.py``); each says what its message must contain.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments.cli.main import main
from tests.bad_input import cases_command_lines, cases_configs, cases_indices, cases_provinces
from tests.bad_input.case import Case, found_in

ROOT = Path(__file__).parents[2]
CASES = (*cases_command_lines.CASES, *cases_configs.CASES, *cases_indices.CASES)


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_is_refused(case: Case, here: Path, capsys: pytest.CaptureFixture[str]):
    check(case, here, capsys)


@pytest.mark.usefixtures("nothing_runs", "composed_once")
@pytest.mark.parametrize("case", cases_provinces.CASES, ids=str)
def test_a_bad_province_is_refused(case: Case, here: Path, capsys: pytest.CaptureFixture[str]):
    check(case, here, capsys)


def check(case: Case, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Runs a case and looks at everything it may leave behind."""
    case.lay_out(here)
    before = found_in(here)
    assert main(case.arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(line.startswith("pyramid: ") and line.isprintable() for line in err.splitlines())
    for words in case.says:
        assert words in err
    assert "/secret/of" not in err
    assert max(map(len, err.splitlines())) < 1050
    assert found_in(here) == before


IN_A_PROCESS = ("command misspelt", "half of a surrogate pair", "policy: not UTF-8", "index: key a number")


@pytest.mark.long
@pytest.mark.parametrize("case", [each for each in CASES if each.name in IN_A_PROCESS], ids=str)
def test_bad_input_is_refused_by_the_real_command(case: Case, here: Path):
    case.lay_out(here)
    arguments = [argument.encode("utf-8", "surrogateescape") for argument in case.arguments if "\0" not in argument]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "experiments.cli.main", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=60)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"pyramid: ") and b"Traceback" not in done.stderr


def test_names_of_cases_are_unique_and_many():
    names = [case.name for case in (*CASES, *cases_provinces.CASES)]
    assert len(names) == len(set(names)) >= 200
