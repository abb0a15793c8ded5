"""A share of a synthetic nation over Dask workers: ``python -m bench.nation [SHARE [WORKERS [FOLDER]]]``.

Writes the tables of 31 synthetic provinces (``bench.synthetic_nation``), simulates each for five years on a local Dask
cluster, and prints how well the workers were used and what the whole nation would take elsewhere. Seconds of a run
include its tables and measures; on a busy machine they include waiting, and processor time does not.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from bench.synthetic_nation import province_totals, write_nation
from experiments.configuration.schema import ExecutorChoice, ExecutorKind
from experiments.runs.execute import carry_out
from experiments.runs.run import Outcome, Run, runs_of
from petition_pyramid import scenario

SHARE = 1 / 20
WORKERS = 2
CORES = 1000


def simulated(folder: Path, share: float, workers: int) -> tuple[dict[str, float], float]:
    """Model seconds by province, and wall seconds from a running cluster's start to its end."""
    folders = write_nation(folder, share)
    runs = {
        name: runs_of(scenario(f"province={folders[name]}", "after=gansu_2019", "calendar.end=2019-12-31"), [0])[0]
        for name in sorted(folders, key=lambda name: -_residents(name))  # the longest first
    }
    names = {run.key: name for name, run in runs.items()}
    seconds: dict[str, float] = {}

    def keep(run: Run, outcome: Outcome) -> None:
        if outcome.record is None:
            raise SystemExit(f"{names[run.key]}: {outcome.error}")
        seconds[names[run.key]] = outcome.seconds

    begun = time.perf_counter()
    carry_out(list(runs.values()), ExecutorChoice(ExecutorKind.dask, workers), keep)
    return seconds, time.perf_counter() - begun


def _residents(name: str) -> int:
    return next(total.residents for total in province_totals() if total.name_en == name)


def main() -> None:
    """Prints the table."""
    share = float(sys.argv[1]) if len(sys.argv) > 1 else SHARE
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else WORKERS
    with tempfile.TemporaryDirectory() as temporary:
        seconds, wall = simulated(Path(sys.argv[3] if len(sys.argv) > 3 else temporary), share, workers)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # the workers, which have ended
    processor = used.ru_utime + used.ru_stime
    people = sum(total.residents for total in province_totals())
    model, longest = sum(seconds.values()), max(seconds, key=seconds.__getitem__)
    efficiency = model / (wall * workers)
    print(f"{share:.4g} of {people:,} residents, five years, {workers} workers on {os.cpu_count()} cores")
    print(f"runs {model:.1f} s, wall {wall:.1f} s, start of the workers included; longest run: {longest}")
    print(f"efficiency {efficiency:.3f} (seconds of runs over wall times workers)")
    rate = processor / (share * people) * 1e6
    print(f"processor {processor:.1f} s of the workers, imports included: {rate:.2f} s a million residents")
    whole, slowest = rate * people / 1e6, rate * _residents(longest) / 1e6
    print(f"the whole nation, if time grows with residents: {whole / 3600:.2f} core hours a replicate;")
    print(f"its largest province alone: {slowest / 60:.1f} minutes on one core")
    print(f"on {CORES} cores at this efficiency, with work for all: {whole / CORES / efficiency:.1f} s each")


if __name__ == "__main__":
    main()
