"""What a search may set and a sample may vary: the one door of optimisers, sensitivity analyses and calibrations.

A search chooses, so it is offered levers only. A stress is harm that happens to people: no name and no pattern reaches
one. Nor may a search buy a smaller register: the completeness of registration is searched from the reference upwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import Declaration, declarations
from sim.policy import Policy
from sim.stress import Stress
from sim.vocabulary import suggestion

HARM = "yes, never searched"
"""What lists say of every stress."""

REGISTRATION = "petition.registration_"
"""Levers that a search may raise above the reference and never lower."""

PEACE = "petition.stability_fund"
"""The lever that no optimiser sets: money that ends petitions and settles nothing is a cost, and no gain."""

_WILD = "*?["


def search_space(names: Sequence[str], reference: Policy | None = None) -> list[Declaration]:
    """Declarations of the levers that a search may set, in the order they are named in.

    Args:
        names: dotted names of levers, such as ``staff.mediators_county``, or patterns, such as ``staff.*``.
        reference: the policy that a search starts from (default: the status quo). Declarations carry its values as
            defaults, and the range of ``petition.registration_*`` is from its value to 1.

    Raises ``InputError`` for a name or pattern that takes in a stress, an uncertainty, a name that is none (with the
    near ones), and one that is given twice.
    """
    levers = _by_name(Policy() if reference is None else reference)
    others = {
        **{name: f"{name} is a stress: harm that happens to people, and never searched" for name in _named("stress")},
        **{name: f"{name} is an uncertainty: what people are like; see sample_space" for name in _named("behaviour")},
    }
    return [_held_up(levers[name]) for name in _chosen(names, levers, others, "lever", ("after.", "before."))]


def sample_space(names: Sequence[str]) -> list[Declaration]:
    """Declarations of the uncertainties that a sample may vary, in the order they are named in.

    ``names`` are names of ``sim.behaviour.Behaviour`` or patterns, ``behaviour.`` in front or not. Raises
    ``InputError`` like ``search_space``; a stress is not sampled either, it is a world of its own.
    """
    others = {
        **{name: f"{name} is a stress: a world of its own in a study, and never sampled" for name in _named("stress")},
        **{name: f"{name} is a lever: what a planner sets; see search_space" for name in _by_name(Policy())},
    }
    return [
        _by_name(Behaviour())[name]
        for name in _chosen(names, _by_name(Behaviour()), others, "uncertainty", ("behaviour.",))
    ]


def _by_name(group: object) -> dict[str, Declaration]:
    return {declared.name: declared for declared in declarations(group)}


def _named(group: str) -> list[str]:
    """Names of a group as they may be written: alone, and behind the name of the group."""
    found = declarations({"stress": Stress, "behaviour": Behaviour}[group])
    return [written for declared in found for written in (declared.name, f"{group}.{declared.name}")]


def _chosen(
    names: Sequence[str],
    allowed: dict[str, Declaration],
    others: dict[str, str],
    what: str,
    prefixes: tuple[str, ...],
) -> list[str]:
    chosen: list[str] = []
    for given in names:
        if list(names).count(given) > 1:
            raise InputError(f"{given!r} is given twice")
        name = next((given.removeprefix(prefix) for prefix in prefixes if given.startswith(prefix)), given)
        is_pattern = any(letter in given for letter in _WILD)
        refused = [other for other in others if fnmatchcase(other, given)] if is_pattern else [given]
        for other in refused:
            if other in others:
                raise InputError(f"pattern {given!r}: {others[other]}" if is_pattern else others[other])
        found = [each for each in allowed if fnmatchcase(each, name)] if is_pattern else [name]
        if not found:
            raise InputError(f"pattern {given!r} fits no {what}; there are: {', '.join(allowed)}")
        for each in found:
            if each not in allowed:
                raise InputError(f"there is no {what} {given!r}; {suggestion(name, allowed)}")
        chosen += [each for each in found if each not in chosen]
    return chosen


def _held_up(lever: Declaration) -> Declaration:
    return replace(lever, low=float(lever.default)) if lever.name.startswith(REGISTRATION) else lever
