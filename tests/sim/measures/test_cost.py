"""What it costs, and the governments that pay it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from ledgers import ledger

from petition_pyramid import scenario
from sim.ledger import EVENTS, MONTHLY_FIGURES
from sim.measures import measure_all
from sim.model import run


def test_cost_per_durable_settlement_leaves_out_what_the_two_sides_settle():
    made = ledger(
        {"durable_bilateral": 500, "durable_village": 70, "settled_on_spot": 30, "nominal_village": 99}
        | {"police_durable": 20}
    )
    made.cost[:] = 10_000
    values = measure_all(made)
    assert values["cost_total"] == 240_000
    assert values["cost_per_durable"] == 2_000
    assert values["cost_per_resident"] == 6
    half = ledger(months=6)
    half.cost[:] = 10_000
    assert measure_all(half)["cost_per_resident"] == 6  # a year


def test_governments_are_averaged_at_the_last_year_end():
    made = replace(ledger(months=24, start="2018-01"), government=np.zeros((4, 2, 6)), city_tier=np.ones(4, bool))
    made.government[:, 0] = 9
    made.government[:, 1] = [[0.3, 0.1, 55, 2, 0, 0.6], [0.5, 0.3, 60, 1, 0, 1], [0.3, 0, 50, 2, 1, 0.6], [0.1] * 6]
    made.government[3, 1, 4:] = [0, 0.2]
    values = measure_all(made)
    assert values["effort"] == pytest.approx(0.3)
    assert values["concealment"] == pytest.approx(0.125)
    assert values["vetoed_cities"] == 0.25
    assert values["reward"] == pytest.approx(0.6)
    assert math.isnan(measure_all(ledger(months=6))["vetoed_cities"])
    of_two = measure_all(replace(made, city_tier=np.array([True, False, True, False])))
    assert of_two["effort"] == pytest.approx(0.3)
    assert (of_two["concealment"], of_two["vetoed_cities"]) == (pytest.approx(0.05), 0.5)
    assert math.isnan(measure_all(replace(made, city_tier=np.zeros(4, bool)))["effort"])


def test_concessions_are_an_item_of_the_account():
    given = (
        "behaviour.concessions.concession=1",
        "behaviour.prices.cost_concession=5000",
        "behaviour.constant_petition=0",
    )
    pressed = ("assessment.weight_recorded=2", "assessment.pass_through=1")
    policy = [f"{when}.{lever}" for when in ("before", "after") for lever in pressed]
    calendar = ("calendar.start=2018-01-01", "calendar.reform=2018-01-01", "calendar.end=2018-12-31")
    world = ("province=tiny", "behaviour=neutral", *calendar, "calendar.measures=2018-01-01", *given, *policy)
    without, made = (run(scenario(*world, f"after.petition.stability_fund={yuan}"), 1) for yuan in (0, 5))
    people = sum(made.total(name) for name in EVENTS if name.startswith("conceded_persons"))
    assert measure_all(made)["cost_concessions"] == 5_000 * people > 0 == measure_all(without)["cost_concessions"]
    assert made.cost.sum() - without.cost.sum() == pytest.approx(5_000 * people, abs=0.01)
    assert (made.monthly[..., MONTHLY_FIGURES.index("concession_yuan")].sum(axis=1) <= 5 * made.county_population).all()
