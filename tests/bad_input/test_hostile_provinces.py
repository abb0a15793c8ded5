"""Provinces that are unlike any other and no mistake: they are taken as they are, and what is odd is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from experiments.cli.main import main
from sim.province import Province, Setting, folder_of, load_province
from sim.province.tables import FILES
from tests.experiments.conftest import SHORT
from tests.sim.province.made import write

CITY = {"code": 9101, "population": 1000}
TINY_PRINT = load_province("tiny").fingerprint


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder_of("tiny"), tmp_path / "mine"))


def runs(folder: Path) -> None:
    """A short run of it ends well."""
    assert main(["simulate", *SHORT[1:], f"province={folder}/"]) == 0


def test_one_resident(tmp_path: Path):
    write(tmp_path / "mine", {"code": 9101, "population": 1, "household_size": 4}, {"code": 910101001001})
    province = load_province(tmp_path / "mine")
    assert province.population == 1
    assert (province.villages["population"].tolist(), province.villages["households"].tolist()) == ([1], [1])
    runs(tmp_path / "mine")


def test_four_hundred_villages_in_a_township(tmp_path: Path):
    villages = [{"code": f"910102001{n:03}"} for n in range(1, 401)]
    write(tmp_path / "mine", {**CITY, "population": 400}, {"code": 910102}, *villages)
    province = load_province(tmp_path / "mine")
    assert province.villages["population"].tolist() == [1] * 400
    assert province.townships["villages"].tolist() == [400]
    runs(tmp_path / "mine")


def test_two_thousand_million_residents_in_a_village(tmp_path: Path):
    write(tmp_path, {**CITY, "population": 2_000_000_000}, {"code": 910102001001})
    assert load_province(tmp_path).population == load_province(tmp_path).cities["population"][0] == 2_000_000_000
    assert load_province(tmp_path).villages["households"][0] == round(2_000_000_000 / 2.85)


@pytest.mark.parametrize(
    "name",
    [
        "مدينة",
        "עיר הבירה",
        "🏛️",
        "Đắk Lắk",
        "हिन्दी",
        'the "old" town, north',
        "𠮷野市",
        "x" * 100,
        "=1+1",
        "'; DROP TABLE",
    ],
)
def test_names_of_every_script_and_kind(tmp_path: Path, name: str):
    write(tmp_path / "mine", {**CITY, "name_zh": name, "name_en": name}, {"code": 910102001001})
    province = load_province(tmp_path / "mine")
    assert province.city_names_zh == province.city_names_en == (name,)
    assert province.warnings == ()


def test_a_name_between_blanks_is_the_name(tmp_path: Path):
    write(tmp_path, {**CITY, "name_zh": "\u3000 东川市\u00a0"}, {"code": 910102001001})
    assert load_province(tmp_path).city_names_zh == ("东川市",)


def with_bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


TAKEN: dict[str, Callable[[str], bytes]] = {
    "a byte order mark": with_bom,
    "Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "blank lines": lambda text: text.replace("\n", "\n\n\n").encode(),
    "no end of the last line": lambda text: text.rstrip("\n").encode(),
    "quotes around everything": lambda text: "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in text.splitlines()
    ).encode(),
    "blanks around everything": lambda text: text.replace(",", " , ").encode(),
    "whole numbers of a spreadsheet": lambda text: (
        text.replace("8000,", "8000.0,").replace(",4000,", ",4000.,").encode()
    ),
}


@pytest.mark.parametrize("change", TAKEN.values(), ids=TAKEN)
def test_files_as_programs_write_them(tiny: Path, change: Callable[[str], bytes]):
    for name in FILES:
        (tiny / name).write_bytes(change((tiny / name).read_text("utf-8")))
    assert load_province(tiny).fingerprint == TINY_PRINT


def test_no_word_about_itself(tiny: Path, capsys: pytest.CaptureFixture[str]):
    (tiny / "province.yaml").unlink()
    province = load_province(tiny)
    assert (province.metadata.name_zh, province.metadata.capital) == ("mine", 0)
    assert province.fingerprint == TINY_PRINT  # the first city is the capital
    assert main(["province", "check", str(tiny)]) == 0
    assert "9101 东川市 Dongchuan, the first one, because province.yaml names none" in capsys.readouterr().out


def test_a_province_of_groups_alone_has_its_capital_in_the_first_county(tmp_path: Path, capsys):
    write(tmp_path / "mine", {**CITY, "city_tier": "no"}, {"code": 910102001001}, {"code": 910103001001})
    assert load_province(tmp_path / "mine").villages["hours_province"].argmin() == 0
    assert main(["province", "check", str(tmp_path / "mine")]) == 0
    assert "910102 地910102, the first one, because province.yaml names none" in capsys.readouterr().out
    runs(tmp_path / "mine")


def test_a_province_without_any_county(tmp_path: Path):
    cities = [{**CITY, "county_tier": "no"}, {**CITY, "code": 9102, "county_tier": "no"}]
    write(tmp_path / "mine", *cities, {"code": 910100001001}, {"code": 910200001001})
    villages = load_province(tmp_path / "mine").villages
    assert (villages["hours_city"] == villages["hours_county"]).all()
    runs(tmp_path / "mine")


def test_seats_at_the_ends_of_the_earth(tmp_path: Path):
    ends = {"latitude": 90, "longitude": 0}, {"latitude": -90, "longitude": 180}
    counties = ({"code": 910102 + n, **end} for n, end in enumerate(ends))
    write(tmp_path, {**CITY, **ends[0]}, *counties, {"code": 910102001001}, {"code": 910103001001})
    hours = load_province(tmp_path).villages["hours_city"] - load_province(tmp_path).villages["hours_county"]
    assert hours.tolist() == pytest.approx([0.15, 0.15 + 20015.1 * 1.35 / 50], rel=1e-5)
    assert load_province(tmp_path).warnings == ()  # no code of China's


def test_latitude_and_longitude_swapped(tmp_path: Path):
    rows = ({"code": 6501, "population": 9, "latitude": 87.6, "longitude": 43.8}, {"code": 650102001001})
    assert [each.removeprefix(f"{tmp_path}/") for each in load_province(write(tmp_path, *rows)).warnings] == [
        "cities.csv: row 2: latitude '87.6': lies outside of China (3 to 54)",
        "cities.csv: row 2: longitude '43.8': lies outside of China (73 to 136)",
    ]


def test_two_seats_in_one_place(tmp_path: Path):
    place = {"latitude": 36, "longitude": 104}
    counties = ({"code": code, **place} for code in (910102, 910103))
    write(tmp_path, {**CITY, **place}, *counties, {"code": 910102001001}, {"code": 910103001001})
    villages = load_province(tmp_path).villages
    assert np.isfinite(villages["hours_nation"]).all()
    assert (villages["hours_city"] - villages["hours_county"]).tolist() == pytest.approx([0.15, 0.15])


def test_everybody_urban_and_nobody(tmp_path: Path):
    def urban(province: Province) -> int:
        return int(province.villages["population"][province.villages["setting"] == Setting.COMMUNITY].sum())

    villages = ({"code": 910102001001, "setting": "community"}, {"code": 910102001200})
    for share, expected in ((1, 999), (0, 1), (0.5, 500)):
        write(tmp_path / str(share), {**CITY, "urban_share": share}, *villages)
        assert urban(load_province(tmp_path / str(share))) == expected


def test_households_of_one_and_of_twenty(tmp_path: Path):
    for size, expected in ((1, 1000), (20, 50), ("2.5", 400)):
        write(tmp_path / str(size), {**CITY, "household_size": size}, {"code": 910102001001})
        assert load_province(tmp_path / str(size)).villages["households"].tolist() == [expected]
