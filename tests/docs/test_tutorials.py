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
FOLDER = re.compile(r"/[0-9a-f]{12}\b")
RUN = ("bash", "python", "text")


def blocks(page: str) -> list[tuple[str, str]]:
    """(language, content) of what is run and what is shown, in order; plain fences are neither."""
    return [(language, content) for language, content in BLOCK.findall(text_of(page)) if language in RUN]


def commands(block: str) -> list[list[str]]:
    """The commands of a block, with continued lines joined."""
    return [shlex.split(line) for line in block.replace("\\\n", " ").splitlines() if line.strip()]


def missing(shown: str, printed: str) -> list[str]:
    """Lines shown that were not printed; a printed line may be shown as several.

    Spaces do not count, nor do names made from a version.
    """

    def squeezed(line: str) -> str:
        return "".join(FOLDER.sub("/…", line).split())

    lines = set(map(squeezed, printed.splitlines()))
    left: list[str] = []
    for line in shown.splitlines():
        left.append(line)
        so_far = squeezed("".join(left))
        if so_far in lines:
            left = []
        elif not any(each.startswith(so_far) for each in lines):
            return left
    return left


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


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the readers of both languages: what has run for one is not run again for the other."""
    return tmp_path_factory.mktemp("desk")


@pytest.mark.long
@pytest.mark.parametrize(("page", "language"), [("tutorial.md", "en"), ("tutorial.zh.md", "zh")])
def test_the_tutorial_prints_what_it_shows(
    page: str, language: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    names: dict[str, object] = {"__name__": "example"}
    printed = ""
    for kind, content in blocks(page):
        if kind == "text":
            assert missing(content, printed) == []
        else:
            printed = printed_by(kind, content, names)
    assert (desk / "results" / "first" / "latest" / "report" / f"report.{language}.html").is_file()
    assert (desk / "settled.png").read_bytes().startswith(b"\x89PNG")
    (desk / "settled.png").unlink()


def test_a_line_that_was_not_printed_is_found() -> None:
    assert missing("a  1.5\nb  2\n", "head\na 1.5\nb 3\n") == ["b  2"]
    assert missing("one two\nthree\n", "one two three\n") == []
    assert missing("one two\n", "one two three\n") == ["one two"]
    assert missing("two three\n", "one two three\n") == ["two three"]
    for ending in ("", "/report"):
        kept = f"results/first/0123456789ab{ending}"
        assert missing(f"{kept}\n", f"results/first/ba9876543210{ending}\n") == []
        assert missing(f"{kept}\n", f"results/second/0123456789ab{ending}\n") == [kept]


def test_the_chinese_tutorial_runs_the_same() -> None:
    """Its commands and code are those of the English one but for the language."""
    english, chinese = (
        [each for each in blocks(page) if each[0] != "text"] for page in ("tutorial.md", "tutorial.zh.md")
    )
    assert len(english) >= 6
    in_english = {" language=zh": " language=en", 'language="zh"': 'language="en"'}
    for old, new in in_english.items():
        chinese = [(kind, content.replace(old, new)) for kind, content in chinese]
    simulated = ("replicates=20 language=en", "replicates=20")  # English is what a simulation prints unless told
    assert [(kind, content.replace(*simulated)) for kind, content in chinese] == english
