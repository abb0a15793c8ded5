"""Differentiated guidance: levers that one city, or all cities of a region type, set differently from the province."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import cache
from typing import Any, cast

from sim.errors import InputError
from sim.parameters import Declaration, declarations

REGION_TYPES = ("capital", "ethnic", "hexi", "other")
"""Region types of ``cities.csv``, in the order of their codes."""

LOCAL_GROUPS = ("centre", "roll_out", "staff", "grid", "platform", "services", "norms")
"""Groups of levers that may differ by place; petition rules and the assessment are the province's own."""


@cache
def _levers(policy: type) -> dict[str, Declaration]:
    return {each.name: each for each in declarations(policy)}


def check_override(place: str, levers: Any, policy: type) -> None:
    """Checks what one place overrides; raises ``InputError`` naming key, value and what is allowed."""
    if place not in REGION_TYPES and not (place.isdigit() and len(place) == 4):
        raise InputError(
            f"cities.{place}: a place is a city code of four digits or a region type ({', '.join(REGION_TYPES)})"
        )
    if not isinstance(levers, Mapping):
        raise InputError(f"cities.{place}={levers} is not allowed: it must hold groups of levers")
    known = _levers(policy)
    for group, values in levers.items():
        if group not in LOCAL_GROUPS:
            raise InputError(
                f"cities.{place}.{group}: only these groups may differ by place: {', '.join(LOCAL_GROUPS)}"
            )
        if not isinstance(values, Mapping):
            raise InputError(f"cities.{place}.{group}={values} is not allowed: it must hold levers")
        for lever, value in values.items():
            name = f"{group}.{lever}"
            if name not in known:
                mine = [each for each in known if each.startswith(f"{group}.")]
                near = difflib.get_close_matches(name, mine, n=2, cutoff=0.6) or mine
                raise InputError(f"unknown key 'cities.{place}.{name}': did you mean {' or '.join(near)}?")
            _check_value(f"cities.{place}.{name}", value, known[name])


def _check_value(key: str, value: Any, lever: Declaration) -> None:
    if lever.choices:
        is_allowed = (value.name if isinstance(value, Enum) else str(value)) in lever.choices
    else:
        low, high = cast(float, lever.low), cast(float, lever.high)
        is_allowed = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    if not is_allowed:
        raise InputError(f"{key}={value} is not allowed: it must be within {lever.allowed} ({lever.unit})")


def overridden[Levers](policy: Levers, changes: Sequence[Mapping[str, Mapping[str, Any]]]) -> Levers:
    """A policy with some levers replaced, later changes over earlier ones; it has no overrides left."""
    groups: dict[str, Any] = {"cities": {}}
    for change in changes:
        for group, values in change.items():
            old = groups.get(group, getattr(policy, group))
            enums = {name: type(getattr(old, name)) for name in values if isinstance(getattr(old, name), Enum)}
            new = {
                name: enums[name][value] if name in enums and isinstance(value, str) else value
                for name, value in values.items()
            }
            groups[group] = replace(old, **new)
    return cast(Any, replace)(policy, **groups)
