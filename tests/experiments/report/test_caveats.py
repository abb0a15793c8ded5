"""What a reader has to bear in mind: behaviours from elsewhere, an older model, absent places, no reports."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from experiments.cli.main import main
from experiments.configuration.ensemble import Ensemble, Origin, ensemble_of
from experiments.report.caveats import absent_notes, origin_notes, scenario_notes, unreported_notes
from experiments.report.kinds import open_results
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.text import Words
from experiments.runs.run import model_version
from petition_pyramid import scenario

EN, ZH = Words("en"), Words("zh")
ORIGIN = Origin("gansu", "Gansu", "甘肃省", "0123456789abcdef")
NOW = "0123456789abcdef-fedcba9876543210"

FITTED = "The behaviours of people were fitted to Gansu; for Zhejiang they are an assumption."
BOTH = FITTED.replace("Zhejiang", "China and Tibet")
OLDER = "people was made with model version fedcba; the model has changed since (see CHANGELOG)."


@pytest.mark.parametrize(
    ("origin", "places", "said"),
    [
        (ORIGIN, {"gansu": "Gansu"}, []),
        (ORIGIN, {"zhejiang": "Zhejiang"}, [FITTED]),
        (replace(ORIGIN, model_version="fedcba-1"), {"gansu": "Gansu"}, [OLDER]),
        (replace(ORIGIN, model_version="fedcba-1"), {"zhejiang": "Zhejiang"}, [f"{FITTED} {OLDER}"]),
        (ORIGIN, {"gansu": "Gansu", "china": "China", "tibet": "Tibet"}, [BOTH]),
        (ORIGIN, {"./copy/of/gansu": "Gansu"}, []),
        (None, {"zhejiang": "Zhejiang"}, []),
    ],
)  # fmt: skip
def test_where_behaviours_come_from_is_told_where_it_matters(origin, places, said):
    assert origin_notes("people", origin, places, NOW, EN) == said


def test_the_same_in_chinese():
    older = replace(ORIGIN, model_version="fedcba-1")
    assert origin_notes("people", older, {"zhejiang": "浙江省"}, NOW, ZH) == [
        "people的行为假设依据甘肃省的公开数字拟合，用于浙江省时只是假设。"
        "people由模型版本fedcba得出，此后模型已有变化（见CHANGELOG）。"
    ]


def test_levers_for_places_that_are_not_there():
    assert absent_notes([], ["Qinghai"], EN) == []
    assert absent_notes(["6201", "6203", "hexi"], ["Qinghai"], EN) == [
        "Levers that are set for 6201, 6203 and Hexi do nothing: Qinghai has no such places."
    ]
    assert absent_notes(["hexi", "草原"], ["青海省"], ZH) == [
        "为河西地区和草原设置的政策参数不起作用：青海省没有这些地区。"
    ]
    many = [f"62{number:02}" for number in range(1, 9)]
    assert absent_notes(many, ["Gansu", "Qinghai"], EN) == [
        "Levers that are set for 6201, 6202, 6203, 6204, 6205, 6206 and 2 more places do nothing where there are no "
        "such places (Gansu and Qinghai)."
    ]
    assert absent_notes(many, ["青海省"], ZH) == [
        "为6201、6202、6203、6204、6205、6206及另外2处设置的政策参数不起作用：青海省没有这些地区。"
    ]


def test_a_province_of_which_nothing_was_reported():
    assert unreported_notes("Qinghai", True, EN) == []
    assert unreported_notes("Qinghai", False, EN) == [
        "Nothing was reported for Qinghai: the figures it is set beside are those of China."
    ]
    assert unreported_notes("青海省", False, ZH) == ["没有青海省的公开数字：用于对照的均为全国数字。"]


def test_a_scenario_that_no_study_keeps():
    people = Ensemble("people", ("patience",), ((10.0,),), "", replace(ORIGIN, model_version=model_version()))
    assert scenario_notes(scenario("province=gansu", "after=gansu_2019"), people, EN) == []
    away = scenario("province=qinghai", "after=gansu_2019")
    assert scenario_notes(away, people, EN) == [
        "The behaviours of people were fitted to Gansu; for Qinghai they are an assumption.",
        "Levers that are set for 6201, 6203, 6204, 6205, 6207, 6208 and 5 more places do nothing: Qinghai has no "
        "such places.",
    ]
    assert scenario_notes(scenario("province=qinghai", "after=whistle"), None, EN) == []


def test_the_shipped_ensemble_says_where_it_comes_from():
    origin = ensemble_of("gansu_ensemble").origin
    assert (origin.province, origin.name_en, origin.name_zh) == ("gansu", "Gansu", "甘肃省") and origin.model_version


@pytest.mark.parametrize(
    "beside",
    [None, "", "[]", "{}", '{"province": "gansu", "model_version": "1"}', '{"province": {"source": 1}}', "[" * 100_000],
)
def test_what_is_beside_a_file_of_members_may_be_anything(tmp_path, beside):
    (tmp_path / "people.csv").write_text("patience\n12\n")
    if beside is not None:
        (tmp_path / "people.json").write_text(beside)
    found = ensemble_of(str(tmp_path / "people.csv"))
    assert found.origin is None and "origin" not in found.as_dict()


@pytest.mark.long
def test_stored_results_tell_it_too(short, results, tmp_path, no_report):
    origin = {"province": {"source": "gansu", "name_en": "Gansu", "name_zh": "甘肃省"}, "model_version": "fedcba-1"}
    (tmp_path / "people.csv").write_text("patience\n12\n20\n")
    (tmp_path / "people.json").write_text(json.dumps(origin))
    policies = "study.policies=[status_quo,pilots_keen]"
    people = f"ensemble={tmp_path / 'people.csv'}"
    assert main(["compare", *short, policies, people, "replicates=2", f"results={results}"]) == 0
    stored = open_results(results / "comparison" / "latest")
    assert stored.study["ensemble"]["origin"]["province"] == "gansu" and len(stored.study["absent_places"]) == 14
    parts = parts_of(stored.kind)
    caveats = answer_of(parts, parts.evidence(stored), EN).caveats
    fitted = f"The behaviours of {tmp_path / 'people.csv'} were fitted to Gansu; for Tiny they are an assumption."
    assert any(each.startswith(fitted) and "model version fedcba;" in each for each in caveats)
    absent = "Levers that are set for 6201, 6202, 6203, 6204, 6205, 6206 and 8 more places do nothing: Tiny has no such"
    assert any(each.startswith(absent) for each in caveats)
