"""A calibration, composed and checked: uncertainties with their ranges, targets, held-out patterns, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import refuse_ensemble
from experiments.configuration.schema import scenario_of
from experiments.configuration.search_space import sample_space
from experiments.patterns.observed import NotMeasured, Observed
from experiments.patterns.pattern import Pattern
from experiments.patterns.reported import has_reports, patterns_of
from experiments.patterns.statistics import STATISTICS
from experiments.runs.absent import stored_absent
from experiments.runs.execute import check_provinces
from experiments.runs.levels import check_levels, levels_of, stored_levels
from experiments.runs.run import digest
from experiments.studies.calibrate.schema import CalibrateConfig, TargetChoice
from experiments.studies.calibrate.sklearn_extra import sklearn
from experiments.studies.calibrate.targets import Target
from experiments.studies.study import KeptStudy, check_measures, check_names
from sim.errors import InputError
from sim.parameters import Declaration
from sim.province.nation import is_nation
from sim.province.tables import REPORTS
from sim.scenario import ProvinceChoice, Scenario
from sim.vocabulary import suggestion

DIGITS = 6
"""Significant figures of an uncertainty: what is written into an ensemble is what was simulated."""


@dataclass(frozen=True)
class Calibration(KeptStudy[CalibrateConfig]):
    """A calibration, composed. ``targets`` are fitted (patterns first, then limits); ``held_out`` are predicted."""

    uncertainties: tuple[Declaration, ...]
    targets: tuple[Target, ...]
    held_out: tuple[Target, ...]
    has_own_reports: bool = True
    """Whether any of them is reported of the province (or nation) itself."""

    @property
    def base(self) -> Scenario:
        """The scenario in all places, with the default behaviour."""
        return scenario_of(self.config)

    def training(self, wave: int) -> Scenario:
        """The scenario in the places that a wave (from 0) is simulated in."""
        lists = self.config.study.training_places
        if not lists:
            return self.base
        choice = ProvinceChoice(self.config.province.source, list(lists[min(wave, len(lists) - 1)]))
        return replace(self.base, province=choice)

    @property
    def seeds(self) -> range:
        """Seeds of every trial."""
        return range(self.config.seed, self.config.seed + self.config.replicates)

    def values(self, point: NDArray[np.float64]) -> dict[str, float]:
        """Values of the uncertainties at a point of the unit cube, shape (d,)."""
        low, high = self.prior
        found = low + (high - low) * point
        return {u.name: float(f"{value:.{DIGITS}g}") for u, value in zip(self.uncertainties, found, strict=True)}

    @property
    def prior(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Lower and upper ends of the prior of every uncertainty, shapes (d,)."""
        low, high, default = np.array([[each.low, each.high, each.default] for each in self.uncertainties], float).T
        reach = self.config.study.around_default * (high - low)
        return np.maximum(low, default - reach), np.minimum(high, default + reach)

    def place(self, values: Mapping[str, Any]) -> NDArray[np.float64]:
        """The point of the unit cube of some values, shape (d,); the inverse of ``values``."""
        low, high = self.prior
        return (np.array([values[u.name] for u in self.uncertainties], float) - low) / (high - low)

    def at(self, scenario: Scenario, point: NDArray[np.float64]) -> Scenario:
        """A scenario with the behaviour of a point."""
        return scenario.vary({f"behaviour.{name}": value for name, value in self.values(point).items()})

    def figures(self, run: Observed) -> NDArray[np.float64]:
        """Figures of one replicate: targets, then held-out patterns, in their own units; NaN where not measured."""
        return np.array([_figure(target, run) for target in (*self.targets, *self.held_out)])

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice, base = self.config.study, self.base.as_dict()

        def shown(target: Target) -> dict[str, Any]:
            low = None if np.isinf(target.low) else target.low
            return {
                "low": low,
                "high": target.high,
                "observation": target.observation,
                "discrepancy": target.discrepancy,
                "scale": target.scale.name,
            }

        return {
            "name": choice.name,
            "question": dict(choice.question),
            "uncertainties": {
                u.name: {"low": _written(low), "high": _written(high), "unit": u.unit}
                for u, low, high in zip(self.uncertainties, *self.prior, strict=True)
            },
            "around_default": choice.around_default,
            "targets": {target.name: shown(target) for target in self.targets if not target.is_limit},
            "limits": {target.name: shown(target) for target in self.targets if target.is_limit},
            "held_out": {target.name: shown(target) for target in self.held_out},
            "training_places": [list(places) for places in choice.training_places],
            "trials": choice.trials,
            "waves": choice.waves,
            "members": choice.members,
            "candidates_max": choice.candidates_max,
            "cut": choice.cut,
            "replicates": self.config.replicates,
            "seeds": list(self.seeds),
            "province": base["province"],
            "has_own_reports": self.has_own_reports,
            "calendar": base["calendar"],
            "stress": base["stress"],
            **stored_levels([self.base]),
            **stored_absent([self.base]),
        }

    @property
    def identity(self) -> Any:
        """What is simulated."""
        return digest(self.base.as_dict())


def plan(config: CalibrateConfig, invocation: Invocation) -> Calibration:
    """Composes and checks a calibration; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    sklearn("gaussian_process")
    if not choice.targets or not choice.uncertainties:
        what = "study.targets" if not choice.targets else "study.uncertainties"
        raise InputError(f"nothing to calibrate: {what} is empty")
    refuse_ensemble(config.ensemble, "a calibration", "it makes one")
    uncertainties = sample_space(choice.uncertainties)
    for each in uncertainties:
        if each.choices:
            raise InputError(f"study.uncertainties: {each.name} is a choice; only numbers can be calibrated")
    check_measures(list(choice.limits), "study.limits")
    both = sorted(set(choice.targets) & set(choice.held_out))
    if both:
        raise InputError(f"study.held_out: {', '.join(both)} is among study.targets too")
    reported = {each.name: each for each in patterns_of(config.province.source)}
    targets = [_target(name, chosen, "targets", reported) for name, chosen in choice.targets.items()]
    targets += [
        Target(name, -np.inf, limit.at_most, 0.0, limit.error, is_limit=True) for name, limit in choice.limits.items()
    ]
    held_out = [_target(name, chosen, "held_out", reported) for name, chosen in choice.held_out.items()]
    asked_of = [reported[each] for each in (*choice.targets, *choice.held_out)]
    is_known = is_nation(config.province.source) or has_reports(asked_of)
    found = Calibration(config, invocation, tuple(uncertainties), tuple(targets), tuple(held_out), is_known)
    scenarios = [found.base, *(found.training(wave) for wave in range(len(choice.training_places)))]
    check_provinces(scenarios)
    asked = {f"study.targets: {name}": STATISTICS[name].levels for name in choice.targets}
    asked |= {f"study.held_out: {name}": STATISTICS[name].levels for name in choice.held_out}
    asked |= {f"study.limits: {name}": levels_of(name) for name in choice.limits}
    check_levels(asked, scenarios)
    return found


def _target(name: str, chosen: TargetChoice, key: str, reported: Mapping[str, Pattern]) -> Target:
    if name not in STATISTICS:
        raise InputError(f"study.{key}: there is no pattern {name!r}; {suggestion(name, STATISTICS)}")
    if name not in reported:
        listed = ", ".join(each for each, pattern in reported.items() if not pattern.direction)
        raise InputError(
            f"study.{key}: {name} is reported neither of this province ({REPORTS} in its folder) nor of China; "
            f"reported are {listed}"
        )
    pattern = reported[name]
    if pattern.is_held_out and key == "targets":
        raise InputError(f"study.targets: {name} is held out in {REPORTS}: a figure is fitted or scored, never both")
    if pattern.direction:
        raise InputError(f"study.{key}.{name} is known by its direction alone: it cannot be fitted or predicted")
    if chosen.observation == chosen.discrepancy == 0:
        raise InputError(f"study.{key}.{name} needs an observation error or a discrepancy above 0")
    low = -np.inf if name in UPSIDE_DOWN else pattern.low
    return Target(name, low, pattern.high, chosen.observation, chosen.discrepancy, chosen.scale)


def _written(value: float) -> float:
    """A number without the last digits of its arithmetic."""
    return float(f"{value:.12g}")


UPSIDE_DOWN = ("city_before", "county_before")
"""Patterns that say "at most": the pyramid before the reform stands on its head."""


def _figure(target: Target, run: Observed) -> float:
    try:
        if target.is_limit:
            return run.before(target.name)
        return STATISTICS[target.name].value(run)
    except (NotMeasured, ZeroDivisionError, ValueError):
        return float("nan")
