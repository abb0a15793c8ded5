"""Scenarios that differ from one another in a few values: what a point of a design means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.configuration.options import load_options
from experiments.design.factors import OPTIONS
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
        changes = {"province.places" if key == "places" else key: value for key, value in values.items()}
        options = {key: self._option(key, str(value)) for key, value in values.items() if key in OPTIONS}
        return self.base.vary(changes | options)

    def _option(self, slot: str, name: str) -> Any:
        group = {"after": "policy", "before": "policy"}.get(slot, slot)
        if (group, name) not in self._options:
            found = load_options(group, {name: f"{slot}={name}: "}, self.own)
            self._options[group, name] = found[name]
        return self._options[group, name]
