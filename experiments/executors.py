"""Executors: batches of runs side by side, on threads or processes, with the same bytes out.

An executor is a context manager; ``outcomes(batches)`` yields every outcome as soon as it is there, in the
order of finishing. Interrupting the iteration (an exception in the caller, Ctrl-C) cancels the rest.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from experiments.runs import Batch, Cancelled, Outcome
from experiments.schema import ExecutorChoice, ExecutorKind
from sim.errors import InputError

TICK = 0.5
"""Seconds between looks at the clock while waiting (``None`` is yielded, so that progress can be shown)."""

POOLS_MAX = 5
"""Process pools that may break in a row without one finished run before the study gives up."""


def worker_count(choice: ExecutorChoice) -> int:
    """Workers asked for, or the cores this process may use."""
    if choice.workers:
        return choice.workers
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


class Executor(ABC):
    """Carries out batches of runs."""

    def __init__(self, workers: int) -> None:
        """An executor with a fixed number of workers."""
        self.workers = workers

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


def _start_worker(outcomes: Any) -> None:
    """First thing in a worker process: a queue to the parent, no Ctrl-C, no life after the parent."""
    global _outcomes
    _outcomes = outcomes
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _carry_out(batch: Batch) -> int:
    """Runs in a worker process; returns how many outcomes it has sent."""
    sent = 0

    def emit(outcome: Outcome) -> None:
        nonlocal sent
        _outcomes.put(outcome)
        sent += 1

    batch.carry_out(emit, lambda: False)
    return sent


_outcomes: Any = None


class ProcessExecutor(Executor):
    """Batches in processes of their own; when one is killed, a new pool does what is left."""

    def __init__(self, workers: int) -> None:
        """An executor with ``workers`` processes, started when needed."""
        super().__init__(workers)
        self._context = multiprocessing.get_context("spawn")
        self._pool: ProcessPoolExecutor | None = None

    def outcomes(self, batches: Sequence[Batch]) -> Iterator[Outcome | None]:
        """See ``Executor.outcomes``."""
        done: set[str] = set()
        left: list[Batch] = list(batches)
        broken = 0
        while left:
            before = len(done)
            for outcome in self._pool_outcomes(left):
                if outcome is None:
                    yield None
                elif outcome.key not in done:
                    done.add(outcome.key)
                    yield outcome
            left = [rest for batch in left if (rest := batch.without(done)) is not None]
            broken = 0 if len(done) > before else broken + 1
            if left and broken >= POOLS_MAX:
                raise InputError(f"worker processes died {broken} times without finishing a run; is memory short?")

    def _pool_outcomes(self, batches: Sequence[Batch]) -> Iterator[Outcome | None]:
        """Outcomes of one pool, until all batches are done or the pool breaks."""
        sent = self._context.SimpleQueue()
        came: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        # A worker killed in the middle of sending may block this thread for ever: nobody waits for it.
        threading.Thread(target=_receive, args=(sent, came), daemon=True).start()
        self._pool = ProcessPoolExecutor(self.workers, self._context, _start_worker, (sent,))
        futures = [self._pool.submit(_carry_out, batch) for batch in batches]
        received = 0
        try:
            while True:
                finished = all(future.done() for future in futures)
                if finished and received >= _sent_by(futures):
                    break
                try:
                    yield came.get(timeout=TICK if not finished else 2.0)
                    received += 1
                except queue.Empty:
                    if finished:  # what a dead worker was sending is lost and will be run again
                        break
                    yield None
        finally:
            self.close()
        for future in futures:
            error = future.exception()
            if error is not None and not isinstance(error, BrokenProcessPool):
                raise error

    def close(self) -> None:
        """Ends the workers at once."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(2)


def _sent_by(futures: Sequence[Future]) -> int:
    return sum(future.result() for future in futures if future.exception() is None)


def _receive(sent: Any, came: queue.SimpleQueue[Outcome]) -> None:
    while True:
        try:
            came.put(sent.get())
        except (EOFError, OSError):
            return
        except Exception:  # a message cut in two by a killed worker
            time.sleep(0.01)


EXECUTORS: dict[ExecutorKind, type[Executor]] = {
    ExecutorKind.threads: ThreadExecutor,
    ExecutorKind.processes: ProcessExecutor,
}
"""Executors by the value of ``executor.kind``."""

__all__ = ["EXECUTORS", "Cancelled", "Executor", "ProcessExecutor", "ThreadExecutor", "worker_count"]
