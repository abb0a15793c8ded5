"""What is said of a policy that is not built yet, and the first year beside that of the full build."""

from __future__ import annotations

from dataclasses import replace

import pytest

from experiments.report import numbers
from experiments.report.build import build_note, build_notes_of
from experiments.report.compare.build import build_lines, build_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.page import PARTS
from experiments.report.compare.tables import StoredComparison
from experiments.report.page import compose_page
from experiments.report.text import Words
from experiments.results.checks import check_study
from petition_pyramid import scenario
from sim.errors import InputError
from sim.scenario import Scenario

BUILD = {
    "first": "2019-01", "last": "2019-12", "full": "2020-06", "low": 0.41, "high": 0.41, "end": "2021-12-31",
}  # fmt: skip


def study(**build):
    return check_study(StoredComparison, {"name": "trial", "calendar": {}, "build": BUILD | build})


def test_a_policy_that_is_not_built_yet_is_said_to_be_so():
    assert build_note(study(), Words("en")) == (
        "In 2019 the reform is still being built: centres, staff, grids and services reach their full extent only in "
        f"June 2020; on average over this time, 41{numbers.NBSP}% of it is in place. For figures of the full build, "
        "set calendar.end=2021-12-31."
    )
    chinese = Words("zh").spaced(build_note(study(), Words("zh")))
    assert chinese.startswith("2019年改革仍处于建设期：") and "要到2020年6月才全部到位" in chinese
    assert "这一时段平均到位41%" in chinese and chinese.endswith("请设calendar.end=2021-12-31。")


def test_shares_that_differ_are_told_from_the_least_to_the_greatest():
    told = build_note(study(high=0.54, last="2020-12"), Words("en")).replace(numbers.NBSP, " ")
    assert "In 2019–2020 the reform" in told and "41 % to 54 % of it is in place" in told


def test_nothing_is_said_where_everything_is_built():
    assert build_note(check_study(StoredComparison, {"name": "trial", "calendar": {}}), Words("en")) == ""
    assert build_notes_of([scenario("province=tiny", "after=rule_and_register")], Words("en")) == []


def test_scenarios_that_no_study_keeps_are_told_alike():
    year = ("province=tiny", "calendar.end=2019-12-31")
    (told,) = build_notes_of([scenario(*year, "after=grid_first")], Words("en"))
    assert told == build_note(study(), Words("en"))
    (moved,) = build_notes_of([scenario(*year)], Words("en"), moves_all=True)
    assert moved == told


@pytest.mark.parametrize("damage", [{"full": "June"}, {"low": 1.2}, {"low": "much"}, {"end": "2021-06-30"}])
def test_a_stored_build_that_is_none_is_refused(damage):
    with pytest.raises(InputError, match=rf"build\.{next(iter(damage))}="):
        study(**damage)


FULL = {"status_quo": 0.53, "gansu_2019": 0.59, "grid_first": None}
"""What a policy settles in the last year; one that is not built then has none."""


def with_years(results):
    """Results of 2019 to 2021 whose first year is the window that they hold, and whose last one settles ``FULL``."""
    runs = results.runs.copy()
    for name in ("durable_resolution", "ilr_1", "ilr_2", "petitions_province"):
        runs[f"first_year_{name}"] = runs[name]
        runs[f"full_year_{name}"] = runs[name].where(runs["scenario"] != "grid_first")
    runs["full_year_durable_resolution"] = [FULL[name] for name in runs["scenario"]]
    return replace(results, runs=runs)


def longer(results_of, *policies):
    calendar = Scenario().as_dict()["calendar"] | {"end": "2021-12-31"}
    return with_years(results_of(("status_quo", *policies), replicates=4, calendar=calendar))


def test_a_policy_has_a_row_for_each_year_with_its_effect(results_of):
    results = longer(results_of, "gansu_2019", "grid_first")
    evidence = Evidence(results)
    assert [span.label for span in evidence.years.values()] == ["2019", "2021"]
    found = build_table(evidence, Words("en"))
    assert [row[:2] for row in found.rows] == [
        ["Status quo", "2019"], ["Status quo", "2021"], ["Gansu 2019", "2019"], ["Gansu 2019", "2021"]
    ]  # fmt: skip
    runs = results.runs.groupby("scenario")["durable_resolution"].mean()
    first, last = found.rows[2:]
    assert first[2] == numbers.percent(runs["gansu_2019"])
    assert first[3].startswith(numbers.signed(100 * (runs["gansu_2019"] - runs["status_quo"]), 2) + " [")
    assert (last[2], last[3]) == (f"59.0{numbers.NBSP}%", f"+6.00 [+6.00{numbers.NBSP}to{numbers.NBSP}+6.00]")
    assert found.rows[1][3] == numbers.NONE and first[4] == last[4]
    province = evidence.effect_in("gansu_2019", "petitions_province", evidence.years["full_year"])
    counts = results.runs.groupby("scenario")["petitions_province"].mean()
    assert province.difference == pytest.approx(counts["gansu_2019"] - counts["status_quo"])
    told = "\n".join(build_lines(evidence, Words("en")))
    assert "2021 has all of it in place" in told and "Changes are from “Status quo” in the same year." in told
    chinese = build_lines(evidence, Words("zh"))
    assert "2021年从年初起已全部到位" in chinese[0] and "维持现状" in chinese[1]


def test_the_section_is_there_only_with_both_years(results_of):
    evidence = Evidence(longer(results_of, "gansu_2019"))
    page = compose_page(PARTS, evidence, Words("en"), {})
    (section,) = [section for section in page.sections if section.key == "build"]
    assert section.title == "First year and full build" and len(section.tables[0].rows) == 4
    evidence = Evidence(longer(results_of, "grid_first"))  # not built by 2021
    assert build_table(evidence, Words("en")) is None and build_lines(evidence, Words("en")) == []
    assert "build" not in [section.key for section in compose_page(PARTS, evidence, Words("en"), {}).sections]
    evidence = Evidence(results_of(("status_quo", "gansu_2019"), replicates=2))
    assert evidence.years == {} and build_table(evidence, Words("en")) is None


def test_without_a_reference_the_years_are_told_against_the_window_before(results_of):
    calendar = Scenario().as_dict()["calendar"] | {"end": "2021-12-31"}
    results = with_years(results_of(("gansu_2019",), replicates=3, calendar=calendar))
    evidence = Evidence(results)
    span = evidence.years["full_year"]
    change = evidence.effect_in("gansu_2019", "durable_resolution", span)
    assert change.difference == pytest.approx(0.59 - results.runs["before_durable_resolution"].mean())
    assert "Changes are from 2018." in build_lines(evidence, Words("en"))[0]
