"""A ledger that remembers its sums gives the same figures, bit by bit, in every window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from ledgers import ledger

from sim.ledger import EVENTS, GROUP_FIGURES, GROUPS, MONTHLY_FIGURES, Ledger
from sim.measures import MEASURES, SummedLedger, measure_all
from sim.measures.summing import once, sums_of


def full_ledger() -> Ledger:
    """Two counties and three years with something in every cell."""
    empty, draw = ledger(months=36), np.random.default_rng(7)
    whole = {name: draw.integers(0, 50, getattr(empty, name).shape) for name in ("durations", "work", "groups")}
    real = {name: draw.random(getattr(empty, name).shape) for name in ("monthly", "trust", "survey", "cost")}
    return replace(empty, counts=draw.integers(0, 9, empty.counts.shape).astype(np.int32), **whole, **real)


@pytest.mark.parametrize(
    ("first", "last"),
    [("2019-01", "2021-12"), ("2020-01", "2020-12"), ("2019-05", "2020-11"), ("2019-12", "2020-12")],
)
def test_figures_of_a_window_are_the_same_with_a_memory(first, last):
    plain, summed = full_ledger(), SummedLedger.of(full_ledger())
    window, history = plain.window(first, last), plain.window("2019-01", last)
    expected = {name: measure.value(window, history) for name, measure in MEASURES.items()}
    found = measure_all(summed.window(first, last), summed.window("2019-01", last))
    assert np.array(list(found.values())).tobytes() == np.array(list(expected.values())).tobytes()
    assert list(found) == list(expected)
    for yearly in ("trust", "survey", "government"):
        assert (getattr(summed.window(first, last), yearly) == getattr(window, yearly)).all()


def test_sums_of_a_window_are_those_of_the_ledger():
    window, summed = (
        full_ledger().window("2020-03", "2021-02"),
        SummedLedger.of(full_ledger()).window("2020-03", "2021-02"),
    )
    assert [summed.total(name) for name in EVENTS] == [window.total(name) for name in EVENTS]
    assert summed.residents == window.residents == 40_000
    assert summed.years == window.years == 1
    for name in ("durations", "work", "groups"):
        assert (sums_of(summed, name) == sums_of(window, name)).all()
    for figure in MONTHLY_FIGURES:
        assert summed.monthly_total(figure) == window.monthly_total(figure) > 0
    assert summed.group_total(GROUPS[3], GROUP_FIGURES[1]) == window.group_total(GROUPS[3], GROUP_FIGURES[1]) > 0
    assert (summed.by_months["counts"] == window.counts.sum(axis=(0, 2))).all()


def test_a_window_without_a_month_is_refused():
    with pytest.raises(ValueError, match="no month of the ledger lies between 2031-01 and 2031-02"):
        SummedLedger.of(full_ledger()).window("2031-01", "2031-02")


def test_a_figure_is_computed_once_for_the_same_arguments():
    asked = []

    @once
    def figure(given: Ledger, factor: int) -> int:
        asked.append(factor)
        return factor * given.residents

    summed, plain = SummedLedger.of(full_ledger()), full_ledger()
    assert [figure(summed, 2), figure(summed, 3), figure(summed, 2)] == [80_000, 120_000, 80_000]
    assert asked == [2, 3]
    assert figure(plain, 2) == figure(plain, 2) == 80_000
    assert asked == [2, 3, 2, 2]
    assert figure(SummedLedger.of(plain), 2) == 80_000 and len(asked) == 5
