"""What a composed configuration may not do, whoever wrote it: read the environment, or set up Hydra itself.

A study is composed and never run by Hydra, so nothing below ``hydra`` is instantiated; what stands there beyond a
stored multirun would be without effect and is refused. OmegaConf's resolvers read environment variables, which no study
needs. What a file of a stranger may hold at all is said in ``user_folder``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sim.errors import InputError
from sim.vocabulary import shown

if TYPE_CHECKING:
    from omegaconf import DictConfig

OWN_SETTINGS = ("mode", "sweeper.params")
"""Settings of Hydra that a configuration may have: a stored multirun."""

OWN_SETTINGS_ALONE = "of Hydra's own settings a configuration may have " + " and ".join(
    f"hydra.{name}" for name in OWN_SETTINGS
)

_COMPOSED = ("overrides", "runtime", "job.name", "job.override_dirname", "job.config_name", "job.id", "job.num")
"""Settings that Hydra fills in by itself while composing."""

_REFERENCE = re.compile(r"\$\{\s*\.*(?!hydra\b)[A-Za-z_][A-Za-z0-9_.]*\s*\}")
"""A reference to another key of the configuration: ``${calendar.start}``, ``${.mediators_township}``."""

NO_RESOLVERS = (
    "{key}={value} is not allowed: an interpolation may name another key, such as ${{calendar.start}}; "
    "resolvers and Hydra's own settings are not read"
)
"""What is said of an interpolation that is more than a reference."""


def refuse_settings_of_hydra(config: DictConfig, shipped: DictConfig) -> None:
    """Raises ``InputError`` where the ``hydra`` part of a composition differs from the shipped one.

    Neither is resolved or instantiated here. ``OWN_SETTINGS`` may differ.
    """
    given, usual = dict(plain_leaves(_unresolved(config.hydra))), dict(plain_leaves(_unresolved(shipped.hydra)))
    for key in [*given, *(key for key in usual if key not in given)]:
        if not _is_below(key, (*OWN_SETTINGS, *_COMPOSED)) and given.get(key) != usual.get(key):
            raise InputError(f"hydra.{key}={shown(given.get(key))} is not allowed: {OWN_SETTINGS_ALONE}")


def refuse_resolvers(config: DictConfig) -> None:
    """Raises ``InputError`` for an interpolation that is more than a reference to a key of the configuration."""
    for key, value in plain_leaves({name: _unresolved(config, name) for name in map(str, config) if name != "hydra"}):
        if isinstance(value, str) and not is_harmless(value):
            raise InputError(NO_RESOLVERS.format(key=key, value=shown(value)))


def is_harmless(text: str) -> bool:
    """Whether a text interpolates nothing, or only values of other keys."""
    return "${" not in _REFERENCE.sub("", text)


def _unresolved(config: Any, name: str | None = None) -> Any:
    from omegaconf import OmegaConf

    node = config if name is None else config._get_node(name)
    if OmegaConf.is_config(node):
        if node._is_interpolation() or node._is_missing() or node._is_none():
            return node._value()
        return OmegaConf.to_container(node, resolve=False)
    return node._value()


def plain_leaves(value: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every plain value by its dotted key; an empty container counts as one."""
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    below = [pair for key, inner in items for pair in plain_leaves(inner, f"{prefix}{key}.")]
    if below:
        yield from below
    else:
        yield prefix.removesuffix("."), value


def _is_below(key: str, names: tuple[str, ...]) -> bool:
    return any(key == name or key.startswith(f"{name}.") for name in names)
