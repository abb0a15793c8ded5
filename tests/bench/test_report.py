"""What the bench writes: verdicts, numbers, and files that say what was missed or missing."""

from __future__ import annotations

import json

import pytest

from bench.growth import line_through
from bench.report import Measured, Target, markdown, number, write

LINES = [
    Measured("than a tortoise", 250.4, "×", Target(200.0), "in turn"),
    Measured("than a hare", 0.5, "×", Target(1.0)),
    Measured("than Achilles", None, "×", Target(5.0), "not installed: a hero"),
    Measured("peak", 12.345, "MB", Target(20.0, is_ceiling=True)),
    Measured("start", 1234.5, "s"),
]


def test_verdicts():
    assert [line.verdict for line in LINES] == ["met", "missed", "not measured", "met", ""]
    assert Measured("peak", 20.1, "MB", Target(20.0, is_ceiling=True)).verdict == "missed"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.5, "s", "1,234 s"),
        (250.4, "×", "250 ×"),
        (12.345, "MB", "12.3 MB"),
        (0.5, "×", "0.500 ×"),
        (0.06349, "s", "0.0635 s"),
        (0.0, "s", "0 s"),
        (None, "s", "–"),
    ],
)
def test_numbers(value, unit, text):
    assert number(value, unit) == text


def test_the_table_says_what_was_missed_and_what_is_missing():
    assert markdown(LINES).splitlines()[2:5] == [
        "| than a tortoise | 250 × | ≥ 200 × | met | in turn |",
        "| than a hare | 0.500 × | ≥ 1.00 × | missed |  |",
        "| than Achilles | – | ≥ 5.00 × | not measured | not installed: a hero |",
    ]
    assert "≤ 20.0 MB" in markdown(LINES)


def test_what_is_written_can_be_read_again(tmp_path):
    first = {path.name: path.read_bytes() for path in write(LINES, where=tmp_path)}
    assert sorted(first) == ["bench.json", "bench.md", "ratios.png", "ratios.svg"]
    read = json.loads(first["bench.json"])["measured"]
    assert [line["value"] for line in read] == [250.4, 0.5, None, 12.345, 1234.5]
    assert read[3]["target"] == {"value": 20.0, "is_ceiling": True}
    again = {path.name: path.read_bytes() for path in write(LINES, where=tmp_path)}
    assert again == first


def test_what_grows_has_a_figure_of_its_own(tmp_path):
    sizes = (1e5, 1e6, 1e7)
    lines = [Measured(f"place {n}", 0.01 + n * 1e-7, "s", group="time", size=n) for n in sizes]
    lines += [Measured(f"memory {n}", 200 + n * 1e-5, "MB", group="memory", size=n) for n in sizes]
    assert {path.stem for path in write(lines, where=tmp_path)} == {"bench", "growth"}


def test_a_line_through_times_is_found():
    fixed, each = line_through([1e5, 1e6, 1e7], [0.02, 0.11, 1.01])
    assert (fixed, each) == pytest.approx((0.01, 1e-7))
