"""Service halls: requests, how they were met, what waits, and the time lent to them."""

import math

import pytest
from ledgers import ledger

from sim.measures import measure_all


def test_halls_are_summed_over_places_and_months():
    made = ledger()
    # requests, met, by call, online, waiting, trips, minutes lent, alerts: of each county, every month
    made.monthly[0, :, :8] = [100, 80, 10, 30, 5, 90, 60, 1]
    made.monthly[1, :, :8] = [300, 160, 30, 50, 9, 230, 140, 2]
    values = measure_all(made)
    assert values["requests"] == pytest.approx(12 * 400 / 40)
    assert values["requests_met_share"] == 0.6
    assert values["requests_by_call_share"] == 0.1
    assert values["requests_online_share"] == 0.2
    assert values["trips_per_request"] == 0.8
    assert values["requests_waiting"] == 14
    assert values["minutes_lent"] == pytest.approx(12 * 200 / 60 / 40)
    assert values["alerts"] == 3


def test_rates_are_a_year_and_stocks_are_not():
    made = ledger(months=6)
    made.monthly[0, :, :8] = [100, 0, 0, 0, 5, 0, 60, 1]
    values = measure_all(made)
    assert values["requests"] == pytest.approx(2 * 600 / 40)
    assert values["minutes_lent"] == pytest.approx(2 * 6 / 40)
    assert values["requests_waiting"] == 5
    assert values["alerts"] == 1


def test_without_requests_there_are_no_shares():
    values = measure_all(ledger())
    assert values["requests"] == 0
    assert math.isnan(values["requests_met_share"]) and math.isnan(values["trips_per_request"])
