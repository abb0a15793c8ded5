"""Scenarios by the overrides of the command line, for Python: composed once a choice of options, varied from there."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from experiments.configuration.application import composing
from experiments.configuration.compose import compose
from experiments.configuration.schema import SimulateConfig, validate
from experiments.configuration.short_forms import expand
from sim.errors import InputError
from sim.vocabulary import leaves

_OPTION = re.compile(r"(province|policy@before|policy@after|behaviour|stress)=[A-Za-z0-9][A-Za-z0-9_.-]*")
"""An override that chooses a shipped option and does nothing else."""


def simulate_config(overrides: Sequence[str], config_directory: str | None = None) -> SimulateConfig:
    """The configuration that ``pyramid simulate`` would have with some overrides.

    Shipped options are composed once in a process, and plain values set on a copy. Whatever is more than that, is wrong
    or comes from a folder of the user's, which may change at any time, is composed anew.

    Raises ``InputError`` for anything wrong, like the command does.
    """
    arguments = [*([f"--config-dir={config_directory}"] if config_directory else []), *overrides]
    with composing("simulate", arguments):
        try:
            config = None if config_directory else _varied([expand(override) for override in overrides])
        except InputError:
            config = None  # the command says what is wrong, or knows how to read it
        if config is not None:
            return config
        values = compose("simulate", arguments)
    return validate(SimulateConfig, values)


def _varied(overrides: Sequence[str]) -> SimulateConfig | None:
    """The composition of the options with the values set; ``None`` for an override that is neither of both."""
    options = tuple(override for override in overrides if _OPTION.fullmatch(override))
    changes: dict[str, Any] = {}
    for override in overrides:
        if override not in options:
            setting = _setting(override)
            if setting is None:
                return None
            changes.update([setting])
    return copy.deepcopy(_composed(options)).vary(changes)


@lru_cache(maxsize=256)
def _composed(options: tuple[str, ...]) -> SimulateConfig:
    return validate(SimulateConfig, compose("simulate", options))


@lru_cache(maxsize=1024)
def _setting(override: str) -> tuple[str, Any] | None:
    """Key and value of an override that sets an existing key to one plain value; ``None`` of any other."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    if override.partition("=")[0] in _keys() and "${" not in override:
        parsed = OverridesParser.create().parse_override(override)
        if not parsed.is_sweep_override() and not isinstance(parsed.value(), dict):
            return parsed.get_key_element(), parsed.value()
    return None


@cache
def _keys() -> frozenset[str]:
    return frozenset(leaf.key for leaf in leaves(SimulateConfig))
