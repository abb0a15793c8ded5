"""Where a map puts cities, and what is measured of each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from petition_pyramid import scenario
from experiments.results.city_tiles import cities_of
from experiments.cli.main import main
from experiments.runs.groups import CITY_MEASURES, check_groups, record_groups
from experiments.runs.record import record_of
from experiments.report.kinds import open_results
from sim.errors import InputError
from sim.province import folder_of
from sim.measures import MEASURES, SummedLedger
from sim.model import run
from sim.scenario import ProvinceChoice, Scenario

HEADER = "code,row,column\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the tables of ``tiny``: two cities, 9101 and 9102."""
    for file in folder_of("tiny").glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


@pytest.fixture
def tiny(short: tuple[str, ...]) -> Scenario:
    """A short scenario of two cities."""
    return scenario(*short)


def tiles_of(folder: Path, *places: int) -> dict[int, tuple[int, int]]:
    return {
        each["code"]: (each["row"], each["column"]) for each in cities_of(ProvinceChoice(str(folder), list(places)))
    }


def test_gansu_lies_where_it_lies():
    found = {each["en"]: (each["row"], each["column"]) for each in cities_of(ProvinceChoice("gansu"))}
    assert len(set(found.values())) == len(found) == 14
    west_to_east = ["Jiuquan", "Zhangye", "Wuwei", "Lanzhou", "Tianshui", "Qingyang"]
    assert [found[name][1] for name in west_to_east] == sorted(found[name][1] for name in west_to_east)
    assert found["Jiuquan"][0] < found["Wuwei"][0] < found["Lanzhou"][0] < found["Longnan"][0]
    short = {each["code"]: each["zh"] for each in cities_of(ProvinceChoice("gansu", [6229, 620102]))}
    assert short == {6229: "临夏州", 6201: "兰州"}


def test_a_province_without_the_file_has_its_cities_in_order(own):
    assert tiles_of(own) == {9101: (1, 1), 9102: (1, 2)}
    assert cities_of(ProvinceChoice(str(own)))[1] == {
        "code": 9102,
        "en": "Xiyuan",
        "zh": "西原市",
        "row": 1,
        "column": 2,
    }


def test_an_own_province_has_its_own_tiles_and_names(own):
    (own / "tiles.csv").write_text("\ufeffcolumn,code,row,name_en\n2,9102,1,X\n1,9101,3,\n", "utf-8")
    assert tiles_of(own) == {9101: (3, 1), 9102: (1, 2)}
    assert [each["en"] for each in cities_of(ProvinceChoice(str(own)))] == ["Dongchuan", "X"]
    assert tiles_of(own, 9102) == {9102: (1, 2)}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("code,row\n9101,1\n", "row 1: missing column 'column'; needed are code, row, column"),
        ("", "row 1: missing column 'code'"),
        (HEADER + "9101,1,1\n", "the city 9102 has no tile"),
        (HEADER + "9101,1,1\n9102,1,1\n", "row 3: row 1, column 1: that is the tile of 9101"),
        (HEADER + "9101,1,1\n9101,1,2\n", "row 3: code 9101: the city has a tile already"),
        (HEADER + "9109,1,1\n", "row 2: code 9109: there is no such city in cities.csv"),
        (HEADER + "9101,0,1\n", "row 2: row '0': must be a whole number from 1 to 30"),
        (HEADER + "9101,1,31\n", "row 2: column '31': must be a whole number from 1 to 30"),
        (HEADER + "9101,1\n", "row 2: column '': must be a whole number"),
        (HEADER + "9101,１,1\n", "row 2: row '１': must be a whole number"),
        ("code,row,column,name_zh\n9101,1,1,\x1b[31m\n", "row 2: name"),
        (f"code,row,column,name_zh\n9101,1,1,{'长' * 21}\n", "must be at most 20 letters"),
        (HEADER + '9101,"1,1\n', "not comma-separated values"),
    ],
)
def test_bad_tiles_are_refused_by_row_and_value(own, content, said):
    (own / "tiles.csv").write_text(content, "utf-8")
    with pytest.raises(InputError) as refused:
        cities_of(ProvinceChoice(str(own)))
    assert said in str(refused.value) and "tiles.csv" in str(refused.value)


def test_tiles_in_another_encoding_are_refused(own):
    (own / "tiles.csv").write_bytes("code,row,column,name_zh\n9101,1,1,东川\n".encode("gbk"))
    with pytest.raises(InputError, match=r"tiles\.csv: is not UTF-8"):
        cities_of(ProvinceChoice(str(own)))


def test_every_city_is_measured_apart_over_both_windows(tiny):
    ledger = run(tiny, 3)
    found = record_groups(ledger, tiny.calendar, (("rest", (9102,)),))
    calendar = tiny.calendar
    for city in (9101, 9102):
        rows = np.flatnonzero(ledger.city_codes[ledger.county_city] == city)
        part = SummedLedger.of(ledger.of_counties(rows))
        after = part.window(calendar.reform[:7], calendar.end[:7])
        before = part.window(
            calendar.measures[:7], str(np.datetime64(calendar.reform[:7], "M") - np.timedelta64(1, "M"))
        )
        for name in CITY_MEASURES:
            assert found.after[f"{name}@{city}"] == MEASURES[name].value(after, after)
            assert found.before[f"{name}@{city}"] == MEASURES[name].value(before, before)
    assert found.after["durable_resolution@rest"] == found.after["durable_resolution@9102"]
    later = record_groups(ledger, tiny.calendar, (("rest", (9102,)),), found.before)
    assert (later.before, later.after) == (found.before, found.after)


def test_a_single_city_is_not_measured_twice(tiny):
    ledger = run(tiny, 3)
    alone = ledger.of_counties(np.flatnonzero(ledger.city_codes[ledger.county_city] == 9102))
    assert record_groups(alone, tiny.calendar, ()).after.keys() == record_of(alone, tiny.calendar).after.keys()


@pytest.mark.usefixtures("no_report")
def test_a_comparison_keeps_where_its_cities_lie_and_refuses_bad_tiles_before_it_runs(own, short, tmp_path, capsys):
    arguments = ["compare", f"province={own}/", *short[1:], "replicates=1", "study.policies=[status_quo]", "name=one"]
    arguments += ["study.name=trial", f"results={tmp_path / 'results'}"]
    (own / "tiles.csv").write_text("code,row,column\n9101,1,1\n9102,1,1\n", "utf-8")
    assert main(arguments) == 2
    assert "row 3: row 1, column 1: that is the tile of 9101" in capsys.readouterr().err
    assert not (tmp_path / "results").exists()
    (own / "tiles.csv").write_text("code,row,column\n9101,2,1\n9102,1,1\n", "utf-8")
    assert main(arguments) == 0
    study = open_results(tmp_path / "results" / "trial" / "one").study
    assert [(each["code"], each["row"], each["column"]) for each in study["cities"]] == [(9101, 2, 1), (9102, 1, 1)]


def test_no_group_is_called_like_a_city():
    check_groups({"pilots": [9101]})
    with pytest.raises(InputError, match=r"'9101' is no name: a letter"):
        check_groups({"9101": [9102]})
