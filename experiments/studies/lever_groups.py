"""Groups of levers in which two policies differ, and the policies between the two."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from experiments.configuration.search_space import search_space
from sim.errors import InputError
from sim.parameters import declarations
from sim.policy import Policy
from sim.vocabulary import shown

MOST = 8
"""Groups at most: 256 worlds."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "grid": ("grid.*",),
    "centres": ("centre.*", "roll_out.*", "staff.*"),
    "platform": ("platform.*", "norms.*"),
    "services": ("services.*",),
    "rules": (
        "petition.acceptance",
        "petition.campaign_*",
        "petition.online_channel",
        "petition.stability_fund",
    ),
    "registers": ("petition.registration_*",),
    "assessment": ("assessment.*",),
}
"""The groups that there are where a study names none: together they hold every lever."""

TRENDS: Mapping[str, float] = {"timing.petition_trend": 0.0}
"""Uncertainties that a group may have beside levers where a change over time is shared out: what happens whatever
policies do. By name, with the value at which nothing does."""

type Overrides = dict[str, dict[str, dict[str, Any]]]
"""Levers by place and group of levers, as ``Policy.places`` has them."""


@dataclass(frozen=True)
class Difference:
    """A lever that two policies set differently: everywhere, or in some places alone (``in_places``)."""

    lever: str
    before: Any
    after: Any
    in_places: bool


def differences(before: Policy, after: Policy) -> list[Difference]:
    """The levers that two policies set differently, in the order of their declaration."""
    pairs = zip(declarations(before), declarations(after), strict=True)
    local = [_by_lever(policy) for policy in (before, after)]
    found = []
    for one, two in pairs:
        in_places = local[0].get(one.name) != local[1].get(one.name)
        if in_places or one.default != two.default:
            found.append(Difference(one.name, one.default, two.default, in_places))
    return found


def members_of(groups: Mapping[str, Sequence[str]], differing: Collection[str]) -> dict[str, list[str]]:
    """Of each group the levers that differ, of those in which any does; the standard groups where none are given.

    Raises ``InputError`` for more than ``MOST`` groups that differ, a lever that there is not, and one that differs and
    is in no group or in two.
    """
    owner: dict[str, str] = {}
    for name, patterns in (groups or GROUPS).items():
        if not name.strip() or not name.isprintable() or len(name) > 50:
            raise InputError(
                f"study.groups: '{shown(name)}' is no name: it must be 1 to 50 letters that can be printed"
            )
        for lever in dict.fromkeys(lever for pattern in patterns for lever in levers_of(pattern)):
            if lever in owner and lever in differing:
                both = f"{owner[lever]} and in {name}"
                raise InputError(f"study.groups: {lever} is in {both}; it must be in one group alone")
            owner.setdefault(lever, name)
    if lacking := [lever for lever in differing if lever not in owner]:
        raise InputError(f"study.groups: {lacking[0]} differs between before and after, and no group has it")
    found: dict[str, list[str]] = {}
    for name in groups or GROUPS:
        if mine := [lever for lever in differing if owner[lever] == name]:
            found[name] = mine
    if len(found) > MOST:
        raise InputError(
            f"study.groups: {len(found)} groups differ, and at most {MOST} can be combined: {2**MOST} worlds"
        )
    return found


def levers_of(pattern: str) -> list[str]:
    """The levers and trends that a name or pattern fits; raises ``InputError`` where there are none."""
    known = [*(declared.name for declared in declarations(Policy)), *TRENDS]
    found = [name for name in known if fnmatchcase(name, pattern)]
    return found or [declared.name for declared in search_space([pattern])]  # which says what is wrong with it


def between(before: Policy, after: Policy, levers: Collection[str]) -> Policy:
    """The policy ``after`` with all levers but these as ``before`` sets them, in single places too."""
    parts: dict[str, dict[str, Any]] = {}
    for declared in declarations(Policy):
        group, _, leaf = declared.name.partition(".")
        source = after if declared.name in levers else before
        parts.setdefault(group, {})[leaf] = getattr(getattr(source, group), leaf)
    changed = {group: replace(getattr(before, group), **values) for group, values in parts.items()}
    local = {
        lever: places
        for policy, has in ((before, False), (after, True))
        for lever, places in _by_lever(policy).items()
        if (lever in levers) is has
    }
    places: Overrides = {}
    for lever, values in sorted(local.items()):
        group, _, leaf = lever.partition(".")
        for place, value in values.items():
            places.setdefault(place, {}).setdefault(group, {})[leaf] = value
    return replace(before, **changed, places=dict(sorted(places.items())))


def _by_lever(policy: Policy) -> dict[str, dict[str, Any]]:
    """What single places set, by lever and place."""
    found: dict[str, dict[str, Any]] = {}
    for place, groups in policy.places.items():
        for group, levers in groups.items():
            for leaf, value in levers.items():
                found.setdefault(f"{group}.{leaf}", {})[place] = value
    return found
