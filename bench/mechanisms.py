"""What a mechanism costs: ``python -m bench.mechanisms [PLACES]``, ratios of run time in one process.

Every variant differs from the status quo in one mechanism and runs in turn with it, so that a slow moment of the
machine falls on both; the table gives medians of the ratios, and of the time per event.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from statistics import median

from bench.case import FIVE_YEARS, transitions
from experiments.configuration.options import load_policies
from sim.model import GovernanceModel
from sim.policy import Policy
from sim.scenario import ProvinceChoice, Scenario
from sim.stress import Stress

ROUNDS = 5


def variants(places: list[int]) -> dict[str, Scenario]:
    """Scenarios by what they switch, on both sides of the reform date."""
    policy = Policy()
    quo = Scenario(province=ProvinceChoice("gansu", [*places]), calendar=FIVE_YEARS)

    def levers(group: str, **values: float) -> Scenario:
        changed = replace(policy, **{group: replace(getattr(policy, group), **values)})
        return replace(quo, before=changed, after=changed)

    def people(**values: float) -> Scenario:
        return quo.vary({f"behaviour.{name}": value for name, value in values.items()})

    whole = load_policies({"gansu_2019": "gansu_2019"}, None, "gansu")["gansu_2019"]
    return {
        "no grievance is taken up again": people(reactivation=0),
        "no repeats of petitions": people(repeats=0),
        "early warning everywhere": levers("platform", early_warning=1),
        "moral banks and praise meetings everywhere": levers("norms", moral_bank=1, praise_meetings=1),
        "judge contact points everywhere": levers("centre", judge_contact_points=1),
        "centres everywhere": levers("centre", coverage_township=1, coverage_county=1, coverage_city=1),
        "grids of 100 households": levers("grid", households_per_grid=100),
        "every petition registered twice": replace(quo, stress=Stress(double_counting=1)),
        "gansu_2019 all five years": replace(quo, before=replace(whole, places={}), after=replace(whole, places={})),
        "gansu_2019 with its places": replace(quo, after=whole),
    }


def timed(scenario: Scenario) -> tuple[float, int]:
    """Seconds and transitions of one run."""
    model = GovernanceModel(scenario, 1)
    begun = time.perf_counter()
    model.run_for(scenario.calendar.days)
    return time.perf_counter() - begun, transitions(model.ledger())


def main() -> None:
    """Prints the table."""
    places = [int(code) for code in sys.argv[1].split(",")] if len(sys.argv) > 1 else [6202, 620502]
    quo = Scenario(province=ProvinceChoice("gansu", [*places]), calendar=FIVE_YEARS)
    timed(quo)
    print(f"{'mechanism':44}{'run time':>10}{'events':>9}{'time per event':>16}")
    for name, scenario in variants(places).items():
        pairs = [(timed(quo), timed(scenario)) for _ in range(ROUNDS)]
        ratio = median(other[0] / one[0] for one, other in pairs)
        events = pairs[0][1][1] / pairs[0][0][1]
        print(f"{name:44}{ratio:10.2f}{events:9.2f}{ratio / events:16.2f}", flush=True)


if __name__ == "__main__":
    main()
