"""Tables as plain text: whole, or fitted to a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from experiments.report.plain_text import LINE, fitted, table, width


@contextmanager
def terminal(columns: int) -> Iterator[None]:
    token = LINE.set(columns)
    yield
    LINE.reset(token)


NUMBERS = [[f"measure_{row}", *(f"{row}.{column}" * 3 for column in range(4))] for row in range(2)]
HEADER = ["measure", "mean", "95 % interval", "change", "of the mean"]


def test_a_table_that_fits_is_the_same_on_a_terminal():
    whole = table(["a", "b"], [["x", "1"], ["yy", "10"]])
    with terminal(24):
        assert table(["a", "b"], [["x", "1"], ["yy", "10"]]) == whole == "a    b\n--  --\nx    1\nyy  10"


def test_header_cells_are_wrapped_first():
    with terminal(30):
        assert table(["measure", "difference of means", "95 %"], [["trips", "1.25", "[1, 2]"]]).splitlines() == [
            "measure  difference    95 %",
            "           of means",
            "-------  ----------  ------",
            "trips          1.25  [1, 2]",
        ]


def test_columns_without_room_go_into_blocks_that_repeat_the_first():
    with terminal(40):
        text = table(HEADER, NUMBERS)
    blocks = text.split("\n\n")
    assert [block.splitlines()[0].split()[0] for block in blocks] == ["measure"] * len(blocks)
    assert len(blocks) == 2
    assert max(map(width, text.splitlines())) <= 40
    cells = [cell for row in NUMBERS for cell in row[1:]]
    assert sorted(word for word in text.split() if word in cells) == sorted(cells)


def test_long_texts_are_wrapped_and_chinese_takes_two_columns():
    with terminal(40):
        text = table(["name", "meaning"], [["甲", "没有空格的一句很长的话" * 4], ["b", "some words " * 8]], left=2)
    assert max(map(width, text.splitlines())) <= 40
    assert "".join(text.split()).count("没有空格") + "".join(text.split()).count("没有") >= 4
    assert text.count("words") == 8


def test_sentences_are_wrapped_on_a_terminal_alone():
    text = "Means of two replicates, paired by seed.\n甲乙丙丁戊己庚\n\nshort"
    assert fitted(text) == text
    with terminal(12):
        assert fitted(text).splitlines() == [
            "Means of two", "replicates,", "paired by", "seed.", "甲乙丙丁戊己", "庚", "", "short"
        ]  # fmt: skip


@pytest.mark.parametrize(("text", "columns"), [("ab", 2), ("甲", 2), ("e\u0301", 1), ("，", 2)])
def test_width(text, columns):
    assert width(text) == columns
