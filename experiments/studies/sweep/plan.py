"""A sweep, composed: its factors, its points and their scenarios, all checked before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble, check_varied, ensemble_of
from experiments.configuration.multirun import ERRORS_SHOWN
from experiments.configuration.schema import scenario_of
from experiments.configuration.stresses import acting
from experiments.design import Constraint, Factor, Variation, factors_of, sample
from experiments.design.factors import shown_value
from experiments.runs.absent import stored_absent
from experiments.runs.build import stored_build
from experiments.runs.execute import check_provinces
from experiments.runs.groups import Groups, check_groups, check_places, measure_of
from experiments.runs.levels import check_levels, levels_of, stored_levels
from experiments.runs.rates import check_comparable
from experiments.runs.run import Run, digest, runs_of
from experiments.statistics.headline import HEADLINE
from experiments.studies.study import UNCHANGED, KeptStudy, check_measures, check_names, check_target
from experiments.studies.sweep.schema import SweepChoice, SweepConfig
from sim.errors import InputError
from sim.province import load_province
from sim.province.nation import is_nation, provinces_of_nation
from sim.scenario import Scenario, check_seed


@dataclass(frozen=True)
class SweepPoint:
    """One point of a sweep: its name, the values of the factors, its scenario, and that of its reference.

    ``reference_id`` names the reference in the tables; points may share it.
    """

    name: str
    values: Mapping[str, Any]
    scenario: Scenario
    reference: Scenario | None
    reference_id: str = ""

    @property
    def stresses(self) -> dict[str, float]:
        """The stresses that act at this point: they are scored as harm."""
        return acting(self.scenario.stress)


@dataclass(frozen=True)
class Sweep(KeptStudy[SweepConfig]):
    """A sweep, composed; ``left_out`` points did not meet a constraint."""

    factors: tuple[Factor, ...]
    points: tuple[SweepPoint, ...]
    left_out: int
    ensemble: Ensemble | None

    @property
    def measures(self) -> list[str]:
        """Measures that are looked at: the study's, or the usual ones; the ranking one first."""
        chosen = self.config.study.measures or HEADLINE
        return list(dict.fromkeys([self.config.study.rank_by, *chosen]))

    @cached_property
    def _build(self) -> dict[str, Any]:
        return stored_build(point.scenario for point in self.points)

    def seeds(self, replicates: int) -> range:
        """Seeds of the first replicates, the same at every point."""
        return range(self.config.seed, self.config.seed + replicates)

    def runs(self, scenario: Scenario, replicates: int) -> list[Run]:
        """Runs of a scenario of this sweep."""
        return runs_of(scenario, self.seeds(replicates), self.ensemble, self.groups)

    @property
    def groups(self) -> Groups:
        """Groups of places that are measured apart."""
        return _groups(self.config.study)

    def as_dict(self) -> dict[str, Any]:
        """The resolved study: what ``study.yaml`` holds and what names the results."""
        choice = self.config.study
        base = scenario_of(self.config).as_dict()
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "factors": {factor.key: factor.as_dict() for factor in self.factors},
            "design": choice.design.name,
            "size": choice.size,
            "steps": choice.steps,
            "constraints": list(choice.constraints),
            "left_out": self.left_out,
            "reference": choice.reference or None,
            "groups": {name: list(places) for name, places in self.groups},
            "measures": self.measures,
            "rank_by": choice.rank_by,
            "target": list(choice.target),
            "margin": choice.margin,
            "replicates": self.config.replicates,
            "precision": self.config.precision,
            "of": self.config.of if self.config.precision else None,
            "replicates_max": self.config.replicates_max if self.config.precision else None,
            "seeds": list(self.seeds(self.config.replicates)),
            "province": base["province"],
            "calendar": base["calendar"],
            "stress": base["stress"],
            **({"ensemble": self.ensemble.as_dict()} if self.ensemble else {}),
            **self._build,
            **stored_levels(point.scenario for point in self.points),
            **stored_absent(point.scenario for point in self.points),
        }

    @property
    def identity(self) -> Any:
        """What is simulated."""
        return digest(scenario_of(self.config).as_dict())


def plan(config: SweepConfig, invocation: Invocation) -> Sweep:
    """Composes and checks a sweep; raises ``InputError`` with what is wrong at every point before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    if config.precision:
        check_seed(config.seed + config.replicates_max - 1)
    check_target(choice.target)
    check_groups(choice.groups)
    for key, names in {
        "study.measures": choice.measures,
        "study.rank_by": [choice.rank_by],
        **({"of": [config.of]} if config.precision else {}),
    }.items():
        check_measures([measure_of(name, choice.groups, key) for name in names], key)
    factors = factors_of(choice.factors)
    constraints = [Constraint.parse(text) for text in choice.constraints]
    everything = sample(factors, choice.design, choice.size, choice.steps, config.seed)
    variation = Variation(scenario_of(config), invocation.config_directory)
    points: list[tuple[Mapping[str, Any], Scenario, Scenario | None, str]] = []
    errors: dict[str, str] = {}
    for values in everything:
        try:
            scenario = variation.scenario(values)
            if not all(constraint.is_met(scenario, values) for constraint in constraints):
                continue
            reference = _reference(variation, values, choice.reference) if choice.reference else None
            points.append((values, scenario, reference, runs_of(reference, [0])[0].scenario_id if reference else ""))
        except InputError as error:
            for line in str(error).splitlines():
                errors.setdefault(line, f"{line} (first at point {point_label(values)})")
    if errors:
        more = [f"and {len(errors) - ERRORS_SHOWN} more errors"] if len(errors) > ERRORS_SHOWN else []
        raise InputError("\n".join([*list(errors.values())[:ERRORS_SHOWN], *more]))
    if not points:
        raise InputError(f"none of {len(everything)} points meets the constraints: {'; '.join(choice.constraints)}")
    asked = {"study.rank_by": [choice.rank_by], "study.measures": choice.measures}
    check_comparable(asked, [scenario.calendar for _, scenario, *_ in points])
    check_provinces([scenario for _, scenario, *_ in points])
    needed = {f"study.rank_by={choice.rank_by}": levels_of(choice.rank_by)}
    if config.precision:
        needed[f"of={config.of}"] = levels_of(config.of)
    check_levels(needed, [scenario for _, scenario, *_ in points], choice.target)
    if choice.groups:
        if is_nation(config.province.source):
            cities, counties = [each.code for each in provinces_of_nation(config.province.codes)], []
        else:
            province = load_province(config.province.source, config.province.codes)
            cities, counties = province.cities["code"].tolist(), province.counties["code"].tolist()
        check_places(_groups(choice), cities, counties)
    width = len(str(len(points)))
    named = tuple(SweepPoint(f"p{number:0{width}}", *each) for number, each in enumerate(points, 1))
    ensemble = ensemble_of(config.ensemble, config.behaviour)
    check_varied(ensemble, [factor.key for factor in factors])
    return Sweep(config, invocation, tuple(factors), named, len(everything) - len(points), ensemble)


def _reference(variation: Variation, values: Mapping[str, Any], policy: str) -> Scenario:
    """The world of a point with the reference policy after the reform: the same place, people, stress and past."""
    if policy == UNCHANGED:
        kept = variation.scenario({key: value for key, value in values.items() if not key.startswith("after")})
        return replace(kept, after=kept.before)
    shared = {key: value for key, value in values.items() if key != "after" and not key.startswith("after.")}
    return variation.scenario({**shared, "after": policy})


def _groups(choice: SweepChoice) -> Groups:
    return tuple((name, tuple(places)) for name, places in choice.groups.items())


def point_label(values: Mapping[str, Any]) -> str:
    """``after=whistle behaviour.patience=20``."""
    return " ".join(f"{key}={shown_value(value)}" for key, value in values.items())
