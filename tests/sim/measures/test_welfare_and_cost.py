"""Trust, offences, the suppression flag, cost; and the registry as a whole."""

import math

import pytest
from ledgers import ledger

from sim.measures import MEASURES, measure_all, suppression_flag


def test_trust_is_weighted_by_residents_and_taken_at_the_last_year_end():
    made = ledger(months=24, start="2018-01")
    made.trust[:, 0] = 0.9
    made.trust[:, 1, 0] = [0.04, -0.08]
    assert measure_all(made)["trust_local"] == pytest.approx((0.04 - 3 * 0.08) / 4)
    assert measure_all(made.year(2018))["trust_local"] == pytest.approx(0.9)
    assert math.isnan(measure_all(made.window("2019-01", "2019-06"))["trust_local"])


def test_offences_per_100000_a_year():
    assert measure_all(ledger({"offence": 6}))["offences"] == pytest.approx(15)
    assert measure_all(ledger({"offence": 6}, months=6))["offences"] == pytest.approx(30)


def test_cost_per_durable_settlement_leaves_out_what_the_two_sides_settle():
    made = ledger({"durable_bilateral": 500, "durable_village": 70, "settled_on_spot": 30, "nominal_village": 99})
    made.cost[:] = 10_000
    values = measure_all(made)
    assert values["cost_total"] == 240_000
    assert values["cost_per_durable"] == 2_400
    assert values["cost_per_resident"] == 6


def test_governments_are_averaged_at_the_last_year_end():
    made = ledger()
    made.government[0, -1] = [0.3, 0.1, 55, 2]
    assert measure_all(made)["effort"] == pytest.approx(0.3)
    assert measure_all(made)["concealment"] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("petitions", "stock", "open_cases", "flagged"),
    [(90, 110, 50, True), (90, 100, 51, True), (90, 100, 50, False), (110, 200, 99, False), (90, 90, 40, False)],
)
def test_the_suppression_flag_is_a_fall_beside_a_rise(petitions, stock, open_cases, flagged):
    reference = {"petitions_total": 100.0, "unresolved_stock": 100.0, "open_cases": 50.0}
    policy = {"petitions_total": petitions, "unresolved_stock": stock, "open_cases": open_cases}
    assert suppression_flag(reference, policy) is flagged


def test_every_measure_says_what_it_is_in_both_languages():
    for name, measure in MEASURES.items():
        assert name == measure.name
        assert name == name.lower() and name.isidentifier()
        assert measure.better in ("up", "down", "none")
        assert measure.unit
        assert measure.meaning_en.isascii() or any(sign in measure.meaning_en for sign in "√·⅔½")
        assert any("\u4e00" <= sign <= "\u9fff" for sign in measure.meaning_zh)
    for meaning in ("meaning_en", "meaning_zh"):
        lines = [getattr(measure, meaning) for measure in MEASURES.values()]
        assert len(set(lines)) == len(lines)


def test_all_measures_are_plain_floats():
    assert all(type(value) is float for value in measure_all(ledger({"raised": 5})).values())
