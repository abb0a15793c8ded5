"""True and recorded settlement, where it happened, and the stocks that are left."""

import math

import pytest
from ledgers import ledger

from sim.ledger import FORUMS
from sim.measures import measure_all
from sim.measures.reach import reached
from sim.measures.resolution import FIRST_CHOICES, SETTLED_AT, SETTLED_AT_HOME, durable, recorded_success

EVENTS = {
    "raised": 1000,
    "violent": 10,
    "protected": 10,
    "settled_on_spot": 40,
    "durable_bilateral": 400,
    "durable_village": 60,
    "nominal_village": 30,
    "failed_village": 10,
    "durable_township": 20,
    "nominal_township": 5,
    "durable_county": 10,
    "failed_county": 15,
    "durable_court": 30,
    "failed_court": 10,
    "durable_petition_county": 4,
    "durable_petition_province": 6,
    "nominal_petition_city": 10,
    "relapsed": 25,
    "lumped": 250,
    "gave_up": 80,
    "faded": 30,
    "party_refused": 5,
    "mediation_started": 95,
    "suit_filed": 40,
}


def test_the_headline_is_durable_settlements_of_all_forums_per_grievance():
    assert durable(ledger(EVENTS)) == 570
    assert measure_all(ledger(EVENTS))["durable_resolution"] == 0.57


def test_how_many_are_settled_is_counted_a_year():
    """40,000 residents: 570 in one year are 142.5 per 10,000, and half as many in half a year."""
    whole, half = ledger(EVENTS), ledger({"durable_village": 285}, months=6)
    for made in (whole, half):
        values = measure_all(made)
        assert (values["durable_total"], values["durable_per_10000"]) == (570, 142.5)


def test_who_reached_somebody_is_the_other_denominator():
    """Of 100 own choices of claimants whom nobody noticed, 30 reach somebody at once and 12 of the others later."""
    made = {
        "noticed": 60,
        "settled_on_spot": 20,
        "referred": 30,  # so 10 were left to themselves and choose as the others do: 110 own choices
        "first_village": 30 + 20,
        "first_court": 13,
        "first_bilateral": 55,
        "first_nothing": 22,
        # later: 60 to somebody, 40 talks, 40 left
        "chose_village": 50 + 30,
        "chose_court": 13 + 30,
        "chose_bilateral": 55 + 40,
        "chose_nothing": 22 + 40,
        "failed_bilateral": 30,
        "durable_bilateral": 90,  # a quarter of talks fail
        "reactivated": 31,  # half of what is left is taken up again
    }
    # of later choices 60 reach somebody, 30 end in talks that hold and 20 in leaving for good
    later = (55 / 4 + 22 / 2) * 60 / 110
    expected = 60 + 100 * (33 + later) / 110
    assert reached(ledger(made)) == pytest.approx(expected)
    settled = made | {"durable_court": 17, "durable_petition_city": 3}
    assert measure_all(ledger(settled))["durable_reached"] == pytest.approx((20 + 20) / expected)


def test_whom_the_police_help_has_reached_somebody():
    """Of 20 claimants 6 are helped before they choose; the talks of half of the others fail, and so end 3 of 7."""
    made = {
        "first_police": 6,
        "first_bilateral": 14,
        "chose_bilateral": 14 + 4,  # who is not helped then talks again, and half of these end so
        "failed_bilateral": 9,
        "durable_bilateral": 9,
        "police_called": 12,
        "police_settled": 6 + 3,
    }
    assert reached(ledger(made)) == pytest.approx(6 + 14 / 2 * 3 / (3 + 4 / 2))


def test_where_nobody_chooses_twice_first_choices_tell():
    once = {"first_village": 6, "chose_village": 6, "first_bilateral": 4, "chose_bilateral": 4, "durable_bilateral": 4}
    assert reached(ledger(once)) == 6
    assert reached(ledger({"noticed": 3, "settled_on_spot": 3})) == 3
    assert math.isnan(measure_all(ledger({"raised": 5, "lumped": 5}))["durable_reached"])


def test_recorded_success_counts_nominal_settlements_and_durable_success_does_not():
    values = measure_all(ledger(EVENTS))
    assert values["recorded_success"] == pytest.approx(125 / 150)
    assert values["durable_success"] == pytest.approx(90 / 150)
    assert values["recorded_success_village"] == 0.9
    assert values["durable_success_village"] == 0.6
    assert values["recorded_success_township"] == 1.0
    assert values["durable_success_court"] == 0.75
    assert values["recorded_success_petition"] == 1.0
    assert values["durable_success_petition"] == 0.5


def test_places_of_settlement_share_out_all_durable_settlements():
    values = measure_all(ledger(EVENTS))
    places = (*SETTLED_AT_HOME, *SETTLED_AT)
    assert sum(values[f"settled_{place}"] for place in places) == pytest.approx(1)
    assert values["settled_self"] == pytest.approx(400 / 570)
    assert values["settled_grid"] == pytest.approx(40 / 570)
    assert values["settled_petition"] == pytest.approx(10 / 570)


def test_first_choices_share_out_all_forums():
    assert sorted(forum for forums in FIRST_CHOICES.values() for forum in forums) == sorted([*FORUMS, "police"])
    counted = ledger(
        {"first_nothing": 33, "first_bilateral": 45, "first_village": 10, "first_township": 6}
        | {"first_county": 1, "first_petition_nation": 2, "first_court": 3}
    )
    values = measure_all(counted)
    shares = [values[f"first_{choice}_share"] for choice in FIRST_CHOICES]
    assert shares == pytest.approx([0.33, 0.45, 0.16, 0.03, 0.03, 0])


def test_stocks_come_from_the_history_and_flows_from_the_window():
    history = ledger(EVENTS, months=24, start="2018-01")
    values = measure_all(history.year(2019), history)
    assert values["unresolved_stock"] == 250 + 80 - 30
    assert values["open_cases"] == 1000 - 570 - 250 - 80 - 10
    assert values["nominal_pending"] == 45 - 25
    window = history.year(2019)
    flow = window.total("lumped") + window.total("gave_up") - window.total("faded")
    assert 0 < flow < 300
    assert values["unresolved_added"] == pytest.approx(flow / 40)


def test_what_is_taken_up_again_is_open_and_unresolved_no_more():
    history = ledger(EVENTS | {"reactivated": 12})
    values = measure_all(history)
    assert values["unresolved_stock"] == 250 + 80 - 30 - 12
    assert values["unresolved_added"] == pytest.approx(288 / 40)
    assert values["open_cases"] == 1000 + 12 - 570 - 250 - 80 - 10
    assert values["reactivated_share"] == pytest.approx(12 / 330)


def test_every_grievance_raised_or_taken_up_again_is_settled_left_protected_or_open():
    """Of ten, norms hide two (one of them violent), two more are violent; one that was left comes back and is open."""
    made = ledger(
        {"raised": 10, "violent": 3, "protected": 2, "hidden_by_norms": 2, "violence_hidden": 1, "lumped": 3}
        | {"gave_up": 1, "reactivated": 1, "durable_village": 1, "settled_on_spot": 1, "nominal_county": 1}
    )
    values = measure_all(made)
    assert values["open_cases"] == 3  # the one back, the nominal settlement, and one more
    assert values["unresolved_stock"] == 3
    assert values["durable_resolution"] == 0.2


def test_what_is_conceded_is_closed_and_neither_settled_nor_left():
    made = ledger(EVENTS | {"conceded_city": 2, "conceded_persons_city": 7, "conceded_persons_nation": 3})
    plain, values = measure_all(ledger(EVENTS)), measure_all(made)
    assert values["conceded_share"] == 0.01 and plain["conceded_share"] == 0
    assert values["open_cases"] == plain["open_cases"] - 10
    for name in ("durable_resolution", "durable_success", "recorded_success", "unresolved_stock", "mediations"):
        assert values[name] == plain[name]


def test_consent_and_confirmation():
    values = measure_all(ledger(EVENTS | {"party_withdrew": 4, "confirmed": 25}))
    assert values["withdrawn_share"] == 0.04
    assert values["refused_share"] == 0.05
    assert values["confirmed_share"] == pytest.approx(25 / (60 + 20 + 10 + 30 + 5))
    assert math.isnan(measure_all(ledger())["confirmed_share"])
    assert math.isnan(measure_all(ledger())["reactivated_share"])


def test_rates_are_per_1000_residents_and_year():
    values = measure_all(ledger(EVENTS))
    assert values["grievances"] == 25
    assert values["mediations"] == 150 / 40
    assert values["suits"] == 1
    assert values["relapses"] == 25 / 40
    assert values["lumped_share"] == 0.25
    assert values["gave_up_share"] == 0.08
    assert values["refused_share"] == 0.05


def test_an_empty_ledger_has_no_shares():
    values = measure_all(ledger())
    assert math.isnan(values["durable_resolution"])
    assert math.isnan(recorded_success(ledger()))
    assert values["open_cases"] == values["unresolved_stock"] == 0
