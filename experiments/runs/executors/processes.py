"""Batches in processes of this machine."""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from experiments.runs.executors.executor import TICK, Executor, uninterrupted
from experiments.runs.run import Batch, Outcome, model_version
from sim.errors import InputError

POOLS_MAX = 5
"""Process pools that may break in a row without one finished run before the study gives up."""


def _start_worker(outcomes: Any) -> None:
    """First thing in a worker process: a queue to the parent, no Ctrl-C, no life after the parent, little to search."""
    global _outcomes
    _outcomes = outcomes
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    model_version()  # brings the model in
    gc.freeze()


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
        self._came: queue.SimpleQueue[Outcome] = queue.SimpleQueue()

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
        """Outcomes of one pool, until all batches are done or it breaks; a whole one stays for more."""
        pool, came = self._ready()
        received, is_whole = 0, False
        try:
            with uninterrupted():
                futures = [pool.submit(_carry_out, batch) for batch in batches]
            while True:
                finished = all(future.done() for future in futures)
                if finished and received >= _sent_by(futures):
                    is_whole = all(future.exception() is None for future in futures)
                    break
                try:
                    yield came.get(timeout=TICK if not finished else 2.0)
                    received += 1
                except queue.Empty:
                    if finished:  # what a dead worker was sending is lost and will be run again
                        break
                    yield None
        except BrokenProcessPool:  # a worker has died since the batches before
            return
        finally:
            if not is_whole:
                self.close()
        for future in futures:
            error = future.exception()
            if error is not None and not isinstance(error, BrokenProcessPool):
                raise error

    def _ready(self) -> tuple[ProcessPoolExecutor, queue.SimpleQueue[Outcome]]:
        """The pool, made anew where there is none, and where its outcomes come in."""
        if self._pool is None:
            sent = self._context.SimpleQueue()
            self._came = queue.SimpleQueue()
            # A worker killed in the middle of sending may block this thread for ever: nobody waits for it.
            threading.Thread(target=_receive, args=(sent, self._came), daemon=True).start()
            self._pool = ProcessPoolExecutor(self.workers, self._context, _start_worker, (sent,))
        return self._pool, self._came

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
