"""Seasons and trends in a province's folder: read, kept apart from others, and refused where something is wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.ledger import DISPUTE_KINDS
from sim.province import load_province

DEBT = DISPUTE_KINDS.index("debt")
MONTHS = "".join(f"{month},1\n" for month in range(2, 12))
SEASONS = f"month,debt\n1,1.5\n{MONTHS}12,0.5\n"
TRENDS = "year,petitions,suits\n2020,95,3\n2019,100,2\n2018,120,1\n"


def with_file(folder: Path, name: str, content: str) -> Path:
    (folder / name).write_text(content, "utf-8")
    return folder


def test_a_folder_without_either_has_no_series(folder: Path) -> None:
    series = load_province(folder).series
    assert (series.seasons == 1).all() and series.trends == {}
    assert load_province(folder).fingerprint == load_province("tiny").fingerprint


def test_both_are_read_in_the_order_of_time(folder: Path) -> None:
    with_file(with_file(folder, "seasons.csv", SEASONS), "trends.csv", TRENDS)
    series = load_province(folder, (9101,)).series
    assert series.seasons[DEBT].tolist() == [1.5, *[1.0] * 10, 0.5]
    assert (np.delete(series.seasons, DEBT, axis=0) == 1).all()
    assert series.first_year == 2018
    assert {name: index.tolist() for name, index in series.trends.items()} == {
        "suits": [1, 2, 3],
        "petitions": [120, 100, 95],
    }


def test_another_series_is_another_province(folder: Path) -> None:
    prints = {load_province("tiny").fingerprint}
    for content in (TRENDS, TRENDS.replace("95", "94"), TRENDS.replace("suits", "grievances")):
        prints.add(load_province(with_file(folder, "trends.csv", content)).fingerprint)
    prints.add(load_province(with_file(folder, "seasons.csv", SEASONS)).fingerprint)
    assert len(prints) == 5


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("trends.csv", TRENDS.replace("2019", "2017"), "row 2: year '2020': follows 2018: a gap"),
        ("trends.csv", TRENDS.replace("2019", "2018"), "row 4: year '2018': is there twice"),
        ("trends.csv", TRENDS.replace("100", ""), "row 3: petitions missing: a number is needed: a series has no gap"),
        ("trends.csv", TRENDS.replace("100", "-1"), "row 3: petitions '-1': petitions must be a number from 1e-06 to"),
        ("trends.csv", TRENDS.replace("suits", "suit"), "row 1: unknown column 'suit': did you mean 'suits'?"),
        ("trends.csv", TRENDS.replace("suits", "register"), "unknown column 'register': did you mean 'registers'?"),
        (
            "trends.csv",
            TRENDS.replace("suits", "registers").replace("20,95,3", "20,95,"),
            "row 2: registers missing: a number is needed: a series has no gap",
        ),
        (
            "trends.csv",
            TRENDS.replace("2019", "19"),
            "row 3: year '19': a year must be a whole number from 1900",
        ),
        (
            "seasons.csv",
            SEASONS.replace("12,", "13,"),
            "row 13: month '13': a month must be a whole number from 1",
        ),
        ("seasons.csv", SEASONS.replace("12,0.5\n", ""), "seasons.csv: has 11 of the twelve months; all are needed"),
        ("seasons.csv", SEASONS.replace("0.5", "-0.5"), "row 13: debt '-0.5': debt must be a number from 0 to 3"),
        ("seasons.csv", SEASONS.replace("0.5", "0.7"), "debt: the mean of its months is 1.017 and must be 1"),
        ("seasons.csv", SEASONS.replace("debt", "debts"), "row 1: unknown column 'debts': did you mean 'debt'?"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(folder: Path, name: str, content: str, told: str) -> None:
    with_file(folder, name, content)
    with pytest.raises(InputError) as caught:
        load_province(folder)
    message = str(caught.value)
    assert told in message and name in message and "\n" not in message
