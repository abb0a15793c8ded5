"""A project of a user's own under ``mypy --strict`` sees the types of the door, and ``Any`` nowhere.

Whatever is added to ``petition_pyramid.api`` wants its line in ``TYPES``.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from petition_pyramid import api

ROOT = Path(__file__).parents[2]
PACKAGES = ("petition_pyramid", "experiments", "sim")

SCRIPT = """\
from petition_pyramid.api import Result, scenario, simulate, simulate_many

given = scenario("province=tiny", "after=whistle")
result: Result = simulate(given, replicates=4)
"""
"""What the user has written before asking for types."""

TYPES = {
    "scenario('province=tiny')": "sim.scenario.Scenario",
    "simulate(given, replicates=4)": "petition_pyramid.api.Result",
    "simulate_many([given, given])": "list[petition_pyramid.api.Result]",
    "result.scenario": "sim.scenario.Scenario",
    "result.seeds": "tuple[int, ...]",
    "result.records": "tuple[experiments.runs.record.RunRecord, ...]",
    "result.measures()": "dict[str, experiments.statistics.intervals.MeasureSummary]",
    "result.measures()['durable_resolution'].change.mean": "float",
    "result.runs()": "pandas.core.frame.DataFrame",
    "result.monthly()": "pandas.core.frame.DataFrame",
    "result.plot('monthly')": "matplotlib.figure.Figure",
    "result.report()": "list[pathlib.Path]",
}
"""Type of every expression, as mypy reveals it."""


def mypy(script: str, folder: Path) -> str:
    """What mypy says of a user's script."""
    file = folder / "script.py"
    file.write_text(script)
    options = ("--strict", "--disallow-any-expr", "--follow-imports=silent", "--no-error-summary", "--config-file=")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "--cache-dir", str(folder / "cache"), file.name],
        cwd=folder,
        env={"MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("user")


def test_every_type_of_the_door_is_known_and_none_is_any(folder: Path) -> None:
    said = mypy(SCRIPT + "".join(f"reveal_type({expression})\n" for expression in TYPES), folder)
    assert "error:" not in said, said
    revealed = re.findall(r'note: Revealed type is "(.*)"', said)
    assert dict(zip(TYPES, revealed, strict=True)) == TYPES


def test_a_wrong_call_is_told(folder: Path) -> None:
    """Shows that the types are really read."""
    said = mypy(SCRIPT + "simulate(given, replicates='four')\nresult.nothing()\n", folder)
    assert 'has incompatible type "str"; expected "int"' in said
    assert '"Result" has no attribute "nothing"' in said


def offered() -> Iterator[str]:
    """Functions of the door, and what its classes offer, as they stand in ``TYPES``."""
    for name, value in vars(api).items():
        if getattr(value, "__module__", "") != api.__name__ or name.startswith("_"):
            continue
        if inspect.isfunction(value):
            yield f"{name}("
        elif inspect.isclass(value):
            fields = getattr(value, "__dataclass_fields__", {})
            yield from (f"{name.lower()}.{each}" for each in {**fields, **vars(value)} if not each.startswith("_"))


def test_the_table_is_complete() -> None:
    lacking = [name for name in offered() if not any(expression.startswith(name) for expression in TYPES)]
    assert lacking == []


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_say_that_they_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()
