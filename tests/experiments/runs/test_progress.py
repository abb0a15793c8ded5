"""Where progress is shown: on a terminal, in a notebook, elsewhere, by a function, or not at all."""

from __future__ import annotations

import io
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from experiments.runs import progress
from experiments.runs.execute import COMPILING
from experiments.runs.progress import Progress, is_notebook
from petition_pyramid import scenario, simulate
from tests.experiments.conftest import SHORT


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class ZMQInteractiveShell:
    """Called like the shell of a kernel."""


class OtherKernel(ZMQInteractiveShell):
    """A kernel's own shell, as hosted notebooks have it."""


class TerminalInteractiveShell:
    """Called like the shell of IPython in a terminal."""


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What goes to the outputs of a notebook, a stand-in for IPython: (``new`` or ``again``, text)."""
    found: list[tuple[str, str]] = []

    def display(content: dict[str, str], raw: bool, display_id: bool) -> Any:
        assert raw and display_id
        found.append(("new", content["text/plain"]))
        return SimpleNamespace(update=lambda content, raw: found.append(("again", content["text/plain"])))

    ipython = ModuleType("IPython")
    ipython.get_ipython = OtherKernel  # type: ignore[attr-defined]
    ipython.display = SimpleNamespace(display=display)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", ipython.display)  # type: ignore[attr-defined]
    monkeypatch.setattr(progress, "OFTEN", 0.0)
    return found


def test_a_notebook_is_known_by_its_kernel(written: list, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_notebook()
    for shell in (TerminalInteractiveShell, lambda: None):
        monkeypatch.setattr(sys.modules["IPython"], "get_ipython", shell)
        assert not is_notebook()
    monkeypatch.delitem(sys.modules, "IPython")
    assert not is_notebook() and "IPython" not in sys.modules


def test_a_notebook_has_one_line_that_is_rewritten(written: list, capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(3, show=None) as shown:
        shown.say("compiling")
        for failed in (False, True, False):
            shown.add(failed)
    assert [kind for kind, _ in written] == ["new", "again", "again", "again", "again"]
    texts = [text for _, text in written]
    assert texts[0] == "compiling" and texts[-1] == "3/3 runs in 0:00, 1 failed"
    assert [text.partition(",")[0] for text in texts[1:-1]] == ["1/3 runs", "2/3 runs", "3/3 runs"]
    assert capsys.readouterr() == ("", "")


def test_a_terminal_has_a_line_that_is_rewritten_and_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "OFTEN", 0.0)
    stream = Terminal()
    with Progress(2, stream, show=None) as shown:
        shown.add(failed=False)
    first, line, blank, end = stream.getvalue().split("\r")
    assert first == end == "" and line.startswith("1/2 runs") and blank == " " * len(line)


def test_elsewhere_there_are_lines_only_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SPARSE", 0.0)
    shown = {}
    for show in (True, None, False):
        stream = io.StringIO()
        with Progress(1, stream, show=show) as one:
            one.say("compiling")
            one.add(failed=False)
        shown[show] = stream.getvalue().splitlines()
    assert shown[None] == shown[False] == []
    assert shown[True][0] == "compiling" and shown[True][1].startswith("1/1 runs")


def test_nothing_is_shown_in_a_notebook_that_does_not_want_it(written: list) -> None:
    with Progress(1, show=False) as shown:
        shown.say("compiling")
        shown.add(failed=False)
    assert written == []


def test_a_function_is_told_what_is_done_once_each(written: list) -> None:
    told: list[tuple[int, int]] = []
    with Progress(3, show=lambda *state: told.append(state)) as shown:
        shown.say("compiling")
        shown.show(ahead=0)
        shown.show(ahead=1)
        for _ in range(3):
            shown.add(failed=False)
    assert told == [(1, 3), (2, 3), (3, 3)] and written == []


def test_states_between_two_lines_are_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    for stream, every in ((Terminal(), progress.OFTEN), (io.StringIO(), progress.SPARSE)):
        with Progress(9, stream) as shown:
            began, parts = now[0], []
            for seconds in (0.0, 0.9 * every, 1.0 * every, 1.9 * every, 2.1 * every):
                now[0] = began + seconds
                shown.add(failed=False)
                parts.append(stream.getvalue().count("runs"))
        assert parts == [0, 0, 1, 1, 2]  # at once and a moment later nothing; then a line every so often
        assert "3/9 runs" in stream.getvalue() and "5/9 runs" in stream.getvalue()
        assert "2/9 runs" not in stream.getvalue() and "4/9 runs" not in stream.getvalue()


def test_the_rate_counts_what_is_on_its_way_and_time_left_what_is_not_done() -> None:
    with Progress(10, io.StringIO()) as shown:
        shown.done, shown.failed = 3, 1
        assert shown.line(0.0) == "3/10 runs, 0:00 so far, 1 failed"
        assert shown.line(2.0, ahead=1) == "4/10 runs, 2.0/s, 0:03 left, 1 failed"
        assert shown.line(8.0, ahead=1) == "4/10 runs, 2.0 s a run, 0:12 left, 1 failed"
        assert shown.line(1.0, ahead=99) == "10/10 runs, 10.0/s, 0:00 left, 1 failed"


def test_a_study_from_python_shows_how_far_it_is(
    written: list, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.compilation.is_cold", lambda: True)
    told: list[tuple[int, int]] = []
    short = scenario(*SHORT)
    simulate(short, "replicates=2", "executor.workers=1")
    assert written[0] == ("new", COMPILING) and written[-1][1].startswith(
        "4/4 runs in "
    )  # two with the reform, two without
    written.clear()
    simulate(short, "replicates=2", "executor.workers=1", progress=lambda done, total: told.append((done, total)))
    simulate(short, "replicates=2", "executor.workers=1", progress=False)
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)] and written == [] and capsys.readouterr() == ("", "")
