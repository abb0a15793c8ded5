"""What is printed: in every encoding, to a terminal of any width, and to streams that are closed, full or left."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.cli.main import main
from experiments.cli.terminal import Stream

ROOT = Path(__file__).parents[3]
ENCODINGS = ("utf-8", "gbk", "gb2312", "gb18030", "big5", "latin-1", "ascii", "cp1252", "koi8-r", "utf-16")


def printed(text: str, encoding: str) -> str:
    """What a stream of an encoding holds after a text was written to it."""
    held = io.BytesIO()
    stream = Stream(io.TextIOWrapper(held, encoding, newline=""))
    stream.write(text)
    stream.flush()
    assert stream.error is None
    return held.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "text", "expected"),
    [
        ("ascii", "−1.2 – 3 ⅔ 35.9\u00a0% … → ±", "-1.2 - 3 2/3 35.9 % ... -> +/-"),
        ("ascii", "× 甲é “x” 1 ∶ 2 ½ ≤", 'x ?e "x" 1 : 2 1/2 <='),
        ("latin-1", "− ± × é ½ ⅔ 甲 35.9\u00a0%", "- ± × é ½ 2/3 ? 35.9 %"),
        ("gbk", "− – … → ± × 甲 ⅔ 35.9\u00a0%", "- – … → ± × 甲 2/3 35.9 %"),
        ("gb2312", "甲 − ⅔", "甲 - 2/3"),
        ("utf-8", "− – ⅔ … 甲 35.9\u00a0% 1\u202f000", "− – ⅔ … 甲 35.9 % 1 000"),
        ("utf-8", "a\x1b[2J\x9b31m\u202eb\x7f\udcff\n", "a\\x1b[2J\\x9b31m\\u202eb\\x7f\\udcff\n"),
        ("ascii", "\x1b\u202e\r\t\n", "\\x1b\\u202e\r\t\n"),
    ],
)
def test_signs_that_an_encoding_lacks_are_spelled(encoding, text, expected):
    assert printed(text, encoding) == expected


@given(st.text(st.characters(codec=None)), st.sampled_from(ENCODINGS))
def test_any_text_can_be_printed_and_what_the_encoding_has_is_kept(text, encoding):
    shown = printed(text, encoding)
    assert all(letter.isprintable() or letter in "\n\r\t" or letter.isspace() for letter in shown)
    assert not set("\u00a0\x1b\x7f\u202e") & set(shown)
    has = [letter for letter in text if letter.isprintable() and letter.encode(encoding, "ignore").decode(encoding)]
    kept = iter(shown)
    assert all(letter in kept for letter in has)  # in their order


def command(*arguments: str, encoding: str = "utf-8", shell: str = "") -> subprocess.CompletedProcess[bytes]:
    """The command as a process, in a shell where its streams are to be redirected."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
    call = [sys.executable, "-m", "experiments.cli.main", *arguments]
    line = ["bash", "-c", f'"$@" {shell}; exit ${{PIPESTATUS[0]}}', "bash", *call]
    return subprocess.run(line, capture_output=True, env=environment, timeout=60)


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "latin-1", "ascii"])
def test_lists_and_json_come_in_every_encoding(tmp_path, encoding):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "mine.yaml").write_text("# 甲 − ⅔\u00a0\u202e\n{}\n", "utf-8")
    own = f"--config-dir={tmp_path}"
    done = command("list", "policies", own, encoding=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    meaning = done.stdout.decode(encoding).splitlines()[-1].split(maxsplit=1)[1]
    assert meaning == ("甲" if encoding.startswith("gb") else "?") + " - 2/3 \\u202e"
    done = command("list", "policies", own, "output=json", encoding=encoding)
    assert json.loads(done.stdout.decode(encoding))[-1] == {"name": "mine", "meaning": "甲 − ⅔\u00a0\u202e"}


@pytest.mark.parametrize("arguments", [("list", "levers"), ("--help",)], ids=" ".join)
@pytest.mark.parametrize(
    ("shell", "code", "said"),
    [
        ("> /dev/full", 1, "pyramid: cannot write to standard output: No space left on device\n"),
        (">&-", 0, ""),
        ("2>&- > /dev/null", 0, ""),
        ("<&- >&- 2>&-", 0, ""),
        ("| true", 0, ""),
    ],
)
def test_streams_that_are_closed_full_or_left_are_no_traceback(arguments, shell, code, said):
    done = command(*arguments, shell=shell)
    assert (done.returncode, done.stderr.decode()) == (code, said)


def test_a_message_that_nobody_takes_leaves_the_exit_code():
    assert command("dance", shell="2> /dev/full").returncode == 2
    assert command("dance", shell="2>&-").returncode == 2


@pytest.mark.long
def test_a_study_keeps_its_results_when_the_disk_of_its_output_is_full(monkeypatch, capsys, results, short):
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        code = main(["compare", "study.policies=[status_quo]", *short, "replicates=1", f"results={results}"])
        monkeypatch.undo()
    assert code == 1
    assert capsys.readouterr().err == "pyramid: cannot write to standard output: No space left on device\n"
    assert len(list(results.glob("comparison/latest/report/report.*.html"))) == 2


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_tables_fit_a_terminal_and_stay_whole_in_a_pipe(monkeypatch, capsys, columns):
    assert main(["list", "levers"]) == 0
    whole = capsys.readouterr().out
    assert max(map(len, whole.splitlines())) > 150
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main(["list", "levers"]) == 0
    fitted = capsys.readouterr().out
    assert max(map(len, fitted.splitlines())) <= columns
    assert {word for word in whole.split() if "-" not in word} - set(fitted.split()) == set()
