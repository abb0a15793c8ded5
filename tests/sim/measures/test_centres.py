"""The use of centres, on ledgers made by hand: two counties of 10,000 and 30,000, of which one has a working centre."""

import math

import pytest

from sim.ledger import MONTHLY_FIGURES, Ledger
from sim.measures import MEASURES
from tests.sim.measures.ledgers import ledger


def of_use(events: dict[str, int], **figures: float) -> Ledger:
    """A year in which the first county has the figures given in every month."""
    made = ledger(events)
    for name, value in figures.items():
        made.monthly[0, :, MONTHLY_FIGURES.index(name)] = value
    return made


def value(name: str, made: Ledger) -> float:
    return MEASURES[name].value(made, made)


def test_accepted_by_origin_per_thousand_served() -> None:
    """48 + 24 + 12 + 6 matters a year among the 10,000 residents of the one place whose centre works."""
    events = {"claimant": 48, "township": 24, "court": 12, "petition": 6}
    made = of_use({f"accepted_from_{origin}_county": number for origin, number in events.items()}, served_county=10_000)
    assert value("accepted_at_county", made) == pytest.approx(9.0)
    for origin, number in events.items():
        assert value(f"accepted_at_county_from_{origin}", made) == pytest.approx(number / 10)
    assert math.isnan(value("accepted_at_township", made))  # no township has a centre that works


def test_the_police_pass_matters_on_to_townships() -> None:
    made = of_use({"accepted_from_police_township": 18, "accepted_from_claimant_township": 6}, served_township=10_000)
    assert value("accepted_at_township", made) == pytest.approx(2.4)
    assert value("accepted_at_township_from_police", made) == pytest.approx(1.8)


def test_a_centre_that_worked_for_half_a_year_served_half_as_many() -> None:
    made = of_use({"accepted_from_claimant_city": 10}, served_city=10_000)
    made.monthly[0, 6:, MONTHLY_FIGURES.index("served_city")] = 0
    assert value("accepted_at_city", made) == pytest.approx(2.0)


def test_receptions_and_the_hours_of_advice() -> None:
    """50 visits a month and 600 minutes of advice: 60 visits and 12 hours a year per 1,000 of 10,000 residents."""
    made = of_use({}, served_township=10_000, received_township=50, advice_minutes_township=600)
    assert value("received_at_township", made) == pytest.approx(60.0)
    assert value("advice_hours_township", made) == pytest.approx(12.0)
    assert math.isnan(value("received_at_county", made))


def test_who_takes_mediation_that_is_offered() -> None:
    assert value("mediation_taken_share", of_use({"mediation_offered": 40, "mediation_taken": 10})) == pytest.approx(
        0.25
    )
    assert math.isnan(value("mediation_taken_share", of_use({})))
