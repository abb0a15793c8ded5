"""What is kept of a run: counts per 1,000 residents a year and measures, of the years after the reform."""

from __future__ import annotations

import math

import pytest

from experiments.runs.windows import window_of
from experiments.runs.year_figures import (
    YearFigures,
    count_names,
    figures_of,
    link_unit,
    read,
    recorded,
)
from petition_pyramid import scenario
from sim.measures import measure_all
from sim.model import run
from sim.scenario import Calendar


@pytest.fixture(scope="module")
def place():
    return scenario("province=tiny", "calendar.start=2016-01-01", "calendar.measures=2016-01-01",
                    "calendar.reform=2017-07-01", "calendar.end=2019-12-31", "after=gansu_2019")  # fmt: skip


@pytest.fixture(scope="module")
def ledger(place):
    return run(place, 3)


def test_years_begin_with_the_month_of_the_reform():
    calendar = Calendar(reform="2019-03-01", end="2022-12-31")
    assert window_of(calendar, 1) == ("2019-03", "2020-02")
    assert window_of(calendar, 3) == ("2021-03", "2022-02")


def test_counts_are_those_of_the_ledger(place, ledger):
    found = figures_of(ledger, place.calendar, 2)
    window = ledger.window("2018-07", "2019-06")
    per_1000 = 1000 / ledger.residents
    assert window.total("raised") > 300
    assert found.counts["raised"] == pytest.approx(window.total("raised") * per_1000)
    assert found.counts["started_township"] == pytest.approx(window.work[:, :, 1, 3].sum() * per_1000)
    assert found.counts["slot_days_village"] == pytest.approx(window.work[:, :, 0, 0].sum() * per_1000)
    assert found.counts["requests_met"] == pytest.approx(window.monthly_total("requests_met") * per_1000)
    assert found.counts["petitions_total"] == pytest.approx(found.measures["petitions_total"] * per_1000)
    assert set(found.counts) == set(count_names())


def test_measures_are_those_of_the_window(place, ledger):
    found = figures_of(ledger, place.calendar, 1)
    expected = measure_all(ledger.window("2017-07", "2018-06"), ledger.window("2016-01", "2018-06"))
    assert dict(found.measures) == pytest.approx(expected, nan_ok=True)


def test_a_link_is_a_count_or_a_measure():
    figures = YearFigures({"effort": 0.4, "raised": 7.0}, {"raised": 60.0})
    assert (figures.link("raised"), figures.link("effort")) == (60.0, 0.4)
    assert math.isnan(figures.link("nothing_of_the_kind"))
    assert (link_unit("started_county"), link_unit("concealment")) == ("1/1000/year", "share")


def test_years_are_alike_where_no_figure_differs():
    one = YearFigures({"a": math.nan, "b": 1.0}, {"c": 2.0})
    assert one.is_like(YearFigures({"a": math.nan, "b": 1.0}, {"c": 2.0}))
    assert not one.is_like(YearFigures({"a": math.nan, "b": 1.5}, {"c": 2.0}))
    assert not one.is_like(YearFigures({"a": math.nan, "b": 1.0}, {"c": 3.0}))


def test_what_is_written_down_is_read_again(place, ledger):
    found = read(recorded(ledger, place, (1, 2)))
    assert found is not None and list(found) == [1, 2]
    assert found[2].is_like(figures_of(ledger, place.calendar, 2))
    assert read(None) is None and read(b"something else") is None
