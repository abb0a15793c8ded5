"""What is told of the assumptions that an effect turns on."""

from __future__ import annotations

import pytest

from experiments.report.compare.answer import answer
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.sections import tables_of
from experiments.report.compare.tables import StoredComparison
from experiments.report.compare.turning import turning_table
from experiments.report.text import Words
from experiments.results.checks import check_study
from sim.errors import InputError

PEOPLE = {"name": "people.csv", "members": 5, "sha256": "0", "uncertainties": ["patience"]}
ROWS = [
    {
        "policy": "gansu_2019",
        "measure": "durable_resolution",
        "assumption": "bilateral_success",
        "below": 0.61,
        "above": 0.78,
        "low": 0.0985,
        "high": 0.0571,
    },
    {
        "policy": "gansu_2019",
        "measure": "petitions_province",
        "assumption": "status_quo.petition.registration_province",
        "below": 0.84,
        "above": 0.9,
        "low": -512.0,
        "high": -130.0,
    },
]


def evidence(results_of, rows):
    return Evidence(results_of(("status_quo", "gansu_2019"), replicates=10, ensemble=PEOPLE, turns_on=rows))


def test_the_answer_names_the_first_and_the_section_has_all(results_of):
    found = evidence(results_of, ROWS)
    told = answer(found, Words("en")).text[-1]
    assert "It turns most on one assumption, " in told
    assert told.endswith(
        "+9.85 points in the third of the sets where it is least, +5.71 in the third where it is greatest."
    )
    assert "最低的三分之一组中为+9.85个百分点，最高的三分之一组中为+5.71个百分点" in answer(found, Words("zh")).text[-1]
    (table,) = tables_of("effects", found, Words("en"))
    assert [row[2:] for row in table.rows] == [
        ["+9.85 (up to 0.610)", "+5.71 (from 0.780)"],
        ["−512 (up to 0.840)", "−130 (from 0.900)"],
    ]
    assert table.rows[1][1].endswith("(status quo)")


def test_what_another_policy_turns_on_is_not_told_of_the_one_that_is_named(results_of):
    found = evidence(results_of, [ROWS[0] | {"policy": "grid_first"}])
    assert "turns most" not in " ".join(answer(found, Words("en")).text)


def test_without_any_nothing_is_said(results_of):
    found = evidence(results_of, [])
    assert turning_table(found, Words("en")) is None and tables_of("effects", found, Words("en")) == []
    assert "turns most" not in " ".join(answer(found, Words("en")).text)


@pytest.mark.parametrize("damage", [{"measure": "no_such"}, {"low": "much"}, {"assumption": ""}, {"below": None}])
def test_what_is_stored_is_checked(damage):
    with pytest.raises(InputError, match="turns_on"):
        check_study(StoredComparison, {"name": "trial", "calendar": {}, "turns_on": [ROWS[0] | damage]})
