"""A sensitivity analysis, composed and checked: factors, measures, reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import refuse_ensemble
from experiments.configuration.schema import scenario_of
from experiments.configuration.search_space import sample_space
from experiments.design import Factor, Variation, factors_of
from experiments.runs.absent import stored_absent
from experiments.runs.build import stored_build
from experiments.runs.execute import check_provinces
from experiments.runs.levels import stored_levels
from experiments.runs.rates import check_comparable
from experiments.runs.run import digest
from experiments.statistics.headline import HEADLINE
from experiments.studies.sensitivity.morris import salib
from experiments.studies.sensitivity.schema import Method, SensitivityConfig
from experiments.studies.sensitivity.sobol import sobol_rows
from experiments.studies.study import UNCHANGED, KeptStudy, check_measures, check_names
from sim.errors import InputError
from sim.scenario import Calendar, Scenario, check_seed
from sim.vocabulary import suggestion


@dataclass(frozen=True)
class Analysis(KeptStudy[SensitivityConfig]):
    """A sensitivity analysis, composed."""

    factors: tuple[Factor, ...]
    variation: Variation

    @property
    def measures(self) -> list[str]:
        """Measures that are analysed: the study's, or the usual ones."""
        return list(self.config.study.measures or HEADLINE)

    def values(self, point: Sequence[float]) -> dict[str, Any]:
        """Values of the factors at a point of the unit cube."""
        return {factor.key: factor.at(float(q)) for factor, q in zip(self.factors, point, strict=True)}

    def scenarios(self, values: dict[str, Any]) -> list[Scenario]:
        """The scenario of some values, and the reference's in the same world, where there is one."""
        scenario = self.variation.scenario(values)
        reference = self.config.study.reference
        if not reference:
            return [scenario]
        if reference == UNCHANGED:
            return [scenario, replace(scenario, after=scenario.before)]
        return [scenario, replace(scenario, after=self.variation.scenario({"after": reference}).after)]

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice = self.config.study
        base = scenario_of(self.config).as_dict()
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "method": choice.method.name,
            "size": choice.size,
            "factors": {factor.key: factor.as_dict() for factor in self.factors},
            "reference": choice.reference or None,
            "measures": self.measures,
            "seeds": [self.config.seed],
            "replicates": 1,
            "province": base["province"],
            "calendar": base["calendar"],
            "stress": base["stress"],
            **stored_build(self.scenarios({})),
            **stored_levels(self.scenarios({})),
            **stored_absent(self.scenarios({})),
        }

    @property
    def identity(self) -> Any:
        """What is simulated."""
        return digest(scenario_of(self.config).as_dict())


def plan(config: SensitivityConfig, invocation: Invocation) -> Analysis:
    """Composes and checks an analysis; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    check_seed(config.seed + 2 * choice.size - 1)
    check_measures(choice.measures)
    refuse_ensemble(config.ensemble, "a sensitivity analysis", "it varies what is assumed about people itself")
    if config.replicates != 1:
        raise InputError(f"replicates={config.replicates}: every row has a seed of its own; make study.size larger")
    uncertainties = sample_space(choice.uncertainties) if choice.uncertainties else []
    known = [each.name for each in uncertainties]
    for name in choice.leave_out:
        if name not in known:
            raise InputError(f"study.leave_out: {name} is not among study.uncertainties; {suggestion(name, known)}")
    uncertainties = [each for each in uncertainties if each.name not in choice.leave_out]
    factors = [Factor.declared(f"behaviour.{each.name}", each) for each in uncertainties]
    factors += factors_of(choice.factors)
    keys = [factor.key for factor in factors]
    doubled = sorted({key for key in keys if keys.count(key) > 1})
    if doubled:
        raise InputError(f"study.factors: {', '.join(doubled)} is among study.uncertainties too")
    if not factors:
        raise InputError("nothing to vary: study.uncertainties and study.factors are empty")
    if any(factor.key.partition(".")[0] == "stress" for factor in factors):
        raise InputError("study.factors: a stress is a world of its own, not an uncertainty; choose it with stress=…")
    if choice.method is Method.sobol:
        sobol_rows(choice.size, 1, 0)
    else:
        salib("sample.morris")
    found = Analysis(config, invocation, tuple(factors), Variation(scenario_of(config), invocation.config_directory))
    check_comparable({"study.measures": found.measures}, _calendars(found))
    for quantile in (0.0, 1 - 1e-9):
        found.scenarios(found.values([quantile] * len(factors)))
    check_provinces(found.scenarios({}))
    return found


def _calendars(study: Analysis) -> list[Calendar]:
    """Every calendar that the factors make."""
    varied = {factor.key: factor.values for factor in study.factors if factor.key.startswith("calendar.")}
    return [
        study.variation.scenario(dict(zip(varied, values, strict=True))).calendar
        for values in product(*varied.values())
    ]
