"""Standard output and error as commands may rely on them: open, taking any text, and never in the way.

A study may take hours: what it prints at its end must not be lost for a sign that a terminal's encoding lacks, and
neither a reader who has left nor a full disk may end it before its results are kept.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any

from experiments.report.plain_text import LINE, readable


class Stream:
    """A text stream that is written what its encoding has, and after its first error nothing more."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream
        self.error: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Writes a text as readable as the stream can."""
        self._try(lambda: self.stream.write(readable(text, self.stream.encoding)))
        return len(text)

    def flush(self) -> None:
        """Writes what is held back."""
        self._try(self.stream.flush)

    def _try(self, act: Callable[[], object]) -> None:
        if self.error is not None:
            return
        try:
            act()
        except OSError as error:
            self.error = error
            with suppress(OSError):  # what is still held back has nowhere to go when the process ends
                os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())


@contextmanager
def standard_streams() -> Iterator[Stream]:
    """Standard output and error as ``Stream`` meanwhile, tables fitted to a terminal; gives standard output."""
    with suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:  # a closed one would be the next file that is opened
            os.set_inheritable(number, True)
        os.close(number)
    out, err = (Stream(stream or open(os.devnull, "w", encoding="utf-8")) for stream in (sys.stdout, sys.stderr))  # noqa: SIM115
    token = LINE.set(shutil.get_terminal_size().columns if out.isatty() else None)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            yield out
            out.flush()
            err.flush()
    finally:
        LINE.reset(token)
