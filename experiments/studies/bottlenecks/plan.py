"""Bottlenecks, composed and checked: every pool with one post more, under each base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

import numpy as np

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble, ensemble_of
from experiments.configuration.options import load_policies
from experiments.configuration.schema import scenario_of
from experiments.runs.absent import stored_absent
from experiments.runs.execute import check_provinces
from experiments.runs.levels import stored_levels
from experiments.runs.run import Run, digest, runs_of
from experiments.runs.windows import window_of
from experiments.studies.bottlenecks.figures import YEAR
from experiments.studies.bottlenecks.posts import POOLS, Pool, with_posts
from experiments.studies.bottlenecks.schema import BottlenecksConfig
from experiments.studies.representative_places import places_for
from experiments.studies.study import KeptStudy, check_names
from sim.errors import InputError
from sim.policy import Policy
from sim.province import Province, load_province
from sim.province.nation import is_nation
from sim.scenario import Scenario
from sim.stress import Stress
from sim.vocabulary import suggestion


@dataclass(frozen=True)
class Bottlenecks(KeptStudy[BottlenecksConfig]):
    """Bottlenecks, composed; the configuration's places are those that are simulated."""

    bases: Mapping[str, Policy]
    pools: tuple[Pool, ...]
    ensemble: Ensemble | None

    @property
    def seeds(self) -> list[int]:
        """Seeds of every arm."""
        return [*range(self.config.seed, self.config.seed + self.config.replicates)]

    @cached_property
    def province(self) -> Province:
        """The places that are simulated."""
        return load_province(self.config.province.source, self.config.province.codes)

    def rounds(self, pool: Pool) -> list[list[int]]:
        """Places whose pool has a post more in the same run: all cities; or of every city one county, in turn.

        Rows of ``province.cities``, or of ``province.counties``. Cities share nothing within a year, so what a city
        settles more is the work of the one post (or of the one in each township of the one county).
        """
        cities = self.province.cities
        if pool.is_of_city:
            return [[*range(len(cities))]]
        firsts, many = cities["first_county"].tolist(), cities["counties"].tolist()
        return [
            [first + turn for first, most in zip(firsts, many, strict=True) if turn < most] for turn in range(max(many))
        ]

    @property
    def worlds(self) -> list[Scenario]:
        """The bases, before the reform as after it."""
        return [self._base(base) for base in self.bases]

    def _base(self, base: str) -> Scenario:
        return replace(scenario_of(self.config), before=self.bases[base], after=self.bases[base])

    @cached_property
    def references(self) -> dict[str, list[Run]]:
        """Runs of the bases as they are, in the order of ``seeds``."""
        return {base: self._runs(self._base(base)) for base in self.bases}

    @cached_property
    def runs(self) -> dict[tuple[str, str, int], list[Run]]:
        """Runs by base, pool and round, in the order of ``seeds``."""
        found = {}
        for base, policy in self.bases.items():
            for pool in self.pools:
                for turn, places in enumerate(self.rounds(pool)):
                    after = with_posts(policy, self.province, pool, places)
                    found[base, pool.name, turn] = self._runs(replace(self._base(base), after=after))
        return found

    def _runs(self, scenario: Scenario) -> list[Run]:
        return [
            replace(run, scenario_id=digest(["work", run.scenario_id, YEAR])[:24])
            for run in runs_of(scenario, self.seeds, self.ensemble)
        ]

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice, base = self.config.study, scenario_of(self.config).as_dict()
        people = self.ensemble and {**self.ensemble.as_dict(), "members": len(self.ensemble)}
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "bases": list(self.bases),
            "pools": [pool.name for pool in self.pools],
            "replicates": self.config.replicates,
            "seeds": self.seeds[:1000],
            "province": base["province"],
            "calendar": base["calendar"],
            **({"ensemble": people} if people else {}),
            **stored_levels([scenario_of(self.config)]),
            **stored_absent(self.worlds),
        }

    @property
    def identity(self) -> Any:
        """What is simulated."""
        arms = [*self.references.values(), *self.runs.values()]
        return sorted({run.key for runs in arms for run in runs})


def plan(config: BottlenecksConfig, invocation: Invocation) -> Bottlenecks:
    """Composes and checks a study; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    if not choice.bases or len(set(choice.bases)) < len(choice.bases):
        raise InputError(f"study.bases=[{','.join(choice.bases)}] must name one or more, each once")
    if config.stress != Stress():
        raise InputError("stress=… has no part here: posts are added in a world without stress")
    if is_nation(config.province.source):
        raise InputError(f"province={config.province.source} is not allowed: posts are added in one province at a time")
    last = window_of(config.calendar, YEAR)[1]
    if last > config.calendar.end[:7]:
        raise InputError(
            f"the year after calendar.reform={config.calendar.reform} ends in {last}, and calendar.end is "
            f"{config.calendar.end}"
        )
    pools = pools_of(choice.pools)
    bases = load_policies(
        dict.fromkeys(choice.bases, "study.bases: "), invocation.config_directory, config.province.source
    )
    ensemble = ensemble_of(config.ensemble, config.behaviour)
    config = replace(config, province=places_for(config.province, choice.counties))
    found = Bottlenecks(config, invocation, bases, pools, ensemble)
    check_provinces(found.worlds)
    return found


def pools_of(names: Sequence[str]) -> tuple[Pool, ...]:
    """Pools by name or pattern, all without any; raises ``InputError`` for one that is none."""
    for name in names:
        if not any(fnmatchcase(pool, name) for pool in POOLS):
            raise InputError(f"study.pools: there is no pool {name!r}; {suggestion(name, POOLS)}")
    return tuple(pool for key, pool in POOLS.items() if not names or any(fnmatchcase(key, name) for name in names))


def county_rows(province: Province, pool: Pool, place: int) -> list[int]:
    """Counties on which the work of a place's pool is booked, rows of ``province.counties``."""
    if not pool.is_of_city:
        return [place]
    first, many = (int(province.cities[name][place]) for name in ("first_county", "counties"))
    return np.arange(first, first + many).tolist()
