"""Provinces made from the tables of the whole country."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.province import folder_of, read_tables
from sim.province.making import make_provinces
from sim.province.making.people import figures_of
from sim.province.making.sources import read_sources, stem
from sim.province.names import INDEX, shipped
from sim.province.series import FILES as SERIES_FILES
from sim.province.tables import REPORTS
from tests.long import IS_LONG

DATA = Path(__file__).parents[4] / "data"

TABLES: dict[str, list[dict[str, object]]] = {
    "provinces": [{"code": 91, "slug": "mine", "name_en": "Mine", "short_zh": "矿", "aliases": "Pit|Grube"}],
    "divisions/provinces": [{"code": 91, "name": "矿省"}],
    "divisions/cities": [{"code": 9101, "name": "东川市"}, {"code": 9190, "name": "省直辖县级行政区划"}],
    "divisions/counties": [{"code": code, "name": f"县{code}"} for code in (910102, 910103, 919001)],
    "divisions/townships": [{"code": f"{code}001", "name": "乡镇"} for code in (910102, 910103, 919001)],
    "divisions/villages": [
        {"code": f"{code}001{last}", "name": "村"}
        for code in (910102, 910103, 919001)
        for last in ("001", "200", "400")
    ],
    "names": [{"code": code, "name_en": f"E{code}"} for code in (91, 9101, 9190, 910102, 910103, 919001)],
    "census/county_2020": [
        {
            "code": code,
            "population": people,
            "urban_population": people // 4,
            "family_households": people // 3,
            "family_household_population": people,
            "mean_years_of_schooling": 8,
        }
        for code, people in ((910100, 1200), (910102, 900), (910103, 300), (919001, 600))
    ],
    "places/seats": [
        {"code": code, "name_zh": f"县{code}", "longitude": 104 + n / 10, "latitude": 36}
        for n, code in enumerate((910000, 910100, 910102, 910103, 110000))
    ],
    "places/added": [{"code": 919001, "longitude": 105, "latitude": 37}],
    "places/towns": [{"names_zh": "乡镇|别名", "latitude": 36.01, "longitude": 104.2, "elevation_m": 1500}],
    "crosswalk": [{"code": 919001, "census": 919001, "population": "", "note": "as it is"}],
    "regions": [{"code": 9101, "pilot_batch": 2, "region_type": "loess"}],
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name, rows in TABLES.items():
        file = tmp_path / "sources" / f"{name}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path / "sources"


def test_sources_of_ones_own_make_a_province(sources: Path, tmp_path: Path) -> None:
    (made,) = make_provinces(sources, tmp_path / "made")
    assert (made.name, made.population) == ("mine", 1800)
    assert made.cities["city_tier"].tolist() == [True, False]
    assert made.city_names_zh == ("东川市", "矿直管县（市）")
    assert made.city_names_en == ("E9101", "Mine counties under the province")
    assert made.counties["population"].tolist() == [900, 300, 600]
    assert made.villages["setting"].tolist() == [1, 0, 2] * 3
    urban = made.villages["population"][made.villages["setting"] == 1].tolist()
    assert urban == [225, 75, 150]
    assert (made.region_types, made.cities["pilot_batch"].tolist()) == (("loess", "other"), [2, 1])
    assert (made.counties["latitude"][2], made.counties["longitude"][2]) == (37, 105)  # added ones are WGS 84 already
    assert made.metadata.capital == 9101 and made.metadata.aliases == ("Pit", "Grube")
    tables = read_tables(tmp_path / "made" / "mine", "mine")
    assert tables.townships.latitude[0] == pytest.approx(36.01)  # found by its name near the seat
    assert tables.covariates["schooling"].tolist() == [8, 8, 8]


def test_what_the_same_folder_had_of_a_province_is_replaced(sources: Path, tmp_path: Path) -> None:
    make_provinces(sources, tmp_path / "made")
    before = {each.name: each.read_bytes() for each in (tmp_path / "made" / "mine").iterdir()}
    (tmp_path / "made" / "mine" / "villages.csv").write_text("old, unpacked")
    make_provinces(sources, tmp_path / "made", ["矿"])
    assert {each.name: each.read_bytes() for each in (tmp_path / "made" / "mine").iterdir()} == before


def test_what_is_reported_comes_from_the_sources_or_stays(sources: Path, tmp_path: Path) -> None:
    reports = tmp_path / "made" / "mine" / REPORTS
    make_provinces(sources, tmp_path / "made")
    assert not reports.exists()
    reports.write_text("my own")
    make_provinces(sources, tmp_path / "made")
    assert reports.read_text() == "my own"
    (sources / "patterns").mkdir()
    (sources / "patterns" / "91.csv").write_text("of the sources")
    make_provinces(sources, tmp_path / "made")
    assert reports.read_text() == "of the sources"


def test_seasons_and_trends_that_somebody_has_written_stay(sources: Path, tmp_path: Path) -> None:
    make_provinces(sources, tmp_path / "made")
    mine = tmp_path / "made" / "mine"
    for name in SERIES_FILES:
        (mine / name).write_text("my own")
    make_provinces(sources, tmp_path / "made")
    assert [(mine / name).read_text() for name in SERIES_FILES] == ["my own"] * 2


def test_reports_of_the_sources_are_those_of_the_shipped_provinces() -> None:
    slugs = {str(each.code): each.slug for each in shipped()}
    files = {slugs[each.stem]: each.read_bytes() for each in (DATA / "patterns").iterdir()}
    assert files == {
        each: (folder_of(each) / REPORTS).read_bytes()
        for each in slugs.values()
        if (folder_of(each) / REPORTS).exists()
    }
    assert sorted(files) == ["gansu", "zhejiang"]


DEFECTS = {
    "no seat": ("places/seats", "910000,", "910001,", "places/seats.csv: has no seat 910000 of the province 91"),
    "no national capital": ("places/seats", "110000", "110001", "places/seats.csv: has no seat 110000 of the national"),
    "no English name": ("names", "910103,", "910104,", "names.csv: has no English name of 910103"),
    "no such city": ("divisions/counties", "910103,", "920103,", "divisions/counties.csv: code 920103: cities.csv has"),
    "slug that leaves the folder": ("provinces", "mine", "../up", "provinces.csv: code 91: slug '../up': a folder's"),
    "latitude a word": (
        "places/towns",
        "36.01",
        "north",
        "places/towns.csv: code ?: latitude 'north': must be a number",
    ),
    "seat nowhere": ("places/added", ",37", ",97", "places/added.csv: code 919001: 97, 105 is no latitude, longitude"),
    "a field too many": ("regions", "loess", "loess,x", "regions.csv: row 2: has more or fewer fields than the header"),
    "a field too few": ("regions", ",loess", "", "regions.csv: row 2: has more or fewer fields than the header"),
    "a missing column": ("crosswalk", "census,", "", "crosswalk.csv: row 1: missing column 'census'"),
    "people in words": (
        "census/county_2020",
        "919001,600",
        "919001,many",
        "census/county_2020.csv: code 919001: popul",
    ),
}


@pytest.mark.parametrize(("table", "old", "new", "message"), DEFECTS.values(), ids=DEFECTS)
def test_sources_that_are_wrong_are_refused_and_nothing_is_written(
    sources: Path, tmp_path: Path, table: str, old: str, new: str, message: str
) -> None:
    file = sources / f"{table}.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as caught:
        make_provinces(sources, tmp_path / "made")
    assert str(caught.value).removeprefix(f"{sources}/").startswith(message)
    assert not (tmp_path / "made").exists() or list((tmp_path / "made").iterdir()) == []


def test_a_missing_table_is_told(sources: Path, tmp_path: Path) -> None:
    (sources / "regions.csv").unlink()
    with pytest.raises(
        InputError, match=r"regions\.csv: missing; the sources of provinces need it, as it is or packed"
    ):
        make_provinces(sources, tmp_path / "made")


def test_figures_of_several_rows_are_those_of_their_people_together() -> None:
    one = {"population": "300", "urban_population": "300", "mean_years_of_schooling": "12", "workers_long_form": "10"}
    other = {"population": "100", "urban_population": "", "mean_years_of_schooling": "8", "workers_long_form": "30"}
    found = figures_of([{**one, "workers_mining": "1"}, {**other, "workers_mining": "3"}])
    assert found["population"] == 400
    assert math.isnan(found["urban_share"]) and math.isnan(found["cars"])  # unknown is never nought
    assert found["schooling"] == (300 * 12 + 100 * 8) / 400
    assert found["mining"] == 0.1
    assert math.isnan(figures_of([])["population"])


def test_names_without_their_class() -> None:
    assert [stem(name) for name in ("甘州区", "城关镇", "阿柔乡", "县区", "新街口街道", "东乡")] == [
        "甘州",
        "城关",
        "阿柔",
        "县区",
        "新街口",
        "东乡",
    ]


@pytest.mark.long
def test_every_place_of_the_sources_is_known() -> None:
    sources = read_sources(DATA)
    assert len(sources.provinces) == 31
    assert sources.seats["620881"] == (35.218, 106.653)  # added by hand, WGS 84
    assert {row["slug"] for row in sources.provinces.values()} == {each.slug for each in shipped()}


@pytest.mark.skipif(not IS_LONG, reason="takes minutes: make test-endurance")
def test_all_shipped_provinces_are_made_of_the_sources(tmp_path: Path) -> None:
    made = make_provinces(DATA, tmp_path)
    assert len(made) == 31
    for province in made:
        files = {each.name: each.read_bytes() for each in (tmp_path / province.name).iterdir()}
        assert files == {each.name: each.read_bytes() for each in folder_of(province.name).iterdir()}, province.name
    assert (tmp_path / INDEX).read_bytes() == (folder_of("tiny").parent / INDEX).read_bytes()
