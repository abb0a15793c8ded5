"""Tries mutants: tests are collected once, and every mutant runs those of its file in a process forked from there.

A mutant's code is put into the living function, so nothing is imported again. Functions that run while modules are
imported (they build tables) are the exception: for these, everything is imported anew with the mutant in place.
"""

from __future__ import annotations

import gc
import mmap
import os
import resource
import struct
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tools.mutation.agreement import SECONDS, agrees, prepare
from tools.mutation.mutants import Mutant

SURVIVED, KILLED, TIMED_OUT = "survived", "killed", "timed out"
SLOW = 0.5
"""Seconds of processor time above which a test is left out: an error should be caught by a quick one, made by hand."""

RUNNING = -1.0
"""In place of the time of a test that has not ended, or has failed."""

OPTIONS = ["-x", "-q", "-s", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:cov"]


@dataclass(frozen=True)
class Work:
    """A file's mutants that are to be tried, and its tests."""

    path: Path
    tests: Path
    mutants: Sequence[Mutant]
    worlds: Sequence[str] = ()
    """Worlds on which the second implementation is asked about mutants that survive the tests."""


Report = Callable[[Work, Mutant, str], None]


def be_quiet() -> None:
    """Sends what this process and its forks print nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def in_a_fork(action: Callable[[], bool], seconds: int) -> str:
    """Runs tests in a forked process of so many seconds of processor time; gives what came of it."""
    pid = os.fork()
    if not pid:
        be_quiet()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        status = 1
        try:
            status = 0 if action() else 1
        finally:  # whatever a mutant breaks, it is found out
            os._exit(status)
    _, status = os.waitpid(pid, 0)
    return SURVIVED if status == 0 else TIMED_OUT if os.WIFSIGNALED(status) else KILLED


def alive_in(path: Path) -> dict[str, list[FunctionType]]:
    """Every function of a file that is alive, by qualified name."""
    found: dict[str, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == str(path):
            found.setdefault(thing.__code__.co_qualname, []).append(thing)
    return found


def fits(mutant: Mutant, functions: Sequence[FunctionType]) -> bool:
    """Whether functions alive can take a mutant's code: it has the same cells (``super()``, outer functions)."""
    return all(function.__code__.co_freevars == mutant.code.co_freevars for function in functions)


def run_all(items: Sequence[pytest.Item], times: mmap.mmap) -> bool:
    """Runs collected tests and notes the time of each; the first failure is raised."""
    for at, (item, following) in enumerate(zip(items, [*items[1:], None], strict=True)):
        begun = time.process_time()
        struct.pack_into("d", times, 8 * at, RUNNING)
        item.ihook.pytest_runtest_setup(item=item)
        item.ihook.pytest_runtest_call(item=item)
        item.ihook.pytest_runtest_teardown(item=item, nextitem=following)
        struct.pack_into("d", times, 8 * at, time.process_time() - begun)
    return True


class Trial:
    """A pytest plugin that tries mutants in place of running the tests once.

    Attributes:
        at_import: functions of the files that ran while the tests were collected; their mutants are not tried.
        unsound: tests that fail without a mutant.
    """

    def __init__(self, works: Sequence[Work], report: Report) -> None:
        self.works = works
        self.report = report
        self.at_import: set[tuple[str, str]] = set()
        self.unsound: list[Path] = []
        self._files = {str(work.path) for work in works}
        sys.setprofile(self._note)

    def _note(self, frame: FrameType, event: str, _: Any) -> None:
        code: CodeType = frame.f_code
        if event == "call" and code.co_filename in self._files and code.co_name != "<module>":
            self.at_import.add((code.co_filename, code.co_qualname.split(".<locals>")[0]))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs each file's tests unchanged, which have to pass, then under every mutant of the file."""
        sys.setprofile(None)
        if session.testsfailed:
            self.unsound = [work.tests for work in self.works]
            return True
        if any(work.worlds for work in self.works):
            prepare()
        alive = [alive_in(work.path) for work in self.works]
        gc.freeze()
        for work, functions in zip(self.works, alive, strict=True):
            self._try(work, functions, [item for item in session.items if item.path == work.tests])
        return True

    def _try(self, work: Work, functions: dict[str, list[FunctionType]], items: list[pytest.Item]) -> None:
        times = mmap.mmap(-1, 8 * max(1, len(items)))  # shared with the forks
        if not items or in_a_fork(partial(run_all, items, times), 600) != SURVIVED:
            self.unsound.append(work.tests)
            return
        took = struct.unpack_from(f"{len(items)}d", times)
        quick = sorted((seconds, n) for n, seconds in enumerate(took) if seconds <= SLOW)
        chosen = [items[n] for _, n in quick]  # the quickest may tell
        limit = 10 + int(5 * sum(seconds for seconds, _ in quick))
        for mutant in work.mutants:
            if (str(work.path), mutant.function) in self.at_import or not fits(mutant, functions[mutant.function]):
                continue
            times[:] = bytes(len(times))
            outcome = in_a_fork(partial(self._run, mutant, functions[mutant.function], chosen, times), limit)
            if outcome == SURVIVED:
                outcome = self._compare(mutant, functions[mutant.function], work.worlds)
            else:
                failed = struct.unpack_from(f"{len(items)}d", times).index(RUNNING)
                outcome = f"{outcome} by {chosen[failed].name}"
            self.report(work, mutant, outcome)

    def _compare(self, mutant: Mutant, functions: Sequence[FunctionType], worlds: Sequence[str]) -> str:
        for name in worlds:
            outcome = in_a_fork(partial(self._agrees, mutant, functions, name), SECONDS)
            if outcome != SURVIVED:
                return f"{outcome} by the second implementation on {name}"
        return SURVIVED

    def _agrees(self, mutant: Mutant, functions: Sequence[FunctionType], name: str) -> bool:
        for function in functions:
            function.__code__ = mutant.code
        return agrees(name)

    def _run(
        self, mutant: Mutant, functions: Sequence[FunctionType], items: Sequence[pytest.Item], times: mmap.mmap
    ) -> bool:
        for function in functions:
            function.__code__ = mutant.code
        return run_all(items, times)


def try_alive(works: Sequence[Work], report: Report) -> Trial:
    """Tries the mutants of functions that do not run at import."""
    trial = Trial(works, report)
    if pytest.main([*OPTIONS, *(str(work.tests) for work in works)], plugins=[trial]) != pytest.ExitCode.OK:
        trial.unsound = trial.unsound or [work.tests for work in works]
    return trial


def try_imported(work: Work, mutant: Mutant) -> str:
    """Tries a mutant with everything imported anew; the caller must not have imported the file's module."""

    def action() -> bool:
        original = SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
            return mutant.module if loader.path == str(work.path) else original(loader, name)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
        return pytest.main([*OPTIONS, str(work.tests)]) == pytest.ExitCode.OK

    return in_a_fork(action, 60)
