"""Durable resolution, days and trips by group; signed gaps; the worst group."""

import math

import numpy as np
import pytest
from ledgers import ledger

from sim.ledger import DIVISIONS, GROUPS, Ledger
from sim.measures import MEASURES, measure_all
from sim.measures.equity import GAPS

RATES = {
    "urban": 0.75,
    "rural": 0.5,
    "near": 0.625,
    "far": 0.375,
    "income_low": 0.25,
    "income_middle": 0.5,
    "income_high": 0.875,
    "migrant": 0.75,
    "native": 0.625,
    "against_peer": 0.75,
    "against_organisation": 0.5,
    "against_agency": 0.125,
}


def grouped(**groups: tuple[int, int, int, int, int, int]) -> Ledger:
    """A ledger with the six figures of some groups, shared out over two counties and months."""
    made = ledger()
    for group, figures in groups.items():
        half = np.array(figures) // 2
        made.groups[0, 3, GROUPS.index(group)] = half
        made.groups[1, 8, GROUPS.index(group)] = figures - half
    return made


def test_every_group_has_its_resolution_and_the_worst_is_the_smallest():
    made = grouped(**{group: (800, int(800 * rate), 90, 0, 0, 0) for group, rate in RATES.items()})
    values = measure_all(made)
    assert {group: values[f"resolution_{group}"] for group in GROUPS} == RATES
    assert values["worst_group_resolution"] == 0.125


def test_gaps_are_the_better_off_group_less_the_other():
    made = grouped(**{group: (800, int(800 * rate), 0, 0, 0, 0) for group, rate in RATES.items()})
    values = measure_all(made)
    gaps = {division: values[f"equity_gap_{division}"] for division in GAPS}
    assert gaps == {"urban": 0.25, "distance": 0.25, "income": 0.625, "migrant": -0.125, "agency": 0.625}


def test_each_gap_compares_two_groups_of_one_division():
    assert len(GAPS) == len(DIVISIONS)
    assert [set(GAPS[name]) <= set(division) for name, division in zip(GAPS, DIVISIONS, strict=True)] == [True] * 5


def test_days_and_trips_are_per_settlement_with_a_third_party_and_of_the_other_less_the_better_off():
    values = measure_all(
        grouped(near=(90, 50, 9, 20, 400, 30), far=(90, 40, 9, 10, 350, 25), native=(90, 40, 9, 10, 100, 10))
    )
    assert values["days_gap_distance"] == 35 - 20
    assert values["trips_gap_distance"] == 2.5 - 1.5
    assert math.isnan(values["days_gap_migrant"])  # no migrant was helped


def test_a_group_without_grievances_is_not_the_worst():
    values = measure_all(grouped(urban=(10, 4, 0, 0, 0, 0), rural=(10, 6, 0, 0, 0, 0)))
    assert values["worst_group_resolution"] == pytest.approx(0.4)
    assert math.isnan(values["resolution_far"]) and math.isnan(values["equity_gap_distance"])
    assert math.isnan(measure_all(ledger())["worst_group_resolution"])


def test_a_smaller_gap_is_better_and_a_higher_floor():
    assert {MEASURES[f"{gap}_{name}"].better for gap in ("equity_gap", "days_gap", "trips_gap") for name in GAPS} == {
        "down"
    }
    assert MEASURES["worst_group_resolution"].better == MEASURES["resolution_rural"].better == "up"
