"""The Poisson CUSUM of the early warning: by hand, against a plain loop, and against its run lengths in theory."""

from dataclasses import replace

import numpy as np
import pytest

from sim.agents.village import WATCHED, Village
from sim.behaviour import Behaviour
from sim.early_warning import FIRST_MONTHS, MEMORY_MONTHS, reference_value, watch

BEHAVIOUR = replace(Behaviour(), warning_rise=2.0, warning_threshold=4.5)


def villages_of(number: int, watched: bool = True) -> np.ndarray:
    villages = np.zeros(number, Village.record)
    villages["has"][:, WATCHED] = watched
    return villages


def test_reference_value_by_hand() -> None:
    np.testing.assert_allclose(reference_value(np.array([0.0, 2.0]), 2.0), [0, 2 / np.log(2)], rtol=1e-12)
    np.testing.assert_allclose(reference_value(np.array([3.0]), 1.5), [1.5 / np.log(1.5)], rtol=1e-12)


def test_the_reference_value_lies_between_usual_and_risen() -> None:
    for rise in (1.1, 1.6, 4.0):
        assert 5 < reference_value(np.array([5.0]), rise)[0] < 5 * rise


def test_the_usual_count_is_learned_before_anything_is_watched() -> None:
    villages = villages_of(1)
    assert not watch(villages, BEHAVIOUR, 0)
    for month in range(1, FIRST_MONTHS + 1):
        villages["reported"] = 60 if month == 7 else 0
        assert not watch(villages, BEHAVIOUR, month)
        assert villages["reported"][0] == 0  # a new month is counted from nothing
    assert villages["excess"][0] == 0
    assert villages["usual"][0] == pytest.approx(60 / 12, rel=1e-6)


def test_an_alert_lasts_a_month_and_starts_afresh() -> None:
    """Usual 2 ln 2, so that k = 2: excesses of 1, 3, then 6 raise it; then it counts from nothing again."""
    villages = villages_of(1)
    seen = []
    for month, count in enumerate((3, 4, 5, 0, 6, 1, 7, 7), 40):
        villages["usual"] = 2 * np.log(2)
        villages["reported"] = count
        changed = watch(villages, BEHAVIOUR, month)
        seen.append((int(villages["is_alert"][0]), round(float(villages["excess"][0]), 5), changed))
    assert seen == [
        (0, 1.0, False),
        (0, 3.0, False),
        (1, 0.0, True),
        (0, 0.0, True),
        (0, 4.0, False),
        (0, 3.0, False),
        (1, 0.0, True),
        (1, 0.0, False),  # a second month of it is no change
    ]


def test_who_is_not_watched_raises_no_alert_and_keeps_no_excess_for_later() -> None:
    villages = villages_of(1, watched=False)
    villages["usual"] = 1.0
    villages["reported"] = 50
    assert not watch(villages, BEHAVIOUR, 20)
    assert (villages["is_alert"][0], villages["excess"][0]) == (0, 0)


def test_it_is_the_plain_cusum_of_every_village() -> None:
    number, months = 200, 60
    generator = np.random.default_rng(1)
    villages = villages_of(number)
    counts = generator.poisson(generator.uniform(0.1, 6, number), (months, number))
    counts[40:] *= 2
    usual, excess = np.zeros(number), np.zeros(number)
    raised = 0
    for month in range(1, months + 1):
        before = villages["is_alert"].copy()
        villages["reported"] = counts[month - 1]
        changed = watch(villages, BEHAVIOUR, month)
        for v in range(number):
            excess[v] = max(0.0, excess[v] + counts[month - 1, v] - usual[v] / np.log(2)) if month > 12 else 0.0
            is_alert = excess[v] >= 4.5
            if is_alert:
                excess[v] = 0.0
            known = min(month - 1, MEMORY_MONTHS)
            usual[v] = (known * usual[v] + counts[month - 1, v]) / (known + 1)
            assert villages["is_alert"][v] == is_alert
        raised += int(villages["is_alert"].sum())
        assert changed == bool((villages["is_alert"] != before).any())
    assert raised > 100


def run_length_in_theory(mean: float) -> float:
    """Mean months to the first alert at k = 2 and h = 4.5: the chain of the excesses 0 to 4 (Brook and Evans 1972)."""
    probability = np.exp(-mean) * np.cumprod(np.concatenate([[1.0], mean / np.arange(1, 40)]))
    step = np.zeros((5, 5))
    for excess in range(5):
        for count, chance in enumerate(probability):
            reached = max(0, excess + count - 2)
            if reached <= 4:
                step[excess, reached] += chance
    return float(np.linalg.solve(np.eye(5) - step, np.ones(5))[0])


@pytest.mark.parametrize("rise", [1.0, 2.0])
def test_mean_run_lengths_are_those_of_theory(rise: float) -> None:
    number = 4_000
    mean = rise * 2 * np.log(2)
    generator = np.random.default_rng(7)
    villages = villages_of(number)
    first = np.zeros(number, np.int64)
    for month in range(1, 2_000):
        villages["usual"] = 2 * np.log(2)
        villages["reported"] = generator.poisson(mean, number)
        watch(villages, BEHAVIOUR, FIRST_MONTHS + month)
        first[(first == 0) & (villages["is_alert"] == 1)] = month
        if first.all():
            break
    assert first.all()
    expected = run_length_in_theory(mean)
    error = first.std(ddof=1) / np.sqrt(number)
    assert abs(first.mean() - expected) < 4.5 * error
    assert error < 0.05 * expected
    assert (expected > 40) if rise == 1.0 else (expected < 10)  # a warning that warns, and seldom for nothing
