"""Every command line that is shown anywhere works as it is printed.

Gathered are the lines with ``pyramid``, ``python -m`` and ``make`` of README, guides, help, catalogue and reports. The
line as printed is composed and validated; then what takes seconds on a small place is run there.
"""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from experiments.cli.commands import COMMANDS
from experiments.cli.help import EXAMPLES, overview
from experiments.cli.lists import LISTS
from experiments.cli.main import main
from experiments.configuration import application
from experiments.configuration.shipped import config_directory
from experiments.results.provenance import recorded_command
from experiments.studies.optimise.policy_file import policy_yaml
from experiments.studies.optimise.study import next_step
from sim.policy import Policy
from sim.province import folder_of
from tests.docs.vocabulary import DOCS, ROOT
from tests.experiments.conftest import SHORT
from tests.experiments.report.conftest import make_results

PAGES = (ROOT / "README.md", ROOT / "results" / "README.md", *sorted(DOCS.glob("*.md")))

START = re.compile(r"^(pyramid [a-z-]|python -m [a-z]|make [a-z-]+)")
CODE = re.compile(r"^(?:```.*?\n(?P<fence>.*?)^```$|(?P<indent>(?: {4}\S.*\n)+))", flags=re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"``?((?:pyramid|python -m|make) [^`\n]+)``?")
_WORD = rf"(?:[\w.@]+=[^\s()]+|{'|'.join(LISTS)})(?![\w{{]))"
SPOKEN = re.compile(rf"\bpyramid (?:{'|'.join(COMMANDS)})\b(?: {_WORD}*")
"""A command in a sentence of the code: a message, a page's text."""


def lines_of(text: str) -> Iterator[str]:
    """Command lines of a text in Markdown, with continued lines joined, as typed."""
    for found in CODE.finditer(text):
        block = (found["fence"] or found["indent"]).replace("\\\n", " ")
        yield from (line.strip() for line in block.splitlines() if START.match(line.strip()))
    for span in SPAN.findall(CODE.sub("", text)):
        if START.match(span):
            yield span


def plain(line: str) -> str:
    """A line without its comment, where its output goes, and a shell's evaluation."""
    line = re.sub(r"\s+#.*$", "", line)
    found = re.match(r'eval "\$\((?P<inner>.*)\)"$', line)
    return re.sub(r"\s*2?>.*$", "", found["inner"] if found else line)


@cache
def shown() -> dict[str, str]:
    """Every command line, and where it is shown first."""
    found: dict[str, str] = {}
    sources = [
        (page.relative_to(ROOT).as_posix(), line) for page in PAGES for line in lines_of(page.read_text("utf-8"))
    ]
    sources += [("pyramid --help", line.strip()) for line in overview().splitlines() if START.match(line.strip())]
    sources += [(f"pyramid {command} --help", line) for command in EXAMPLES for line in EXAMPLES[command]]
    for file in sorted(config_directory().rglob("*.yaml")):
        comments = [line.lstrip("# ") for line in file.read_text("utf-8").splitlines() if line.startswith("#")]
        text = " ".join(comments)
        spans = [*SPAN.findall(text), *re.findall(r"\((pyramid [^()]+)\)", text)]
        sources += [(file.relative_to(ROOT).as_posix(), span) for span in spans]
    rooms = (ROOT / "sim", ROOT / "experiments", ROOT / "petition_pyramid")
    for file in sorted(file for room in rooms for file in room.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                place = f"{file.relative_to(ROOT)}:{node.lineno}"
                sources += [(place, line) for line in SPOKEN.findall(node.value.replace("``", ""))]
    sources.append(("pyramid optimise", next_step(Path("results/cheapest_to_1_2_3/latest"), ["front_01", "front_02"])))
    for place, line in sources:
        found.setdefault(re.sub(r"\s+", " ", plain(line)), place)
    return found


NAMES = {f"pyramid {name}" for name in ("compare", "completion", "list", "province", "report")}
"""Names of commands in a sentence; without a word more they have nothing to do."""

LINES = [line for line in shown() if "…" not in line and "=NAME" not in line and line not in NAMES]
PYRAMID = [line for line in LINES if line.startswith("pyramid ")]


def test_many_lines_are_found_of_every_command():
    assert len(LINES) >= 120
    assert [line for line in set(shown()) - set(LINES) - NAMES if "…" not in line and not line.endswith("=NAME")] == []
    assert {line.split()[1] for line in PYRAMID} >= set(COMMANDS)


def test_the_command_in_a_report_can_be_typed_again():
    typed = ["study.worlds={cut: {after: status_quo, stress: staff_cut}}", "places=[6207]", "results=x", "a=甲 乙"]
    recorded = recorded_command("compare", typed)
    assert shlex.split(recorded) == ["pyramid", "compare", typed[0], typed[1], typed[3]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a reader of the guides works: what they tell to write is written, what is run has run."""
    desk = tmp_path_factory.mktemp("desk")
    for page in PAGES:
        text = page.read_text("utf-8")
        for name, content in re.findall(
            r"`(my_\w+/[\w/.]+\.(?:yaml|csv))`[^`]*(?:`[^`]*`[^`]*)?:\n\n```(?:yaml|text)\n(.*?)^```$",
            text,
            re.DOTALL | re.M,
        ):
            (desk / name).parent.mkdir(parents=True, exist_ok=True)
            (desk / name).write_text(content, "utf-8")
    shutil.copytree(folder_of("tiny"), desk / "my_province")
    (desk / "data").symlink_to(ROOT / "data")
    for study in ("configurations", "cheapest_to_1_2_3", "gansu_2019_patterns"):
        (desk / "results" / study / "4e1936f36713").mkdir(parents=True)
        (desk / "results" / study / "latest").symlink_to("4e1936f36713")
    make_results(desk / "results" / "configurations" / "latest", ("status_quo", "grid_first"), replicates=2)
    fronts = desk / "results" / "cheapest_to_1_2_3" / "latest" / "config" / "policy"
    fronts.mkdir(parents=True)
    for name in ("front_01", "front_02", "front_08"):
        (fronts / f"{name}.yaml").write_bytes(policy_yaml(Policy(), "A point of the front."))
    members = desk / "results" / "gansu_2019_patterns" / "latest" / "ensemble.csv"
    shutil.copy(config_directory() / "behaviour" / "gansu_ensemble.csv", members)
    return desk


@pytest.fixture
def at_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the reader's folder; reports have tests of their own and are not drawn."""
    monkeypatch.chdir(desk)
    monkeypatch.setattr("experiments.studies.keeping.draw", lambda *_: [])
    monkeypatch.setattr("experiments.report.write.write_report", lambda *_, **__: [Path("drawn")])


@pytest.mark.long
@pytest.mark.usefixtures("at_desk")
@pytest.mark.parametrize("line", PYRAMID)
def test_a_line_as_printed_is_valid(line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Composed and validated in full; nothing is simulated."""
    original = application.run_application

    def without_running(command: str, arguments: Sequence[str], study: Callable, many: Callable | None = None) -> int:
        return original(command, arguments, lambda config: 0, many and (lambda points: 0))

    for module in ("studies.command", "whatif.command"):
        monkeypatch.setattr(f"experiments.{module}.run_application", without_running)
    assert main(shlex.split(line)[1:]) == 0, capsys.readouterr().err


SMALL = {"simulate": [], "index": [], "patterns": [], "counterfactual": ["replicates=1"], "compare": ["replicates=2"]}
"""Commands that take seconds on a small place, and what makes them so besides it."""

ELSEWHERE = ("province", "places", "calendar", "replicates", "results", "export", "executor")


def small(line: str) -> list[str] | None:
    """The line on a small place for a short time, or ``None`` where it would still take long."""
    words = shlex.split(line)[1:]
    if words[0] not in SMALL or {"--help", "--cfg"} & set(words) or "gansu_ensemble" in line or "ensemble=" in line:
        return None
    kept = [word for word in words if word.lstrip("+").partition("=")[0].partition(".")[0] not in ELSEWHERE]
    return [*kept, *SHORT, *SMALL[words[0]]]


RUN = sorted({shlex.join(words) for line in PYRAMID if (words := small(line)) is not None})


@pytest.mark.long
@pytest.mark.usefixtures("at_desk")
@pytest.mark.parametrize("words", RUN)
def test_a_line_runs_on_a_small_place(words: str, capsys: pytest.CaptureFixture[str]):
    assert main(shlex.split(words)) == 0, capsys.readouterr().err
    assert capsys.readouterr().out


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("make ")])
def test_make_knows_what_it_is_told_to_make(line: str):
    words = [word for word in shlex.split(line)]
    assert subprocess.run([*words, "--dry-run"], cwd=ROOT, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("line", [line for line in LINES if line.startswith("python ")])
def test_a_module_that_is_run_is_there_and_can_be_run(line: str):
    name = shlex.split(line)[2]
    spec = importlib.util.find_spec(name)
    if spec is not None and spec.submodule_search_locations is not None:
        spec = importlib.util.find_spec(f"{name}.__main__")
    assert spec is not None and spec.origin is not None
    assert '__name__ == "__main__"' in Path(spec.origin).read_text("utf-8")
