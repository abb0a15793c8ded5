"""What an executor is."""

from __future__ import annotations

import signal
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from experiments.runs.run import Batch, Outcome

TICK = 0.5
"""Seconds between looks at the clock while waiting (``None`` is yielded, so that progress can be shown)."""


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Keeps Ctrl-C from processes that are started meanwhile, for good: their parent ends them."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where a worker ignores it once it has started
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Executor(ABC):
    """Carries out batches of runs."""

    is_local = True
    """Whether all workers share this machine's memory."""

    def __init__(self, workers: int) -> None:
        """An executor with a fixed number of workers."""
        self.workers = workers
        self.ahead = 0
        """Runs that workers have finished and whose outcomes come with the rest of their task."""

    def __enter__(self) -> Executor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @abstractmethod
    def outcomes(self, batches: Sequence[Batch]) -> Iterator[Outcome | None]:
        """Outcomes as they come; ``None`` now and then while waiting."""

    @abstractmethod
    def close(self) -> None:
        """Cancels what is not finished and frees the workers."""
