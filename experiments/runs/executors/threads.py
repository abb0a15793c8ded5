"""Batches on threads of this process."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from experiments.runs.executors.executor import TICK, Executor
from experiments.runs.run import Batch, Outcome


class ThreadExecutor(Executor):
    """Batches on threads of this process: the compiled model runs without holding Python's lock."""

    def __init__(self, workers: int) -> None:
        """An executor with ``workers`` threads."""
        super().__init__(workers)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="run")
        self._cancelled = threading.Event()

    def outcomes(self, batches: Sequence[Batch]) -> Iterator[Outcome | None]:
        """See ``Executor.outcomes``."""
        came: queue.SimpleQueue[Outcome | Future] = queue.SimpleQueue()
        futures = []
        for batch in batches:
            future = self._pool.submit(batch.carry_out, came.put, self._cancelled.is_set)
            future.add_done_callback(came.put)
            futures.append(future)
        left = len(futures)
        while left:
            try:
                item = came.get(timeout=TICK)
            except queue.Empty:
                yield None
                continue
            if isinstance(item, Outcome):
                yield item
                continue
            left -= 1
            if not item.cancelled() and item.exception() is not None:
                raise item.exception()  # type: ignore[misc]

    def close(self) -> None:
        """Tells running batches to stop at their next sign of life and waits for them."""
        self._cancelled.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
