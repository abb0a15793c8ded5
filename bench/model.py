"""Speed and memory of the model: ``python -m bench.model``; each figure from fresh processes, medians of several."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench import targets
from bench.case import YEARS
from bench.report import Measured, Target, markdown

ROUNDS = 3
COUNTY = "620403"
"""Pingchuan in Baiyin, 289,637 residents."""


def case(*arguments: str) -> dict[str, float]:
    """One measurement in a fresh process."""
    finished = subprocess.run(
        [sys.executable, "-m", "bench.case", *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(finished.stdout)


def medians(*arguments: str) -> dict[str, float]:
    """Medians of every figure over ``ROUNDS`` processes."""
    results = [case(*arguments) for _ in range(ROUNDS)]
    return {name: median(result[name] for result in results) for name in results[0]}


def seconds(command: list[str], **environment: str) -> float:
    """Wall seconds of a whole process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, **environment})
    return time.perf_counter() - begun


def line(name: str, value: float, unit: str, target: Target | None = None, note: str = "") -> Measured:
    """A figure of this part."""
    return Measured(name, value, unit, target, note, "model")


def province() -> list[Measured]:
    """A simulated year of all Gansu, of five, over one core and two, and one from a snapshot."""
    one, two = medians("run", "all", "1", "3"), medians("run", "all", "2", "3")
    work = f"{two['residents']:,.0f} residents, {two['disputes']:,.0f} disputes, {two['events']:,.0f} events"
    branch = medians("branch", "all", "2", "4")
    branches = case("branches", "all", "7")
    return [
        line("all Gansu, a simulated year, two cores", two["run_s"] / YEARS, "s", targets.PROVINCE_SECONDS, work),
        line(
            "the same on one core",
            one["run_s"] / YEARS,
            "s",
            None,
            f"{1e9 * one['run_s'] / one['events']:.0f} ns an event",
        ),
        line("its peak memory, two cores", two["peak_mb"], "MB", targets.PROVINCE_MEMORY),
        line("building it from tables that were read", two["build_s"], "s"),
        line("two cores over one, cities", one["run_s"] / two["run_s"], "×", targets.TWO_CORES),
        line("a policy from a snapshot, one year, two cores", branch["run_s"], "s", targets.BRANCH_SECONDS),
        line(
            "seven policies from one warm-up, one core", branches["run_s"], "s", None, f"{branches['peak_mb']:,.0f} MB"
        ),
    ]


def county() -> list[Measured]:
    """A simulated year of a county, and runs of five over one core and two."""
    found = medians("run", COUNTY, "1", "9")
    one, two = (medians("replicates", COUNTY, threads, "60")["runs_per_s"] for threads in ("1", "2"))
    note = f"{found['residents']:,.0f} residents, {found['disputes']:,.0f} disputes"
    return [
        line("a county, a simulated year, one core", found["run_s"] / YEARS, "s", targets.COUNTY_SECONDS, note),
        line("runs of its five years over two cores", two, "runs/s", targets.COUNTY_RUNS),
        line("two cores over one, replicates", two / one, "×", targets.TWO_CORES),
    ]


def command_line() -> list[Measured]:
    """Starting the command, and the first run of all."""
    pyramid = str(Path(sys.executable).with_name("pyramid"))
    helped = median(seconds([pyramid, "--help"]) for _ in range(5))
    simulate = [pyramid, "simulate", "province=gansu", f"province.places=[{COUNTY}]", "replicates=1"]
    seconds(simulate)
    simulated = median(seconds(simulate) for _ in range(ROUNDS))
    with tempfile.TemporaryDirectory() as empty:
        cold = seconds([sys.executable, "-m", "bench.case", "run", COUNTY, "1", "1"], PYRAMID_CACHE_DIR=empty)
    return [
        line("pyramid --help", helped, "s", targets.HELP_SECONDS),
        line("pyramid simulate of the county, one replicate", simulated, "s", targets.COMMAND_SECONDS),
        line("the first run of all, with compilation", cold, "s", targets.COMPILATION_SECONDS),
    ]


def measure() -> list[Measured]:
    """All of it."""
    return [*province(), *county(), *command_line()]


if __name__ == "__main__":
    print(markdown(measure()), end="")
