"""A first run, compiled once and in the ordinary way, and runs of either in turn: ``python -m bench.compilation``."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench import targets
from bench.model import COUNTY
from bench.report import Measured, Target, markdown

ROUNDS = 5
"""Pairs of processes whose runs are compared."""

CITY = "6206"
"""Wuwei, a city of 1.5 million residents."""

WAYS = {"once": "", "ordinary": "1"}
"""Ways of compiling, by the value of ``PYRAMID_ORDINARY_COMPILATION``."""


def run(way: str, cache: str, places: str, repeats: int) -> tuple[dict[str, float], float]:
    """Runs in a process of their own, and the CPU seconds of all of it."""
    environment = {**os.environ, "PYRAMID_CACHE_DIR": f"{cache}/{way}", "PYRAMID_ORDINARY_COMPILATION": WAYS[way]}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    finished = subprocess.run(
        [sys.executable, "-m", "bench.case", "run", places, "1", str(repeats)],
        check=True, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(finished.stdout), seconds


def ratio(cache: str, places: str, repeats: int) -> tuple[float, str]:
    """How much longer a run takes compiled once than in the ordinary way: the median of pairs, and their range."""
    ratios = []
    for pair in range(ROUNDS):
        ways = list(WAYS) if pair % 2 else list(reversed(WAYS))
        found = {way: run(way, cache, places, repeats)[0]["run_s"] for way in ways}
        ratios.append(found["once"] / found["ordinary"])
    return median(ratios), f"{ROUNDS} pairs, {min(ratios):.3f} to {max(ratios):.3f}"


def measure() -> list[Measured]:
    """Cold figures of both ways, and how fast what they made runs."""

    def line(name: str, value: float, unit: str, target: Target | None = None, note: str = "") -> Measured:
        return Measured(name, value, unit, target, note, "compilation")

    lines = []
    with tempfile.TemporaryDirectory() as cache:
        cold = {way: run(way, cache, COUNTY, 1) for way in WAYS}
        kept = {
            way: sum(file.stat().st_size for file in Path(cache, way).rglob("*") if file.is_file()) / 1e6
            for way in WAYS
        }
        for way, (found, seconds) in cold.items():
            is_ours = way == "once"
            note = "compiled once" if is_ours else "Numba's ordinary way, on the same machine in the same minutes"
            lines += [
                line(f"a first run, {way}", seconds, "s of CPU", targets.COMPILATION_CPU if is_ours else None, note),
                line("its peak memory", found["peak_mb"], "MB", targets.COMPILATION_MEMORY if is_ours else None),
                line("what it keeps on disk", kept[way], "MB", targets.COMPILATION_KEPT if is_ours else None),
            ]
        lines.append(line("CPU of a first run, once over ordinary", cold["once"][1] / cold["ordinary"][1], "×"))
        for name, places, repeats in (("county", COUNTY, 15), ("city", CITY, 3)):
            value, note = ratio(cache, places, repeats)
            lines.append(line(f"a run of a {name}, once over ordinary", value, "×", targets.COMPILED_RUN, note))
    return lines


if __name__ == "__main__":
    print(markdown(measure()))
