"""Primary configurations: what a command's configuration is made of, declared once and known to Hydra by name.

A configuration of its own has whoever declares one (``declare``): each kind of study, the what-if page, and here a
scenario alone (``simulate``) and single options of a group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from experiments.configuration.short_forms import POLICY_SLOTS

SCHEMA_GROUP = "schema"
"""Config group that holds the schemas; left out of help and completion."""

SCHEMA = "experiments.configuration.schema"

SCENARIO_GROUPS = {
    "province": "gansu",
    "before": "status_quo",
    "after": "gansu_2019",
    "behaviour": "default",
    "stress": "none",
    "executor": "threads",
}
"""Groups of a scenario and of what carries it out, with their default options."""

STUDY_GROUPS: dict[str, str | None] = {"study": None, **SCENARIO_GROUPS}
"""Groups of a study of one varied scenario; one that is simulated may be a stored multirun."""

HIDDEN = ("verification",)
"""Groups that help and completion do not show."""


@dataclass(frozen=True)
class PrimaryConfig:
    """The configuration of a command.

    Attributes:
        name: the command's.
        schema: where its dataclass is (``module:Class``): it is imported when it is needed.
        groups: config groups as they are typed (``before`` and ``after`` choose from the policies), with the default
            option of each; ``None`` where there is none.
        takes_ensemble: whether it can have a set of behaviours; else help and completion offer none.
    """

    name: str
    schema: str
    groups: Mapping[str, str | None] = field(default_factory=dict)
    takes_ensemble: bool = True


_declared: dict[str, PrimaryConfig] = {}


def declare(config: PrimaryConfig) -> PrimaryConfig:
    """Makes a primary configuration known by its name."""
    return _declared.setdefault(config.name, config)


def primary(name: str) -> PrimaryConfig:
    """The primary configuration of a command."""
    return _declared[name]


def primary_names() -> list[str]:
    """The commands that have a configuration, as far as they are declared."""
    return list(_declared)


def schema_of(name: str) -> Any:
    """The schema of a command's configuration."""
    return loaded(_declared[name].schema)


@cache
def loaded(place: str) -> Any:
    """What lies at ``module:name``, imported now."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


@cache
def register_config(name: str) -> None:
    """Puts a primary configuration and its schema into Hydra's ConfigStore; once is enough."""
    from hydra.core.config_store import ConfigStore

    groups = [
        {f"policy@{group}" if group in POLICY_SLOTS else group: option}
        for group, option in sorted(primary(name).groups.items(), key=lambda each: each[1] is None)
    ]
    settled = [group for group in groups if None not in group.values()]
    chosen = groups[len(settled) :]  # they may change what the others say
    store = ConfigStore.instance()
    store.store(group=SCHEMA_GROUP, name=name, node=schema_of(name), package="_global_", provider="pyramid")
    defaults = [f"{SCHEMA_GROUP}/{name}", *settled, "_self_", *chosen]
    store.store(name=name, node={"defaults": defaults}, provider="pyramid")


SIMULATE = declare(
    PrimaryConfig(
        "simulate",
        f"{SCHEMA}:SimulateConfig",
        {**STUDY_GROUPS, **dict.fromkeys(HIDDEN)},
    )
)
"""One scenario and how often to run it."""

declare(PrimaryConfig("policy_alone", f"{SCHEMA}:PolicyAlone", {"after": "status_quo"}))
declare(PrimaryConfig("stress_alone", f"{SCHEMA}:StressAlone", {"stress": "none"}))
declare(PrimaryConfig("behaviour_alone", f"{SCHEMA}:BehaviourAlone", {"behaviour": "default"}))

ALONE = {"policy": "policy_alone", "stress": "stress_alone", "behaviour": "behaviour_alone"}
"""The configuration of one option of a group, composed for itself."""
