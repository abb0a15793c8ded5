"""Seasons, trends, meetings and closed days of a calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.almanac import Almanac, almanac_of, check_rates
from sim.behaviour import Behaviour, Timing
from sim.errors import InputError
from sim.ledger import DISPUTE_KINDS
from sim.province.series import Series
from sim.scenario import Calendar, Scenario
from sim.stress import Stress
from tests.neutral import NEUTRAL

CALENDAR = Calendar(start="2018-01-01", reform="2019-01-01", measures="2018-01-01", end="2020-12-31")
LABOUR, DEBT = DISPUTE_KINDS.index("labour"), DISPUTE_KINDS.index("debt")


def almanac(series: Series | None = None, **timing: float) -> Almanac:
    return almanac_of(CALENDAR, replace(NEUTRAL.timing, **timing), series or Series())


def trend(**index: list[float]) -> Series:
    return Series(trends={name: np.array(values) for name, values in index.items()}, first_year=2018, file="trends.csv")


def test_without_series_no_month_and_no_day_is_unlike_another() -> None:
    plain = almanac()
    assert (plain.months["grievances"] == 1).all() and (plain.months["most"] == 1).all()
    assert (plain.months["suits"] == 1).all() and (plain.months["petitions"] == 0).all()
    assert plain.registers.tolist() == [1.0] * 36
    assert plain.open_on.tolist() == []  # none is closed
    assert plain.month_of_day[[0, 30, 31, 365, -1]].tolist() == [0, 0, 1, 12, 35]


def test_a_trend_passes_through_the_middles_of_years_and_counts_from_the_first_measured_one() -> None:
    """ln of the index is linear: half a month before the middle of 2019 it is a 24th of the way back to 2018."""
    found = almanac(trend(grievances=[50, 100, 25], petitions=[2, 2, 4], suits=[1, 1, 1], registers=[50, 100, 25]))
    months = found.months
    rise = months["grievances"][:, LABOUR]
    assert rise[:6] == pytest.approx([1.0] * 6)
    assert rise[17] == pytest.approx(2.0 * 0.5 ** (1 / 24))
    assert rise[18] == pytest.approx(2.0 * 0.25 ** (1 / 24))
    assert rise[30:] == pytest.approx([0.5] * 6)
    assert found.registers.tolist() == rise.tolist()
    assert months["petitions"][23] == pytest.approx((11.5 - 6) / 12 * np.log(2))
    assert (months["suits"] == 1).all()


def test_a_season_multiplies_the_trend_of_its_kind_alone() -> None:
    seasons = Series().seasons
    seasons[LABOUR] = [1.5, *[1.0] * 10, 0.5]
    months = almanac(replace(trend(grievances=[1, 1, 1]), seasons=seasons)).months
    assert months["grievances"][:12, LABOUR].tolist() == seasons[LABOUR].tolist()
    assert (months["grievances"][:, DEBT] == 1).all()
    assert months["most"][:12].tolist() == [1.5, *[1.0] * 11]


def test_a_trend_without_years_of_the_calendar_is_refused() -> None:
    with pytest.raises(InputError, match=r"trends\.csv: suits from 2018 to 2019: the calendar, from 2018 to 2020"):
        almanac(trend(suits=[1, 2]))


def test_meetings_pull_in_their_months() -> None:
    months = almanac(meeting_pull=0.5).months
    assert np.flatnonzero(months["meeting"]).tolist() == [2, 14, 28]  # March, March, and May of 2020
    assert months["petitions"][[1, 2, 28]].tolist() == [0, 0.5, 0.5]


def test_a_trend_of_petitions_is_nothing_in_the_middle_of_the_year_of_measures() -> None:
    found = almanac(petition_trend=-0.1).months["petitions"]
    assert found[5] == pytest.approx(-found[6]) and found[6] == pytest.approx(np.log(0.9) / 24)
    assert found[18] - found[6] == pytest.approx(np.log(0.9)) and found[30] - found[6] == pytest.approx(2 * np.log(0.9))


def test_what_is_due_in_the_holidays_is_due_after_them() -> None:
    """New Year's Eve was on 15 February 2018: days 45 to 51 are closed."""
    open_on = almanac(closed_days=7).open_on
    assert open_on[44:53].tolist() == [44, *[52] * 7, 52]
    closed = np.flatnonzero(open_on != np.arange(len(open_on)))
    assert len(closed) == 21
    assert date(2018, 1, 1).toordinal() + 52 == date(2018, 2, 22).toordinal()


def test_the_last_year_whose_festival_is_known_has_holidays() -> None:
    """New Year's Eve of 2050 is on 22 January."""
    last = replace(CALENDAR, start="2049-01-01", reform="2049-02-01", measures="2049-01-01", end="2050-12-31")
    open_on = almanac_of(last, Timing(closed_days=3), Series()).open_on
    assert open_on[365 + 20 : 365 + 25].tolist() == [385, *[365 + 24] * 3, 389]


def test_holidays_of_unknown_years_are_refused() -> None:
    calendar = replace(CALENDAR, end="2051-12-31")
    with pytest.raises(ValueError, match=r"calendar\.end=2051-12-31: behaviour\.timing.closed_days=7 needs the date"):
        Scenario(calendar=calendar, behaviour=Behaviour(timing=Timing(closed_days=7)))
    Scenario(calendar=calendar, behaviour=NEUTRAL)


def test_grievances_above_the_highest_rate_are_refused() -> None:
    seasons = Series().seasons
    seasons[DEBT] = [1.5, *[1.0] * 10, 0.5]
    found = almanac(Series(seasons))
    world = Scenario(calendar=CALENDAR, behaviour=Behaviour(rate_headroom=1.6))
    check_rates(found, world)
    with pytest.raises(InputError, match=r"1\.8 times .*rate_headroom=1\.6; raise it to at least 1\.8$"):
        check_rates(found, replace(world, stress=Stress(demand_shock=0.2)))
    check_rates(almanac(), replace(world, stress=Stress(demand_shock=0.5)))
    check_rates(found, Scenario(calendar=CALENDAR, behaviour=Behaviour(rate_headroom=1.5)))  # the highest itself
