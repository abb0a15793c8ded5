"""Places that are measured apart: which they are, what is kept of them, and what is measured of each."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from experiments.cli.main import main
from experiments.report.kinds import open_results
from experiments.results.places import names_of, stored_places
from experiments.runs.groups import PLACE_MEASURES, check_groups, places_apart, record_groups
from experiments.runs.record import record_of
from petition_pyramid import scenario
from sim.errors import InputError
from sim.measures import MEASURES, SummedLedger
from sim.model import run
from sim.scenario import ProvinceChoice, Scenario


@pytest.fixture
def tiny(short: tuple[str, ...]) -> Scenario:
    """A short scenario of two cities, the first of two counties."""
    return scenario(*short)


def codes(source: str, *places: int) -> list[int]:
    return [each["code"] for each in stored_places(ProvinceChoice(source, list(places)))]


def test_places_are_cities_or_else_counties():
    cities, county_city = np.array([11, 12, 13]), np.array([0, 0, 1, 2, 2])
    counties = np.array([1101, 1102, 1201, 1301, 1302])
    tiers = np.array([True, True, False])
    assert places_apart(cities, tiers, counties, county_city) == [11, 12, 1301, 1302]
    assert places_apart(cities[:1], tiers[:1], counties[:2], county_city[:2]) == [1101, 1102]
    assert places_apart(cities[1:2], tiers[1:2], counties[2:3], np.array([0])) == []
    assert places_apart(cities[2:], tiers[2:], counties[3:], np.array([0, 0])) == [1301, 1302]


def test_provinces_have_cities_and_what_has_none_has_counties():
    assert len(codes("gansu")) == 14
    assert codes("gansu", 6203) == [620302, 620321]
    assert codes("gansu", 6202) == []  # it stands for itself
    assert len(codes("beijing")) == 16 and min(codes("beijing")) == 110101
    hainan = codes("hainan")  # cities, and counties directly under the province
    assert hainan[:4] == [4601, 4602, 4603, 4604] and all(code > 469000 for code in hainan[4:]) and len(hainan) == 19


def test_a_place_has_names_residents_and_a_seat():
    lanzhou, linxia = stored_places(ProvinceChoice("gansu", [6229, 620102]))
    assert lanzhou == {
        "code": 6201, "en": "Lanzhou", "zh": "兰州市", "residents": 1484016, "latitude": 36.0614, "longitude": 103.8319,
    }  # fmt: skip
    assert (linxia["zh"], linxia["residents"]) == ("临夏回族自治州", 2109750)


def test_a_seat_that_nobody_knows_is_left_out():
    assert stored_places(ProvinceChoice("tiny"))[1] == {"code": 9102, "en": "Xiyuan", "zh": "西原市", "residents": 4000}


def test_provinces_and_choices_of_places_have_names_by_value():
    points = [
        ({"province.source": "gansu", "after": "whistle"}, ProvinceChoice("gansu")),
        ({"places": [6201, 620321]}, ProvinceChoice("gansu", [6201, 620321])),
    ]
    assert names_of(points) == {
        "gansu": {"en": "Gansu", "zh": "甘肃"},
        "[6201,620321]": {"en": "Lanzhou, Yongchang County", "zh": "兰州市、永昌县"},
    }


def test_every_place_is_measured_apart_over_both_windows(tiny):
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
        for name in PLACE_MEASURES:
            assert found.after[f"{name}@{city}"] == MEASURES[name].value(after, after)
            assert found.before[f"{name}@{city}"] == MEASURES[name].value(before, before)
    assert found.after["durable_resolution@rest"] == found.after["durable_resolution@9102"]
    later = record_groups(ledger, tiny.calendar, (("rest", (9102,)),), found.before)
    assert later.to_bytes() == found.to_bytes()  # ratios of the city without a county level are no numbers


def test_of_one_city_the_counties_are_measured_and_of_one_county_nothing_twice(tiny):
    ledger = run(tiny, 3)
    city = ledger.of_counties(np.flatnonzero(ledger.city_codes[ledger.county_city] == 9101))
    found = record_groups(city, tiny.calendar, ()).after
    assert {name for name in found if "@" in name} == {f"{n}@{c}" for n in PLACE_MEASURES for c in (910102, 910103)}
    part = SummedLedger.of(city.of_counties(np.array([1]))).window(tiny.calendar.reform[:7], tiny.calendar.end[:7])
    assert found["durable_resolution@910103"] == MEASURES["durable_resolution"].value(part, part)
    alone = ledger.of_counties(np.flatnonzero(ledger.city_codes[ledger.county_city] == 9102))
    assert record_groups(alone, tiny.calendar, ()).after.keys() == record_of(alone, tiny.calendar).after.keys()


@pytest.mark.usefixtures("no_report")
def test_a_comparison_keeps_its_places_and_of_lines_behind_maps_name_and_hash(short, tmp_path, capsys):
    arguments = ["compare", *short, "replicates=1", "study.policies=[status_quo]", "name=one"]
    arguments += ["study.name=trial", f"results={tmp_path / 'results'}"]
    lines = tmp_path / "lines.geojson"
    lines.write_text('{"type": "LineString", "coordinates": [[0, 0], [1, 200]]}', "utf-8")
    assert main([*arguments, f"map={lines}"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "lines.geojson is damaged: LineString: [1, 200] is no longitude" in said
    assert not (tmp_path / "results").exists()
    lines.write_text('{"type": "LineString", "coordinates": [[100, 30], [101, 31]]}', "utf-8")
    assert main([*arguments, f"map={lines}"]) == 0
    results = open_results(tmp_path / "results" / "trial" / "one")
    assert [(each["code"], each["residents"]) for each in results.study["places"]] == [(9101, 8000), (9102, 4000)]
    assert results.manifest["map"]["name"] == "lines.geojson" and len(results.manifest["map"]["sha256"]) == 64
    assert str(tmp_path) not in json.dumps(results.manifest["map"]) + results.manifest["command"]
    assert "map" not in results.configuration


def test_no_group_is_called_like_a_place():
    check_groups({"pilots": [9101]})
    with pytest.raises(InputError, match=r"'9101' is no name: a letter"):
        check_groups({"9101": [9102]})
