"""Scenarios that differ from one another in a few values: what a point of a design means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from experiments.configuration.options import load_options
from experiments.configuration.schema import SimulateConfig, messages_of
from experiments.configuration.vocabulary import unknown_key
from experiments.design.factors import OPTIONS
from sim.errors import InputError
from sim.scenario import Scenario


class Variation:
    """Makes scenarios out of one: whole options by name first, then single values.

    ``own`` is the user's own folder of options.
    """

    def __init__(self, base: Scenario, own: str | None = None) -> None:
        self.base = base
        self.own = own
        self._options: dict[tuple[str, str], Any] = {}

    def scenario(self, values: Mapping[str, Any]) -> Scenario:
        """The base scenario with some values by key: ``{"after": "whistle", "behaviour.patience": 20}``.

        Raises ``InputError`` for a key, an option or a value that is not allowed.
        """
        changes: dict[str, Any] = {
            key: self._option(key, str(value)) for key, value in values.items() if key in OPTIONS
        }
        single: dict[str, Any] = {}
        for key, value in values.items():
            if key not in OPTIONS:
                _nest(single, "province.places" if key == "places" else key, value)
        for name, inner in single.items():
            whole = changes.get(name, getattr(self.base, name, None))
            changes[name] = _changed(whole, inner, name)
        return replace(self.base, **changes)

    def _option(self, slot: str, name: str) -> Any:
        group = {"after": "policy", "before": "policy"}.get(slot, slot)
        if (group, name) not in self._options:
            found = load_options(group, {name: f"{slot}={name}: "}, self.own)
            self._options[group, name] = found[name]
        return self._options[group, name]


def _nest(tree: dict[str, Any], key: str, value: Any) -> None:
    *path, leaf = key.split(".")
    for part in path:
        tree = tree.setdefault(part, {})
    tree[leaf] = value


def _changed(part: Any, changes: Any, key: str) -> Any:
    """A part of a scenario with some of its fields changed, inner parts first; checked by its own schema."""
    if not isinstance(changes, dict) or not hasattr(type(part), "__dataclass_fields__"):
        raise InputError(unknown_key(key, SimulateConfig))
    known = type(part).__dataclass_fields__
    for name in changes:
        if name not in known:
            raise InputError(unknown_key(f"{key}.{name}", SimulateConfig))
    values = {
        name: _changed(getattr(part, name), value, f"{key}.{name}") if isinstance(value, dict) else value
        for name, value in changes.items()
    }
    try:
        return replace(part, **values)
    except ValidationError as error:
        raise InputError("\n".join(messages_of(error, SimulateConfig, within=key))) from None
