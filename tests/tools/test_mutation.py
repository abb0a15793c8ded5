"""Mutants of a function by hand, and that every mutant explained away is one that is tried."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tools.mutation.mutants import mutants_of, names_of
from tools.mutation.trial import fits

ROOT = Path(__file__).parents[2]
EQUIVALENT = ROOT / "tools" / "mutation" / "equivalent.csv"

SOURCE = '''
LIMIT = 3
"""Not mutated."""


def held(value: float, low: float = 0.0) -> float:
    """Not mutated."""
    if value < low and value != LIMIT:
        raise ValueError(f"{value + 1} is below {2 * low}")
    value += 0.5
    return max(value, -low)


class Box:
    size = 4

    def open(self, wide):
        self.lid = 0
        return 2 if wide else None
'''


def changes(function: str) -> list[str]:
    return [mutant.change for mutant in mutants_of(SOURCE, "held.py") if mutant.function == function]


def test_every_mutant_of_a_function() -> None:
    assert sorted(changes("held")) == sorted(
        [
            "value < low and value != LIMIT → value < low or value != LIMIT",
            "if value < low and value != LIMIT → not (value < low and value != LIMIT)",
            "value < low → value <= low",
            "value < low → value >= low",
            "value != LIMIT → value == LIMIT",
            "value += 0.5 → value -= 0.5",
            "value += 0.5 → deleted",
            "0.5 → 0.55",
            "0.5 → 0.45",
            "return max(value, -low) → return None",
            "max(value, -low) → min(value, -low)",
            "-low → low",
        ]
    )


def test_every_mutant_of_a_method() -> None:
    assert sorted(changes("Box.open")) == sorted(
        [
            "self.lid = 0 → deleted",
            "0 → 1",
            "0 → -1",
            "return 2 if wide else None → return None",
            "if wide → not wide",
            "2 → 3",
            "2 → 1",
        ]
    )


@pytest.mark.parametrize(
    ("change", "given", "result"),
    [
        ("value += 0.5 → value -= 0.5", (2, 1), 1.5),
        ("value += 0.5 → deleted", (2, 1), 2),
        ("0.5 → 0.55", (2, 1), 2.55),
        ("max(value, -low) → min(value, -low)", (2, 1), -1),
        ("-low → low", (-7, -8), -6.5),
        ("value < low → value <= low", (5, 7), None),
        ("value < low → value >= low", (1, 2), 1.5),
        ("value != LIMIT → value == LIMIT", (1, 2), 1.5),
        ("return max(value, -low) → return None", (2, 1), None),
    ],
)
def test_a_mutant_is_the_function_with_one_change(change, given, result) -> None:
    (mutant,) = (one for one in mutants_of(SOURCE, "held.py") if one.change == change)
    names: dict = {}
    exec(mutant.module, names)
    held = names["held"]
    assert held.__code__.co_code == mutant.code.co_code
    if result is None and "return" not in change:
        with pytest.raises(ValueError, match="6 is below 14"):
            held(*given)
    else:
        assert held(*given) == result


def test_equal_changes_are_told_apart_by_their_number() -> None:
    source = "def twice(a):\n    return a * 2 + a * 2\n"
    names = [mutant.name for mutant in mutants_of(source, "twice.py")]
    assert "twice: 2 → 3" in names and "twice: 2 → 3 (2)" in names
    assert len(set(names)) == len(names)
    assert names_of(source) == names


def test_mutants_that_are_no_error_are_mutants_with_a_reason() -> None:
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in {row["file"] for row in rows}:
        explained = {row["mutant"] for row in rows if row["file"] == name}
        assert explained - set(names_of((ROOT / name).read_text("utf-8"))) == set(), name
    assert all(row["why"] for row in rows)
    assert len({(row["file"], row["mutant"]) for row in rows}) == len(rows)


def test_code_without_a_cell_cannot_take_the_place_of_one_that_has_it() -> None:
    """``super()`` is one. Giving it to the function would fail for that alone, and count as a mutant that was found."""
    source = """
class Doubled(list):
    def count(self, value):
        return super().count(value) * 2
"""
    scope: dict = {}
    exec(source, scope)
    found = {mutant.name: fits(mutant, [scope["Doubled"].count]) for mutant in mutants_of(source, "f.py")}
    assert found["Doubled.count: return super().count(value) * 2 → return None"] is False
    assert found["Doubled.count: 2 → 3"] is True
