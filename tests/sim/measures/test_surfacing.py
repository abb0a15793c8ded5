"""Prevented and hidden side by side; violence and protection."""

import math

import pytest
from ledgers import ledger

from sim.ledger import MONTHLY_FIGURES
from sim.measures import MEASURES, measure_all


def test_prevention_of_every_means_is_a_yearly_rate():
    values = measure_all(ledger({"prevented_by_norms": 50, "prevented_by_contact": 20, "prevented_by_alert": 10}))
    assert values["prevented"] == 80 / 40
    for means in ("norms", "contact", "alert"):
        assert measure_all(ledger({f"prevented_by_{means}": 40}, months=6))["prevented"] == 2


def test_what_is_hidden_is_a_share_of_what_is_raised_and_violence_of_violence():
    values = measure_all(
        ledger({"raised": 400, "hidden_by_norms": 30, "violent": 20, "protected": 15, "violence_hidden": 5})
    )
    assert values["hidden_by_norms_share"] == 0.075
    assert values["violence_hidden_share"] == 0.25
    assert values["protected_share"] == 0.75


def test_notices_of_a_grid_worker_in_a_year():
    """Three workers for half a year notice nine matters: six each in a whole one."""
    made = ledger({"noticed": 9}, months=6)
    made.monthly[..., MONTHLY_FIGURES.index("grid_workers")] = [[1], [2]]
    assert measure_all(made)["notices_per_grid"] == 6
    assert math.isnan(measure_all(ledger({"noticed": 9}))["notices_per_grid"])


def test_hiding_is_never_called_better():
    directions = {
        name: MEASURES[name].better for name in ("prevented", "hidden_by_norms_share", "violence_hidden_share")
    }
    assert directions == {"prevented": "up", "hidden_by_norms_share": "down", "violence_hidden_share": "down"}


def test_without_violence_there_is_nobody_to_protect():
    values = measure_all(ledger({"raised": 7}))
    assert math.isnan(values["protected_share"]) and math.isnan(values["violence_hidden_share"])
    assert values["hidden_by_norms_share"] == pytest.approx(0)
