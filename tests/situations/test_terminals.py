"""Terminals: what users met whose terminals were narrow, had no width, or wide letters."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

import petition_pyramid as pp
from experiments.cli.main import main
from experiments.report.plain_text import width
from experiments.runs import progress
from experiments.runs.progress import Progress
from tests.experiments.conftest import SHORT
from tests.situations.situation import situation

ONE_WORKER = "executor.workers=1"


class Terminal(io.StringIO):
    """A terminal that one can read."""

    def isatty(self) -> bool:
        return True


def screen(written: str, columns: int) -> list[str]:
    """The lines of a terminal after something was written to it."""
    lines, place = [""], 0
    for letter in written:
        if letter == "\r":
            place = 0
        elif letter == "\n" or place == columns:
            lines.append("")
            place = 0
        if letter not in "\r\n":
            lines[-1] = lines[-1][:place].ljust(place) + letter + lines[-1][place + 1 :]
            place += 1
    return [line.rstrip() for line in lines]


@situation(
    "terminals and languages",
    "tqdm/tqdm#568",
    "made the window narrower: every state of the progress bar began a new line",
    "the line of progress is cut to the terminal as it is at that moment",
)
@pytest.mark.parametrize("columns", [40, 5])
def test_progress_stays_on_one_line_of_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setattr(progress, "OFTEN", 0.0)
    monkeypatch.setenv("COLUMNS", "120")
    stream = Terminal()
    with Progress(12345, stream) as shown:
        monkeypatch.setenv("COLUMNS", str(columns))
        shown.failed = 1234
        for _ in range(3):
            shown.add(failed=True)
        seen = screen(stream.getvalue(), columns)
    assert len(seen) == 1 and seen[0].startswith("3/12345 runs"[: columns - 1])
    assert screen(stream.getvalue(), columns) == [""]


@situation(
    "terminals and languages",
    "semgrep/semgrep#9630",
    "in a container the terminal had a width of nothing: the command ended in an error",
    "a width that cannot be is taken for a usual one",
)
@situation(
    "terminals and languages",
    "jestjs/jest#1863",
    "wrapped texts to a width of nothing, without end",
    "the narrowest terminal still gets every word",
)
@pytest.mark.parametrize("columns", ["0", "wide", "7"])
def test_a_terminal_of_no_width(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: str
) -> None:
    assert main(["list", "stresses"]) == 0
    whole = capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((0, 0)))
    assert main(["list", "stresses"]) == 0
    fitted = capsys.readouterr().out
    assert 24 <= max(map(len, fitted.splitlines())) <= 80
    letters = sorted(letter for letter in whole if letter.isalnum())
    assert set(letters) == {letter for letter in fitted if letter.isalnum()}


@situation(
    "terminals and languages",
    "astanin/python-tabulate#52",
    "Chinese in a table: the columns behind it were out of line",
    "columns are counted as a terminal shows them",
)
@situation(
    "terminals and languages",
    "huggingface/huggingface_hub#4948",
    "one wide letter was counted as one column and shifted the rest of its row",
    "and lines are broken before they are too wide",
)
def test_wide_letters_keep_the_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "policy").mkdir()
    chinese = "“吹哨”之后四十八小时内必须到场，并且每月公布一次等待天数" * 3
    for name, meaning in (("mine_1", chinese), ("mine_2", "plain words")):
        (tmp_path / "policy" / f"{name}.yaml").write_text(f"# {meaning}\n", "utf-8")
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main(["list", "policies", f"--config-dir={tmp_path}"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(width, lines)) <= 50
    wide = [line for line in lines if "吹哨" in line or "等待" in line]
    assert len(wide) >= 3 and all(width(line) > 40 for line in wide[:-1])
    starts = {len(line) - len(line.lstrip()) for line in lines if line.startswith("  ")}
    assert len(starts) == 1


class Loud:
    """A stream that has nothing but what writes."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass


@pytest.mark.long
@situation(
    "terminals and languages",
    "tqdm/tqdm#1523",
    "an application without a console has no standard error: no attribute 'write'",
    "without one, nothing is shown and everything runs",
)
@situation(
    "terminals and languages",
    "stanfordnlp/stanza#1367",
    "a stand-in for standard error cannot say whether it is a terminal",
    "it is taken for none",
)
@situation(
    "terminals and languages",
    "tqdm/tqdm#202",
    "a notebook had closed the stream: I/O operation on closed file",
    "a closed stream is left alone",
)
def test_standard_error_may_be_missing_strange_or_closed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    short = pp.scenario(*SHORT)
    closed = (tmp_path / "log").open("w")
    closed.close()
    record = pp.simulate(short, ONE_WORKER).records[0].to_bytes()
    for stream in (None, Loud(), closed):
        monkeypatch.setattr(sys, "stderr", stream)
        for show in (None, True):
            assert pp.simulate(short, ONE_WORKER, progress=show).records[0].to_bytes() == record
    assert (
        len(
            pp.compare(
                *SHORT,
                "study.policies=[status_quo,gansu_2019]",
                "replicates=2",
                ONE_WORKER,
                results=tmp_path / "kept",
                progress=True,
            ).frame()
        )
        == 4
    )  # closed
