"""One measurement in a process of its own: ``python -m bench.case WHAT …`` prints JSON.

| WHAT | arguments | measured |
|---|---|---|
| run | PLACES THREADS REPEATS | five years, one seed after the other: median seconds, peak memory, work |
| replicates | PLACES THREADS RUNS | runs a second, one a thread |
| branch | PLACES THREADS REPEATS | a year of a policy from a snapshot at the reform, with taking up the snapshot |
| branches | PLACES BRANCHES | a number of policies from one warm-up |
| doubled | PLACES REPEATS | time with twice the residents and as many disputes over time as it is |

PLACES is a comma-separated list of codes, or ``all``. What runs before a measurement, such as loading what has been
compiled and reading tables, is not counted.
"""

from __future__ import annotations

import csv
import gc
import json
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median

from sim.ledger import EVENTS, Ledger
from sim.model import GovernanceModel, run, run_branches
from sim.province import folder_of
from sim.scenario import Calendar, ProvinceChoice, Scenario

NOT_TRANSITIONS = (
    "doors",
    "trips",
    "faded",
    "violent",
    "reporting_minutes",
    "joint_visit_person",
    "skip_level_",
    "first_",
)

Found = dict[str, float]


FIVE_YEARS = Calendar(end="2019-12-31")
"""What everything is measured over."""

YEARS = 5


def transitions(ledger: Ledger) -> int:
    """Events that change something; sums and second views of the same event are left out."""
    kept = [n for n, name in enumerate(EVENTS) if not name.startswith(NOT_TRANSITIONS)]
    return int(ledger.counts[..., kept].sum(dtype="int64"))


def world(places: str) -> Scenario:
    """The status quo of some of Gansu's places; what it needs is loaded."""
    GovernanceModel(Scenario(province=ProvinceChoice("tiny")), 0).run_for(1)
    codes = [] if places == "all" else [int(code) for code in places.split(",")]
    scenario = Scenario(province=ProvinceChoice("gansu", [*codes]), calendar=FIVE_YEARS)
    GovernanceModel(scenario, 0)
    return scenario


def peak() -> float:
    """The most memory that this process has had, MB; ``getrusage`` counts what it was forked from, where there is no
    ``/proc``."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text()).group(1)) / 1024  # type: ignore[union-attr]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_run(places: str, threads: str, repeats: str) -> Found:
    """Five years, model after model."""
    scenario = world(places)
    building, running = [], []
    for seed in range(1, int(repeats) + 1):
        begun = time.perf_counter()
        model = GovernanceModel(scenario, seed, int(threads))
        built = time.perf_counter()
        model.run_for(scenario.calendar.days)
        running.append(time.perf_counter() - built)
        building.append(built - begun)
        ledger = model.ledger()
        del model
        gc.collect()  # a model and its schedule refer to each other
    return {
        "residents": ledger.residents,
        "build_s": median(building),
        "run_s": median(running),
        "disputes": ledger.total("raised"),
        "events": transitions(ledger),
        "peak_mb": peak(),
    }


def measure_replicates(places: str, threads: str, runs: str) -> Found:
    """Whole runs with their ledgers, one a thread."""
    scenario = world(places)
    with ThreadPoolExecutor(int(threads)) as pool:
        list(pool.map(lambda seed: run(scenario, seed), range(int(threads))))
        begun = time.perf_counter()
        list(pool.map(lambda seed: run(scenario, seed), range(int(runs))))
        return {"runs_per_s": int(runs) / (time.perf_counter() - begun)}


def measure_branch(places: str, threads: str, repeats: str) -> Found:
    """A year after the reform, from one snapshot again and again."""
    scenario = world(places)
    model = GovernanceModel(scenario, 1, int(threads))
    model.run_for(model.reform_day)
    snapshot = model.snapshot()
    taken = []
    for _ in range(int(repeats)):
        begun = time.perf_counter()
        model.branch(snapshot, scenario)
        model.run_for(365)
        taken.append(time.perf_counter() - begun)
    return {"run_s": median(taken)}


def measure_branches(places: str, branches: str) -> Found:
    """Policies from one warm-up, in one thread."""
    scenario = world(places)
    begun = time.perf_counter()
    for _ in run_branches([scenario] * int(branches), 1):
        pass
    return {"run_s": time.perf_counter() - begun, "peak_mb": peak()}


def measure_doubled(places: str, repeats: str) -> Found:
    """In turn in one process, with tables of twice the population and half as many grievances per resident.

    Villages keep their number; heads that are stated for a village's size and grids of so many households follow it.
    """
    usual = world(places)
    many, half = (replace(usual.behaviour, grievances=grievances) for grievances in (90, 45))
    usual = replace(usual, behaviour=many)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(folder_of("gansu"), folder, dirs_exist_ok=True)
        for table in (Path(folder) / "cities.csv", Path(folder) / "counties.csv"):
            with table.open(encoding="utf-8-sig", newline="") as opened:
                rows = list(csv.DictReader(opened))
            for row in rows:
                row["population"] = str(2 * int(row["population"]))
            with table.open("w", encoding="utf-8", newline="") as opened:
                writer = csv.DictWriter(opened, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        doubled = replace(usual, province=ProvinceChoice(folder, usual.province.places), behaviour=half)
        ratios, disputes, residents = [], [], []
        for seed in range(1, int(repeats) + 1):
            seconds = []
            for scenario in (usual, doubled):
                model = GovernanceModel(scenario, seed)
                begun = time.process_time()
                model.run_for(scenario.calendar.days)
                seconds.append(time.process_time() - begun)
                disputes.append(model.ledger().total("raised"))
                residents.append(model.ledger().residents)
            ratios.append(seconds[1] / seconds[0])
    return {
        "ratio": median(ratios),
        "residents": residents[1] / residents[0],
        "disputes": sum(disputes[1::2]) / sum(disputes[::2]),
    }


WHAT: dict[str, Callable[..., Found]] = {
    "run": measure_run,
    "replicates": measure_replicates,
    "branch": measure_branch,
    "branches": measure_branches,
    "doubled": measure_doubled,
}


def main() -> None:
    """Measures what the command line says."""
    print(json.dumps(WHAT[sys.argv[1]](*sys.argv[2:])))


if __name__ == "__main__":
    main()
