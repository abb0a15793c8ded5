"""Executors: batches of runs side by side, on threads, processes or a Dask cluster, with the same bytes out.

An executor is a context manager; ``outcomes(batches)`` yields every outcome as soon as it is there, in the
order of finishing. Interrupting the iteration (an exception in the caller, Ctrl-C) cancels the rest.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.machinery import PathFinder
from typing import Any

from experiments import check_packages
from experiments.configuration.schema import ExecutorChoice, ExecutorKind
from experiments.runs.executors.executor import Executor
from experiments.runs.executors.main_guard import check_main_guard
from experiments.runs.executors.processes import ProcessExecutor
from experiments.runs.executors.threads import ThreadExecutor
from sim.errors import InputError

__all__ = [
    "Executor",
    "ProcessExecutor",
    "ThreadExecutor",
    "executor_for",
    "joined",
    "kept_open",
    "open_executor",
    "worker_count",
]


def worker_count(choice: ExecutorChoice) -> int:
    """Workers asked for, or the cores this process may use."""
    if choice.workers:
        return choice.workers
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


_client: ContextVar[Any] = ContextVar("client", default=None)


@contextmanager
def joined(client: Any) -> Iterator[None]:
    """Carries out runs on the cluster of a client of Dask's, whatever a configuration chooses."""
    token = _client.set(client)
    try:
        yield
    finally:
        _client.reset(token)


_open: ContextVar[dict[str, Executor] | None] = ContextVar("open", default=None)


@contextmanager
def kept_open() -> Iterator[None]:
    """Keeps executors for all that is carried out meanwhile, so that their workers start and read the model once."""
    executors: dict[str, Executor] = {}
    token = _open.set(executors)
    try:
        yield
    finally:
        _open.reset(token)
        for each in executors.values():
            each.close()


@contextmanager
def executor_for(choice: ExecutorChoice) -> Iterator[Executor]:
    """The executor of a configuration: one that is ``kept_open``, or one for this time; none is used after an error."""
    executors = _open.get()
    if executors is None:
        with open_executor(choice) as executor:
            yield executor
        return
    key = repr(choice)
    if key not in executors:
        executors[key] = open_executor(choice)
    try:
        yield executors[key]
    except BaseException:
        executors.pop(key).close()
        raise


def open_executor(choice: ExecutorChoice) -> Executor:
    """The executor that a configuration chooses; raises ``InputError`` where it cannot be had."""
    if (client := _client.get()) is not None:
        from experiments.runs.executors.dask import DaskExecutor

        return DaskExecutor(str(client.scheduler.address), client=client)
    if choice.kind is not ExecutorKind.threads and not choice.address:
        if multiprocessing.current_process().daemon:
            raise InputError(
                f"executor={choice.kind.name}: a process of a pool may not start others; use threads there"
            )
        check_main_guard(choice.kind.name)
        try:
            check_packages(PathFinder.find_spec)
        except ImportError as error:
            raise InputError(str(error)) from None
    if choice.kind is ExecutorKind.dask:
        from experiments.runs.executors.dask import DaskExecutor  # an extra that need not be there

        return DaskExecutor(choice.address) if choice.address else DaskExecutor.local(worker_count(choice))
    kinds = {ExecutorKind.threads: ThreadExecutor, ExecutorKind.processes: ProcessExecutor}
    return kinds[choice.kind](worker_count(choice))
