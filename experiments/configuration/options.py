"""Policies, stresses and behaviours by name: the shipped ones and the user's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.configuration.compose import loader, plain_values
from experiments.configuration.primary import ALONE, primary, register_config, schema_of
from experiments.configuration.schema import is_name, validate
from experiments.configuration.shipped import config_directory
from experiments.configuration.short_forms import quoted
from sim.errors import InputError
from sim.policy import Policy
from sim.stress import Stress
from sim.vocabulary import suggestion


def load_policies(names: Mapping[str, str], own: str | None, province: str) -> dict[str, Policy]:
    """Policies by name; ``names`` maps each to where it was asked for, for the message when there is none.

    ``own`` is the user's own folder of options, ``province`` the source of that whose places policies may name. Raises
    ``InputError`` for an unknown name (with the near ones) and for wrong levers of a policy.
    """
    return {name: policy.in_province(province) for name, policy in load_options("policy", names, own).items()}


def load_stresses(names: Mapping[str, str], own: str | None = None) -> dict[str, Stress]:
    """Stresses by name; otherwise like ``load_policies``."""
    return load_options("stress", names, own)


SLOTS = {"policy": ("policy@after", "after"), "stress": ("stress", "stress"), "behaviour": ("behaviour", "behaviour")}
"""Groups of options: the key that chooses one, and the field that it fills."""


def load_options(group: str, names: Mapping[str, str], own: str | None = None) -> dict[str, Any]:
    """Options of the group ``policy``, ``stress`` or ``behaviour`` by name; otherwise like ``load_policies``."""
    key, slot = SLOTS[group]
    from hydra.core.object_type import ObjectType
    from hydra.types import RunMode

    from experiments.configuration.error_messages import explained
    from experiments.configuration.user_folder import refuse_other_ending

    register_config(ALONE[group])
    found: dict[str, Any] = {}
    schema = schema_of(ALONE[group])
    with loader(own) as config_loader:
        known = config_loader.get_group_options(group, results_filter=ObjectType.CONFIG)
        for name, where in names.items():
            if name not in known:
                if own is not None:
                    refuse_other_ending(Path(own) / group / f"{name}.yaml")
                raise InputError(f"{where}there is no {group} {name!r}; {suggestion(name, known)}")
            try:
                values = plain_values(
                    config_loader.load_configuration(ALONE[group], [f"{key}={quoted(name)}"], run_mode=RunMode.RUN)
                )
            except InputError as error:
                raise InputError(f"{error} (in {group} {name})") from None
            except Exception as error:  # all there is in it is what the user gave
                raise InputError(explained(error, schema, f"{group} {name}")) from None
            found[name] = getattr(validate(schema, values, f"{group} {name}"), slot)
    return found


def described_options(group: str, own: str | None = None) -> dict[str, str]:
    """Options of a config group, shipped and the user's, with the first comment line of each file."""
    return {name: _first_comment(file) for name, file in files_of(group, own).items()}


def ensembles_of(own: str | None = None) -> set[str]:
    """Options of the group ``behaviour`` that choose a set of behaviours in the place of one."""
    return {name for name, file in files_of("behaviour", own).items() if _ENSEMBLE.search(_text(file))}


def files_of(group: str, own: str | None = None) -> dict[str, Path]:
    """Files of the options of a config group by name, the shipped ones first; others cannot be chosen."""
    found: dict[str, Path] = {}
    for folder in (config_directory() / group, *([Path(own) / group] if own else [])):
        for file in sorted(folder.glob("*.yaml")):
            if file.is_file() and is_name(file.stem):
                found.setdefault(file.stem, file)
    return found


_ENSEMBLE = re.compile(r"^ensemble:", re.MULTILINE)

_KIND = re.compile(r"""^kind:[ \t]*["']?([^"'#\s]*)""", re.MULTILINE)


def kind_of_study(file: Path) -> str:
    """The kind that a file of a study names in its key ``kind``; empty where it names none."""
    found = _KIND.search(_text(file))
    return found[1] if found else ""


def studies_of(kind: str, own: str | None = None) -> dict[str, str]:
    """Studies of a kind, with their meaning."""
    files = files_of("study", own)
    return {name: _first_comment(file) for name, file in files.items() if kind_of_study(file) == kind}


def check_kind(command: str, name: str, own: str | None = None) -> None:
    """Raises ``InputError`` for a study that is not of the kind of its command, with what to write instead."""
    file = files_of("study", own).get(name)
    if file is None:
        return  # the composition says which there are
    kind = kind_of_study(file)
    if not kind and "study" not in primary(command).groups:
        return  # the composition says that there is no such key
    if not kind:
        raise InputError(f"study={name} names no kind: add the line  kind: {command}  to {file}")
    if kind != command:
        article = "an" if kind[0] in "aeiou" else "a"
        raise InputError(f"{name} is {article} {kind} study: pyramid {kind} study={name}")


def _first_comment(file: Path) -> str:
    for line in _text(file).splitlines():
        if line.startswith("#") and "@package" not in line:
            return line.lstrip("# ").rstrip()
        if line and not line.startswith("#"):
            break
    return ""


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
