"""Waits and utilisation, answers and deadlines."""

import math

from ledgers import ledger

from sim.ledger import WORK_LEVELS
from sim.measures import MEASURES, measure_all


def test_work_figures_are_sums_over_places_and_months():
    made = ledger()
    made.work[:, :, 2, :6] = [100, 25, 60, 4, 3, 9]  # county: slots, busy, waited, started, queued, summed
    values = measure_all(made)
    assert values["utilisation_county"] == 0.25
    assert values["wait_county"] == 15
    assert values["queue_county"] == 6  # two counties with three each, every month
    assert math.isnan(values["utilisation_village"])
    assert values["queue_village"] == 0


def test_days_in_prelitigation_are_those_of_queue_and_work():
    made = ledger()
    assert math.isnan(measure_all(made)["prelitigation_days"])
    made.work[:, :, WORK_LEVELS.index("prelitigation"), :4] = [500, 72, 20, 4]  # 72 days at work, 20 waited, 4 cases
    assert measure_all(made)["prelitigation_days"] == 23


def test_hand_offs_answers_deadlines_doors():
    values = measure_all(
        ledger(
            {"chose_village": 100, "chose_county": 50, "chose_petition_city": 50, "chose_bilateral": 999}
            | {"handed_off": 7, "handed_up": 3, "whistle_called": 40, "whistle_answered": 30}
            | {"answer_stationed": 20, "answer_unaided": 10, "answer_missing": 40}
            | {"petition_closed_in_time": 18, "petition_closed_late": 6}
            | {"closed_cases": 20, "doors": 50, "trips": 30}
        )
    )
    assert values["hand_offs"] == 50
    assert values["whistle_response"] == 0.75
    assert values["answered_share"] == 0.6
    assert values["deadline_compliance"] == 0.75
    assert values["doors_per_case"] == 2.5
    assert values["trips_per_case"] == 1.5


def test_the_court_works_like_the_others_and_says_so_in_its_own_words():
    made = ledger()
    made.work[:, :, WORK_LEVELS.index("court"), :6] = [200, 150, 90, 6, 40, 80]
    values = measure_all(made)
    assert values["utilisation_court"] == 0.75
    assert values["wait_court"] == 15
    assert values["queue_court"] == 80
    assert "background suits" in MEASURES["utilisation_court"].meaning
    assert "slot" not in MEASURES["utilisation_court"].meaning


def test_escalated_whistles_and_reporting():
    values = measure_all(ledger({"whistle_escalated": 20, "escalation_answered": 9, "reporting_minutes": 120_000}))
    assert values["escalation_answered_share"] == 0.45
    assert values["reporting_hours"] == 2_000 / 40
    assert math.isnan(measure_all(ledger())["escalation_answered_share"])
