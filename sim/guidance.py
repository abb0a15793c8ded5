"""Differentiated guidance: levers that some places set differently from the province."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import cache
from typing import Any, cast

from sim.errors import InputError
from sim.parameters import Declaration, declarations
from sim.vocabulary import became

LOCAL_GROUPS = ("centre", "roll_out", "staff", "grid", "platform", "services", "norms")
"""Groups of levers that may differ by place; petition rules and the assessment are the province's own."""

LEVELS = {"province": 2, "city": 4, "county": 6, "township": 9}
"""Levels of places, from the province down, and the digits of their codes."""

REGION_TYPE = "region type"
"""The level of a province's own word for a kind of city."""

A_PLACE = "the code of a province (2 digits), city (4), county (6) or township (9), or a region type"

_FINEST = {
    "city": ("centre.coverage_city", "staff.mediators_city"),
    "county": (
        "centre.coverage_county",
        "centre.colocation",
        "centre.whistle_response",
        "centre.whistle_deadline",
        "centre.whistle_escalation",
        "staff.mediators_county",
        "staff.department_clerks",
        "staff.petition_handlers",
        "staff.prelitigation_mediators",
        "staff.enterprise_mediators",
        "platform.deadline_supervision",
        "platform.subsystems",
        "services.one_window",
        "services.one_call",
        "services.online_services",
        "services.service_clerks",
        "services.staff_sharing",
    ),
}
_ACTS_AT = {lever: level for level, levers in _FINEST.items() for lever in levers}


def finest_level(lever: str) -> str:
    """The lowest level whose places may set a lever for themselves: where what it moves is done.

    Empty for a lever that is the province's own.
    """
    return _ACTS_AT.get(lever, "township") if lever.partition(".")[0] in LOCAL_GROUPS else ""


def level_of(place: str) -> str:
    """The level of a code, ``REGION_TYPE`` for a word; empty for what is no place."""
    if not (place.isascii() and place.isdigit()):
        return REGION_TYPE if place.isprintable() and place.strip() == place and place else ""
    return next((level for level, digits in LEVELS.items() if digits == len(place)), "")


def wider_places(code: int, region: str) -> Iterator[str]:
    """The names under which levers may apply to a place, the widest first: the last that sets a lever wins.

    Its province, its region type, its city, county and township, as far as the code goes.
    """
    text = str(code)
    yield text[: LEVELS["province"]]
    yield region
    for level, digits in LEVELS.items():
        if level != "province" and digits <= len(text):
            yield text[:digits]


@cache
def _levers(policy: type) -> dict[str, Declaration]:
    return {each.name: each for each in declarations(policy)}


def check_override(place: str, levers: Any, policy: type) -> None:
    """Checks what one place overrides; raises ``InputError`` naming key, value and what is allowed."""
    key = f"places.{place}"
    if not level_of(place):
        raise InputError(f"{key}: a place is {A_PLACE}")
    if not isinstance(levers, Mapping):
        raise InputError(f"{key}={levers} is not allowed: it must hold groups of levers")
    for group, values in levers.items():
        if group not in LOCAL_GROUPS:
            raise InputError(f"{key}.{group}: {_only_groups()}")
        if not isinstance(values, Mapping):
            raise InputError(f"{key}.{group}={values} is not allowed: it must hold levers")
        for lever, value in values.items():
            name = f"{group}.{lever}"
            if name not in _levers(policy):
                raise InputError(f"unknown key '{key}.{name}': {became(name) or near_levers(name, policy)}")
            if reason := why_not_there(name, level_of(place)) or why_not(name, value, policy):
                raise InputError(f"{key}.{name}={value} is not allowed: {reason}")


def _only_groups() -> str:
    return f"only these groups may differ by place: {', '.join(LOCAL_GROUPS)}"


def near_levers(name: str, policy: type) -> str:
    """Which levers there are that a wrong name may mean, as a question."""
    known = list(_levers(policy))
    mine = [each for each in known if each.startswith(f"{name.partition('.')[0]}.")]
    near = difflib.get_close_matches(name, known, n=2, cutoff=0.6) or mine
    return f"did you mean {' or '.join(near)}?" if near else _only_groups()


def why_not_there(lever: str, level: str) -> str:
    """Why places of a level may not set a lever for themselves; empty where they may."""
    finest = finest_level(lever)
    if not finest:
        return f"{lever.partition('.')[0]} is the province's own; {_only_groups()}"
    allowed = list(LEVELS)[: list(LEVELS).index(finest) + 1]
    if level == REGION_TYPE or level in allowed:
        return ""
    wider = ", ".join(f"a {each}" for each in [*allowed[:0:-1], REGION_TYPE])
    return f"it acts at the level of the {finest}; set it for {wider} or the province"


def why_not(lever: str, value: Any, policy: type) -> str:
    """Why a lever cannot have a value; empty where it can."""
    declared = _levers(policy)[lever]
    if declared.choices:
        is_allowed = (value.name if isinstance(value, Enum) else str(value)) in declared.choices
    else:
        low, high = cast(float, declared.low), cast(float, declared.high)
        is_allowed = isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    return "" if is_allowed else f"it must be within {declared.allowed} ({declared.unit})"


def overridden[Levers](policy: Levers, changes: Sequence[Mapping[str, Mapping[str, Any]]]) -> Levers:
    """A policy with some levers replaced, later changes over earlier ones; it has no overrides left."""
    groups: dict[str, Any] = {"places": {}}
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
