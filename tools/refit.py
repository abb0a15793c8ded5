"""Finds the intercepts of the default behaviour anew: ``python -m tools.refit [KEY=VALUE …]``.

After a change of the model or of its places, the constants of the forums no longer give the first choices and rates
that they were fitted to. Each knob has one target among the patterns before the reform, of the province that is given
(``province=gansu`` unless another is); some steps of Newton's method, the Jacobian by finite differences, find all of
them together. Chance is the same in every run (common random numbers), so that differences are smooth enough. Prints
each step and, in the end, the values to write into ``sim/behaviour/behaviour.py``; some minutes for Gansu on two cores.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from experiments.configuration.schema import ExecutorChoice
from experiments.patterns.observed import Observed
from experiments.runs.execute import carry_out
from experiments.runs.record import RunRecord
from experiments.runs.run import Outcome, Run, runs_of
from petition_pyramid import scenario
from sim.behaviour import Behaviour
from sim.parameters import declarations
from sim.scenario import Scenario

SEEDS = (1, 2)
STEPS = 2
DIGITS = 2


class Knob(NamedTuple):
    """Parameters that are moved together, the figure they are to give, and how far they are moved to see what it does.

    ``scale`` makes a figure nearly linear in the knob: a logarithm for rates, a logit for shares.
    """

    parameters: tuple[str, ...]
    target: float
    figure: Callable[[Observed], float]
    scale: Callable[[float], float]
    step: float = 0.15


def logit(share: float) -> float:
    """ln(p / (1 − p))."""
    return float(np.log(share / (1 - share)))


def log(rate: float) -> float:
    """ln, as a plain float."""
    return float(np.log(rate))


KNOBS = (
    Knob(("constant_bilateral",), 0.47, lambda run: run.before("first_bilateral_share"), logit),
    Knob(("constant_village", "constant_township"), 10.95, lambda run: run.before("mediations"), log),
    Knob(
        ("constant_court",),
        9.55,
        lambda run: run.before("suits") + run.scenario.behaviour.court_background,
        log,
    ),
    Knob(("constant_petition",), 5.3, lambda run: run.before("petitions_per_1000"), log),
)
"""What is fitted. Targets are reported figures (``patterns.csv``). Mediators of village and township have mediations as
theirs: 16 % of first choices would take 12.8 per 1,000 residents, and 10.95 leave both within tolerance."""


def figures(scenarios: Sequence[Scenario]) -> np.ndarray:
    """Figures of the knobs on their scales, means over seeds, shape (scenarios, knobs)."""
    runs = [runs_of(each, SEEDS) for each in scenarios]
    records: dict[str, RunRecord] = {}

    def keep(run: Run, outcome: Outcome) -> None:
        if outcome.record is None:
            raise SystemExit(outcome.error)
        records[run.key] = RunRecord.from_bytes(outcome.record)

    carry_out([run for group in runs for run in group], ExecutorChoice(), keep)
    return np.array(
        [
            [
                knob.scale(float(np.mean([knob.figure(Observed(records[run.key], run.scenario)) for run in group])))
                for knob in KNOBS
            ]
            for group in runs
        ]
    )


def moved(base: Scenario, shifts: Sequence[float]) -> Scenario:
    """The scenario with every knob's parameters moved, within their ranges."""
    ranges = {each.name: each for each in declarations(Behaviour)}
    changes = {}
    for knob, shift in zip(KNOBS, shifts, strict=True):
        for name in knob.parameters:
            low, high = float(ranges[name].low or 0), float(ranges[name].high or 0)
            changes[name] = min(max(getattr(base.behaviour, name) + shift, low), high)
    return replace(base, behaviour=replace(base.behaviour, **changes))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fits and prints; returns 0."""
    base = scenario(*(sys.argv[1:] if arguments is None else arguments))
    targets = np.array([knob.scale(knob.target) for knob in KNOBS])
    shifts = np.zeros(len(KNOBS))
    began = time.monotonic()
    for step in range(STEPS):
        probes = [shifts, *(shifts + knob.step * unit for knob, unit in zip(KNOBS, np.eye(len(KNOBS)), strict=True))]
        found = figures([moved(base, each) for each in probes])
        residual = targets - found[0]
        print(f"step {step}: {_row(found[0])}  misses {_row(residual)}  {time.monotonic() - began:.0f} s", flush=True)
        jacobian = (found[1:] - found[0]).T / np.array([knob.step for knob in KNOBS])
        shifts = shifts + np.clip(np.linalg.solve(jacobian, residual), -0.6, 0.6)
    rounded = moved(base, shifts).behaviour
    for knob in KNOBS:
        for name in knob.parameters:
            print(f"{name} = {getattr(rounded, name):.{DIGITS}f}  (was {getattr(base.behaviour, name):g})")
    return 0


def _row(values: np.ndarray) -> str:
    return " ".join(f"{value:+.3f}" for value in values)


if __name__ == "__main__":
    sys.exit(main())
