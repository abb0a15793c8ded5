"""Where results come from: versions, configuration, parameters."""

from __future__ import annotations

import platform
import shlex
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from sim.parameters import declarations
from sim.scenario import Scenario

if TYPE_CHECKING:
    from experiments.configuration.ensemble import Ensemble

PACKAGES = (
    "petition-pyramid",
    "mesa",
    "numpy",
    "scipy",
    "numba",
    "pandas",
    "pyarrow",
    "matplotlib",
    "hydra-core",
    "pydantic",
)
"""Packages whose versions are written down."""


def package_versions() -> dict[str, str]:
    """Versions of the packages that have a part in the numbers or the figures."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def platform_of_results() -> dict[str, str]:
    """What the last bits of a number may depend on beside the versions."""
    return {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}


def parameter_rows(scenarios: Mapping[str, Scenario], ensemble: Ensemble | None = None) -> list[dict[str, Any]]:
    """Every parameter of a study with value, unit, range, tag, source and meaning.

    ``scenarios`` differ in ``after`` and perhaps in ``stress`` (by label); what they share is listed once, with
    ``scenario`` null. The value of an uncertainty that an ensemble sets is its range over the members.
    """
    first = next(iter(scenarios.values()))
    is_shared = all(scenario.stress == first.stress for scenario in scenarios.values())
    rows: list[dict[str, Any]] = []
    for group in ("before", "behaviour", *(("stress",) if is_shared else ())):
        rows += _rows(None, group, getattr(first, group))
    for label, scenario in scenarios.items():
        for group in ("after", *(() if is_shared else ("stress",))):
            rows += _rows(label, group, getattr(scenario, group))
    if ensemble is not None:
        for row in rows:
            column = ensemble.column_of(row["group"], row["name"], row["value"])
            if column is not None:
                row["value"] = ensemble.range_of(column)
    return rows


def _rows(label: str | None, group: str, parameters: Any) -> list[dict[str, Any]]:
    return [
        {
            "scenario": label,
            "group": group,
            "name": declared.name,
            "value": declared.default,  # declarations of an instance carry its values
            "unit": declared.unit,
            "low": declared.low,
            "high": declared.high,
            "choices": list(declared.choices),
            "tag": declared.tag,
            "source": declared.source,
            "meaning": declared.meaning,
        }
        for declared in declarations(parameters)
    ]


def recorded_command(command: str, arguments: Sequence[str]) -> str:
    """The command line less what has no part in the numbers (executor, output, places on disk)."""
    return shlex.join(["pyramid", command, *recorded_overrides(arguments)])


def recorded_overrides(arguments: Sequence[str]) -> list[str]:
    """Arguments as they were typed, less what has no part in the numbers."""
    ignored = ("executor", "output=", "results=", "language=", "name=", "map=")
    return [argument for argument in arguments if not argument.startswith(ignored)]
