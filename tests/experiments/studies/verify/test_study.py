"""``pyramid verify``: the table in two languages, JSON, exit codes, refusals."""

from __future__ import annotations

import json
from dataclasses import replace

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


WRONG = Finding("mm1", "M/M/1: wait", "M/M/1：等候", 4.0, 4.1, 0.5, 96, False, wrong=4.2)
SURE = (
    "4 seeds each. A figure passes within 4 standard errors of what theory gives, a limit set before any run; "
    "one right figure in 16,000 would fail by chance."
)
CAVEAT = "Checks tell that the model does what it says, not that any real place is like it."


def test_all_pass(suite, capsys):
    suite(GOOD)
    assert main(["verify"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "All checks pass, 1 of 1: the model agrees with theory and with itself.",
        f"{SURE} In 1 of them a deliberately wrong model has to be rejected, too.",
        CAVEAT,
    ]
    assert main(["verify", "output=table"]) == 0
    lines = capsys.readouterr().out.splitlines()[4:]
    assert lines[2].split() == ["mm3", "M/M/3:", "wait", "4.4444", "4.4562", "4.3100", "0.3500", "96", "0.8300", "yes"]
    assert len(lines) == 3
    assert main(["verify", "output=full"]) == 0
    assert capsys.readouterr().out.splitlines()[7].startswith("Expected: the textbook's system")


def test_what_fails_is_told_with_its_figures(suite, capsys):
    suite(GOOD, BAD, WRONG)
    assert main(["verify", "seed=3", "replicates=2"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[:3] == [
        "Not all checks pass: 1 of 3.",
        "Failed: bytes apart – 12 observed, 0 expected (check placebo).",
        "Failed: M/M/1: wait – 4.1000 ± 0.5000 observed, 4 expected, but a deliberately wrong model (4.2000) is not "
        "told apart (check mm1).",
    ]
    assert out.splitlines()[3].startswith("2 seeds each.")
    assert err == "pyramid: failed: placebo, mm1\n"


def test_an_answer_has_five_lines_however_many_fail(suite, capsys):
    others = [replace(BAD, name=f"other_{n}") for n in range(4)]
    suite(BAD, *others)
    assert main(["verify"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Not all checks pass: 0 of 5."
    assert lines[3].endswith("(check other_1). Failed as well: other_2 and other_3.")
    assert lines[4:] == [SURE, CAVEAT]


def test_one_fails_in_chinese(suite, capsys):
    suite(GOOD, BAD)
    assert main(["verify", "language=zh", "output=table"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == [
        "检验未全部通过：2项中1项通过。",
        "未通过：不同字节——观测12，期望0（检验placebo）。",
    ]
    assert out.splitlines()[-1].split() == ["placebo", "不同字节", "0", "12", "3", "否"]
    assert err == "pyramid: failed: placebo\n"


def test_json_says_everything(suite, capsys):
    suite(GOOD, BAD)
    assert main(["verify", "output=json", "seed=3"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["seed"] == 3 and document["standard_errors"] == 4 and document["failed"] == ["placebo"]
    assert (document["answer"]["n_of"], document["answer"]["of"]) == (1, 2)
    assert document["answer"]["bases"] == {"seeds": 4, "standard_errors": 4}
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
