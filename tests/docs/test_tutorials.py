"""The tutorials do what they say: every command and Python block runs, and prints the lines that are shown."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from experiments.cli.main import main
from tests.docs.vocabulary import text_of

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)
FOLDER = re.compile("/[0-9a-f]{12}/")
RUN = ("bash", "python", "text")


def blocks(page: str) -> list[tuple[str, str]]:
    """(language, content) of what is run and what is shown, in order; plain fences are neither."""
    return [(language, content) for language, content in BLOCK.findall(text_of(page)) if language in RUN]


def commands(block: str) -> list[list[str]]:
    """The commands of a block, with continued lines joined."""
    return [shlex.split(line) for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def missing(shown: str, printed: str) -> list[str]:
    """Lines shown that were not printed; widths of columns do not count, nor do names made from a version."""

    def words(line: str) -> list[str]:
        return FOLDER.sub("/…/", line).split()

    lines = [words(line) for line in printed.splitlines()]
    return [line for line in shown.splitlines() if words(line) not in lines]


def printed_by(language: str, content: str, names: dict[str, object]) -> str:
    """What a block prints on stdout."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        if language == "python":
            exec(compile(content, "tutorial", "exec", dont_inherit=True), names)
        for program, *arguments in commands(content) if language == "bash" else []:
            assert program == "pyramid"
            assert main(arguments) == 0, arguments
    return out.getvalue()


def test_the_tutorial_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "example"}
    printed = ""
    for language, content in blocks("tutorial.md"):
        if language == "text":
            assert missing(content, printed) == []
        else:
            printed = printed_by(language, content, names)
    assert (tmp_path / "results" / "first" / "latest" / "report" / "report.en.html").is_file()
    assert (tmp_path / "settled.png").read_bytes().startswith(b"\x89PNG")


def test_a_line_that_was_not_printed_is_found() -> None:
    assert missing("a  1.5\nb  2\n", "head\na 1.5\nb 3\n") == ["b  2"]
    kept = "results/first/0123456789ab/report"
    assert missing(f"{kept}\n", "results/first/ba9876543210/report\n") == []
    assert missing(f"{kept}\n", "results/second/0123456789ab/report\n") == [kept]


def test_the_chinese_tutorial_runs_the_same() -> None:
    """Its blocks are those of the English one but for the language of reports and figures."""
    english, chinese = blocks("tutorial.md"), blocks("tutorial.zh.md")
    assert len(english) >= 10
    in_chinese = {"language=en": "language=zh", 'language="en"': 'language="zh"', "report.en": "report.zh"}
    for old, new in in_chinese.items():
        english = [(language, content.replace(old, new)) for language, content in english]
    assert chinese == english
