"""Tries mutants: the tests of a file are collected once, and every mutant runs them in a process forked from there.

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
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tools.mutation.mutants import Mutant

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
OPTIONS = ["-x", "-q", "-s", "-p", "no:cacheprovider", "-p", "no:cov"]

Report = Callable[[Mutant, str], None]


def be_quiet() -> None:
    """Sends what this process and its forks print nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def in_a_fork(action: Callable[[], bool], seconds: int) -> tuple[str, float]:
    """Runs tests in a forked process of so many seconds of processor time; gives what came of it and its time."""
    pid = os.fork()
    if not pid:
        be_quiet()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        status = 1
        try:
            status = 0 if action() else 1
        finally:  # whatever a mutant breaks, it is found out
            os._exit(status)
    _, status, used = os.wait4(pid, 0)
    outcome = SURVIVED if status == 0 else TIMED_OUT if os.WIFSIGNALED(status) else KILLED
    return outcome, used.ru_utime + used.ru_stime


def alive_in(path: Path) -> dict[str, list[FunctionType]]:
    """Every function of a file that is alive, by qualified name."""
    found: dict[str, list[FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == str(path):
            found.setdefault(thing.__code__.co_qualname, []).append(thing)
    return found


def run_all(session: pytest.Session, times: mmap.mmap | None = None) -> bool:
    """Runs collected tests up to the first failure and notes their times; gives whether there was no failure."""
    for at, (item, following) in enumerate(zip(session.items, [*session.items[1:], None], strict=True)):
        begun = time.process_time()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if times:
            struct.pack_into("d", times, 8 * at, time.process_time() - begun)
        if session.testsfailed:
            return False
    return True


class Trial:
    """A pytest plugin that tries mutants in place of running the tests once.

    Attributes:
        at_import: functions of the file that ran while the tests were collected; their mutants are not tried.
        seconds: processor time of the tests without a mutant; 0 if they fail.
    """

    def __init__(self, mutants: Sequence[Mutant], path: Path, report: Report) -> None:
        self.mutants = mutants
        self.path = path
        self.report = report
        self.at_import: set[str] = set()
        self.seconds = 0.0
        sys.setprofile(self._note)

    def _note(self, frame: FrameType, event: str, _: Any) -> None:
        code: CodeType = frame.f_code
        if event == "call" and code.co_filename == str(self.path) and code.co_name != "<module>":
            self.at_import.add(code.co_qualname.split(".<locals>")[0])

    @property
    def limit(self) -> int:
        """Seconds of processor time after which a mutant is taken to run for ever."""
        return 10 + int(5 * self.seconds)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs the tests unchanged, which have to pass, then under every mutant."""
        sys.setprofile(None)
        times = mmap.mmap(-1, 8 * max(1, len(session.items)))  # shared with the fork
        outcome, seconds = in_a_fork(lambda: run_all(session, times), 600)
        if outcome != SURVIVED or not session.items:
            return True
        self.seconds = seconds
        took = dict(zip(session.items, struct.unpack(f"{len(session.items)}d", times), strict=True))
        session.items.sort(key=took.__getitem__)  # the quickest may tell
        functions = alive_in(self.path)
        gc.freeze()
        for mutant in self.mutants:
            if mutant.function not in self.at_import:
                self.report(mutant, in_a_fork(lambda: self._run(mutant, functions, session), self.limit)[0])  # noqa: B023
        return True

    def _run(self, mutant: Mutant, functions: dict[str, list[FunctionType]], session: pytest.Session) -> bool:
        for function in functions[mutant.function]:
            function.__code__ = mutant.code
        return run_all(session)


def try_alive(tests: Path, mutants: Sequence[Mutant], path: Path, report: Report) -> Trial:
    """Tries the mutants of functions that do not run at import."""
    trial = Trial(mutants, path, report)
    pytest.main([*OPTIONS, str(tests)], plugins=[trial])
    return trial


def try_imported(tests: Path, mutant: Mutant, path: Path, seconds: int) -> str:
    """Tries a mutant with everything imported anew; the caller must not have imported the file's module."""

    def action() -> bool:
        original = SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
            return mutant.module if loader.path == str(path) else original(loader, name)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
        return pytest.main([*OPTIONS, str(tests)]) == pytest.ExitCode.OK

    return in_a_fork(action, seconds)[0]
