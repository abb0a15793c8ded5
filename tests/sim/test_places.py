"""Levers by place from a planner's table: what it may hold, what is refused, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.model import run
from sim.places import PlacesFile, why_unknown
from sim.policy import Policy
from sim.province import load_province
from sim.scenario import Scenario

HEADER = "place,lever,value\n"
TINY = Scenario.from_dict({"province.source": "tiny"})


def table(folder: Path, rows: str, header: str = HEADER) -> str:
    file = folder / "places.csv"
    file.write_text(header + rows, "utf-8")
    return str(file)


def test_a_row_names_a_place_of_any_level_by_code_or_name(tmp_path: Path):
    rows = (
        "91,norms.moral_bank,0.25\n"
        "hexi,staff.training,0.5\n"
        "东川市,staff.mediators_city,30\n"
        "山阳,staff.mediators_county,20.0\n"
        "Xiyuan,centre.intake,unified\n"
        "910102.0,services.one_call,1\n"
        "910102001,grid.households_per_grid,60\n"
        "910102001,norms.praise_meetings,0.125\n"
    )
    places = TINY.vary({"before.places": table(tmp_path, rows)}).before.places
    assert places == {
        "91": {"norms": {"moral_bank": 0.25}},
        "hexi": {"staff": {"training": 0.5}},
        "9101": {"staff": {"mediators_city": 30}},
        "910103": {"staff": {"mediators_county": 20}},
        "9102": {"centre": {"intake": "unified"}},  # its one county only stands for the city
        "910102": {"services": {"one_call": 1}},
        "910102001": {"grid": {"households_per_grid": 60}, "norms": {"praise_meetings": 0.125}},
    }


def test_a_scenario_holds_the_rows_and_not_the_path(tmp_path: Path):
    scenario = TINY.vary({"after.places": table(tmp_path, "9101,norms.moral_bank,1\n")})
    (tmp_path / "places.csv").unlink()
    assert Scenario.from_dict(scenario.as_dict()) == scenario
    typed = TINY.vary({"after.places": {"9101": {"norms": {"moral_bank": 1}}}})
    assert typed == scenario


def test_values_that_are_the_policy_s_own_change_nothing(tmp_path: Path):
    rows = (
        "91,staff.training,0\n9101,centre.intake,windows\n910103,staff.mediators_county,8\n"
        "910103400,norms.moral_bank,0\n"
    )
    calendar = {"calendar.start": "2018-01-01", "calendar.measures": "2018-01-01"}
    usual = TINY.vary({**calendar, "after": {}})
    same = usual.vary({"before.places": table(tmp_path, rows)})
    for name, values in vars(run(usual, 2)).items():
        assert values.tobytes() == getattr(run(same, 2), name).tobytes(), name


REFUSED = {
    "unknown county": (
        "910109,norms.moral_bank,1",
        "row 2: place '910109': there is no county 910109 in province 'tiny'; there are: 910102, 910103",
    ),
    "unknown city": (
        "9105,norms.moral_bank,1",
        "row 2: place '9105': there is no city 9105 in province 'tiny'; there are: 9101, 9102",
    ),
    "another province": (
        "6201,norms.moral_bank,1",
        "row 2: place '6201': there is no city 6201 in province 'tiny'; there are: 9101, 9102",
    ),
    "no level": (
        "910,norms.moral_bank,1",
        "row 2: place '910': a place is the code of a province (2 digits), city (4), county (6) or "
        "township (9), or a region type",
    ),
    "unknown name": (
        "山阴县,norms.moral_bank,1",
        "row 2: place '山阴县': no such place in province 'tiny'; near ones: 910103 山阳县",
    ),
    "no place": (
        ",norms.moral_bank,1",
        "row 2: place missing: a place is the code of a province",
    ),
    "unknown lever": (
        "9101,norms.moral_banks,1",
        "row 2: lever 'norms.moral_banks': there is no such lever; did you mean norms.moral_bank",
    ),
    "lever without its group": (
        "9101,moral_bank,1",
        "row 2: lever 'moral_bank': there is no such lever; did you mean norms.moral_bank",
    ),
    "the province's own": (
        "9101,petition.registration_county,1",
        "row 2: lever 'petition.registration_county': petition is the province's own; only these groups "
        "may differ by place: centre",
    ),
    "assessment": (
        "9101,assessment.audit_rate,1",
        "row 2: lever 'assessment.audit_rate': assessment is the province's own",
    ),
    "city's lever of a township": (
        "910102001,staff.mediators_city,3",
        "row 2: lever 'staff.mediators_city': it acts at the level of the city; set it for a city, a "
        "region type or the province",
    ),
    "the same by name": (
        "中街街道,staff.mediators_county,3",
        "row 2: lever 'staff.mediators_county': it acts at the level of the county; set it for a county, a "
        "city, a region type or the province",
    ),
    "too much": (
        "9101,norms.moral_bank,1.5",
        "row 2: value '1.5': norms.moral_bank: it must be within 0 to 1 (share)",
    ),
    "no number": (
        "9101,norms.moral_bank,all",
        "row 2: value 'all': norms.moral_bank: it must be within 0 to 1 (share)",
    ),
    "not a number": (
        "9101,norms.moral_bank,nan",
        "row 2: value 'nan': norms.moral_bank: it must be within 0 to 1 (share)",
    ),
    "no value": (
        "9101,norms.moral_bank,",
        "row 2: value missing: norms.moral_bank: it must be within 0 to 1 (share)",
    ),
    "no choice": (
        "9101,centre.intake,doors",
        "row 2: value 'doors': centre.intake: it must be within windows, unified (choice)",
    ),
    "twice": (
        "9101,norms.moral_bank,1\n9101,norms.moral_bank,0",
        "row 3: lever 'norms.moral_bank': it is set twice for 9101, first in row 2",
    ),
    "twice by other names": (
        "9101,norms.moral_bank,1\n东川,norms.moral_bank,0",
        "row 3: lever 'norms.moral_bank': it is set twice for 9101, first in row 2",
    ),
    "a later row": (
        "9101,norms.moral_bank,1\n\n9102,norms.moral_bank,2",
        "row 4: value '2'",
    ),
    "too few fields": (
        "9101,norms.moral_bank",
        "row 2: 2 fields, but the header has 3",
    ),
    "no rows": (
        "",
        "has a header but no rows; at least one is needed",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_told_with_file_row_and_column(case: str, tmp_path: Path):
    rows, message = REFUSED[case]
    with pytest.raises(InputError) as refused:
        TINY.vary({"before.places": table(tmp_path, rows)})
    assert f"{tmp_path}/places.csv: {message}" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "places.csv: is empty; a header and at least one row are needed"),
        (b"place,value\n9101,1\n", "places.csv: row 1: missing column 'lever'"),
        (b"place,lever,value,year\n9101,norms.moral_bank,1,2018\n", "places.csv: row 1: unknown column 'year'"),
        (
            b"place,lever,value\n9101,norms.moral_bank,1\n\xb6\xab\xb4\xa8,a,1\n",
            "places.csv: row 3: byte 0xb6 is not UTF-8",
        ),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(content: bytes, message: str, tmp_path: Path):
    (tmp_path / "places.csv").write_bytes(content)
    with pytest.raises(InputError, match=message):
        PlacesFile(str(tmp_path / "places.csv"), Policy)


def test_a_file_that_is_not_there_and_what_is_no_levers_are_refused(tmp_path: Path):
    with pytest.raises(
        InputError, match=r"places=.*none\.csv: there is no such file; it is a CSV file with place, lever"
    ):
        TINY.vary({"before.places": str(tmp_path / "none.csv")})
    with pytest.raises(InputError, match="places=3 is not allowed: it must be levers by place, or a file of them"):
        TINY.vary({"before.places": 3})


def test_what_only_stands_for_another_level_is_no_place():
    told = why_unknown("910201", load_province("tiny"))  # the one county row of a city without counties
    assert told == "there is no county 910201 in province 'tiny': 9102 has none of this level"


def test_many_places_are_not_all_listed():
    gansu = load_province("gansu")
    told = why_unknown("620102999", gansu)
    assert told.startswith("there is no township 620102999 in province 'gansu'; there are: 620102")
    assert told.count("620102") == 9 and told.endswith(" more")
    assert why_unknown("62", gansu) == why_unknown("hexi", gansu) == why_unknown("620102", gansu) == ""
    assert why_unknown("loess", gansu).startswith(
        "there is no such region type in province 'gansu'; there are: capital"
    )
