"""Progress of a study on stderr: done, total, rate, time left, failures."""

from __future__ import annotations

import sys
import time
from typing import TextIO

SPARSE = 30.0
"""Seconds between lines where stderr is not a terminal."""


class Progress:
    """A line that is rewritten on a terminal, and a new line now and then elsewhere; a context manager."""

    def __init__(self, total: int, stream: TextIO | None = None, quiet: bool = False) -> None:
        """Counts up to ``total`` runs; ``quiet`` shows nothing."""
        self.total = total
        self.done = 0
        self.failed = 0
        self.quiet = quiet or total == 0
        self.stream = sys.stderr if stream is None else stream
        self.is_terminal = self.stream.isatty()
        self.began = self.shown = time.monotonic()
        self._width = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.quiet and self.is_terminal and self._width:
            self.stream.write("\r" + " " * self._width + "\r")
            self.stream.flush()

    def add(self, failed: bool, ahead: int = 0) -> None:
        """One more run has ended; ``ahead`` as in ``show``."""
        self.done += 1
        self.failed += failed
        self.show(ahead)

    def show(self, ahead: int = 0) -> None:
        """Shows the state, unless it was shown a moment ago; ``ahead`` runs are finished, and on their way here."""
        now = time.monotonic()
        if self.quiet or now - self.shown < (0.2 if self.is_terminal else SPARSE):
            return
        self.shown = now
        line = self.line(now - self.began, ahead)
        if self.is_terminal:
            self.stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self.stream.write(line + "\n")
        self.stream.flush()

    def line(self, seconds: float, ahead: int = 0) -> str:
        """The state after some seconds, in words; runs ``ahead`` count."""
        done = min(self.done + ahead, self.total)
        text = f"{done}/{self.total} runs"
        if done and seconds > 0:
            rate = done / seconds
            text += f", {rate:.1f}/s" if rate >= 1 else f", {1 / rate:.1f} s a run"
            text += f", {clock((self.total - done) / rate)} left"
        else:
            text += f", {clock(seconds)} so far"
        return text + (f", {self.failed} failed" if self.failed else "")


def clock(seconds: float) -> str:
    """``m:ss`` or ``h:mm:ss``."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
