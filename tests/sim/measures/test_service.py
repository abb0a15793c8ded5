"""Days to close from bins, waits and utilisation, answers and deadlines."""

import math

import numpy as np
import pytest
from ledgers import ledger

from sim.ledger import DURATION_EDGES, WORK_LEVELS, Ledger
from sim.measures import MEASURES, measure_all
from sim.measures.service import DURABLE, days_to_close, days_to_close_mean


def closed_after(days: list[int], outcome: int = 0) -> Ledger:
    """A ledger with one recorded settlement after each number of days."""
    made = ledger()
    bins = np.searchsorted(DURATION_EDGES, days, side="right") - 1
    for n, at in enumerate(bins):
        made.durations[n % 2, n % 12, outcome, at] += 1
    return made


def test_a_single_day_is_its_own_median_and_mean():
    assert days_to_close(closed_after([17] * 9), 0.5) == 17
    assert days_to_close_mean(closed_after([17] * 9)) == 17


def test_quantiles_of_single_days_are_those_of_the_days():
    days = list(range(1, 60))  # all in bins of one day
    made = closed_after(days)
    assert days_to_close(made, 0.5) == pytest.approx(np.median(days), abs=0.5)
    assert days_to_close(made, 0.9) == pytest.approx(np.quantile(days, 0.9), abs=0.5)
    assert days_to_close_mean(made) == pytest.approx(30)


def test_quantiles_are_interpolated_within_wide_bins():
    made = closed_after(list(range(120, 135)))  # the whole bin of days 120 to 134
    assert days_to_close(made, 0.5) == pytest.approx(127)
    assert days_to_close(made, 0.9) == pytest.approx(119.5 + 0.9 * 15)
    assert days_to_close_mean(made) == pytest.approx(127)


def test_a_large_sample_is_close_to_its_exact_quantiles():
    days = np.floor(np.random.default_rng(5).exponential(60, 20_000)).astype(int)
    made = closed_after(days.tolist())
    assert days_to_close(made, 0.5) == pytest.approx(np.median(days), abs=1.5)
    assert days_to_close(made, 0.9) == pytest.approx(np.quantile(days, 0.9), abs=3)
    assert days_to_close_mean(made) == pytest.approx(days.mean(), rel=0.01)


def test_the_open_bin_gives_its_start_and_day_zero_is_not_negative():
    assert days_to_close(closed_after([5000]), 0.5) == DURATION_EDGES[-1] == 1800
    assert days_to_close_mean(closed_after([5000])) == 1800
    assert days_to_close(closed_after([0, 0, 0]), 0.1) == 0


def test_nominal_closures_can_be_left_out():
    made = closed_after([10] * 3)
    made.durations[0, 0, 1, 40] = 5
    assert days_to_close(made, 0.5, (DURABLE,)) == 10
    assert days_to_close(made, 0.5) == pytest.approx(39.5 + 1 / 5)


def test_work_figures_are_sums_over_places_and_months():
    made = ledger()
    made.work[:, :, 2] = [100, 25, 60, 4, 3, 9]  # county: slots, busy, waited, started, queued, summed
    values = measure_all(made)
    assert values["utilisation_county"] == 0.25
    assert values["wait_county"] == 15
    assert values["queue_county"] == 6  # two counties with three each, every month
    assert math.isnan(values["utilisation_village"])
    assert values["queue_village"] == 0


def test_days_in_prelitigation_are_those_of_queue_and_work():
    made = ledger()
    assert math.isnan(measure_all(made)["prelitigation_days"])
    made.work[:, :, WORK_LEVELS.index("prelitigation")] = [500, 72, 20, 4, 0, 0]  # 72 days at work, 20 waited, 4 cases
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
    made.work[:, :, WORK_LEVELS.index("court")] = [200, 150, 90, 6, 40, 80]
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
