"""Cumulative incidence, by hand and against exact and simulated answers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from ledgers import ledger

from sim.ledger import DURATION_CLOCKS, DURATION_EDGES, DURATION_OUTCOMES, Ledger
from sim.measures import MEASURES, measure_all
from sim.measures.times_to_close import days_to_close, incidence_of, share_after

DURABLE, NOMINAL, GIVEN_UP, CONCEDED, OPEN = range(len(DURATION_OUTCOMES))
SIX = ((2, DURABLE), (4, OPEN), (5, GIVEN_UP), (5, DURABLE), (7, OPEN), (9, NOMINAL))
"""Six matters: two censored, one given up."""


def cohort(matters: tuple[tuple[int, int], ...] | list[tuple[int, int]], clock: str = "intake") -> Ledger:
    made = ledger(months=72)
    for n, (days, outcome) in enumerate(matters):
        at = int(np.searchsorted(DURATION_EDGES, days, side="right")) - 1
        made.durations[n % 2, n % 12, DURATION_CLOCKS.index(clock), outcome, at] += 1
    return made


def kaplan_meier(matters: tuple[tuple[int, int], ...], days: int) -> float:
    """Share settled by a day if who gave up were merely no longer followed."""
    left = 1.0
    for day in range(days + 1):
        at_risk = sum(when >= day for when, _ in matters)
        settled = sum(when == day and outcome in (DURABLE, NOMINAL) for when, outcome in matters)
        left *= 1.0 - settled / at_risk if at_risk else 1.0
    return 1.0 - left


@pytest.mark.parametrize(
    ("day", "durable", "nominal", "given_up"),
    [
        (1, 0, 0, 0),
        (2, 1 / 6, 0, 0),  # of six
        (4, 1 / 6, 0, 0),
        (5, 1 / 6 + 5 / 6 / 4, 0, 5 / 6 / 4),  # of the four left, 5/6 being open
        (8, 9 / 24, 0, 5 / 24),
        (9, 9 / 24, 10 / 24, 5 / 24),  # the last one stands for the open 5/12
        (30, 9 / 24, 10 / 24, 5 / 24),
    ],
)
def test_six_matters_by_hand(day: int, durable: float, nominal: float, given_up: float) -> None:
    found = cohort(SIX)
    assert share_after(found, "intake", "settled", day) == pytest.approx(durable, abs=1e-12)
    assert share_after(found, "intake", "recorded", day) == pytest.approx(durable + nominal, abs=1e-12)
    assert share_after(found, "intake", "given_up", day) == pytest.approx(given_up, abs=1e-12)
    assert share_after(found, "intake", "open", day) == pytest.approx(1 - durable - nominal - given_up, abs=1e-12)
    assert math.isnan(share_after(found, "grievance", "settled", day))


def test_kaplan_meier_overstates_settlement() -> None:
    """5/6 · 3/4 · 0 are left of it: everybody would be settled, 19 in 24 are."""
    assert kaplan_meier(SIX, 5) == pytest.approx(1 - 5 / 6 * 3 / 4)
    assert kaplan_meier(SIX, 9) == 1.0
    assert share_after(cohort(SIX), "intake", "recorded", 9) == pytest.approx(19 / 24)


def test_without_the_open_ones_it_is_a_plain_share() -> None:
    draw = np.random.default_rng(1)
    matters = list(zip(draw.integers(0, 400, 500).tolist(), draw.integers(0, 4, 500).tolist(), strict=True))
    found = cohort(matters, "grievance")
    for days in (30, 90, 365):
        for outcome, name in ((DURABLE, "settled"), (GIVEN_UP, "given_up"), (CONCEDED, "conceded")):
            plain = sum(day <= days and end == outcome for day, end in matters) / len(matters)
            assert share_after(found, "grievance", name, days) == pytest.approx(plain, abs=1e-12)


@pytest.mark.parametrize("number", range(2, 40))
def test_nothing_is_open_once_all_have_ended(number: int) -> None:
    """To the bit: what is left by rounding would be a share that is there."""
    found = cohort([(day, day % 3) for day in range(number)])
    assert share_after(found, "intake", "open", number - 1) == 0.0
    assert share_after(found, "intake", "open", number - 2) == pytest.approx(1 / number)


def test_censoring_does_not_bend_it() -> None:
    """Settled at 1 in 40 days, given up at 1 in 80, followed for 0 to 400 days: two thirds of 1 − exp(−3 t / 80)."""
    draw = np.random.default_rng(2)
    ends, followed = np.floor(draw.exponential(80 / 3, 200_000)), draw.integers(0, 400, 200_000)
    outcome = np.where(ends > followed, OPEN, np.where(draw.random(200_000) < 2 / 3, DURABLE, GIVEN_UP))
    at = np.searchsorted(DURATION_EDGES, np.minimum(ends, followed), side="right") - 1
    times = np.zeros((len(DURATION_OUTCOMES), len(DURATION_EDGES)), np.int64)
    np.add.at(times, (outcome, at), 1)
    made = ledger(months=24)
    made.durations[0, 0, 1] = times
    for days in (30, 90):
        exact = 2 / 3 * (1 - math.exp(-3 * (days + 1) / 80))
        assert share_after(made, "intake", "settled", days) == pytest.approx(exact, abs=0.005)
    assert incidence_of(times).ends[:, -1].sum() == pytest.approx(1.0)
    ignored = (outcome[outcome != OPEN] == DURABLE) & (ends[outcome != OPEN] <= 30)  # of the closed ones alone
    assert abs(ignored.mean() - 2 / 3 * (1 - math.exp(-93 / 80))) > 0.01


def test_what_nobody_was_followed_to_is_no_number() -> None:
    short = cohort([(10, DURABLE), (20, OPEN), (40, OPEN)])
    assert share_after(short, "intake", "settled", 30) == pytest.approx(1 / 3)
    assert math.isnan(share_after(short, "intake", "settled", 90))
    assert (
        share_after(cohort([(10, DURABLE), (20, GIVEN_UP)]), "intake", "open", 365) == 0.0
    )  # nobody is left to follow
    nearly = cohort([(10, DURABLE)] * 199 + [(50, OPEN)])
    assert share_after(nearly, "intake", "settled", 365) == pytest.approx(0.995)  # a two-hundredth is open


def test_what_comes_after_the_window_says_nothing_of_it() -> None:
    """January is followed for 334 days and December for none: of ten each, what ends later is open then."""
    year = ledger()
    for month in (0, 11):
        year.durations[0, month, 1, DURABLE, 0] = 5  # on the first day
        year.durations[0, month, 1, DURABLE, 20] = 5
    assert share_after(year, "intake", "settled", 0) == pytest.approx(0.5)
    assert share_after(year, "intake", "settled", 30) == pytest.approx(1.0)  # of the five whom January has left
    december = year.window("2019-12", "2019-12")
    assert share_after(december, "intake", "settled", 0) == pytest.approx(0.5)
    assert math.isnan(share_after(december, "intake", "settled", 30))
    year.durations[0, 11, 1, DURABLE, 20], year.durations[0, 11, 1, OPEN, 20] = 0, 5  # a policy that came later
    assert share_after(year, "intake", "settled", 30) == pytest.approx(1.0)


def test_days_until_half_are_recorded() -> None:
    assert days_to_close(cohort([(17, DURABLE), (17, NOMINAL), (40, GIVEN_UP)])) == pytest.approx(16.5 + 0.75)
    even = [(day, DURABLE) for day in range(10, 50)]
    assert days_to_close(cohort(even)) == pytest.approx(29.5)
    assert days_to_close(cohort([(5, DURABLE), (8, GIVEN_UP), (8, GIVEN_UP), (400, OPEN)])) == 366  # at least
    assert math.isnan(days_to_close(ledger()))
    assert days_to_close(cohort([(9, DURABLE), (5000, OPEN), (5000, DURABLE)])) == 1740  # the last bin has no end


def test_whoever_never_is_settled_counts() -> None:
    """In a collapse, where fewer are settled and those sooner, half of all takes longer."""
    usual = cohort([(day, DURABLE) for day in range(10, 50)])
    collapse = cohort([(day, DURABLE) for day in range(10, 32)] + [(365, OPEN)] * 18)
    assert days_to_close(collapse) == pytest.approx(29.5)
    assert days_to_close(cohort([(day, DURABLE) for day in range(10, 22)] + [(365, OPEN)] * 28)) >= 360
    assert days_to_close(usual) == pytest.approx(29.5)


def test_windows_add_up_and_every_share_is_a_measure() -> None:
    whole = cohort([(day % 50, day % 5) for day in range(240)])
    halves = whole.window("2019-01", "2019-06"), whole.window("2019-07", "2019-12")
    assert (halves[0].durations.sum(axis=(0, 1)) + halves[1].durations.sum(axis=(0, 1))).tolist() == (
        whole.durations.sum(axis=(0, 1)).tolist()
    )
    every = ("settled", "recorded", "given_up", "conceded", "open")
    shares = [f"{what}_{days}" for what in every for days in (30, 90, 365)]
    assert {f"{clock}_{share}" for clock in DURATION_CLOCKS for share in shares} < set(MEASURES)
    told = measure_all(cohort(SIX))
    assert told["intake_settled_30"] == pytest.approx(9 / 24)
    assert told["intake_open_30"] == pytest.approx(0.0, abs=1e-12)
