"""The registry of measures as a whole."""

from dataclasses import replace

import pytest
from ledgers import ledger

from experiments.report.text import measure_meaning
from sim import measures
from sim.measures import MEASURES, cost, equity, measure_all


def test_every_measure_says_what_it_is_in_both_languages():
    for name, measure in MEASURES.items():
        assert name == measure.name
        assert name == name.lower() and name.isidentifier()
        assert measure.better in ("up", "down", "none")
        assert measure.unit
        assert measure.meaning.isascii() or any(sign in measure.meaning for sign in "√·⅔½")
        assert any("\u4e00" <= sign <= "\u9fff" for sign in measure_meaning(measure.name, "zh"))
    for language in ("en", "zh"):
        assert len({measure_meaning(name, language) for name in MEASURES}) == len(MEASURES)


def test_all_measures_are_plain_floats():
    assert all(type(value) is float for value in measure_all(ledger({"raised": 5})).values())


def test_a_total_adds_up_over_two_windows_and_is_told_as_that_of_a_year(finished):
    history = finished.ledger()
    windows = [history.year(2018), history.year(2019)]
    years = [measure_all(each, history) for each in windows]
    both = measure_all(history.window("2018-01", "2019-12"), history)
    totals = [each for each in MEASURES.values() if each.is_total]
    assert len(totals) > 50 and all(each.unit.endswith("/year") for each in totals)
    for each in totals:
        of_two = sum(each.function(window) for window in windows)
        assert each.function(history.window("2018-01", "2019-12")) == pytest.approx(of_two, rel=1e-9), each.name
        assert years[0][each.name] == each.function(windows[0])
        assert both[each.name] == pytest.approx(of_two / 2, rel=1e-9), each.name
    half = history.window("2019-01", "2019-06")
    assert measure_all(half, history)["petitions_total"] == 2 * MEASURES["petitions_total"].function(half)


def test_two_measures_of_one_name_are_refused(monkeypatch):
    twice = replace(cost.MEASURES[0], name=equity.MEASURES[0].name)
    monkeypatch.setattr(cost, "MEASURES", (twice,))
    with pytest.raises(ValueError, match=f"two measures are called {twice.name}"):
        measures._registry()


def test_without_a_history_the_window_is_all_there_is():
    history = ledger({"raised": 48, "lumped": 48}, months=24, start="2018-01")
    window = history.year(2019)
    assert measure_all(window)["unresolved_stock"] == 24
    assert measure_all(window, history)["unresolved_stock"] == 48
    assert measure_all(window, history)["grievances"] == 24 / 40
