"""Levers at work, composed and checked: each lever over its range, from each base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from experiments.configuration.command import Invocation
from experiments.configuration.options import load_policies
from experiments.configuration.schema import scenario_of
from experiments.configuration.search_space import search_space
from experiments.runs.execute import check_provinces
from experiments.runs.run import Run
from experiments.statistics.verdicts import BESIDE
from experiments.studies.levers_at_work.claims import CLAIMS, Claim
from experiments.studies.levers_at_work.schema import LeversConfig
from experiments.studies.representative_places import places_for
from experiments.studies.study import check_names
from experiments.studies.years import YearsStudy, check_years, people_of
from sim.errors import InputError
from sim.parameters import Declaration, declarations
from sim.policy import Policy
from sim.scenario import Scenario, check_seed

ENDS = ("low", "high")
"""The arms of a lever: the two ends of its range."""


@dataclass(frozen=True)
class Lever:
    """A lever, what is claimed of it, and the two values that it is moved between."""

    name: str
    claim: Claim
    ends: tuple[Any, Any]


@dataclass(frozen=True)
class LeversAtWork(YearsStudy[LeversConfig]):
    """Levers at work, composed; the configuration's places are those that are simulated."""

    bases: Mapping[str, Policy]
    levers: tuple[Lever, ...]

    @property
    def measures(self) -> list[str]:
        """What is claimed of some lever, and what is looked at beside it."""
        return list(dict.fromkeys([*BESIDE, *(lever.claim.measure for lever in self.levers)]))

    @property
    def worlds(self) -> list[Scenario]:
        """The scenarios of the bases as they are."""
        return [replace(scenario_of(self.config), after=policy) for policy in self.bases.values()]

    def scenario(self, base: str, lever: Lever, end: int) -> Scenario:
        """A base with one lever at an end of its range, everywhere."""
        after = without(self.bases[base], lever.name)
        return replace(scenario_of(self.config), after=after).vary({f"after.{lever.name}": lever.ends[end]})

    @cached_property
    def runs(self) -> dict[tuple[str, str, int], list[Run]]:
        """Runs by base, lever and end, in the order of ``seeds``; arms that are alike have the same ones."""
        return {
            (base, lever.name, end): self.runs_of_years(self.scenario(base, lever, end))
            for base in self.bases
            for lever in self.levers
            for end in range(len(ENDS))
        }

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice = self.config.study
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "bases": list(self.bases),
            "levers": [lever.name for lever in self.levers],
            "measures": self.measures,
            **self.stored(),
        }

    @property
    def identity(self) -> Any:
        """What is simulated, and what is claimed."""
        claims = [[lever.name, lever.claim.direction, lever.claim.measure, *lever.claim.chain] for lever in self.levers]
        return [claims, sorted({run.key for runs in self.runs.values() for run in runs})]


def plan(config: LeversConfig, invocation: Invocation) -> LeversAtWork:
    """Composes and checks a study; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    if not choice.bases or len(set(choice.bases)) < len(choice.bases):
        raise InputError(f"study.bases=[{','.join(choice.bases)}] must name one or more, each once")
    check_years(config, "levers are moved in a world without stress")
    levers = levers_of(choice.levers)
    bases = load_policies(
        dict.fromkeys(choice.bases, "study.bases: "), invocation.config_directory, config.province.source
    )
    ensemble, members = people_of(config)
    config = replace(config, province=places_for(config.province, choice.counties))
    found = LeversAtWork(config, invocation, ensemble, members, bases, levers)
    check_seed(max(found.seeds))
    check_provinces(found.worlds)
    return found


def levers_of(names: Sequence[str]) -> tuple[Lever, ...]:
    """Levers by name or pattern, all without any, with their claims; raises ``InputError`` for one that is none.

    A register is moved between the status quo's and a complete one, as in every search.
    """
    found = search_space(names or [declared.name for declared in declarations(Policy)])
    return tuple(Lever(each.name, claim, _ends(each, claim)) for each in found for claim in [CLAIMS[each.name]])


def _ends(declared: Declaration, claim: Claim) -> tuple[Any, Any]:
    if claim.over is not None:
        return claim.over
    if declared.choices == ("false", "true"):
        return False, True
    if declared.choices:
        return declared.choices[0], declared.choices[-1]
    return float(declared.low or 0), float(declared.high or 0)


def without(policy: Policy, lever: str) -> Policy:
    """A policy in which no place sets a lever for itself."""
    group, _, leaf = lever.partition(".")
    places = {
        place: {
            name: {key: value for key, value in levers.items() if (name, key) != (group, leaf)}
            for name, levers in groups.items()
        }
        for place, groups in policy.places.items()
    }
    kept = {place: {name: levers for name, levers in groups.items() if levers} for place, groups in places.items()}
    return replace(policy, places={place: groups for place, groups in kept.items() if groups})
