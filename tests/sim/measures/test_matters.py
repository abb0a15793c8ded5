"""What disputes are about and how many fall to a mediator: ledgers made by hand, two counties of 10,000 and 30,000."""

from __future__ import annotations

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest

from sim.ledger import DISPUTE_KINDS, GROUP_FIGURES, GROUPS, MONTHLY_FIGURES, event
from sim.measures import MEASURES, measure_all
from tests.sim.measures.ledgers import ledger


def test_kinds_among_mediations_concluded_however_they_end():
    made = ledger()
    for kind, forum, outcome, count in (
        ("family", "village", "durable", 20),
        ("family", "county", "failed", 10),
        ("neighbour", "township", "nominal", 10),
        ("debt", "village", "durable", 60),
        ("family", "court", "durable", 500),
    ):
        made.counts[0, 3, DISPUTE_KINDS.index(kind), event(f"{outcome}_{forum}")] = count
    values = measure_all(made)
    assert values["mediated_family_share"] == pytest.approx(0.3)
    assert values["mediated_neighbour_share"] == pytest.approx(0.1)


def test_the_spread_between_counties_is_of_rates():
    made = ledger()
    made.counts[0, 0, 0, event("durable_village")] = 100  # 10 per 1,000
    made.counts[1, 5, 1, event("failed_township")] = 600  # 20 per 1,000
    assert measure_all(made)["mediation_spread"] == pytest.approx(np.sqrt(50) / 15)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert math.isnan(MEASURES["mediation_spread"].value(made.of_counties([0]), made))


@pytest.mark.parametrize(("people", "spread"), [((1, 10), 0), ((0, 10), np.sqrt(2))])
def test_the_spread_takes_the_smallest_county_as_it_is(people, spread):
    made = replace(ledger(), county_population=np.array(people))
    made.counts[[0, 1], 0, 0, event("durable_village")] = people
    assert MEASURES["mediation_spread"].value(made, made) == pytest.approx(spread)


def test_land_disputes_are_of_villagers():
    made = replace(ledger(months=24), county_urban_population=np.array([5_000, 15_000]))
    for kind, count in (("land", 30), ("land_taking", 10), ("family", 500)):
        made.counts[1, 2, DISPUTE_KINDS.index(kind), event("raised")] = count
    assert measure_all(made)["land_disputes"] == pytest.approx(40 / 20 / 2)


def test_grievances_against_agencies_among_all():
    made = ledger()
    raised = GROUP_FIGURES.index("raised")
    for group, count in (("against_agency", 20), ("against_peer", 70), ("against_organisation", 10), ("urban", 900)):
        made.groups[0, :10, GROUPS.index(group), raised] = count // 10
    assert measure_all(made)["against_agency_share"] == pytest.approx(0.2)


def test_cases_of_a_mediator_are_of_a_year():
    made = ledger(months=24)
    made.monthly[:, :, MONTHLY_FIGURES.index("register_people")] = 5
    made.monthly[0, :, MONTHLY_FIGURES.index("village_mediators")] = 40
    assert measure_all(made)["cases_per_mediator"] == pytest.approx(2 * 24 * 5 / 2 / 40)


def test_pre_suit_mediation_as_recorded():
    values = measure_all(ledger({"prelitigation_started": 200, "prelitigation_settled": 130}))
    assert values["prelitigation_success"] == pytest.approx(0.65)
