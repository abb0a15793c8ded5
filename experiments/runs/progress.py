"""Progress of a study on stderr or in a notebook: done, total, rate, time left, failures."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

SPARSE = 30.0
"""Seconds between lines where no line can be rewritten."""

OFTEN = 0.2
"""Seconds between states of a line that is rewritten."""

Show = bool | Callable[[int, int], object] | None
"""Whether progress is shown: always, never, on a terminal and in a notebook alone (``None``), or by a function of one's
own, which is called with the runs done and their total."""


class Progress:
    """A line that is rewritten on a terminal or in a notebook, a new one now and then elsewhere; a context manager."""

    def __init__(self, total: int, stream: TextIO | None = None, show: Show = True) -> None:
        """Counts up to ``total`` runs; ``show`` says where. A ``stream`` of one's own takes the place of stderr."""
        self.total = total
        self.done = 0
        self.failed = 0
        self.stream = sys.stderr if stream is None else stream
        self.is_terminal = is_terminal(self.stream)
        self.notebook = NotebookLine() if stream is None and is_notebook() else None
        is_rewritten = self.is_terminal or self.notebook is not None
        self.tell = show if callable(show) else None
        self.quiet = total == 0 or self.tell is not None or not (is_rewritten if show is None else show)
        self.quiet |= self.notebook is None and not is_open(self.stream)
        self.every = OFTEN if is_rewritten else SPARSE
        self.began = self.shown = time.monotonic()
        self._width = self._told = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self.notebook is not None and self.notebook.is_shown:
            seconds = clock(time.monotonic() - self.began)
            self.notebook.write(f"{self.done}/{self.total} runs in {seconds}{self._failures()}")
        elif self.is_terminal and self._width:
            self.stream.write("\r" + " " * min(self._width, room()) + "\r")
            self.stream.flush()

    def say(self, text: str) -> None:
        """Says something before the first run has ended."""
        if self.quiet:
            return
        if self.notebook is not None:
            self.notebook.write(text)
        else:
            print(text, file=self.stream, flush=True)

    def add(self, failed: bool, ahead: int = 0) -> None:
        """One more run has ended; ``ahead`` as in ``show``."""
        self.done += 1
        self.failed += failed
        self.show(ahead)

    def show(self, ahead: int = 0) -> None:
        """Shows the state, unless it was shown a moment ago; ``ahead`` runs are finished, and on their way here."""
        done = min(self.done + ahead, self.total)
        if self.tell is not None and done > self._told:
            self._told = done
            self.tell(done, self.total)
        now = time.monotonic()
        if self.quiet or now - self.shown < self.every:
            return
        self.shown = now
        line = self.line(now - self.began, ahead)
        if self.notebook is not None:
            self.notebook.write(line)
            return
        if self.is_terminal:
            line = line[: room()]
            self.stream.write("\r" + line.ljust(min(self._width, room())))
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
        return text + self._failures()

    def _failures(self) -> str:
        return f", {self.failed} failed" if self.failed else ""


def is_open(stream: TextIO | None) -> bool:
    """Whether a stream takes text; applications without a console have none, and some close theirs."""
    return stream is not None and not getattr(stream, "closed", False)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream is a terminal; one that cannot say so is none."""
    return stream is not None and is_open(stream) and hasattr(stream, "isatty") and stream.isatty()


def room() -> int:
    """Letters of a line that is rewritten: one less than the terminal has columns now, or it would begin another."""
    return max(shutil.get_terminal_size().columns - 1, 0)


def is_notebook() -> bool:
    """Whether this process is the kernel of a notebook."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return any(kind.__name__ == "ZMQInteractiveShell" for kind in type(shell).__mro__)


class NotebookLine:
    """A line of a notebook cell's output that is rewritten in place."""

    def __init__(self) -> None:
        self._handle: Any = None

    @property
    def is_shown(self) -> bool:
        """Whether anything has been written."""
        return self._handle is not None

    def write(self, text: str) -> None:
        """Rewrites the line."""
        from IPython.display import display

        content = {"text/plain": text}
        if self._handle is None:
            self._handle = display(content, raw=True, display_id=True)
        else:
            self._handle.update(content, raw=True)


def clock(seconds: float) -> str:
    """``m:ss`` or ``h:mm:ss``."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
