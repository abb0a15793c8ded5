"""Measures of the police, on a ledger made by hand: two counties of 10,000 and 30,000."""

import math

import pytest

from sim.ledger import MONTHLY_FIGURES
from sim.measures import MEASURES, measure_all
from tests.sim.measures.ledgers import ledger

CALLS = {
    "raised": 1000,
    "police_called": 250,
    "police_settled": 200,
    "police_durable": 90,
    "police_nominal": 110,
    "police_passed": 25,
    "first_police": 120,
    "first_bilateral": 400,
    "first_nothing": 280,
    "durable_bilateral": 300,
    "settled_on_spot": 10,
    "relapsed": 80,
}


def test_calls_and_what_came_of_them_as_recorded_and_in_truth():
    made = ledger(CALLS)
    made.monthly[0, :, MONTHLY_FIGURES.index("police_background")] = 20  # 240 a year
    values = measure_all(made)
    assert values["police_calls_per_1000"] == pytest.approx((250 + 240) / 40)
    assert values["police_settled_share"] == pytest.approx(0.8)
    assert values["police_durable_share"] == pytest.approx(0.36)
    assert values["police_passed_share"] == pytest.approx(0.1)


def test_where_nobody_calls_there_is_no_share_of_calls():
    made = ledger({"raised": 10})
    assert MEASURES["police_calls_per_1000"].value(made, made) == 0
    assert math.isnan(MEASURES["police_settled_share"].value(made, made))


def test_what_they_settle_is_settled_with_a_third_partys_help():
    values = measure_all(ledger(CALLS))
    assert values["durable_resolution"] == pytest.approx(0.4)
    assert values["settled_police"] == pytest.approx(90 / 400)
    assert values["settled_self"] + values["settled_grid"] + values["settled_police"] == pytest.approx(1)
    assert values["nominal_pending"] == 110 - 80
    assert values["open_cases"] == 1000 - 400


def test_grievances_that_they_settle_first_are_a_row_of_first_choices():
    values = measure_all(ledger(CALLS))
    shares = {name: values[f"first_{name}_share"] for name in ("police", "bilateral", "nothing", "court")}
    assert shares == pytest.approx({"police": 0.15, "bilateral": 0.5, "nothing": 0.35, "court": 0.0})
