"""A single year of one place: draws, ranges by hand, tables, and what has none."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from experiments.report.compare.evidence import Evidence
from experiments.report.compare.sections import paragraphs_of, tables_of
from experiments.report.compare.single_year import MEASURES, Predicted, predictions, predictions_document
from experiments.report.text import Words
from experiments.statistics.prediction import Prediction

EN, ZH = Words("en"), Words("zh")
T3 = 3.182446
"""Of three degrees of freedom: 95 % lie within as many standard deviations on either side."""
POLICIES = ("status_quo", "grid_first")


def with_columns(results, **columns):
    return replace(results, runs=results.runs.assign(**columns))


def one(evidence: Evidence, kind: str, policy: str, measure: str = "durable_resolution", place: int | None = None):
    (found,) = [
        each
        for each in predictions(evidence)
        if (each.kind, each.policy, each.measure) == (kind, policy, measure)
        and (each.place.code if each.place else None) == place
    ]
    return found.range


def reach(values) -> float:
    """Half of a range for a fifth value."""
    return T3 * np.std(values, ddof=1) * math.sqrt(1 + 1 / 4)


def test_ranges_are_of_one_places_year_and_of_its_differences_seed_by_seed(results_of):
    results = results_of(POLICIES, replicates=4)
    is_grid_first, seed = results.runs["scenario"] == "grid_first", results.runs["seed"]
    own = np.choose(seed, [0.60, 0.62, 0.64, 0.66])
    columns = {
        "durable_resolution@6205": own + np.where(is_grid_first, 0.03 + 0.004 * (seed % 2), 0),
        "before_durable_resolution@6205": 0.6 + 0.01 * (seed >= 2),
        "durable_resolution@6201": np.where(is_grid_first, 0.9, 0.1),  # far away, and of no matter to Tianshui
    }
    evidence = Evidence(with_columns(results, **columns))
    year = one(evidence, "year", "status_quo", place=6205)
    assert (year.low, year.high) == pytest.approx((0.63 - reach([0, 2, 4, 6]) / 100, 0.63 + reach([0, 2, 4, 6]) / 100))
    made = one(evidence, "policy", "grid_first", place=6205)
    assert (made.low, made.high) == pytest.approx(
        (0.032 - reach([0, 4, 0, 4]) / 1000, 0.032 + reach([0, 4, 0, 4]) / 1000)
    )
    books = one(evidence, "own", "status_quo", place=6205)  # 0, 2, 3 and 5 points
    assert (books.low, books.high, books.n) == pytest.approx(
        (0.025 - reach([0, 2, 3, 5]) / 100, 0.025 + reach([0, 2, 3, 5]) / 100, 4)
    )
    assert one(evidence, "year", "grid_first", place=6201) == Prediction(pytest.approx(0.9), pytest.approx(0.9), 4)
    effect = evidence.effect("grid_first", "durable_resolution@6205")
    assert (made.high - made.low) / (effect.high - effect.low) == pytest.approx(math.sqrt(5))


def test_a_level_is_cut_at_what_there_can_be_and_a_difference_is_not(results_of):
    results = results_of(POLICIES, replicates=4)
    is_grid_first, seed = results.runs["scenario"] == "grid_first", results.runs["seed"]
    swing = np.where(is_grid_first, 0, seed % 2)
    evidence = Evidence(with_columns(results, durable_resolution=1.0 - 0.1 * swing, petitions_per_1000=1.0 * swing))
    year = one(evidence, "year", "status_quo")
    assert (year.low, year.high) == pytest.approx((0.95 - reach([0, 1, 0, 1]) / 10, 1))
    petitions = one(evidence, "year", "status_quo", "petitions_per_1000")
    assert (petitions.low, petitions.high) == pytest.approx((0, 0.5 + reach([0, 1, 0, 1])))
    assert one(evidence, "policy", "grid_first").low < 0 < one(evidence, "policy", "grid_first").high


def test_of_an_ensemble_every_behaviour_is_one_draw(results_of):
    people = {"name": "gansu_ensemble", "members": 4, "sha256": "0" * 64, "uncertainties": ["grievances"]}
    results = results_of(POLICIES, replicates=8, ensemble=people)
    seed = results.runs["seed"]
    evidence = Evidence(with_columns(results, durable_resolution=0.6 + 0.01 * (seed % 4) + 0.2 * (seed > 3)))
    year = one(evidence, "year", "status_quo")  # of seeds 0 to 3 alone
    assert (year.low, year.high, year.n) == pytest.approx(
        (0.615 - reach(range(4)) / 100, 0.615 + reach(range(4)) / 100, 4)
    )
    told = paragraphs_of("single", evidence, EN)
    assert "Each draw has another set of assumptions about people" in told[2]


def test_tables_name_places_and_measures_and_say_what_is_compared(results_of):
    evidence = Evidence(results_of(("status_quo", "grid_first", "gansu_2019"), replicates=5))
    year, own, policy = tables_of("single", evidence, EN)
    assert [each.caption for each in (year, own, policy)] == [
        "A single year, 95 cases of 100: where it may lie, 2019",
        "A single year, 95 cases of 100: change on the year before the reform, as its own books may show it, 2019",
        "A single year, 95 cases of 100: what the policy makes of it, against “Status quo” under the same luck, 2019",
    ]
    assert year.header == ["Place", "Measure", "Unit", "Status quo", "Grid first", "Gansu 2019"]
    assert policy.header == ["Place", "Measure", "Unit", "Grid first", "Gansu 2019"]
    assert [row[:3] for row in year.rows[-3:]] == [
        ["Linxia", "Durable settlement per grievance", "%"],
        ["Linxia", "Recorded success per case closed", "%"],
        ["Linxia", "Petitions per 1,000 a year", "1/1000/year"],
    ]
    assert [row[2] for row in policy.rows[-3:]] == ["points", "points", "1/1000/year"]
    linxia = one(evidence, "policy", "grid_first", place=6229)
    ends = [f"{100 * end:+.2f}".replace("-", "−") for end in (linxia.low, linxia.high)]
    assert policy.rows[-3][3] == "\u00a0to\u00a0".join(ends)
    assert len(year.rows) == 4 + 4 * 3  # no petitions per 1,000 of all together in these results
    chinese = tables_of("single", evidence, ZH)[2]
    assert chinese.caption == "单个年份（100次中的95次）：同样随机条件下，政策与“维持现状”相比带来的差别，2019年"
    assert chinese.rows[-1][:3] == ["临夏回族自治州", "每千人每年登记信访", "每千人每年"]


def test_recorded_stands_beside_true():
    assert {"recorded_success", "durable_resolution", "petitions_province", "presented_province"} < {*MEASURES}


def test_of_one_policy_it_is_told_against_the_year_before_and_the_policy_kept(results_of):
    results = results_of(("gansu_2019",), replicates=4)
    evidence = Evidence(with_columns(results, kept_durable_resolution=0.5, durable_resolution=0.52))
    assert one(evidence, "policy", "gansu_2019") == Prediction(pytest.approx(0.02), pytest.approx(0.02), 4)
    captions = [each.caption for each in tables_of("single", evidence, EN)]
    assert captions[2].endswith("against the policy before under the same luck, 2019")


def test_one_replicate_predicts_nothing(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=1))
    assert predictions(evidence) == [] and tables_of("single", evidence, EN) == []


def test_what_is_no_year_is_not_told_as_one(results_of):
    results = results_of(POLICIES, replicates=4)
    calendar = results.study["calendar"] | {"reform": "2019-07-01"}
    assert predictions(Evidence(replace(results, study={**results.study, "calendar": calendar}))) == []


def test_of_a_longer_calendar_the_first_year_and_the_full_build_are_told_apart(results_of):
    results = results_of(POLICIES, replicates=4)
    study = {**results.study, "calendar": results.study["calendar"] | {"end": "2021-12-31"}}
    columns = {"first_year_durable_resolution": 0.6, "full_year_durable_resolution": 0.7}
    evidence = Evidence(replace(with_columns(results, **columns), study=study))
    found = [each for each in predictions(evidence) if each.kind == "year" and each.policy == "grid_first"]
    assert {each.year.label: each.range.low for each in found} == {"2019": 0.6, "2021": 0.7}
    assert [each.caption[-4:] for each in tables_of("single", evidence, EN)][:2] == ["2019", "2021"]


def test_as_plain_values(results_of):
    evidence = Evidence(results_of(POLICIES, replicates=4))
    document = predictions_document(evidence)
    first = next(each for each in predictions(evidence) if each.place is not None)
    assert isinstance(first, Predicted)
    said = next(each for each in document if each["place"] is not None)
    assert said == {
        "kind": "year",
        "year": "2019",
        "place": first.place.code,
        "measure": "durable_resolution",
        "unit": "share",
        "policy": "status_quo",
        "low": first.range.low,
        "high": first.range.high,
        "draws": 4,
    }
    assert len(document) == len(predictions(evidence))
