"""An attribution, composed and checked: a world for every combination of the groups of levers that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble
from experiments.configuration.schema import scenario_of
from experiments.runs.execute import check_provinces
from experiments.runs.run import Run
from experiments.runs.windows import window_of
from experiments.studies.attribution.schema import AttributionConfig
from experiments.studies.lever_groups import GROUPS, TRENDS, Difference, between, differences, members_of
from experiments.studies.representative_places import places_for
from experiments.studies.study import check_measures, check_names
from experiments.studies.years import YearsStudy, check_years, people_of
from sim.errors import InputError
from sim.scenario import Scenario, check_seed

DRIFT = "drift"
"""The part of a change over time that comes though no group moves: a year more for what was under way before."""

CAMPAIGN = "petition.campaign_share"
"""A lever whose campaign begins anew with the reform, also where it is the same before and after: over time it acts."""

AT_REST: Mapping[str, tuple[str, float]] = {
    **{name: (f"behaviour.{name}", rest) for name, rest in TRENDS.items()},
    CAMPAIGN: (f"after.{CAMPAIGN}", 0.0),
}
"""What happens after the reform whatever differs between the policies: the key and the value at which nothing does."""


@dataclass(frozen=True)
class Attribution(YearsStudy[AttributionConfig]):
    """An attribution, composed; the configuration's places are those that are simulated.

    Attributes:
        differing: the levers in which the two policies differ, and over time what moves even without a difference.
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
    def is_over_time(self) -> bool:
        """Whether the change since the year before the reform is shared out, not the difference between policies."""
        return bool(self.config.study.over_time)

    @property
    def kept_years(self) -> list[int]:
        """With the year before the reform where a change over time is shared out."""
        return [0] * self.is_over_time + self.years

    @property
    def parts(self) -> list[str]:
        """What has a part: the groups, and over time what changes though nothing of them does."""
        return [*self.groups, *[DRIFT] * self.is_over_time]

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
        return [self.runs_of_years(self.scenario(each), self.at_rest(each)) for each in self.coalitions]

    def at_rest(self, coalition: int) -> dict[str, float]:
        """Over time, what none of these groups has and is taken away: by key the value at which nothing happens."""
        inside = {lever for name in self.inside(coalition) for lever in self.groups[name]}
        idle = [each.lever for each in self.differing if each.lever in AT_REST and each.lever not in inside]
        return dict(AT_REST[name] for name in idle) if self.is_over_time else {}

    def as_dict(self) -> dict[str, Any]:
        """The resolved study."""
        choice = self.config.study
        return {
            "name": choice.name,
            "question": dict(choice.question),
            "groups": list(self.groups),
            "alike": self.alike,
            "over_time": self.is_over_time,
            "parts": self.parts,
            "measures": self.measures,
            **self.stored(),
        }

    @property
    def identity(self) -> Any:
        """What is simulated, and what is told apart."""
        told = {name: [*levers] for name, levers in self.groups.items()}
        return [told, self.is_over_time, [runs[0].key for runs in self.runs]]


def plan(config: AttributionConfig, invocation: Invocation) -> Attribution:
    """Composes and checks an attribution; raises ``InputError`` before anything runs."""
    choice = config.study
    check_names(config, choice.name)
    if not choice.measures or len(set(choice.measures)) < len(choice.measures):
        raise InputError(f"study.measures=[{','.join(choice.measures)}] must name one or more, each once")
    check_measures(choice.measures)
    check_years(config, "two policies are held against one another in a world without stress")
    ensemble, members = people_of(config)
    differing = differences(config.before, config.after)
    if choice.over_time:
        _check_over_time(config)
        known = [each.lever for each in differing]
        moving = moving_by_itself(scenario_of(config), ensemble, members)
        differing += [each for each in moving if each.lever not in known]
    groups = members_of(choice.groups, [each.lever for each in differing])
    if not groups:
        raise InputError("before and after set every lever alike: there is no difference to share out")
    config = replace(config, province=places_for(config.province, choice.counties))
    found = Attribution(config, invocation, ensemble, members, differing, groups)
    check_seed(max(found.seeds))
    check_provinces(found.worlds)
    return found


def moving_by_itself(base: Scenario, ensemble: Ensemble | None, members: int) -> list[Difference]:
    """Trends and a campaign that are not at rest in a scenario, or in one of the first members of a set of behaviours,
    each beside the value at which nothing happens."""
    worlds = [ensemble.scenario(base, each) for each in range(members)] if ensemble else [base]
    found = []
    for name, (key, rest) in AT_REST.items():
        values = [attrgetter(key)(each) for each in worlds]
        low, high = min(values), max(values)
        if (low, high) != (rest, rest):
            found.append(Difference(name, rest, low if low == high else f"{low:g} … {high:g}", False))
    return found


def _check_over_time(config: AttributionConfig) -> None:
    """Raises ``InputError`` without a whole year before the reform, and for a group that is called like the drift."""
    first = window_of(config.calendar, 0)[0]
    if first < config.calendar.start[:7]:
        raise InputError(
            f"study.over_time: the year before calendar.reform={config.calendar.reform} begins in {first}, "
            f"and calendar.start is {config.calendar.start}"
        )
    if DRIFT in config.study.groups:
        raise InputError(f"study.groups: {DRIFT} is what comes without any group; call this one otherwise")
