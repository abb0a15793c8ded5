"""Policies, stresses and behaviours by name: the shipped ones and the user's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.configuration.compose import loader, plain
from experiments.configuration.schema import ALONE, validate
from experiments.configuration.shipped import config_directory
from sim.errors import InputError
from sim.policy import Policy
from sim.stress import Stress
from sim.vocabulary import suggestion


def load_policies(names: Mapping[str, str], arguments: Sequence[str] = ()) -> dict[str, Policy]:
    """Policies by name; ``names`` maps each to where it was asked for, for the message when there is none.

    ``arguments`` may hold ``--config-dir`` of the user's own. Raises ``InputError`` for an unknown name (with the
    near ones) and for wrong levers of a policy.
    """
    return load_options("policy", names, arguments)


def load_stresses(names: Mapping[str, str], arguments: Sequence[str] = ()) -> dict[str, Stress]:
    """Stresses by name; otherwise like ``load_policies``."""
    return load_options("stress", names, arguments)


SLOTS = {"policy": ("policy@after", "after"), "stress": ("stress", "stress"), "behaviour": ("behaviour", "behaviour")}
"""Groups of options: the key that chooses one, and the field that it fills."""


def load_options(group: str, names: Mapping[str, str], arguments: Sequence[str] = ()) -> dict[str, Any]:
    """Options of the group ``policy``, ``stress`` or ``behaviour`` by name; otherwise like ``load_policies``."""
    key, slot = SLOTS[group]
    from hydra.core.object_type import ObjectType
    from hydra.types import RunMode

    from experiments.configuration.error_messages import explained
    from experiments.configuration.schema import register_schema

    register_schema(f"{group}_alone")
    found: dict[str, Any] = {}
    schema = ALONE[group]
    with loader(arguments) as config_loader:
        known = config_loader.get_group_options(group, results_filter=ObjectType.CONFIG)
        for name, where in names.items():
            if name not in known:
                raise InputError(f"{where}there is no {group} {name!r}; {suggestion(name, known)}")
            try:
                values = plain(
                    config_loader.load_configuration(f"{group}_alone", [f"{key}={name}"], run_mode=RunMode.RUN)
                )
            except InputError as error:
                raise InputError(f"{error} (in {group} {name})") from None
            except Exception as error:  # all there is in it is what the user gave
                raise InputError(explained(error, schema, f"{group} {name}")) from None
            found[name] = getattr(validate(schema, values, f"{group} {name}"), slot)
    return found


def described(group: str, own: str | None = None) -> dict[str, str]:
    """Options of a config group, shipped and the user's, with the first comment line of each file."""
    found: dict[str, str] = {}
    folders = [config_directory() / group] + ([Path(own) / group] if own else [])
    for folder in folders:
        for file in sorted(folder.glob("*.yaml")):
            if file.is_file():
                found.setdefault(file.stem, _first_comment(file))
    return found


COMMAND_OF = {
    "Sweep": "sweep",
    "Sensitivity": "sensitivity",
    "Calibration": "calibrate",
    "Optimisation": "optimise",
    "Robustness": "robustness",
    "Counterfactual": "counterfactual",
}
"""The command that a study is for, by the word that its first comment line begins with; without one, ``compare``."""


def studies_of(command: str, own: str | None = None) -> dict[str, str]:
    """Studies of a command, with their meaning."""
    found = described("study", own)
    return {
        name: meaning
        for name, meaning in found.items()
        if COMMAND_OF.get(meaning.partition(":")[0], "compare") == command
    }


def _first_comment(file: Path) -> str:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    for line in lines:
        if line.startswith("#") and "@package" not in line:
            return "".join(filter(str.isprintable, line.lstrip("# ").rstrip()))
        if line and not line.startswith("#"):
            break
    return ""
