"""Finds the appeal of centres for a given use: ``python -m tools.centre_use USE [USE …] [KEY=VALUE …]``.

The use of a county's centre is the matters, from whomever, that it takes into work in its fourth year, per 1,000
residents of its place; published figures lie between 0.2 and 9. Nothing reported says how far centres appeal to people
(``behaviour.centres.centre_appeal``), so a world is given by the use that it is to have. All counties get a working
centre on the day of the reform and had none before; the rest is as KEY=VALUE says (``after=NAME``, ``places=[…]``).
Chance is the same in every run (common random numbers), so that use grows with appeal, and halving the range of the
appeal finds it. Prints a row of a table for each use: a minute each for a city, an hour for a province.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from petition_pyramid import scenario
from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.ledger import Ledger
from sim.measures import MEASURES
from sim.model import run
from sim.parameters import declarations
from sim.scenario import Scenario

SEEDS = (1, 2)
CLOSE_ENOUGH = 0.02
"""Of the use that is asked for: how far from it what is found may be."""

NEAREST = 0.005
"""Of the appeal: no two that are tried lie closer."""

WORLD = (
    "calendar.start=2017-01-01",
    "calendar.reform=2018-01-01",
    "calendar.measures=2018-01-01",
    "calendar.end=2021-12-31",
    "before.centre.coverage_county=0",
    "after.centre.coverage_county=1",
    "after.centre.working_share=1",
    "after.roll_out.batch_1_start=0",
    "after.roll_out.batch_2_start=0",
    "after.roll_out.ramp=0",
)
"""All county centres open on one day; of the four years after it the last one counts."""

FOURTH_YEAR = 2021


@dataclass(frozen=True)
class Use:
    """Counties' centres in their fourth year, means over seeds.

    Attributes:
        accepted: matters that they take into work per 1,000 residents of their places.
        utilisation: share of their mediators' slots in use.
        wait: mean days in a queue of cases begun.
    """

    accepted: float
    utilisation: float
    wait: float


def use_at(base: Scenario, appeal: float) -> Use:
    """What centres of this appeal are used."""
    behaviour = replace(base.behaviour, centres=replace(base.behaviour.centres, centre_appeal=appeal))
    world = replace(base, behaviour=behaviour)
    return Use(*np.mean([_figures(run(world, seed, threads=os.cpu_count() or 1)) for seed in SEEDS], axis=0).tolist())


def appeal_of(use: float, used: Callable[[float], Use]) -> tuple[float, Use]:
    """The appeal under which centres are used so much, and their use under it; ``used`` grows with the appeal.

    Raises:
        InputError: when no appeal within its range gives that use.
    """
    low, high = _range_of_appeal()
    least, most = used(low), used(high)
    for appeal, found in ((low, least), (high, most)):
        if abs(found.accepted - use) <= CLOSE_ENOUGH * use:
            return appeal, found
    if not least.accepted < use < most.accepted:
        raise InputError(
            f"centre_use: {use:g} accepted matters per 1,000 residents: no centre_appeal from {low:g} to {high:g} "
            f"gives as many here; {low:g} gives {least.accepted:.3g} and {high:g} gives {most.accepted:.3g}"
        )
    while True:
        middle = (low + high) / 2
        found = used(middle)
        if abs(found.accepted - use) <= CLOSE_ENOUGH * use or high - low <= NEAREST:
            return middle, found
        low, high = (middle, high) if found.accepted < use else (low, middle)


def main(arguments: Sequence[str] | None = None) -> int:
    """Solves and prints; returns 0, or 2 when something asked for is not possible."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        uses = [_number(each) for each in given if "=" not in each]
        if not uses:
            raise InputError("centre_use: no use given; for example: python -m tools.centre_use 2.0 places=[6203]")
        base = scenario(*WORLD, *(each for each in given if "=" in each))
        print("| accepted per 1,000 | appeal | found | slots in use | days in the queue |\n|---|---|---|---|---|")
        for use in uses:
            appeal, found = appeal_of(use, lambda each: use_at(base, each))
            busy = f"{100 * found.utilisation:.0f} %"
            print(f"| {use:g} | {appeal:.2f} | {found.accepted:.2f} | {busy} | {found.wait:.1f} |", flush=True)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _figures(ledger: Ledger) -> tuple[float, ...]:
    names = ("accepted_at_county", "utilisation_county", "wait_county")
    return tuple(MEASURES[name].value(ledger.year(FOURTH_YEAR), ledger) for name in names)


def _range_of_appeal() -> tuple[float, float]:
    declared = next(each for each in declarations(Behaviour) if each.name == "centres.centre_appeal")
    return float(declared.low or 0), float(declared.high or 0)


def _number(text: str) -> float:
    try:
        use = float(text)
    except ValueError:
        use = float("nan")
    if not 0 < use < 1000:
        raise InputError(f"centre_use: {text!r} is not allowed: a use is a number above 0 and below 1000, such as 2.0")
    return use


if __name__ == "__main__":
    sys.exit(main())
