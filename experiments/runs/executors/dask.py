"""Batches on a Dask cluster: workers on this machine, or those of a scheduler that is already there."""

from __future__ import annotations

import logging
import platform
import queue
import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from experiments.runs.executors.executor import TICK, Executor, uninterrupted
from experiments.runs.run import Batch, Outcome, model_version
from sim.errors import InputError

IN_FLIGHT = 3
"""Tasks a worker that are submitted and not finished: one at work, the next ones already there."""

TASK_SECONDS = 0.5
"""Work in a task, about: far above the milliseconds that a task costs, and little to lose with a worker."""

TASKS_A_SECOND = 200
"""Tasks that client and scheduler should have to see; with many workers a task is longer."""

SIGN_OF_LIFE = 1.0
"""Seconds after which a worker says how many runs of its task it has finished."""

PATIENCE = 20
"""Seconds that a scheduler has to answer, and its first worker to come."""


class DaskExecutor(Executor):
    """Batches as tasks of Dask, several a task when they are short; what a lost worker had is done by another."""

    is_local = False

    def __init__(self, address: str, cluster: Any = None, client: Any = None) -> None:
        """Joins the scheduler at ``address`` and counts its threads; ``cluster`` is one to close in the end.

        A ``client`` that is there already is used and left open.

        Raises ``InputError`` without Dask, a scheduler or a worker.
        """
        self._cluster, self._client = cluster, client
        self._is_guest = client is not None
        distributed = _distributed(is_quiet=not self._is_guest)
        self._sizes: dict[Any, int] = {}  # batches of every task in flight
        self._finished: dict[str, int] = {}  # runs finished in tasks at work, as their workers say
        self._topic = f"petition-pyramid-{uuid.uuid4().hex}"
        try:
            if not self._is_guest:
                self._client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
            foreign = _foreign_packages(self._client)
            self._client.subscribe_topic(self._topic, self._hear)
        except (OSError, ValueError, TimeoutError, distributed.TimeoutError) as error:
            self.close()
            raise InputError(f"executor.address={address}: no scheduler with workers answers there ({error})") from None
        except BaseException:
            self.close()
            raise
        if foreign:
            self.close()
            raise InputError(f"executor.address={address}: on its scheduler or workers, {foreign.pop()}")
        super().__init__(sum(self._client.nthreads().values()))

    @staticmethod
    def local(workers: int) -> DaskExecutor:
        """A cluster of processes on this machine that nobody else can reach."""
        distributed = _distributed(is_quiet=True)
        with uninterrupted():
            cluster = distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                memory_limit=None,
                silence_logs=logging.CRITICAL,
            )
        return DaskExecutor(cluster.scheduler_address, cluster)

    def outcomes(self, batches: Sequence[Batch]) -> Iterator[Outcome | None]:
        """See ``Executor.outcomes``."""
        assert self._client is not None
        left, came = list(reversed(batches)), queue.SimpleQueue[Any]()
        self._finished = {}
        seconds = max(TASK_SECONDS, self.workers / TASKS_A_SECOND)
        spent, done = 0.0, 0
        while left or self._sizes:
            while left and len(self._sizes) < IN_FLIGHT * self.workers:
                share = len(left) // (IN_FLIGHT * self.workers)  # tasks shrink, so that workers end together
                size = max(1, min(share, int(seconds * done / spent))) if spent else 1
                task = [left.pop() for _ in range(size)]
                future = self._client.submit(_carry_out, task, ground(), self._topic, pure=False)
                self._sizes[future] = size
                future.add_done_callback(came.put)
            try:
                future = came.get(timeout=TICK)
            except queue.Empty:
                self.ahead = sum(self._finished.copy().values())
                yield None
                continue
            outcomes = self._result(future)
            self._finished[future.key] = 0
            spent += sum(outcome.seconds for outcome in outcomes)
            done += self._sizes.pop(future)
            ahead = sum(self._finished.copy().values())
            for nth, outcome in enumerate(outcomes, 1):
                self.ahead = ahead + len(outcomes) - nth
                yield outcome

    def _hear(self, event: tuple[float, tuple[str, int]]) -> None:
        """Takes in what a worker says; a task that is done anew after its worker was lost begins at one again."""
        task, finished = event[1]
        if self._finished.get(task) != 0:  # what is said of a task that is over comes late
            self._finished[task] = finished

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
            if not self._is_guest:
                self._client.close(timeout=PATIENCE)
        if self._cluster is not None:
            self._cluster.close(timeout=PATIENCE)
        self._sizes, self._client, self._cluster = {}, None, None


def _foreign_packages(client: Any) -> set[str]:
    """What scheduler and workers find by the name of a package of ours that is none, in words."""

    def foreign() -> str:  # goes there by value: where a package is not ours, nothing of ours can be read
        from importlib.util import find_spec

        try:
            import experiments.runs  # noqa: F401
        except ModuleNotFoundError:
            spec = find_spec("experiments")
            return f"`experiments` is found at {spec.origin}, not ours" if spec else "petition-pyramid is not installed"
        except ImportError as error:
            return str(error)
        return ""

    return {client.run_on_scheduler(foreign), *client.run(foreign).values()} - {""}


def _distributed(is_quiet: bool = False) -> Any:
    try:
        import distributed
    except ImportError:
        raise InputError("executor=dask needs an extra: pip install 'petition-pyramid[cluster]'") from None
    if is_quiet:  # what matters of what it has to say comes as an exception
        logger = logging.getLogger(distributed.__name__)
        logger.propagate = False
        for handler in logger.handlers:
            handler.setLevel(logging.CRITICAL)
    return distributed


def ground() -> tuple[str, ...]:
    """What must be the same on every machine for the same bytes: the model, Python and its compiler."""
    import numba
    import numpy as np

    return (model_version(), platform.python_version(), np.__version__, numba.__version__, platform.machine())


def _carry_out(batches: Sequence[Batch], expected: tuple[str, ...], topic: str = "") -> list[Outcome]:
    """Runs in a worker; tells under ``topic`` now and then how many runs are finished."""
    if ground() != expected:
        mine, theirs = " ".join(ground()), " ".join(expected)
        raise InputError(f"a worker on {platform.node()} has another model, Python or compiler: {mine}, not {theirs}")
    outcomes: list[Outcome] = []
    told = time.monotonic()

    def emit(outcome: Outcome) -> None:
        nonlocal told
        outcomes.append(outcome)
        if topic and time.monotonic() - told >= SIGN_OF_LIFE:
            told = time.monotonic()
            worker = _distributed().get_worker()
            worker.log_event(topic, (worker.get_current_task(), len(outcomes)))

    for batch in batches:
        batch.carry_out(emit, lambda: False)
    return outcomes
