"""``pyramid province``: folders are checked, copied and made from sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from experiments.cli.main import main
from sim.province import folder_of, load_province
from sim.province.making import writing
from tests.sim.province.made import write

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_shipped_province_is_told_as_it_is(capsys):
    assert main(["province", "check", "hubei"]) == 0
    out = capsys.readouterr().out
    assert "province:       湖北省 Hubei 42\n" in out
    assert "places:         13 cities, 105 counties, " in out
    assert "residents:      57,752,557 in " in out
    assert "capital:        4201 武汉市 Wuhan\n" in out
    assert "without cities: 4290 湖北直管县（市）\n" in out
    assert "without counties:" not in out
    assert "covariates:     18 of 18, each known for 104 or more of 105 counties\n" in out
    assert "villages.csv.xz: row 10857: name_zh '高\\ue170村委会': has letters of private use" in out
    (counties,) = re.findall(r"^counties +(.*)$", out, re.MULTILINE)
    assert counties.split() == ["105", "104", "104", "104", "105", "0"]


def test_a_folder_of_ones_own_is_told_with_what_is_assumed(capsys, here):
    rows = (
        {"code": 6201, "population": 1000, "county_tier": "no", "region_type": "草原", "pilot_batch": 2},
        {"code": 620201001001, "population": 1},
        {"code": 620101, "latitude": 80, "longitude": 100},
        {"code": 620101001001},
    )
    write(here / "mine", *rows)
    (here / "mine" / "notes.txt").write_text("")
    assert main(["province", "check", "./mine"]) == 0
    out = capsys.readouterr().out
    assert "province:       mine\n" in out
    assert f"folder:         {here / 'mine'}\n" in out
    assert "places:         2 cities, 0 counties, 2 townships, 2 villages\n" in out
    assert "residents:      1,001 in 352 households\n" in out
    assert "capital:        6201 地6201, the first one, because province.yaml names none\n" in out
    assert "to the nation:  8 hours from the capital\n" in out
    assert "without counties: 6201 地6201, 6202 地6202\n" in out
    assert "region types:   other 1, 草原 1\n" in out
    assert "pilot batches:  1: 1 city, 2: 1 city\n" in out
    assert "covariates:     0 of 18\n" in out
    assert "reported of it: 0 figures\n" in out
    assert "not read:       notes.txt\n" in out
    assert [line.split() for line in out.splitlines() if line.startswith("villages")] == [
        ["villages", "2", "1", "0", "0", "0", "0"]
    ]
    assert out.endswith("\n1 warning:\n  counties.csv: row 2: latitude '80': lies outside of China (3 to 54)\n")


def test_a_defect_is_told_and_the_exit_code_is_2(capsys, here):
    write(here / "mine", {"code": 9101, "population": "3e3"}, {"code": 910102001001})
    assert main(["province", "check", "mine"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"pyramid: {here}/mine/cities.csv: row 2: population '3e3': a population must be")


@pytest.mark.parametrize("name", ["qinghai", "63", "青海"])
def test_a_copy_of_a_shipped_province_is_the_same_province_in_plain_tables(capsys, here, name):
    assert main(["province", "make", name, "mine"]) == 0
    assert capsys.readouterr().out == "mine\n"
    assert sorted(each.name for each in (here / "mine").iterdir()) == [
        "cities.csv",
        "counties.csv",
        "province.yaml",
        "townships.csv",
        "villages.csv",
    ]
    assert load_province(here / "mine").fingerprint == load_province("qinghai").fingerprint
    assert sorted(each.name for each in here.iterdir()) == ["mine"]


def test_a_copy_goes_by_its_path_though_it_is_called_like_the_shipped_one(here):
    assert main(["province", "make", "tiny", "gansu"]) == 0
    assert load_province("./gansu").population == 12_000
    assert load_province("gansu").population == 25_019_831


def test_a_copy_has_what_is_reported_of_the_province(capsys, here):
    assert main(["province", "make", "gansu", "mine"]) == 0
    assert (here / "mine" / "patterns.csv").read_bytes() == (folder_of("gansu") / "patterns.csv").read_bytes()
    assert main(["province", "check", "./mine"]) == 0
    out = capsys.readouterr().out
    assert "reported of it: 18 figures\n" in out and "not read" not in out
    (here / "mine" / "patterns.csv").write_text("statistic,low,unit,tag,source_en\nsuits,9,days,F,x\n")
    assert main(["province", "check", "./mine"]) == 2
    said = "patterns.csv: row 2: unit 'days': suits is in '1/1000/year'\n"
    assert capsys.readouterr().err == f"pyramid: {here}/mine/{said}"


def test_nothing_that_is_there_is_lost(capsys, here):
    (here / "mine").mkdir()
    assert main(["province", "make", "tiny", "mine"]) == 0  # an empty folder is filled
    edited = here / "mine" / "cities.csv"
    edited.write_text("edited")
    assert main(["province", "make", "tiny", "mine"]) == 2
    assert edited.read_text() == "edited"
    assert capsys.readouterr().err == f"pyramid: {here}/mine: is not empty: it has 'cities.csv'; give another folder\n"
    (here / "file").write_text("x")
    assert main(["province", "make", "tiny", "file"]) == 2
    assert (here / "file").read_text() == "x"
    (here / "ningxia").mkdir()
    (here / "ningxia" / "thesis.doc").write_text("x")
    assert main(["province", "make", str(DATA), ".", "province=ningxia"]) == 2
    assert sorted(each.name for each in here.rglob("*") if each.is_file()) == sorted(
        ["cities.csv", "counties.csv", "province.yaml", "townships.csv", "villages.csv", "file", "thesis.doc"]
    )


def test_nothing_is_left_of_what_cannot_be_written_whole(here, monkeypatch):
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.lzma, "decompress", full)
    assert main(["province", "make", "qinghai", "deep/mine"]) == 2
    assert [each for each in here.rglob("*") if each.is_file()] == []
    assert not (here / "deep" / "mine").exists()


def test_one_province_from_the_sources_is_the_shipped_one(capsys, here):
    assert main(["province", "make", str(DATA), "made", "province=宁夏"]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("made/ningxia\n", "pyramid: 1/1 ningxia\n")
    shipped = {each.name: each.read_bytes() for each in folder_of("ningxia").iterdir()}
    assert {each.name: each.read_bytes() for each in (here / "made" / "ningxia").iterdir()} == shipped
    assert (here / "made" / "provinces.csv").read_text("utf-8").splitlines() == [
        "slug,code,name_zh,short_zh,name_en,aliases,cities,counties,residents",
        "ningxia,64,宁夏回族自治区,宁夏,Ningxia,,5,22,7202654",
    ]
    assert sorted(each.name for each in (here / "made").iterdir()) == ["ningxia", "provinces.csv"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "pyramid province takes check or make, not ''; there are: check, make"),
        (["chek", "x"], "pyramid province takes check or make, not 'chek'; did you mean check?"),
        (["check"], "pyramid province check takes a folder, not ''"),
        (["check", "a", "b"], "pyramid province check takes a folder, not 'a b'"),
        (["check", "nowhere"], "province 'nowhere': must be a province of China by name or code, tiny, or a folder"),
        (["make", "gansu"], "pyramid province make takes a province or a folder of sources, and a folder, not 'gansu'"),
        (["make", "gansu", ""], "pyramid province make takes a province or a folder of sources, and a folder, not"),
        (
            ["make", "gansoo", "x"],
            "'gansoo': must be a province of China by name or code, tiny, or a folder of sources",
        ),
        (["make", "gansu", "x", "province=gansu"], "province=gansu goes with a folder of sources"),
        (["make", ".", "x"], "divisions/provinces.csv: missing; the sources of provinces need it"),
        (["make", str(DATA), "x", "province=ningxai"], "province 'ningxai': is none of "),
    ],
)
def test_what_is_typed_wrong_is_refused_and_nothing_is_written(capsys, here, arguments, said):
    assert main(["province", *arguments]) == 2
    assert capsys.readouterr().err.removeprefix("pyramid: ").replace("pyramid: ", "").startswith(said)
    assert list(here.iterdir()) == []
