"""What a sweep costs beside simulating: ``python -m bench.sweep [SCENARIOS [PLACE]]`` prints a table.

A thousand scenarios of a county, from the command line's multirun and from plain Python, on threads and on processes:
wall time over the time that the model itself takes divided by the cores (for processes, the time that it took here).
Model time is processor time inside the model (founding, days, checks) of the threads that run it: a busy machine
lengthens the wall alone; processor time over model time says the same without it.
"""

from __future__ import annotations

import contextlib
import io
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import sim.model
from experiments.cli.main import main as pyramid
from experiments.configuration.schema import ExecutorChoice
from experiments.runs.executors import worker_count
from petition_pyramid import scenario, simulate_many
from sim.ledger import Ledger

SCENARIOS = 1000
PLACE = 620523
"""Gangu in Tianshui: a county of average size."""


@dataclass
class ModelTime:
    """Processor seconds spent inside the model, of all threads, and runs made."""

    seconds: float = 0.0
    runs: int = 0


@contextlib.contextmanager
def model_time() -> Iterator[ModelTime]:
    """Counts the time that every run takes, while the context lasts."""
    spent, lock, original = ModelTime(), threading.Lock(), sim.model.run_branches

    def timed(*arguments: Any, **named: Any) -> Iterator[Ledger]:
        ledgers = original(*arguments, **named)
        while True:
            begun = time.thread_time()
            ledger = next(ledgers, None)
            with lock:
                spent.seconds += time.thread_time() - begun
                spent.runs += ledger is not None
            if ledger is None:
                return
            yield ledger

    sim.model.run_branches = timed
    try:
        yield spent
    finally:
        sim.model.run_branches = original


def patiences(count: int) -> list[float]:
    """That many values of ``behaviour.patience``, each a founding and a warm-up of its own."""
    return [round(5 + 30 * step / count, 3) for step in range(count)]


def strengths(count: int) -> list[float]:
    """That many values of a lever after the reform, which share one warm-up."""
    return [round(step / count, 4) for step in range(count)]


def from_command(key: str, values: list[float], place: int, *further: str) -> None:
    """The points of a multirun."""
    swept = ",".join(map(str, values))
    with contextlib.redirect_stdout(io.StringIO()):
        code = pyramid(["simulate", "-m", "province=gansu", f"places=[{place}]", f"{key}={swept}", *further])
    assert code == 0, "the multirun failed"


def from_python(values: list[float], place: int) -> None:
    """The same scenarios without a command line."""
    first = scenario("province=gansu", f"places=[{place}]", "calendar.end=2019-12-31")
    simulate_many([first.vary({"behaviour.patience": each}) for each in values], "replicates=1")


def measured(sweep: Callable[[], None]) -> str:
    """One line of the table."""
    cores = worker_count(ExecutorChoice())
    with model_time() as spent:
        wall, processor = time.perf_counter(), time.process_time()
        sweep()
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    ideal = spent.seconds / cores
    beside = 1000 * (processor - spent.seconds) / spent.runs
    return (
        f"{spent.runs:6}{wall:9.2f}{spent.seconds:10.2f}{wall / ideal:18.3f}"
        f"{processor / spent.seconds:18.3f}{beside:16.2f}"
    )


def main() -> None:
    """Prints the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SCENARIOS
    place = int(sys.argv[2]) if len(sys.argv) > 2 else PLACE
    from_python(patiences(2), place)  # loads the compiled day
    sweeps: dict[str, Callable[[], None]] = {
        "plain Python, own warm-ups": lambda: from_python(patiences(count), place),
        "-m, own warm-ups": lambda: from_command("behaviour.patience", patiences(count), place),
        "-m, one warm-up": lambda: from_command("after.centre.whistle_response", strengths(count), place),
    }
    print(
        f"{'sweep':28}{'runs':>6}{'wall s':>9}{'model s':>10}{'wall / (model/n)':>18}"
        f"{'processor/model':>18}{'ms a run beside':>16}"
    )
    for name, sweep in sweeps.items():
        print(f"{name:28}{measured(sweep)}", flush=True)
    with model_time() as spent:
        from_python(patiences(count), place)
    wall = time.perf_counter()
    from_command("behaviour.patience", patiences(count), place, "executor=processes")
    wall = time.perf_counter() - wall
    over = wall / (spent.seconds / worker_count(ExecutorChoice()))
    print(f"{'-m, own warm-ups, processes':28}{count:6}{wall:9.2f}{spent.seconds:10.2f}{over:18.3f}", flush=True)


if __name__ == "__main__":
    main()
