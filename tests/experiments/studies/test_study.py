"""Whole studies on every executor, interrupted and resumed, their workers killed: nothing is lost, the bytes stay."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from experiments.cli.main import EXIT_INTERRUPTED, main
from experiments.results.journal import Journal
from tests.experiments.conftest import SHORT
from tests.experiments.studies.test_crashes import data, finished

pytestmark = pytest.mark.usefixtures("no_report")

REPLICATES = 4
STUDIES = {
    "compare": ("study.policies=[status_quo,whistle]",),
    "sweep": ("after=whistle", "after.centre.whistle_response=0.2,0.8", "study.reference=status_quo"),
}
RUNS = {"compare": 2 * REPLICATES, "sweep": 3 * REPLICATES}
"""The reference of a sweep is a point more."""


def run(command: str, results: Path, executor: str, workers: int) -> int:
    """A small study by its command; the exit code."""
    choice = (f"executor={executor}", f"executor.workers={workers}", f"results={results}", f"replicates={REPLICATES}")
    return main([command, *SHORT, "study.name=trial", "name=x", *STUDIES[command], *choice])


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The files of both studies on one thread."""
    files = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.studies.keeping.draw", lambda *_: [])
        for command in STUDIES:
            results = tmp_path_factory.mktemp(command)
            assert run(command, results, "threads", 1) == 0
            assert len(finished(results)) == RUNS[command]
            files[command] = data(results / "trial" / "x")
    return files


class Disturbed:
    """While runs are written down: Ctrl-C after some of them, or the death of a worker."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, interrupt: int = 0, kill: int = 0) -> None:
        self.interrupt, self.kill = interrupt, kill
        self.kept, self.killed = 0, 0
        self.real = Journal.add
        monkeypatch.setattr(Journal, "add", lambda *arguments: self.add(*arguments))

    def add(self, *arguments) -> None:
        if self.interrupt and self.kept == self.interrupt:
            signal.raise_signal(signal.SIGINT)
        self.real(*arguments)
        self.kept += 1
        if self.kept == self.kill:
            self.killed = multiprocessing.active_children()[0].pid or 0
            os.kill(self.killed, signal.SIGKILL)


@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "executor"),
    [("compare", "threads"), ("compare", "processes"), ("compare", "dask"), ("sweep", "dask")],
)
def test_a_study_goes_on_after_an_interrupt_and_the_death_of_a_worker(
    command, executor, undisturbed, tmp_path, monkeypatch, capsys
):
    with monkeypatch.context() as patch:
        Disturbed(patch, interrupt=2)
        assert run(command, tmp_path, executor, 2) == EXIT_INTERRUPTED
    assert f"2 of {RUNS[command]} runs are kept" in capsys.readouterr().err
    before = finished(tmp_path)
    assert len(before) == 2
    with monkeypatch.context() as patch:
        disturbed = Disturbed(patch, kill=0 if executor == "threads" else 1)
        assert run(command, tmp_path, executor, 2) == 0
        assert disturbed.kept == RUNS[command] - 2  # every other run once
    assert bool(disturbed.killed) == (executor != "threads")
    after = finished(tmp_path)
    assert {key: after[key] for key in before} == before
    assert data(tmp_path / "trial" / "x") == undisturbed[command]
