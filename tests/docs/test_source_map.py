"""The map from the source to the model is complete, and everything it names exists."""

from __future__ import annotations

import re

import pytest

from sim.ledger import EVENTS
from tests.docs.vocabulary import ROOT, is_path, known, parameters, section, spans, tables, text_of

PAGE = text_of("source_map.md")
EXPECTED = {"## The headline": (0, 7), "## One plan": (1, 19), "## One system": (2, 10), "## One carrier": (3, 15)}
EXPECTED |= {"## One platform": (4, 5), "## One set of mechanisms": (5, 10), "## The arithmetic of the source": (6, 4)}


def rows() -> list[list[str]]:
    """Rows of the tables of the source's systems and figures."""
    return [row for heading in EXPECTED for row in tables(section(PAGE, heading))[0]]


@pytest.mark.parametrize("heading", EXPECTED)
def test_every_system_and_figure_has_its_row(heading: str) -> None:
    part, number = EXPECTED[heading]
    assert [row[0] for row in tables(section(PAGE, heading))[0]] == [f"{part}.{n}" for n in range(1, number + 1)]


def test_every_path_exists() -> None:
    paths = [span for span in spans(PAGE) if is_path(span)]
    assert len(paths) > 50
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_name_exists() -> None:
    names = [span for span in spans(PAGE) if not is_path(span)]
    assert len(names) > 100
    assert sorted(set(names) - known() - set(EVENTS)) == []


def test_no_lever_and_no_stress_is_left_out() -> None:
    named = set(spans(PAGE))
    assert sorted(parameters()["levers"] - named) == []
    assert sorted(parameters()["stresses"] - named) == []


def test_a_row_acts_somewhere_or_says_why_not() -> None:
    """A row names something of the model and a test of it, or says that it is context only or not public."""
    for number, _, tag, place, acting in rows():
        assert re.fullmatch("[FDAU](/[FDAU])*", tag), number
        if acting:
            assert [span for span in spans(place) if not is_path(span) or span.startswith("sim/")], number
            assert all(span.startswith("tests/") for span in spans(acting)), number
        else:
            assert re.search("Context only|not public|exhausted", place), number
