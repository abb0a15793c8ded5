"""Totals of windows that are not equally long: what is a year's, what it is called, and what is refused."""

from __future__ import annotations

import pytest

from experiments.runs.rates import (
    are_unequal,
    check_comparable,
    lengths_beside,
    lengths_text,
    of_a_year,
    unit_in,
    windows_beside,
    yearly,
)
from sim.errors import InputError
from sim.scenario import Calendar

LONGER = Calendar(end="2020-12-31")


def test_a_total_of_two_years_is_halved_and_a_rate_stays():
    values = {"petitions_total": 300.0, "petitions_per_1000": 4.0, "cost_per_durable": 900.0, "of_your_own": 7.0}
    assert of_a_year(values, 24) == values | {"petitions_total": 150.0}
    assert of_a_year(values, 6)["petitions_total"] == 600
    assert of_a_year(values, None) is values


@pytest.mark.parametrize(
    "column", ["cost_total", "before_visits_city", "kept_presented_total", "first_time_total@pilots"]
)
def test_columns_of_runs_are_taken_for_the_measure_that_they_hold(column):
    assert yearly(column, 18) == 12 / 18 and yearly(column, 12) == 1
    assert unit_in(column, True) == ("yuan/year" if column == "cost_total" else "petitions/year")
    assert unit_in(column, False) == ("yuan" if column == "cost_total" else "petitions")


def test_units_of_all_else_are_their_own():
    names = ("durable_resolution", "petitions_per_1000@6201", "cost_per_durable", "first_time_distance_to_target")
    assert [unit_in(name, True) for name in names] == ["share", "1/1000/year", "yuan", "Aitchison distance"]
    assert unit_in("of_your_own", True) == ""


def test_lengths_are_those_of_windows_that_stand_side_by_side():
    both = {"before": 12, "after": 24}
    assert lengths_beside([Calendar()]) == [{}]
    assert lengths_beside([LONGER]) == [both]
    assert lengths_beside([LONGER], ("after",)) == [{}]
    assert lengths_beside([Calendar(measures="2019-01-01", end="2020-12-31")]) == [{}]  # nothing before
    assert lengths_beside([Calendar(), LONGER], ("after",)) == [{"before": 12, "after": 12}, both]
    assert windows_beside(("pilots", "others"), "before") == ("before", "after")
    assert windows_beside(("pilots",), "before") == windows_beside(("pilots", "others"), "") == ("after",)


def test_lengths_are_told_once_each():
    assert not are_unequal([12, 12]) and are_unequal([12, 24, 12])
    assert lengths_text([24, 6, 12, 6]) == "6, 12 and 24" and lengths_text([12, 12]) == "12"


def test_what_does_not_compare_over_different_lengths_is_refused_with_them():
    reforms = [Calendar(), Calendar(reform="2018-07-01")]
    stock, total = {"study.rank_by": ["unresolved_stock"]}, {"study.measures": ["effort", "visits_total"]}
    with pytest.raises(InputError, match=r"study\.rank_by: unresolved_stock .* calendars of 60 and 72 months"):
        check_comparable(stock, [Calendar(), LONGER])
    with pytest.raises(InputError, match=r"study\.measures: visits_total .* windows of 12 and 18 months"):
        check_comparable(total, reforms)
    check_comparable(stock, reforms)  # at the same end of the same time
    check_comparable(total, reforms, totals=False)
    check_comparable(stock | total, [Calendar(), Calendar(measures="2017-01-01")])
