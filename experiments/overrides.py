"""Short forms of the command line, rewritten to Hydra's overrides."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Sequence

from sim.errors import InputError

POLICY_SLOTS = ("before", "after")
"""Where a policy goes: ``after=X`` is short for Hydra's ``policy@after=X``."""

_NAMED = (
    "worlds",
    "question",
    "factors",
    "groups",
    "targets",
    "held_out",
    "limits",
    "constraints",
    "thresholds",
    "bounds",
    "objectives",
)

NAMED = tuple(f"study.{name}" for name in _NAMED)
"""Keys below which a user brings names of his or her own."""

_KEY_VALUE = re.compile(r"^(?P<key>[A-Za-z_]+)=(?P<value>.*)$", re.DOTALL)


def expand(argument: str) -> str:
    """One argument with its short form, if it is one, written out.

    ``after=X``, ``before=X`` → ``policy@after=X``, …; ``places=[…]`` → ``province.places=[…]``;
    ``province=some/folder`` → ``province.source=some/folder``; what is below ``NAMED`` may bring new names (Hydra's
    ``++``).
    Anything else is returned as it is.
    """
    if argument.startswith(tuple(key + end for key in NAMED for end in "=.")):
        return f"++{argument}"
    found = _KEY_VALUE.match(argument)
    if found is None:
        return argument
    key, value = found["key"], found["value"]
    if key in POLICY_SLOTS and not value.startswith("{"):
        return f"policy@{key}={value}"
    if key == "places":
        return f"province.places={value}"
    if key == "province" and ("/" in value or "\\" in value):
        return f"province.source={value}"
    return argument


def expand_all(arguments: Sequence[str]) -> list[str]:
    """Every argument with its short form written out."""
    return [expand(argument) for argument in arguments]


def short(key: str) -> str:
    """The short form of a key: ``policy@after`` → ``after``, ``province.places`` → ``places``."""
    if key == "province.places":
        return "places"
    group, at, package = key.partition("@")
    return package if at and group == "policy" and package in POLICY_SLOTS else key


FLAGS = ("-m", "--multirun", "-r", "--run", "--resolve")
"""Flags of Hydra that a study takes."""

FLAGS_WITH_VALUE = ("-cd", "--config-dir", "-c", "--cfg", "-p", "--package", "-i", "--info")
"""Flags of Hydra that a study takes, followed by a value."""


CHOICES = {
    **dict.fromkeys(("-c", "--cfg"), ("job", "hydra", "all")),
    **dict.fromkeys(("-i", "--info"), ("all", "config", "defaults", "defaults-tree", "plugins", "searchpath")),
}
"""What a flag's value must be one of."""


def split_flags(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Flags (with their values) and overrides; raises ``InputError`` for a flag that no study takes."""
    flags: list[str] = []
    overrides: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            overrides.append(argument)
            continue
        name, equals, value = argument.partition("=")
        flags.append(argument)
        if name in FLAGS_WITH_VALUE:
            if not equals:
                value = next(rest, "")
                flags.append(value)
            if not value:
                raise InputError(f"{name} needs a value")
            if value not in CHOICES.get(name, (value,)):
                raise InputError(f"{name} {value} is not allowed: it must be one of {', '.join(CHOICES[name])}")
        elif argument not in FLAGS:
            known = ["--help", *(flag for flag in (*FLAGS, *FLAGS_WITH_VALUE) if flag.startswith("--"))]
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
            raise InputError(f"unknown flag {argument!r}; {hint}")
    named = {flag.partition("=")[0] for flag in flags}
    for flag in ("-p", "--package", "--resolve"):
        if flag in named and not {"-c", "--cfg"} & named:
            raise InputError(f"{flag} goes with --cfg only")
    return flags, overrides


def user_directory(arguments: Sequence[str]) -> str | None:
    """The folder given with ``--config-dir`` (or ``-cd``), if any; raises ``InputError`` where there is none such."""
    given = None
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name in ("--config-dir", "-cd"):
            given = value if equals else "".join(arguments[index + 1 : index + 2])
    if given == "":
        raise InputError("--config-dir needs a value")
    if given is not None and not os.path.isdir(given):
        raise InputError(f"--config-dir {given} is not a folder")
    return given
