"""What compares over calendars of different lengths, and which measure a column of runs holds."""

from __future__ import annotations

import pytest

from experiments.runs.rates import check_comparable, lengths_text, measure_of
from sim.errors import InputError
from sim.scenario import Calendar

LONGER = Calendar(end="2022-12-31")


@pytest.mark.parametrize(
    ("column", "measure"),
    [
        ("cost_total", "cost_total"),
        ("before_visits_city", "visits_city"),
        ("kept_presented_total", "presented_total"),
        ("first_year_first_time_total@pilots", "first_time_total"),
        ("full_year_effort@6201", "effort"),
    ],
)
def test_columns_of_runs_are_taken_for_the_measure_that_they_hold(column, measure):
    assert measure_of(column) == measure


def test_lengths_are_told_once_each():
    assert lengths_text([24, 6, 12, 6]) == "6, 12 and 24" and lengths_text([12, 12]) == "12"


def test_a_stock_is_refused_over_calendars_of_different_lengths():
    stock, total = {"study.rank_by": ["unresolved_stock"]}, {"study.measures": ["effort", "visits_total"]}
    with pytest.raises(InputError, match=r"study\.rank_by: unresolved_stock .* calendars of 84 and 96 months"):
        check_comparable(stock, [Calendar(), LONGER])
    check_comparable(stock, [Calendar(), Calendar(reform="2018-07-01")])  # at the same end of the same time
    check_comparable(total, [Calendar(), LONGER])  # totals are those of a year
