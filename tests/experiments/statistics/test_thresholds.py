"""By how much values miss a threshold, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from experiments.statistics.thresholds import Threshold, better_of, check_directions
from sim.errors import InputError

VALUES = np.array([[10.0, 20, 30, 40], [25.0, 20, 15, 10]])
REFERENCE = VALUES[0]


def test_a_bound_is_missed_by_the_distance_to_it_and_the_worse_of_two_counts():
    assert Threshold(at_least=20).missed_by(VALUES, REFERENCE, "up").tolist() == [[10, 0, -10, -20], [-5, 0, 5, 10]]
    assert Threshold(at_most=30).missed_by(VALUES, REFERENCE, "up").tolist() == [[-20, -10, 0, 10], [-5, -10, -15, -20]]
    both = Threshold(at_least=20, at_most=30).missed_by(VALUES, REFERENCE, "up")
    assert both.tolist() == [[10, 0, 0, 10], [-5, 0, 5, 10]]


def test_against_the_reference_it_is_missed_by_what_is_worse():
    threshold = Threshold(no_worse_than_reference=True)
    assert threshold.missed_by(VALUES, REFERENCE, "up").tolist() == [[0, 0, 0, 0], [-15, 0, 15, 30]]
    assert threshold.missed_by(VALUES, REFERENCE, "down").tolist() == [[0, 0, 0, 0], [15, 0, -15, -30]]


def test_better_by_is_missed_by_what_the_gain_lacks():
    threshold = Threshold(better_by=5)
    assert threshold.missed_by(VALUES, REFERENCE, "up").tolist() == [[5, 5, 5, 5], [-10, 5, 20, 35]]
    assert threshold.missed_by(VALUES, REFERENCE, "down").tolist() == [[5, 5, 5, 5], [20, 5, -10, -25]]
    both = Threshold(at_least=18, better_by=5).missed_by(VALUES, REFERENCE, "up")
    assert both.tolist() == [[8, 5, 5, 5], [-7, 5, 20, 35]]


def test_what_is_not_known_does_not_meet_a_threshold():
    values = np.array([np.nan, 5.0])
    for threshold in (
        Threshold(at_least=0), Threshold(at_most=9), Threshold(no_worse_than_reference=True)
    ):  # fmt: skip
        missed = threshold.missed_by(values, np.array([1.0, 5.0]), "up")
        assert np.isnan(missed[0]) and missed[1] <= 0 and (missed <= 0).tolist() == [False, True]
    for threshold in (Threshold(at_least=0, no_worse_than_reference=True), Threshold(at_least=0, better_by=1)):
        assert np.isnan(threshold.missed_by(values, np.array([1.0, np.nan]), "up")).all()
    assert Threshold(at_least=0).missed_by(values, np.array([np.nan, np.nan]), "up")[1] == -5


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "asks for nothing"),
        ({"at_least": 3, "at_most": 2}, "at_least=3.0 and at_most=2.0"),
        ({"better_by": 0}, r"better_by=0.0 of a threshold has to be above 0"),
        ({"better_by": -0.01}, r"better_by=-0.01 of a threshold has to be above 0"),
        ({"better_by": float("nan")}, r"better_by=nan of a threshold has to be above 0"),
    ],
)
def test_a_threshold_that_is_none_is_refused(given, said):
    with pytest.raises(ValidationError, match=said):
        Threshold(**given)


def test_no_worse_needs_a_better():
    assert [better_of(name) for name in ("distance_to_target", "success_gap", "durable_resolution", "suits")] == [
        "down", "down", "up", "none"
    ]  # fmt: skip
    check_directions({"durable_resolution": Threshold(no_worse_than_reference=True)}, "study.thresholds")
    with pytest.raises(InputError, match=r"study\.thresholds\.suits: neither more nor less"):
        check_directions({"suits": Threshold(no_worse_than_reference=True)}, "study.thresholds")
    with pytest.raises(InputError, match=r"study\.thresholds\.suits: neither more nor less"):
        check_directions({"suits": Threshold(better_by=1)}, "study.thresholds")
