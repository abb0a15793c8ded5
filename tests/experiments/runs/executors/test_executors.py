"""Executors: everything comes out once, whatever happens to the workers."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from experiments.configuration.schema import ExecutorChoice, ExecutorKind
from experiments.runs.executors import ProcessExecutor, ThreadExecutor, executor_for, kept_open, worker_count
from sim.errors import InputError
from tests.experiments.stand_ins import CountingBatch
from tests.processes import started

ROOT = Path(__file__).parents[4]


def keys_of(executor, batches) -> list[str]:
    with executor:
        return [outcome.key for outcome in executor.outcomes(batches) if outcome is not None]


@pytest.mark.parametrize("executor", [ThreadExecutor, ProcessExecutor])
@pytest.mark.parametrize("workers", [1, 3])
def test_every_outcome_comes_once_with_its_content(executor, workers):
    batches = [CountingBatch((f"{i}a", f"{i}b")) for i in range(5)]
    with executor(workers) as pool:
        outcomes = [outcome for outcome in pool.outcomes(batches) if outcome is not None]
    assert sorted(outcome.key for outcome in outcomes) == sorted(f"{i}{x}" for i in range(5) for x in "ab")
    assert all(outcome.record == outcome.key.encode() for outcome in outcomes)


def test_no_batches_give_no_outcomes():
    assert keys_of(ThreadExecutor(2), []) == []
    assert keys_of(ProcessExecutor(2), []) == []


@pytest.mark.long
def test_a_killed_worker_costs_nothing_but_its_run(tmp_path):
    mark = tmp_path / "died"
    batches = [CountingBatch(("a", "fatal", "b"), str(mark)), CountingBatch(("c", "d"))]
    assert sorted(keys_of(ProcessExecutor(2), batches)) == ["a", "b", "c", "d", "fatal"]
    assert mark.exists()


@pytest.mark.long
def test_workers_that_always_die_end_the_study_with_a_reason():
    with pytest.raises(InputError, match="worker processes died 5 times"):
        keys_of(ProcessExecutor(1), [CountingBatch(("always fatal",))])


def test_closing_cancels_a_running_batch_on_threads():
    began = time.monotonic()
    with ThreadExecutor(1) as pool:
        outcomes = pool.outcomes([CountingBatch(("a",), patient=True), CountingBatch(("b",))])
        assert next(outcome for outcome in outcomes if outcome is not None).key == "a"
    assert time.monotonic() - began < 10


@pytest.mark.long
def test_workers_do_not_outlive_a_killed_parent(tmp_path):
    mark = tmp_path / "worker"
    script = tmp_path / "parent.py"
    script.write_text(
        "from experiments.runs.executors import ProcessExecutor\n"
        "from tests.experiments.stand_ins import LongBatch\n"
        "if __name__ == '__main__':\n"
        f"    list(ProcessExecutor(1).outcomes([LongBatch({str(mark)!r})]))\n"
    )
    with started([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(ROOT)}) as parent:
        wait_until(lambda: mark.exists() and mark.read_text())
        worker = int(mark.read_text())
        assert is_alive(worker)
        parent.kill()
        parent.wait()
        wait_until(lambda: not is_alive(worker))


def wait_until(is_true, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_worker_count_is_what_was_asked_for_or_the_cores():
    assert worker_count(ExecutorChoice(ExecutorKind.threads, 3)) == 3
    assert worker_count(ExecutorChoice()) == len(os.sched_getaffinity(0))


def workers_of(executor: ProcessExecutor) -> set[int]:
    return set((executor._pool and executor._pool._processes) or {})


@pytest.mark.long
def test_workers_stay_for_the_next_batches_and_are_replaced_when_they_die():
    choice = ExecutorChoice(ExecutorKind.processes, 2)
    with kept_open():
        with executor_for(choice) as first:
            assert sorted(each.key for each in first.outcomes([CountingBatch(("a",))]) if each) == ["a"]
            workers = workers_of(first)
        with executor_for(choice) as second:
            assert second is first and workers and workers_of(second) == workers
            os.kill(min(workers), signal.SIGKILL)
            assert sorted(each.key for each in second.outcomes([CountingBatch(("b", "c"))]) if each) == ["b", "c"]
            assert not workers_of(second) & workers
        with pytest.raises(ZeroDivisionError), executor_for(choice) as third:
            raise ZeroDivisionError
        assert third is first and workers_of(third) == set()  # none is used after an error
        with executor_for(choice) as fourth:
            assert fourth is not first
    with executor_for(choice) as alone:
        assert alone is not fourth
