"""An optimisation, composed and checked: levers with bounds, objectives, constraints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble, ensemble_of
from experiments.configuration.options import load_policies
from experiments.configuration.schema import scenario_of
from experiments.configuration.search_space import PEACE, search_space
from experiments.configuration.stresses import acting
from experiments.design import Factor, Variation
from experiments.report.costs import COST, SETTLED
from experiments.runs.absent import stored_absent
from experiments.runs.build import stored_build
from experiments.runs.execute import check_provinces
from experiments.runs.levels import check_levels, levels_of, stored_levels
from experiments.runs.run import digest
from experiments.statistics.thresholds import SUCCESS_GAP, Threshold, check_directions, thresholds_as_dict
from experiments.studies.optimise.schema import Goal, OptimiseConfig
from experiments.studies.optimise.search import pymoo
from experiments.studies.study import KeptStudy, check_measures, check_names, check_shown, check_target
from sim.errors import InputError
from sim.measures import MEASURES
from sim.scenario import Scenario, check_seed

FRESH = 1_000_000
"""Seeds of the front begin this far from those of the search."""

DIGITS = 3
"""Significant figures of a lever that is searched: finer ones no planner could set."""


@dataclass(frozen=True)
class Optimisation(KeptStudy[OptimiseConfig]):
    """An optimisation, composed."""

    levers: tuple[Factor, ...]
    variation: Variation
    reference: Scenario
    ensemble: Ensemble | None = None

    @property
    def fresh_seeds(self) -> range:
        """Seeds on which the front is measured anew."""
        first = self.config.seed + FRESH
        return range(first, first + self.config.study.fresh_replicates)

    @property
    def objectives(self) -> dict[str, Goal]:
        """Objectives in order."""
        return dict(self.config.study.objectives)

    @property
    def constraints(self) -> dict[str, Threshold]:
        """Constraints in order."""
        return dict(self.config.study.constraints)

    @property
    def names(self) -> list[str]:
        """Measures of objectives and constraints, and those that are always shown beside them."""
        shown = ("durable_resolution", "recorded_success", "durable_success", "petitions_total", "petitions_province",
                 "ratio_city_to_province", "ratio_county_to_province", "distance_to_target", COST, SETTLED)  # fmt: skip
        known = [name for name in shown if name in MEASURES]
        return list(dict.fromkeys([*self.objectives, *self.constraints, *known]))

    def values(self, point: NDArray[np.float64]) -> dict[str, Any]:
        """Levers at a point of the unit cube."""
        found: dict[str, Any] = {}
        for lever, place in zip(self.levers, point, strict=True):
            value = lever.at(float(np.clip(place, 0.0, 1.0)))
            if lever.is_interval:
                value = float(np.clip(float(f"{value:.{DIGITS}g}"), lever.low, lever.high))
            found[lever.key] = value
        return found

    def scenario(self, values: Mapping[str, Any]) -> Scenario:
        """The scenario of some levers."""
        return self.variation.scenario(values)

    @cached_property
    def ends(self) -> list[Scenario]:
        """Scenarios with all levers low, and with all high."""
        return [self.scenario(self.values(np.full(len(self.levers), end))) for end in (0.0, 1.0)]

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice, base = self.config.study, scenario_of(self.config).as_dict()
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "levers": {lever.key: lever.as_dict() for lever in self.levers},
            "reference": choice.reference,
            "objectives": {name: goal.name for name, goal in self.objectives.items()},
            "constraints": thresholds_as_dict(self.constraints),
            "population": choice.population,
            "generations": choice.generations,
            "fresh_replicates": choice.fresh_replicates,
            "front_max": choice.front_max,
            "target": list(choice.target),
            "margin": choice.margin,
            "replicates": self.config.replicates,
            "seeds": list(range(self.config.seed, self.config.seed + self.config.replicates)),
            "province": base["province"],
            "calendar": base["calendar"],
            "stress": base["stress"],
            "acting": acting(self.config.stress),
            **({"ensemble": self.ensemble.as_dict()} if self.ensemble else {}),
            **stored_build(self.ends),
            **stored_levels(self.ends),
            **stored_absent(self.ends),
        }

    @property
    def identity(self) -> Any:
        """What is simulated."""
        return digest(scenario_of(self.config).as_dict())


def plan(config: OptimiseConfig, invocation: Invocation) -> Optimisation:
    """Composes and checks an optimisation; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    check_seed(config.seed + FRESH + choice.fresh_replicates - 1)
    check_target(choice.target)
    if not choice.levers:
        raise InputError("nothing to search: study.levers is empty")
    if len(choice.objectives) < 2:
        raise InputError("study.objectives must name two measures or more, such as {cost_per_resident: low}")
    check_measures([name for name in choice.objectives if name != SUCCESS_GAP], "study.objectives")
    check_measures([name for name in choice.constraints if name != SUCCESS_GAP], "study.constraints")
    check_directions(choice.constraints, "study.constraints")
    pymoo("algorithms.moo.nsga2")
    named = {choice.reference: "study.reference: "}
    reference_policy = load_policies(named, invocation.config_directory, config.province.source)[choice.reference]
    declared = search_space(choice.levers, reference_policy)
    levers = []
    for lever in declared:
        if lever.name == PEACE:
            raise InputError(
                f"study.levers: {PEACE} buys peace and settles nothing; it is told as a cost, never searched"
            )
        levers.append(_bounded(Factor.declared(f"after.{lever.name}", lever), lever.name, choice.bounds))
    for name in choice.bounds:
        if name not in {lever.name for lever in declared}:
            raise InputError(f"study.bounds: {name} is not among study.levers")
    base = scenario_of(config)
    found = Optimisation(
        config,
        invocation,
        tuple(levers),
        Variation(base, invocation.config_directory),
        replace(base, after=reference_policy),
        ensemble_of(config.ensemble, config.behaviour),
    )
    check_shown(config.measures, found.names)
    check_provinces([found.reference, *found.ends])
    asked = {f"study.objectives: {name}": levels_of(name) for name in choice.objectives}
    asked |= {f"study.constraints: {name}": levels_of(name) for name in choice.constraints}
    check_levels(asked, [found.reference], choice.target)
    return found


def _bounded(lever: Factor, name: str, bounds: Mapping[str, Any]) -> Factor:
    if name not in bounds:
        return lever
    given = bounds[name]
    if not lever.is_interval:
        raise InputError(f"study.bounds.{name}: a choice has no bounds")
    is_pair = isinstance(given, list) and len(given) == 2 and all(isinstance(end, int | float) for end in given)
    if not is_pair or not lever.low <= given[0] < given[1] <= lever.high:
        raise InputError(f"study.bounds.{name}={given} is not allowed: two numbers, {lever.low:g} to {lever.high:g}")
    return replace(lever, low=float(given[0]), high=float(given[1]))
