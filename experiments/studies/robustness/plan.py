"""A robustness study, composed and checked: policies, futures, thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble, Value, changes_of, ensemble_of
from experiments.configuration.options import load_policies, load_stresses
from experiments.configuration.schema import scenario_of
from experiments.configuration.search_space import sample_space
from experiments.configuration.stresses import acting
from experiments.design import Design, Factor
from experiments.design.sampling import quantiles
from experiments.runs.absent import stored_absent
from experiments.runs.build import stored_build
from experiments.runs.execute import check_provinces
from experiments.runs.levels import check_levels, levels_of, stored_levels
from experiments.runs.run import Run, digest, runs_of
from experiments.statistics.thresholds import check_directions, thresholds_as_dict
from experiments.studies.robustness.schema import RobustnessConfig
from experiments.studies.study import KeptStudy, check_measures, check_names, check_shown, check_target
from sim.errors import InputError
from sim.policy import Policy
from sim.prices import uncosted
from sim.scenario import Scenario, check_seed
from sim.stress import Stress

STRESS = "stress"
"""Name of the factor that is the stress of a future."""

HEADLINE = (
    "durable_resolution",
    "recorded_success",
    "durable_success",
    "distance_to_target",
    "petitions_total",
    "petitions_province",
    "unresolved_added",
    "worst_group_resolution",
    "cost_per_durable",
)


@dataclass(frozen=True)
class Future:
    """One future: what people are like (values by column of an ensemble) and their stress, with its seeds."""

    name: str
    values: Mapping[str, Value]
    stress: str
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class Robustness(KeptStudy[RobustnessConfig]):
    """A robustness study, composed."""

    policies: Mapping[str, Policy]
    stresses: Mapping[str, Stress]
    futures: tuple[Future, ...]
    ensemble: Ensemble | None

    @property
    def measures(self) -> list[str]:
        """Measures that are looked at, the first one first."""
        chosen = self.config.study.measures or HEADLINE
        return list(dict.fromkeys([*chosen, *self.config.study.thresholds]))

    @property
    def uncosted(self) -> dict[str, list[str]]:
        """Levers without a price that policies move against the reference, by name of the policies that move some."""
        usual = self.policies[self.config.study.reference]
        found = {name: list(uncosted(usual, policy)) for name, policy in self.policies.items()}
        return {name: levers for name, levers in found.items() if levers}

    @property
    def discover(self) -> str:
        """The policy whose failures are looked into: the one chosen, or the last that is not the reference."""
        others = [name for name in self.policies if name != self.config.study.reference]
        return self.config.study.discover or (others or list(self.policies))[-1]

    def scenario(self, policy: str, future: Future) -> Scenario:
        """A policy in a future."""
        world = replace(scenario_of(self.config), after=self.policies[policy], stress=self.stresses[future.stress])
        return world.vary(changes_of(world, tuple(future.values), tuple(future.values.values())))

    def runs(self, policy: str, future: Future) -> list[Run]:
        """Runs of a policy in a future, one a seed."""
        return runs_of(self.scenario(policy, future), future.seeds)

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice, base = self.config.study, scenario_of(self.config).as_dict()
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "policies": list(self.policies),
            "reference": choice.reference,
            "stresses": {name: acting(stress) for name, stress in self.stresses.items()},
            "uncertainties": list(self.futures[0].values),
            "futures": len(self.futures),
            "thresholds": thresholds_as_dict(choice.thresholds),
            "discover": self.discover,
            "measures": self.measures,
            "uncosted": self.uncosted,
            "target": list(choice.target),
            "margin": choice.margin,
            "replicates": self.config.replicates,
            "seeds": sorted({seed for future in self.futures for seed in future.seeds})[:1000],
            "province": base["province"],
            "calendar": base["calendar"],
            **({"ensemble": self.ensemble.as_dict()} if self.ensemble else {}),
            **stored_build(self.scenario(policy, self.futures[0]) for policy in self.policies),
            **stored_levels([scenario_of(self.config)]),
            **stored_absent(self.scenario(policy, self.futures[0]) for policy in self.policies),
        }

    @property
    def identity(self) -> Any:
        """What is simulated."""
        return [digest(self.scenario(policy, self.futures[0]).as_dict()) for policy in self.policies]


def plan(config: RobustnessConfig, invocation: Invocation) -> Robustness:
    """Composes and checks a study; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    check_target(choice.target)
    check_measures(choice.measures)
    check_measures(list(choice.thresholds), "study.thresholds")
    if len(set(choice.policies)) < 2:
        raise InputError("study.policies must name two policies or more: regret compares them")
    if choice.reference not in choice.policies:
        known = ", ".join(choice.policies)
        raise InputError(f"study.reference={choice.reference} is not among study.policies ({known})")
    if choice.discover and choice.discover not in choice.policies:
        raise InputError(f"study.discover={choice.discover} is not among study.policies ({', '.join(choice.policies)})")
    if not choice.thresholds:
        raise InputError("study.thresholds is empty: say when a policy is good enough")
    if not choice.stresses:
        raise InputError("study.stresses is empty; give none, and others beside it")
    if config.stress != Stress():
        raise InputError("stress=… has no part here: the stresses of a robustness study are study.stresses")
    check_directions(choice.thresholds, "study.thresholds")
    policies = load_policies(
        dict.fromkeys(dict.fromkeys(choice.policies), "study.policies: "),
        invocation.config_directory,
        config.province.source,
    )
    stresses = load_stresses(
        dict.fromkeys(dict.fromkeys(choice.stresses), "study.stresses: "), invocation.config_directory
    )
    ensemble = ensemble_of(config.ensemble, config.behaviour)
    futures = _futures(config, list(stresses), ensemble)
    check_seed(max(seed for future in futures for seed in future.seeds))
    found = Robustness(config, invocation, policies, stresses, tuple(futures), ensemble)
    check_shown(config.measures, found.measures)
    check_provinces([found.scenario(choice.reference, futures[0])])
    asked = {f"study.thresholds: {name}": levels_of(name) for name in choice.thresholds}
    check_levels(asked, [scenario_of(config)], choice.target)
    return found


def _futures(config: RobustnessConfig, stresses: Sequence[str], ensemble: Ensemble | None) -> list[Future]:
    choice = config.study
    people: list[Mapping[str, Value]]
    if ensemble is not None:
        if choice.uncertainties:
            raise InputError(
                f"study.uncertainties and {config.ensemble}, a set of behaviours: futures come from one of them; "
                "add behaviour=default, or leave study.uncertainties out"
            )
        count = min(choice.futures, len(ensemble))
        people = [dict(zip(ensemble.columns, row, strict=True)) for row in ensemble.rows[:count]]
    else:
        if not choice.uncertainties:
            raise InputError("no futures: give behaviour=gansu_ensemble, ensemble=FILE or study.uncertainties")
        factors = [Factor.declared(each.name, each) for each in sample_space(choice.uncertainties)]
        rows = quantiles(Design.latin_hypercube, len(factors), choice.futures, config.seed)
        people = [{f.key: f.at(float(q)) for f, q in zip(factors, row, strict=True)} for row in rows]
    width, members = len(str(len(people))), len(ensemble) if ensemble else len(people)
    return [
        Future(
            f"f{number:0{width}}",
            values,
            stress,
            tuple(number - 1 + members * (config.seed + again) for again in range(config.replicates)),
        )
        for stress in stresses
        for number, values in enumerate(people, 1)
    ]
