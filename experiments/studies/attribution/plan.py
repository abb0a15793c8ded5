"""An attribution, composed and checked: a world for every combination of the groups of levers that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from experiments.configuration.command import Invocation
from experiments.configuration.schema import scenario_of
from experiments.runs.execute import check_provinces
from experiments.runs.run import Run
from experiments.studies.attribution.groups import GROUPS, Difference, between, differences, members_of
from experiments.studies.attribution.schema import AttributionConfig
from experiments.studies.representative_places import places_for
from experiments.studies.study import check_measures, check_names
from experiments.studies.years import YearsStudy, check_years, people_of
from sim.errors import InputError
from sim.scenario import Scenario, check_seed


@dataclass(frozen=True)
class Attribution(YearsStudy[AttributionConfig]):
    """An attribution, composed; the configuration's places are those that are simulated.

    Attributes:
        differing: the levers in which the two policies differ.
        groups: of these the levers of each group, in the order of the study; bit ``i`` of a coalition is group ``i``.
    """

    differing: Sequence[Difference]
    groups: Mapping[str, Sequence[str]]

    @property
    def measures(self) -> list[str]:
        """What is shared out."""
        return self.config.study.measures

    @property
    def alike(self) -> list[str]:
        """Groups in which the two policies agree."""
        return [name for name in self.config.study.groups or GROUPS if name not in self.groups]

    @property
    def coalitions(self) -> range:
        """Every combination of groups, as bit masks."""
        return range(1 << len(self.groups))

    def inside(self, coalition: int) -> list[str]:
        """The groups that are as in the policy after the reform."""
        return [name for place, name in enumerate(self.groups) if coalition >> place & 1]

    def scenario(self, coalition: int) -> Scenario:
        """The world in which these groups, and no others, are as in the policy after the reform."""
        base = scenario_of(self.config)
        levers = {lever for name in self.inside(coalition) for lever in self.groups[name]}
        return replace(base, after=between(base.before, base.after, levers))

    @property
    def worlds(self) -> list[Scenario]:
        """The world of the whole policy."""
        return [scenario_of(self.config)]

    @cached_property
    def runs(self) -> list[list[Run]]:
        """Runs by coalition, in the order of ``seeds``."""
        return [self.runs_of_years(self.scenario(coalition)) for coalition in self.coalitions]

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice = self.config.study
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "groups": list(self.groups),
            "alike": self.alike,
            "measures": self.measures,
            **self.stored(),
        }

    @property
    def identity(self) -> Any:
        """What is simulated, and what is told apart."""
        return [{name: [*levers] for name, levers in self.groups.items()}, [runs[0].key for runs in self.runs]]


def plan(config: AttributionConfig, invocation: Invocation) -> Attribution:
    """Composes and checks an attribution; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    if not choice.measures or len(set(choice.measures)) < len(choice.measures):
        raise InputError(f"study.measures=[{','.join(choice.measures)}] must name one or more, each once")
    check_measures(choice.measures)
    check_years(config, "two policies are held against one another in a world without stress")
    differing = differences(config.before, config.after)
    groups = members_of(choice.groups, [each.lever for each in differing])
    if not groups:
        raise InputError("before and after set every lever alike: there is no difference to share out")
    ensemble, members = people_of(config)
    config = replace(config, province=places_for(config.province, choice.counties))
    found = Attribution(config, invocation, ensemble, members, differing, groups)
    check_seed(max(found.seeds))
    check_provinces(found.worlds)
    return found
