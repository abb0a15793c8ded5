"""The controls of the page, made from declarations, and the scenario that their values mean."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from experiments.configuration.search_space import search_space
from sim.errors import InputError
from sim.parameters import Declaration, declarations
from sim.policy import Policy
from sim.scenario import Scenario
from sim.stress import Stress
from sim.vocabulary import suggestion

STOPS = 50
"""A slider has at least so many steps."""


@dataclass(frozen=True)
class Controls:
    """What the page lets one move: levers of the policy after the reform, and stresses apart from them.

    Attributes:
        levers: declarations of levers; registration only from its value before the reform upwards.
        stresses: declarations of stresses, which are harm and never levers.
    """

    levers: tuple[Declaration, ...]
    stresses: tuple[Declaration, ...]

    @staticmethod
    def of(levers: Sequence[str], stresses: Sequence[str], before: Policy) -> Controls:
        """Controls by name (levers by pattern too); raises ``InputError`` for a name that is none or given twice."""
        known = {each.name: each for each in declarations(Stress)}
        for name in stresses:
            if name not in known:
                raise InputError(f"stresses: there is no stress {name!r}; {suggestion(name, known)}")
            if list(stresses).count(name) > 1:
                raise InputError(f"stresses: {name!r} is given twice")
        return Controls(tuple(search_space(levers, before)), tuple(known[name] for name in stresses))

    def scenario(
        self, base: Scenario, policy: Policy, levers: Mapping[str, Any], stresses: Mapping[str, Any]
    ) -> tuple[Scenario, list[str]]:
        """The scenario with some controls moved, and the names of those that were moved back into their range.

        ``policy`` is the one that the levers are moved from, and ``base`` gives everything else. A lever that is moved
        holds everywhere: what a policy does otherwise in some places is overruled. Raises ``InputError`` for a name
        without a control and for a value that is none.
        """
        clamped: list[str] = []
        moved = {name: _within(self._lever(name), value, clamped) for name, value in levers.items()}
        harm = {name: _within(self._stress(name), value, clamped) for name, value in stresses.items()}
        return replace(base, after=with_levers(policy, moved), stress=replace(base.stress, **harm)), clamped

    def _lever(self, name: str) -> Declaration:
        return _found(self.levers, name, "lever")

    def _stress(self, name: str) -> Declaration:
        return _found(self.stresses, name, "stress")


def _found(declared: Sequence[Declaration], name: str, what: str) -> Declaration:
    for each in declared:
        if each.name == name:
            return each
    raise InputError(f"the page has no control for the {what} {name!r}; {suggestion(name, [d.name for d in declared])}")


def _within(control: Declaration, value: Any, clamped: list[str]) -> Any:
    """A value as the declaration allows it: a number in its range, or one of the choices."""
    if control.choices:
        if control.choices == ("false", "true") and isinstance(value, bool):
            return value
        if not isinstance(value, str) or value not in control.choices:
            raise InputError(f"{control.name}: it must be one of {', '.join(control.choices)}")
        return value == "true" if control.choices == ("false", "true") else value
    try:
        number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    except OverflowError:  # an integer beyond all floats
        number = math.nan
    if not math.isfinite(number):
        raise InputError(f"{control.name}: it must be a number from {control.allowed}")
    assert control.low is not None and control.high is not None
    within = min(max(number, control.low), control.high)
    if within != number:
        clamped.append(control.name)
    return within


def with_levers(policy: Policy, values: Mapping[str, Any]) -> Policy:
    """A policy with some levers set everywhere, whatever it does otherwise in some places."""
    if not values:
        return policy
    places = {
        place: {
            group: {name: value for name, value in levers.items() if f"{group}.{name}" not in values}
            for group, levers in groups.items()
        }
        for place, groups in policy.places.items()
    }
    groups: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        group, _, lever = name.partition(".")
        kind = type(getattr(getattr(policy, group), lever))
        groups.setdefault(group, {})[lever] = kind[value] if isinstance(value, str) else value
    changed: dict[str, Any] = {group: replace(getattr(policy, group), **levers) for group, levers in groups.items()}
    return replace(policy, places=places, **changed)


def control_values(controls: Sequence[Declaration], owner: Policy | Stress) -> dict[str, Any]:
    """The values of some controls in a policy or stress, as JSON has them."""
    every = {each.name: each.default for each in declarations(owner)}
    return {each.name: every[each.name] for each in controls}


def step_of(control: Declaration) -> float:
    """The step of a control's slider: a power of ten that gives at least ``STOPS`` steps, in shares one hundredth."""
    assert control.low is not None and control.high is not None
    if control.high <= 1:
        return 0.01
    return float(10 ** math.floor(math.log10((control.high - control.low) / STOPS)))
