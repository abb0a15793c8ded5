"""One measured run in a process of its own: ``python -m bench.case PLACES SEED THREADS`` prints JSON.

PLACES is a comma-separated list of codes, or ``all``.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from sim.ledger import EVENTS, Ledger
from sim.model import GovernanceModel, run_branches
from sim.scenario import ProvinceChoice, Scenario

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


def transitions(ledger: Ledger) -> int:
    """Events that change something; sums and second views of the same event are left out."""
    kept = [n for n, name in enumerate(EVENTS) if not name.startswith(NOT_TRANSITIONS)]
    return int(ledger.counts[..., kept].sum(dtype="int64"))


def measure(places: list[int], seed: int, threads: int) -> dict[str, float]:
    """Seconds, peak memory and work of one five-year run; what runs before it is not counted."""
    GovernanceModel(Scenario(province=ProvinceChoice("tiny")), 0).run_for(1)  # loads the compiled day
    scenario = Scenario(province=ProvinceChoice("gansu", places))
    GovernanceModel(scenario, 0)  # reads the tables
    begun = time.perf_counter()
    model = GovernanceModel(scenario, seed, threads)
    built = time.perf_counter()
    model.run_for(scenario.calendar.days)
    ended = time.perf_counter()
    ledger = model.ledger()
    return {
        "residents": ledger.residents,
        "build_s": built - begun,
        "run_s": ended - built,
        "disputes": ledger.total("raised"),
        "events": transitions(ledger),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure_branches(places: list[int], branches: int) -> dict[str, float]:
    """Seconds of a number of policies branched from one warm-up, in one thread."""
    GovernanceModel(Scenario(province=ProvinceChoice("tiny")), 0).run_for(1)
    scenario = Scenario(province=ProvinceChoice("gansu", places))
    begun = time.perf_counter()
    for _ in run_branches([scenario] * branches, 1):
        pass
    return {
        "branches": branches,
        "run_s": time.perf_counter() - begun,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Measures what the command line says."""
    places = [] if sys.argv[1] == "all" else [int(code) for code in sys.argv[1].split(",")]
    if sys.argv[2] == "branches":
        print(json.dumps(measure_branches(places, int(sys.argv[3]))))
    else:
        print(json.dumps(measure(places, int(sys.argv[2]), int(sys.argv[3]))))


if __name__ == "__main__":
    main()
