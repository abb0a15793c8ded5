"""A project of a user's own under ``mypy --strict`` sees the types of the door, and ``Any`` nowhere.

Whatever is added to ``petition_pyramid.__all__`` wants its line in ``TYPES``.
"""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import petition_pyramid

ROOT = Path(__file__).parents[2]
PACKAGES = ("petition_pyramid", "experiments", "sim")

SCRIPT = """\
import petition_pyramid as pp

given = pp.scenario("province=tiny", "after=whistle")
result = pp.simulate(given, "replicates=4")
kept: pp.KeptResults = pp.open_results("results/comparison/latest")
table = pp.patterns("province=tiny")
"""
"""What the user has written before asking for types."""

FRAME = "pandas.core.frame.DataFrame"
OF_KEPT = {
    "path": "pathlib.Path",
    "kind": "str",
    "study": "dict[str, object]",
    "manifest": "dict[str, object]",
    "tables": f"dict[str, {FRAME}]",
    "frame()": FRAME,
    "effects()": FRAME,
    "monthly()": FRAME,
    "answer('zh')": "experiments.report.answer.Answer",
    "plot('monthly')": "matplotlib.figure.Figure",
    "report('en')": "list[pathlib.Path]",
}

TYPES = {
    "pp.scenario('province=tiny')": "sim.scenario.Scenario",
    "pp.simulate(given, 'replicates=4')": "petition_pyramid.simulation.Simulation",
    "pp.simulate_many([given, given])": "list[petition_pyramid.simulation.Simulation]",
    **dict.fromkeys(
        (
            f"pp.{name}('province=tiny')"
            for name in (
                "compare",
                "sweep",
                "sensitivity",
                "levers_at_work",
                "bottlenecks",
                "attribution",
                "calibrate",
                "optimise",
                "robustness",
                "counterfactual",
                "open_results",
            )
        ),
        "petition_pyramid.results.KeptResults",
    ),
    **dict.fromkeys(
        (f"pp.{name}()" for name in ("index", "patterns", "verify")), "petition_pyramid.results.TableResults"
    ),
    **{f"kept.{each}": kind for each, kind in OF_KEPT.items()},
    "result.scenario": "sim.scenario.Scenario",
    "result.seeds": "tuple[int, ...]",
    "result.records": "tuple[experiments.runs.record.RunRecord, ...]",
    "result.measures()": "dict[str, experiments.statistics.intervals.MeasureSummary]",
    "result.measures()['durable_resolution'].change.mean": "float",
    "result.report('en')": "list[pathlib.Path]",
    "table.succeeded": "bool",
    "table.frame()": FRAME,
    "table.document()": "dict[str, object]",
    "table.answer('zh')": "experiments.report.answer.Answer",
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


@pytest.mark.long
def test_every_type_of_the_door_is_known_and_none_is_any(folder: Path) -> None:
    said = mypy(SCRIPT + "".join(f"reveal_type({expression})\n" for expression in TYPES), folder)
    assert "error:" not in said, said
    revealed = re.findall(r'note: Revealed type is "(.*)"', said)
    assert dict(zip(TYPES, revealed, strict=True)) == TYPES


def test_a_wrong_call_is_told(folder: Path) -> None:
    """Shows that the types are really read."""
    said = mypy(SCRIPT + "pp.simulate(given, 4)\nresult.nothing()\n", folder)
    assert 'has incompatible type "int"; expected "str | Scenario"' in said
    assert '"Simulation" has no attribute "nothing"' in said


NAMES = {"KeptResults": "kept", "Simulation": "result", "Table": "table"}
"""What the script calls an object of each class."""


def offered() -> Iterator[str]:
    """Functions of the door, and what its classes offer, as they stand in ``TYPES``."""
    for name in petition_pyramid.__all__:
        value = getattr(petition_pyramid, name)
        if inspect.isfunction(value):
            yield f"pp.{name}("
        elif name in NAMES:
            yield from (f"{NAMES[name]}.{each}" for each in vars(value) if not each.startswith("_"))


def test_the_table_is_complete() -> None:
    lacking = [name for name in offered() if not any(expression.startswith(name) for expression in TYPES)]
    assert lacking == []


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_say_that_they_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()
