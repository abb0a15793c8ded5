"""Says, where somebody is looking on, that the model is being compiled, how far it is, and that this happens once."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from numba.core import event

PARTS = 326
"""Functions, each for some types of arguments, that a run needs: what a first compilation counts up to."""

PARTS_SHARE = 0.4
"""Share of the time after which all of them are typed and lowered; machine code for the whole follows."""

PATIENCE = 1.0
"""Seconds before anything is said: a function or two compile unnoticed."""


_silences = 0


def is_silent() -> bool:
    """Whether nothing is to be said now."""
    return _silences > 0


@contextmanager
def silent(wanted: bool = True) -> Iterator[None]:
    """Says nothing meanwhile, whichever thread compiles, where that is wanted."""
    global _silences
    _silences += wanted
    try:
        yield
    finally:
        _silences -= wanted


def is_watched() -> bool:
    """Whether stderr is looked at: on a terminal, or in a notebook, by this process and not a worker of it."""
    is_seen = getattr(sys.stderr, "isatty", bool)() or "ipykernel" in sys.modules
    return multiprocessing.parent_process() is None and is_seen and not is_silent()


def line(done: int) -> str:
    """What is said after some functions."""
    percent = round(100 * PARTS_SHARE * min(done / PARTS, 1.0))
    return f"compiling the model, once for this version on this machine: {percent} %"


class _Counter(event.Listener):
    """Counts functions and rewrites the line."""

    def __init__(self) -> None:
        self.done = self.width = 0
        self.began = self.said = time.monotonic()

    def on_start(self, started: Any) -> None:
        """Nothing yet."""

    def on_end(self, ended: Any) -> None:
        """One more function is ready for its callers."""
        self.done += 1
        now = time.monotonic()
        if now - self.began >= PATIENCE and now - self.said >= 0.2:
            self.said = now
            self.write(line(self.done))

    def write(self, text: str) -> None:
        """Rewrites the line."""
        sys.stderr.write("\r" + text.ljust(self.width))
        sys.stderr.flush()
        self.width = len(text)


_counter = _Counter()
_depth = 0


@contextmanager
def shown() -> Iterator[None]:
    """Shows the progress of what is compiled inside; the count goes on from one function to the next."""
    global _depth
    if not is_watched():
        yield
        return
    if _depth == 0:
        event.register("numba:compile", _counter)
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        if _depth == 0:
            event.unregister("numba:compile", _counter)
            if _counter.width:
                _counter.write("")
                sys.stderr.write("\r")
                _counter.width = 0
