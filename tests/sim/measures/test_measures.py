"""The registry of measures as a whole."""

import math
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


def test_a_total_is_what_adds_up_over_two_windows_and_nothing_else_does(finished):
    history = finished.ledger()
    years = [measure_all(history.year(year), history) for year in (2018, 2019)]
    both = measure_all(history.window("2018-01", "2019-12"), history)
    of_two = {name: sum(year[name] for year in years) for name in MEASURES}
    told = {name for name in MEASURES if both[name] != 0 and math.isfinite(of_two[name])}
    totals = {name for name in told if both[name] == pytest.approx(of_two[name], rel=1e-9)}
    assert totals == {name for name in told if MEASURES[name].is_total} and len(totals) > 20


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
