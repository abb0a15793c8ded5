"""The tables of China's places and people are what their description says."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pandas as pd
import pytest

DATA = Path(__file__).parents[2] / "data"
DESCRIPTION = (DATA / "README.md").read_text("utf-8")
DIGITS = {"provinces": 2, "cities": 4, "counties": 6, "townships": 9, "villages": 12}
LEVELS = tuple(DIGITS)


@pytest.fixture(scope="module")
def divisions() -> dict[str, pd.DataFrame]:
    return {level: pd.read_csv(DATA / "divisions" / f"{level}.csv.xz", dtype=str, na_filter=False) for level in LEVELS}


@pytest.fixture(scope="module")
def census() -> pd.DataFrame:
    return pd.read_csv(DATA / "census" / "county_2020.csv.xz")


@pytest.mark.parametrize("level", LEVELS)
def test_divisions_are_all_there_with_codes_in_order(divisions: dict[str, pd.DataFrame], level: str) -> None:
    table = divisions[level]
    assert list(table.columns) == ["code", "name"]
    assert f"| `{level}.csv.xz` | {len(table):,} | {DIGITS[level]} |" in DESCRIPTION
    assert table["code"].str.fullmatch(rf"\d{{{DIGITS[level]}}}").all()
    assert table["code"].is_monotonic_increasing and table["code"].is_unique
    assert (table["name"] == table["name"].str.strip()).all() and (table["name"] != "").all()


@pytest.mark.parametrize(("parent", "child"), list(itertools.pairwise(LEVELS)))
def test_every_division_has_a_parent_and_every_parent_a_child(
    divisions: dict[str, pd.DataFrame], parent: str, child: str
) -> None:
    assert set(divisions[child]["code"].str[: DIGITS[parent]]) == set(divisions[parent]["code"])


def test_names_are_those_of_known_places(divisions: dict[str, pd.DataFrame]) -> None:
    known = {"provinces": ("62", "甘肃省"), "cities": ("6207", "张掖市"), "counties": ("441900", "东莞市")}
    known |= {"townships": ("620702001", "东街街道"), "villages": ("110101001001", "多福巷社区居委会")}
    for level, (code, name) in known.items():
        table = divisions[level]
        assert table.loc[table["code"] == code, "name"].tolist() == [name]


def test_the_census_adds_up(census: pd.DataFrame) -> None:
    assert f"{len(census):,} rows" in DESCRIPTION and census["code"].is_unique
    gansu = census[census["code"] // 10000 == 62]
    counties = gansu[(gansu["code"] % 100 != 0) | (gansu["code"] == 620200)]
    assert len(counties) == 88 and counties["population"].sum() == 25_019_831
    provinces = census[census["code"] % 10000 == 0]
    assert len(provinces) == 31 and provinces["population"].sum() == 1_409_778_724  # without the armed forces
    assert (census["urban_population"] + census["rural_population"] == census["population"]).mean() > 0.99


def test_columns_of_the_census_are_described(census: pd.DataFrame) -> None:
    told = set(re.findall(r"`([a-z_0-9…]+)`", DESCRIPTION))
    families = ("workers_", "households_")
    assert [name for name in census.columns if name not in told and not name.startswith(families)] == []
    assert {f"{family}…" for family in families} <= told


def test_places_lie_in_china() -> None:
    for name, rows in (("seats", 3218), ("towns", 14_746)):
        table = pd.read_csv(DATA / "places" / f"{name}.csv.xz")
        assert len(table) == rows and f"{rows:,} " in DESCRIPTION
        assert table["longitude"].between(73, 136).all() and table["latitude"].between(3, 54).all()


def test_seats_and_towns_know_zhangye() -> None:
    seats = pd.read_csv(DATA / "places" / "seats.csv.xz", index_col="code")
    towns = pd.read_csv(DATA / "places" / "towns.csv.xz", index_col="name")
    assert seats.loc[620700, "name_zh"] == "张掖市"
    for place in (seats.loc[620700], towns.loc["Zhangye"]):
        assert (place["longitude"], place["latitude"]) == pytest.approx((100.45, 38.93), abs=0.02)
