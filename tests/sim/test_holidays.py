"""Dates of festivals and meetings."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from sim.holidays import YEARS, meeting_months, new_years_eve


def test_dates_of_the_festival_are_those_of_the_lunar_calendar() -> None:
    """A new moon after 20 January: never before 21 January nor after 21 February, and 354 to 385 days apart."""
    eves = [new_years_eve(year) for year in range(YEARS[0], YEARS[1] + 1)]
    assert all(date(eve.year, 1, 20) <= eve <= date(eve.year, 2, 20) for eve in eves)
    steps = {(later - eve).days for eve, later in pairwise(eves)}
    assert steps <= {353, 354, 355, 383, 384, 385}


def test_new_years_eve_is_the_day_before() -> None:
    assert new_years_eve(2018) == date(2018, 2, 15) and new_years_eve(2024) == date(2024, 2, 9)


def test_meetings_are_in_march_but_for_2020_and_the_party_s_on_top() -> None:
    assert meeting_months(2018) == {3} and meeting_months(2020) == {5}
    assert meeting_months(2017) == {3, 10} and meeting_months(2012) == {3, 11}
