"""Speed and memory of the model: ``python -m bench.model``; medians of three runs, each in a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.report import Measured, markdown

RUNS = 3
PLACES = {"county (Qinzhou)": "620502", "city (Tianshui)": "6205", "province (Gansu)": "all"}


def case(*arguments: str) -> dict[str, float]:
    """One measured run in a fresh process."""
    finished = subprocess.run(
        [sys.executable, "-m", "bench.case", *arguments], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(finished.stdout)


def medians(*arguments: str) -> dict[str, float]:
    """Medians of every figure over ``RUNS`` runs."""
    results = [case(*arguments) for _ in range(RUNS)]
    return {name: median(result[name] for result in results) for name in results[0]}


def seconds(command: list[str], **environment: str) -> float:
    """Wall seconds of a whole process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.PIPE, env={**os.environ, **environment})
    return time.perf_counter() - begun


def five_years() -> list[Measured]:
    """A county, a city and the province over five years in one thread."""
    lines = []
    for name, places in PLACES.items():
        found = medians(places, "1", "1")
        work = f"{found['residents']:,.0f} residents, {found['disputes']:,.0f} disputes, {found['events']:,.0f} events"
        lines.append(Measured(f"five years, {name}", found["run_s"], "s", note=f"{work}; one thread", group="model"))
        lines.append(Measured(f"building it, {name}", found["build_s"], "s", group="model"))
        lines.append(Measured(f"peak memory, {name}", found["peak_mb"], "MB", group="model"))
    return lines


def together() -> list[Measured]:
    """Threads over cities, and policies branched from one warm-up."""
    one, two = (medians("all", "1", threads)["run_s"] for threads in ("1", "2"))
    branches = case("all", "branches", "7")
    note = f"{one:.2f} s and {two:.2f} s"
    return [
        Measured("two threads over cities, than one", one / two, "×", note=note, group="model"),
        Measured("seven policies from one warm-up", branches["run_s"], "s", note="province, one thread", group="model"),
        Measured("peak memory of these", branches["peak_mb"], "MB", group="model"),
    ]


def command_line() -> list[Measured]:
    """Starting the command, and the first run of all."""
    pyramid = str(Path(sys.executable).with_name("pyramid"))
    helped = median(seconds([pyramid, "--help"]) for _ in range(5))
    warm = [pyramid, "simulate", "province=gansu", "places=[6202]"]
    seconds(warm)
    city = median(seconds(warm) for _ in range(RUNS))
    with tempfile.TemporaryDirectory() as empty:
        cold = seconds([sys.executable, "-m", "bench.case", "620201", "1", "1"], PYRAMID_CACHE_DIR=empty)
    return [
        Measured("pyramid --help", helped, "s", group="model"),
        Measured("pyramid simulate, a city, compiled before", city, "s", group="model"),
        Measured("first run with compilation", cold, "s", group="model"),
    ]


def measure() -> list[Measured]:
    """All of it."""
    return [*five_years(), *together(), *command_line()]


if __name__ == "__main__":
    print(markdown(measure()), end="")
