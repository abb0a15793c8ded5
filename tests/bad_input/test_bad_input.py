"""Every command refuses every kind of bad input: exit code 2, one clear message, nothing run, nothing written.

The cases are data (``cases_*.py``); each says what its message must contain.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.command import main
from tests.bad_input import cases_command_lines, cases_configs
from tests.bad_input.case import Case, found_in

ROOT = Path(__file__).parents[2]
CASES = (*cases_command_lines.CASES, *cases_configs.CASES)


@pytest.mark.usefixtures("nothing_runs")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_is_refused(case: Case, here: Path, capsys: pytest.CaptureFixture[str]):
    case.lay_out(here)
    before = found_in(here)
    assert main(case.arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(line.startswith("pyramid: ") and line.isprintable() for line in err.splitlines())
    for words in case.says:
        assert words in err
    assert "/secret/of" not in err
    assert max(map(len, err.splitlines())) < 1000
    assert found_in(here) == before
