"""How a centre becomes known: by hand, and against the closed form of Bass."""

from dataclasses import replace

import numpy as np
import pytest

from sim.awareness import spread_word
from sim.behaviour import CentreUse

USE = CentreUse(known_first=0.0, known_by_themselves=0.03, known_by_talk=0.38, known_forgotten=0.0)


def test_a_month_by_hand() -> None:
    """(0.12 + 0.6 · 0.5) · 0.5 − 0.06 · 0.5 = 0.18 a year: 0.015 a month. Of nobody, themselves alone learn."""
    use = CentreUse(known_by_themselves=0.12, known_by_talk=0.6, known_forgotten=0.06)
    np.testing.assert_allclose(spread_word(np.array([0.5, 0.0, 1.0]), use), [0.515, 0.01, 1 - 0.06 / 12], rtol=1e-12)


def test_where_nobody_forgets_everybody_goes_on_knowing() -> None:
    assert spread_word(np.ones(3), CentreUse()).tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("years", [1, 2, 3, 5])
def test_the_closed_form_of_bass_in_small_steps(years: int) -> None:
    """A thousand steps a month of a thousandth each come as near as their length to the continuous curve."""
    p, q = USE.known_by_themselves, USE.known_by_talk
    small = replace(USE, known_by_themselves=p / 10, known_by_talk=q / 10)
    known = np.zeros(1)
    for _ in range(120 * years):
        known = spread_word(known, small)
    gone = np.exp(-(p + q) * years)
    assert known[0] == pytest.approx((1 - gone) / (1 + q / p * gone), rel=3e-3)


def test_forgetting_and_learning_meet() -> None:
    """Where learning is as much as forgetting: p (1 − A) = δ A without talk, 0.05 / (0.05 + 0.15) = 0.25."""
    use = CentreUse(known_by_themselves=0.05, known_by_talk=0.0, known_forgotten=0.15)
    known = np.array([0.0, 1.0])
    for _ in range(1200):
        known = spread_word(known, use)
    np.testing.assert_allclose(known, 0.25, rtol=1e-6)
