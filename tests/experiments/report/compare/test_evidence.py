"""What the report computes: values against hand computation."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from experiments.report import numbers
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.reasons import PARTS, reasons_of
from experiments.report.compare.verdicts import verdicts_of
from experiments.report.windows import Span
from experiments.statistics.intervals import estimate, series
from sim.ledger import EVENTS
from sim.scenario import Scenario


def test_estimate_of_three_values():
    # mean 2, sd 1, standard error 1/√3; t(2): 4.302653 at 97.5 %, 0.816497 at 75 %
    found = estimate(np.array([1.0, 2.0, 3.0]))
    assert found.mean == 2 and found.n == 3
    assert found.high - 2 == pytest.approx(4.302653 / math.sqrt(3), rel=1e-6)
    assert 2 - found.low50 == pytest.approx(0.816497 / math.sqrt(3), rel=1e-5)


def test_estimate_of_one_value_has_no_interval():
    found = estimate(np.array([7.0]))
    assert found.mean == 7 and math.isnan(found.low) and math.isnan(found.high50)


def test_series_agrees_with_single_estimates():
    values = np.array([[1.0, 10.0], [2.0, 30.0], [6.0, 20.0]])
    found = series(values)
    for column in range(2):
        single = estimate(values[:, column])
        assert (found.mean[column], found.low[column]) == pytest.approx((single.mean, single.low))


def with_petitions(results, province, city, county):
    """The same results with log-ratio coordinates of given counts in every run."""
    first = math.sqrt(2 / 3) * math.log(province / math.sqrt(city * county))
    second = math.sqrt(1 / 2) * math.log(city / county)
    return replace(results, runs=results.runs.assign(ilr_1=first, ilr_2=second))


def test_ratio_is_taken_back_from_its_coordinates(results_of):
    results = results_of(("status_quo", "grid_first"), replicates=2)
    city, county = Evidence(with_petitions(results, 100, 205, 296)).ratio("grid_first")
    assert city.mean == pytest.approx(2.05) and county.mean == pytest.approx(2.96)
    assert numbers.ratio(city.mean, county.mean).replace(numbers.NBSP, " ") == "1 : 2.05 : 2.96"


def test_distance_is_to_the_target_of_the_study(results_of):
    results = results_of(("status_quo", "grid_first"), replicates=2, target=[2.0, 2.0, 6.0])
    evidence = Evidence(with_petitions(results, 10, 10, 30))
    assert evidence.target == (1, 1, 3)
    assert evidence.estimate("grid_first", "distance_to_target").mean == pytest.approx(0, abs=1e-12)


def test_effects_are_paired_by_seed_whatever_the_order(results_of):
    results = results_of(("status_quo", "grid_first"), replicates=3)
    values = {("status_quo", 0): 10.0, ("status_quo", 1): 20.0, ("status_quo", 2): 60.0}
    values |= {("grid_first", 0): 11.0, ("grid_first", 1): 22.0, ("grid_first", 2): 63.0}
    column = [values[key] for key in zip(results.runs["scenario"], results.runs["seed"], strict=True)]
    runs = results.runs.assign(petitions_total=column)[::-1]
    effect = Evidence(replace(results, runs=runs)).effect("grid_first", "petitions_total")
    assert effect.difference == 2  # differences 1, 2, 3
    assert effect.high - 2 == pytest.approx(4.302653 / math.sqrt(3), rel=1e-6)
    assert effect.relative == pytest.approx(2 / 30)


def test_one_policy_is_compared_with_the_window_before(results_of):
    evidence = Evidence(results_of(("gansu_2019",), replicates=4))
    assert evidence.reference is None and evidence.contrasts == ("gansu_2019",)
    effect = evidence.effect("gansu_2019", "petitions_province")
    before = evidence.estimate("gansu_2019", "petitions_province", evidence.before)
    assert effect.mean_reference == pytest.approx(before.mean)
    assert effect.relative == pytest.approx(-0.36, abs=0.03)


def with_settled(results, gains: list[float]):
    """Evidence of the same results, but for durable settlement: a half, and what ``grid_first`` gains, by seed."""
    rows = zip(results.runs["scenario"], results.runs["seed"], strict=True)
    settled = [0.5 + (gains[seed] if scenario == "grid_first" else 0) for scenario, seed in rows]
    return Evidence(replace(results, runs=results.runs.assign(durable_resolution=settled)))


def test_an_effect_is_found_where_it_matters_and_is_no_chance_find(results_of):
    results = results_of(("status_quo", "grid_first"), replicates=6)
    durable = "grid_first", "durable_resolution"
    tiny = with_settled(results, [0.0009, 0.001, 0.0011] * 2)  # surely there, and a fifth of what would matter
    assert tiny.adjusted[durable] < 0.001 and tiny.judgement(*durable) == 0 and not tiny.is_found(*durable)
    large = with_settled(results, [0.009, 0.010, 0.011] * 2)
    assert large.judgement(*durable) == 1 and large.is_found(*durable)
    wide = with_settled(results, [0.0, 0.02, 0.01] * 2)
    assert wide.judgement(*durable) is None and not wide.is_found(*durable)
    falling = with_settled(results, [-0.009, -0.010, -0.011] * 2)
    assert falling.judgement(*durable) == -1 and falling.is_found(*durable)
    (verdict,) = verdicts_of(falling)
    assert verdict.settlement == "down"


def test_one_replicate_is_judged_by_its_value_and_finds_nothing(results_of):
    results = results_of(("status_quo", "grid_first"), replicates=1)
    durable = "grid_first", "durable_resolution"
    for gain, judgement in ((0.0049, 0), (0.0051, 1), (-0.0051, -1)):
        evidence = with_settled(results, [gain])
        assert evidence.judgement(*durable) == judgement and not evidence.is_found(*durable)


def test_under_an_ensemble_the_middle_of_the_behaviours_is_judged(results_of):
    people = {"name": "people.csv", "members": 3, "sha256": "0", "uncertainties": ["patience"]}
    durable = "grid_first", "durable_resolution"
    gains = [0.006, 0.02, 0.03] * 2  # of members 0, 1 and 2, each twice
    evidence = with_settled(results_of(("status_quo", "grid_first"), replicates=6, ensemble=people), gains)
    # the middle 95 % of the three: from 0.006 + 0.05 · 0.014 up, beyond half a point; t interval from 0.0076
    assert evidence.judgement(*durable) == 1
    crossing = [0.002, 0.02, 0.021] * 2  # from 0.0029; the t interval would begin at 0.0046
    assert with_settled(evidence.results, crossing).judgement(*durable) is None


def test_verdicts_tell_ratio_from_settlement(results_of):
    evidence = Evidence(results_of(("status_quo", "gansu_2019", "grid_first", "rule_and_register"), replicates=10))
    found = {verdict.scenario: (verdict.ratio, verdict.settlement) for verdict in verdicts_of(evidence)}
    assert found == {
        "gansu_2019": ("nearer", "up"),
        "grid_first": ("little", "up"),
        "rule_and_register": ("nearer", "little"),
    }


def test_reasons_of_unequal_windows_are_those_of_a_year(results_of):
    """The window before the reform is said to have had six months, that after it twelve."""
    calendar = Scenario().as_dict()["calendar"] | {"measures": "2018-07-01", "end": "2019-12-31"}
    results = results_of(("gansu_2019",), replicates=3, calendar=calendar)
    parts = reasons_of(Evidence(results))["gansu_2019"]
    monthly = results.monthly.set_index(["seed", "month"])
    columns = [name for name in EVENTS if re.fullmatch("(repeat_)?registered_(visit|letter|online)_.*", name)]
    half = sum(monthly.xs(seed)[columns].loc["2018-07":"2018-12"].to_numpy().sum() for seed in range(3))
    year = sum(monthly.xs(seed)[columns].loc["2019":].to_numpy().sum() for seed in range(3))
    assert parts["total"].mean == pytest.approx((year - 2 * half) / 3)
    assert sum(parts[name].mean for name in PARTS) == pytest.approx(parts["total"].mean)


def test_spans_have_names():
    assert Span("2019-01", "2019-12").label == "2019"
    assert Span("2018-01", "2019-12").label == "2018–2019"
    assert Span("2019-07", "2020-06").label == "2019-07–2020-06"
    assert Span("2019-07", "2020-06").months == 12
