"""``pyramid verify``: the table in two languages, JSON, exit codes, refusals."""

from __future__ import annotations

import json

import pytest

from experiments.cli.main import main
from experiments.verification.check import Check, Finding

GOOD = Finding("mm3", "M/M/3: wait", "M/M/3：等候", 4.4562, 4.31, 0.35, 96, True, known=4.444444, wrong=0.83)
BAD = Finding("placebo", "bytes apart", "不同字节", 0, 12, 0.0, 3, False)


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch):
    """Makes the suite consist of some findings."""

    def consist(*findings: Finding) -> None:
        check = Check("x", "known_answers", (lambda: None,), lambda results: list(findings))
        monkeypatch.setattr("experiments.studies.verify.study.chosen", lambda names, seed, seeds: [check])

    return consist


def test_all_pass(suite, capsys):
    suite(GOOD)
    assert main(["verify"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["mm3", "M/M/3:", "wait", "4.4444", "4.4562", "4.3100", "0.3500", "96", "0.8300", "yes"]
    assert lines[-1] == "All 1 lines pass."


def test_one_fails(suite, capsys):
    suite(GOOD, BAD)
    assert main(["verify", "language=zh"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[3].split() == ["placebo", "不同字节", "0", "12", "3", "否"]
    assert out.splitlines()[-1] == "2行中有1行未通过：placebo。"
    assert err == "pyramid: failed: placebo\n"


def test_json_says_everything(suite, capsys):
    suite(GOOD, BAD)
    assert main(["verify", "output=json", "seed=3"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["seed"] == 3 and document["standard_errors"] == 4 and document["failed"] == ["placebo"]
    assert document["findings"][0] == {
        "section": "known_answers",
        "name": "mm3",
        "what": {"en": "M/M/3: wait", "zh": "M/M/3：等候"},
        "textbook": 4.444444,
        "expected": 4.4562,
        "observed": 4.31,
        "half_width": 0.35,
        "replicates": 96,
        "wrong_model": 0.83,
        "passed": True,
    }


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("checks=[mm33]", "checks: there is no check 'mm33'; did you mean mm3"),
        ("replicates=1", "replicates=1 is not allowed: it must be a whole number from 2 to 1,000"),
        ("province=tiny", "'province' is not a config group of pyramid verify"),
    ],
)
def test_bad_input_is_refused(capsys, argument, message):
    assert main(["verify", argument]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("pyramid: ") and message in err and "Traceback" not in err
