"""The small arithmetic that measures share, and which ledger a measure is taken from."""

import math

import pytest
from ledgers import ledger

from sim.ledger import Ledger
from sim.measures.measure import Measure, per_100_000_a_year, per_1000_a_year, share, total


def test_a_share_of_nothing_is_not_known() -> None:
    assert share(3, 4) == 0.75
    assert share(0, 4) == 0
    assert share(-3, 4) == -0.75
    assert math.isnan(share(3, 0)) and math.isnan(share(0, 0.0))


def test_totals_are_sums_of_events() -> None:
    made = ledger({"raised": 7, "lumped": 5, "gave_up": 2})
    assert total(made, ("raised", "gave_up")) == 9
    assert total(made, []) == 0


@pytest.mark.parametrize(("months", "years"), [(12, 1), (6, 0.5), (24, 2)])
def test_rates_are_of_residents_and_years(months: int, years: float) -> None:
    made = ledger(months=months)  # 40,000 residents
    assert per_1000_a_year(60, made) == pytest.approx(1.5 / years)
    assert per_100_000_a_year(6, made) == pytest.approx(15 / years)


def test_a_stock_is_taken_from_the_history_and_a_flow_from_the_window() -> None:
    history = ledger({"raised": 48}, months=24, start="2018-01")
    window = history.year(2019)

    def raised(given: Ledger) -> float:
        return given.total("raised")

    flow = Measure("flow", raised, "grievances", "none", "", "test")
    stock = Measure("stock", raised, "grievances", "none", "", "test", is_stock=True)
    assert flow.value(window, history) == 24
    assert stock.value(window, history) == 48
    assert type(flow.value(window, history)) is float
