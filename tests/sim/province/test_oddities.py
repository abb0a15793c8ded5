"""What is odd in a province and can be taken: it is told."""

from pathlib import Path

from sim.province import load_province
from tests.sim.province.made import write

VILLAGES = ({"code": 620102001001, "setting": "community"}, {"code": 620102001200}, {"code": 620103001001})


def told(folder: Path, *rows: dict[str, object], yaml: str = "") -> list[str]:
    return [each.removeprefix(f"{folder}/") for each in load_province(write(folder, *rows, yaml=yaml)).warnings]


def test_nothing_is_told_of_a_province_without_oddities(tmp_path: Path) -> None:
    city = {"code": 6201, "population": 1000, "urban_share": 0.5, "latitude": 36, "longitude": 103}
    assert told(tmp_path, city, *VILLAGES) == []
    assert load_province("tiny").warnings == ()


def test_a_seat_outside_of_china_is_told_where_codes_are_chinas(tmp_path: Path) -> None:
    swapped = {"latitude": 80.1, "longitude": 31.5}
    rows = ({"code": 6201, "population": 1000}, {"code": 620102, **swapped}, *VILLAGES)
    assert told(tmp_path / "a", *rows) == [
        "counties.csv: row 2: latitude '80.1': lies outside of China (3 to 54)",
        "counties.csv: row 2: longitude '31.5': lies outside of China (73 to 136)",
    ]
    elsewhere = ({"code": 9101, "population": 1000}, {"code": 910102, **swapped}, {"code": 910102001001})
    assert told(tmp_path / "b", *elsewhere) == []


def test_coordinates_of_a_group_of_counties_are_not_used_and_that_is_told(tmp_path: Path) -> None:
    city = {"code": 6201, "population": 1000, "city_tier": "no", "latitude": 36, "longitude": 103}
    assert told(tmp_path, city, *VILLAGES) == [
        "cities.csv: row 2: latitude '36': the row only groups counties: it has no seat; they are not used"
    ]


def test_an_urban_share_that_villages_cannot_meet_is_told_once(tmp_path: Path) -> None:
    rows = (
        {"code": 6201, "population": 1000, "urban_share": 0.62},
        {"code": 620102, "population": 600, "urban_share": 0.7},
        {"code": 620103, "population": 400, "urban_share": 0.5},
        *VILLAGES,
    )
    why = "live in communities, which alone are urban; every village has at least one resident"
    assert told(tmp_path, *rows) == [f"counties.csv: row 3: urban_share '0.5': means 200 urban residents, but 0 {why}"]


def test_a_letter_of_private_use_is_told_and_kept(tmp_path: Path) -> None:
    rows = ({"code": 6201, "population": 1000}, {"code": 620102001, "name_zh": "\ue170镇"}, *VILLAGES)
    assert told(tmp_path, *rows) == [
        "townships.csv: row 2: name_zh '\\ue170镇': has letters of private use, which no font shows alike"
    ]
    assert load_province(tmp_path).township_names_zh[0] == "\ue170镇"
