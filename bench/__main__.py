"""Measures the model on this machine and prints tables; medians of three runs, each in a fresh process."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 3
PLACES = {"county (Qinzhou)": "620502", "city (Tianshui)": "6205", "province (Gansu)": "all"}


def case(*arguments: str) -> dict[str, float]:
    """One measured run in a fresh process."""
    finished = subprocess.run(
        [sys.executable, "-m", "bench.case", *arguments], check=True, capture_output=True, text=True
    )
    return json.loads(finished.stdout)


def medians(*arguments: str) -> dict[str, float]:
    """Medians of every figure over ``RUNS`` runs."""
    results = [case(*arguments) for _ in range(RUNS)]
    return {name: median(result[name] for result in results) for name in results[0]}


def seconds(command: list[str], **environment: str) -> float:
    """Wall seconds of a whole process."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment})
    return time.perf_counter() - begun


def main() -> None:
    """Prints the tables."""
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("\nFive years, one thread")
    print(f"{'place':20}{'residents':>12}{'disputes':>11}{'events':>12}{'build s':>9}{'run s':>8}{'peak MB':>9}")
    for name, places in PLACES.items():
        figures = medians(places, "1", "1")
        print(
            f"{name:20}{figures['residents']:12,.0f}{figures['disputes']:11,.0f}{figures['events']:12,.0f}"
            f"{figures['build_s']:9.2f}{figures['run_s']:8.2f}{figures['peak_mb']:9.0f}",
            flush=True,
        )
    one, two = (medians("all", "1", threads)["run_s"] for threads in ("1", "2"))
    print(f"\nthreads over cities: one {one:.2f} s, two {two:.2f} s, ratio {one / two:.2f}")
    branches = case("all", "branches", "7")
    print(f"seven policies from one warm-up: {branches['run_s']:.1f} s, {branches['peak_mb']:.0f} MB")
    pyramid = str(Path(sys.executable).with_name("pyramid"))
    print(f"pyramid --help: {median(seconds([pyramid, '--help']) for _ in range(5)):.2f} s")
    warm = [pyramid, "simulate", "province=gansu", "places=[6202]"]
    seconds(warm)
    print(f"pyramid simulate, a city, warm: {median(seconds(warm) for _ in range(RUNS)):.2f} s")
    with tempfile.TemporaryDirectory() as empty:
        cold = seconds([sys.executable, "-m", "bench.case", "620201", "1", "1"], PYRAMID_CACHE_DIR=empty)
    print(f"first run with compilation: {cold:.1f} s")


if __name__ == "__main__":
    main()
