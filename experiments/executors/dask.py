"""Batches on a Dask cluster: workers on this machine, or those of a scheduler that is already there."""

from __future__ import annotations

import logging
import platform
import queue
import signal
from collections.abc import Iterator, Sequence
from typing import Any

from experiments.executors.executor import TICK, Executor
from experiments.runs import Batch, Outcome, model_version
from sim.errors import InputError

IN_FLIGHT = 3
"""Tasks a worker that are submitted and not finished: one at work, the next ones already there."""

TASK_SECONDS = 0.5
"""Work in a task, about: far above the milliseconds that a task costs, and little to lose with a worker."""

TASKS_A_SECOND = 200
"""Tasks that client and scheduler should have to see; with many workers a task is longer."""

PATIENCE = 20
"""Seconds that a scheduler has to answer, and its first worker to come."""


class DaskExecutor(Executor):
    """Batches as tasks of Dask, several a task when they are short; what a lost worker had is done by another."""

    def __init__(self, address: str, cluster: Any = None) -> None:
        """Joins the scheduler at ``address`` and counts its threads; ``cluster`` is one to close in the end.

        Raises ``InputError`` without Dask, a scheduler or a worker.
        """
        distributed = _distributed()
        self._cluster, self._client = cluster, None
        self._sizes: dict[Any, int] = {}  # batches of every task in flight
        try:
            self._client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, ValueError, TimeoutError, distributed.TimeoutError) as error:
            self.close()
            raise InputError(f"executor.address={address}: no scheduler with workers answers there ({error})") from None
        super().__init__(sum(self._client.nthreads().values()))

    @staticmethod
    def local(workers: int) -> DaskExecutor:
        """A cluster of processes on this machine that nobody else can reach."""
        cluster = _distributed().LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            memory_limit=None,
            preload=[__name__],
            silence_logs=logging.CRITICAL,
        )
        return DaskExecutor(cluster.scheduler_address, cluster)

    def outcomes(self, batches: Sequence[Batch]) -> Iterator[Outcome | None]:
        """See ``Executor.outcomes``."""
        assert self._client is not None
        left, came = list(reversed(batches)), queue.SimpleQueue[Any]()
        seconds = max(TASK_SECONDS, self.workers / TASKS_A_SECOND)
        spent, done = 0.0, 0
        while left or self._sizes:
            while left and len(self._sizes) < IN_FLIGHT * self.workers:
                share = len(left) // (IN_FLIGHT * self.workers)  # tasks shrink, so that workers end together
                size = max(1, min(share, int(seconds * done / spent))) if spent else 1
                task = [left.pop() for _ in range(size)]
                future = self._client.submit(_carry_out, task, ground(), pure=False)
                self._sizes[future] = size
                future.add_done_callback(came.put)
            try:
                future = came.get(timeout=TICK)
            except queue.Empty:
                yield None
                continue
            outcomes = self._result(future)
            spent += sum(outcome.seconds for outcome in outcomes)
            done += self._sizes.pop(future)
            yield from outcomes

    def _result(self, future: Any) -> list[Outcome]:
        distributed = _distributed()
        try:
            return future.result()
        except distributed.KilledWorker:
            raise InputError("workers died again and again over the same runs; is memory short?") from None
        except (distributed.CancelledError, OSError) as error:
            raise InputError(f"the scheduler is lost ({error}); what is finished is kept: run again") from None

    def close(self) -> None:
        """Cancels what is not begun, leaves the scheduler, and ends a cluster of our own."""
        if self._client is not None:
            self._client.cancel(list(self._sizes), force=True)
            self._client.close(timeout=PATIENCE)
        if self._cluster is not None:
            self._cluster.close(timeout=PATIENCE)
        self._sizes, self._client, self._cluster = {}, None, None


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise InputError("executor=dask needs an extra: pip install 'petition-pyramid[cluster]'") from None
    logger = logging.getLogger(distributed.__name__)  # what matters of what it has to say comes as an exception
    logger.propagate = False
    for handler in logger.handlers:
        handler.setLevel(logging.CRITICAL)
    return distributed


def dask_setup(worker: Any) -> None:
    """Called by Dask in a worker of our own, which Ctrl-C is not for: the parent ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def ground() -> tuple[str, ...]:
    """What must be the same on every machine for the same bytes: the model, Python and its compiler."""
    import numba
    import numpy as np

    return (model_version(), platform.python_version(), np.__version__, numba.__version__, platform.machine())


def _carry_out(batches: Sequence[Batch], expected: tuple[str, ...]) -> list[Outcome]:
    """Runs in a worker."""
    if ground() != expected:
        mine, theirs = " ".join(ground()), " ".join(expected)
        raise InputError(f"a worker on {platform.node()} has another model, Python or compiler: {mine}, not {theirs}")
    outcomes: list[Outcome] = []
    for batch in batches:
        batch.carry_out(outcomes.append, lambda: False)
    return outcomes
