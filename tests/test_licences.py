"""Every licence that anything here is under is named and there in full, and attribution says the same everywhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from experiments.report.text import Words
from experiments.report.theme import FONTS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DATA = (ROOT / "DATA.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in DATA.splitlines() if line.startswith("|")][2:]

BEGINNINGS = {
    "Apache-2.0": "Apache License",
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1",
    "MIT": "MIT License",
    "WTFPL": "DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE",
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International Public License",
}


def text_of(licence: str) -> str:
    file = ROOT / "LICENSE" if licence == "Apache-2.0" else ROOT / "LICENSES" / f"{licence}.txt"
    return file.read_text("utf-8")


def test_the_package_names_every_licence_and_no_other() -> None:
    assert PROJECT["license"].split(" AND ") == list(BEGINNINGS)
    assert {file.stem for file in (ROOT / "LICENSES").iterdir()} | {"Apache-2.0"} == set(BEGINNINGS)
    assert PROJECT["license-files"] == ["LICENSE", "LICENSES/*.txt", "DATA.md"]


@pytest.mark.parametrize("licence", BEGINNINGS)
def test_texts_are_whole(licence: str) -> None:
    text = text_of(licence)
    assert BEGINNINGS[licence] in text
    least = {"Apache-2.0": 11_000, "OFL-1.1": 4000, "MIT": 1000, "WTFPL": 450, "CC-BY-4.0": 16_000}
    assert len(text) > least[licence]


def test_the_font_has_its_licence_beside_it() -> None:
    assert (FONTS / "OFL.txt").read_text("utf-8") == text_of("OFL-1.1")


def test_every_table_and_font_has_a_row_with_its_licence() -> None:
    named = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[0])}
    kept = {file.relative_to(ROOT).as_posix() for file in (ROOT / "data").rglob("*.csv*")} | {
        FONTS.relative_to(ROOT).as_posix() + "/a"
    }
    assert [file for file in sorted(kept) if not {file, file.rpartition("/")[0] + "/*"} & named] == []
    assert {len(row) for row in ROWS} == {5} and all(row[2] for row in ROWS)
    licences = {licence for row in ROWS for licence in re.findall("|".join(map(re.escape, BEGINNINGS)), row[2])}
    assert licences == set(BEGINNINGS)


def test_holders_of_the_mit_licence_are_named_in_its_text_and_in_the_table() -> None:
    for holder in ("QinYuan Du", "Lei Dong", "Adam Averay"):
        assert holder in text_of("MIT") and holder in DATA


@pytest.mark.parametrize(("language", "text"), [("en", "contributors, CC BY 4.0"), ("zh", "贡献者，CC BY 4.0")])
def test_maps_can_say_whose_the_places_are(language: str, text: str) -> None:
    said = Words(language)("map.attribution")
    assert "© GeoNames" in said and said.endswith(text)
    assert Words("en")("map.attribution") in DATA
