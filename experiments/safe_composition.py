"""What a configuration may not do, whoever wrote it: run code, read the environment, or set up Hydra itself.

A config folder, a province and a results folder may come from strangers. Hydra would instantiate what a file puts
below ``hydra`` (callbacks, launchers, logging), and OmegaConf's resolvers read environment variables: neither is
needed to describe a study, so both are refused before anything is instantiated or resolved.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.paths import config_directory
from sim.errors import InputError

if TYPE_CHECKING:
    from omegaconf import DictConfig

OWN_SETTINGS = ("mode", "sweeper.params")
"""Settings of Hydra that a configuration may have: a stored multirun."""

_COMPOSED = ("overrides", "runtime", "job.name", "job.override_dirname", "job.config_name", "job.id", "job.num")
"""Settings that Hydra fills in by itself while composing."""

_REFERENCE = re.compile(r"\$\{\s*\.*(?!hydra\b)[A-Za-z_][A-Za-z0-9_.]*\s*\}")
"""A reference to another key of the configuration: ``${calendar.start}``, ``${.mediators_township}``."""


def check_folder(folder: str) -> None:
    """Raises ``InputError`` for a config folder that would replace the shipped studies themselves, or unfold.

    A primary configuration may name further folders and packages to search. OmegaConf copies what an alias of YAML
    stands for, so that a few lines may grow beyond any memory; a reference (``${…}``) does what an alias is for.
    """
    import yaml

    for shipped in config_directory().glob("*.yaml"):
        if (Path(folder) / shipped.name).exists():
            raise InputError(
                f"{Path(folder) / shipped.name} is not allowed: a config folder holds options of groups, "
                "such as policy/mine.yaml"
            )
    for count, (place, _, names) in enumerate(os.walk(folder)):
        if count >= FOLDERS_MAX:
            raise InputError(f"--config-dir {folder} holds more than {FOLDERS_MAX:,} folders")
        for file in (Path(place) / name for name in names if name.endswith(".yaml")):
            if not file.is_file():
                continue
            if file.stat().st_size > LARGEST_CONFIG:
                raise InputError(f"{file} has {file.stat().st_size:,} bytes; at most {LARGEST_CONFIG:,} are read")
            with suppress(yaml.YAMLError, UnicodeDecodeError, OSError):  # told by Hydra, if the file is used
                for event in yaml.parse(file.read_text("utf-8"), Loader=_yaml_loader()):
                    if isinstance(event, yaml.AliasEvent):
                        raise InputError(
                            f"{file}: line {event.start_mark.line + 1}: alias *{event.anchor} is not allowed: "
                            "write a reference, such as ${calendar.start}"
                        )


FOLDERS_MAX = 1000
LARGEST_CONFIG = 2**20


def _yaml_loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def refuse_settings_of_hydra(config: DictConfig, shipped: DictConfig) -> None:
    """Raises ``InputError`` where the ``hydra`` part of a composition differs from the shipped one.

    Neither is resolved or instantiated here. ``OWN_SETTINGS`` may differ.
    """
    given, usual = dict(_leaves(_unresolved(config.hydra))), dict(_leaves(_unresolved(shipped.hydra)))
    for key in [*given, *(key for key in usual if key not in given)]:
        if not _is_below(key, (*OWN_SETTINGS, *_COMPOSED)) and given.get(key) != usual.get(key):
            raise InputError(
                f"hydra.{key}={given.get(key)!r} is not allowed: of Hydra's own settings a configuration may have "
                + " and ".join(f"hydra.{name}" for name in OWN_SETTINGS)
            )


def refuse_resolvers(config: DictConfig) -> None:
    """Raises ``InputError`` for an interpolation that is more than a reference to a key of the configuration."""
    for key, value in _leaves({name: _unresolved(config, name) for name in map(str, config) if name != "hydra"}):
        if isinstance(value, str) and "${" in _REFERENCE.sub("", value):
            raise InputError(
                f"{key}={value} is not allowed: an interpolation may name another key, such as ${{calendar.start}}; "
                "resolvers and Hydra's own settings are not read"
            )


def _unresolved(config: Any, name: str | None = None) -> Any:
    from omegaconf import OmegaConf

    node = config if name is None else config._get_node(name)
    if OmegaConf.is_config(node):
        if node._is_interpolation() or node._is_missing() or node._is_none():
            return node._value()
        return OmegaConf.to_container(node, resolve=False)
    return node._value()


def _leaves(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every plain value by its dotted key; an empty container counts as one."""
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    below = [pair for key, inner in items for pair in _leaves(inner, f"{prefix}{key}.")]
    if below:
        yield from below
    else:
        yield prefix.removesuffix("."), value


def _is_below(key: str, names: tuple[str, ...]) -> bool:
    return any(key == name or key.startswith(f"{name}.") for name in names)
