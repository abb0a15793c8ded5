"""How a centre becomes known: by hand, and against the closed form of Bass; and who comes for advice."""

from dataclasses import replace

import numpy as np
import pytest

from sim.agents.centre import Centre
from sim.behaviour import CentreUse
from sim.centre_use import book_advice, spread_word
from sim.ledger import MONTHLY_FIGURES

USE = CentreUse(known_first=0.0, known_by_themselves=0.03, known_by_talk=0.38, known_forgotten=0.0)


def test_a_month_by_hand() -> None:
    """(0.12 + 0.6 · 0.5) · 0.5 − 0.06 · 0.5 = 0.18 a year: 0.015 a month. Of nobody, themselves alone learn."""
    use = CentreUse(known_by_themselves=0.12, known_by_talk=0.6, known_forgotten=0.06)
    np.testing.assert_allclose(spread_word(np.array([0.5, 0.0, 1.0]), use), [0.515, 0.01, 1 - 0.06 / 12], rtol=1e-12)


def test_where_nobody_forgets_everybody_goes_on_knowing() -> None:
    assert spread_word(np.ones(3), CentreUse(known_forgotten=0)).tolist() == [1.0, 1.0, 1.0]


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


def test_advice_is_poisson_of_those_who_know_a_working_centre() -> None:
    """Two counties, rows 3 and 4: a nameplate, a township's centre of 6,000 of whom half know it, a county's of 24,000
    and the city's of 50,000 known to all. At 40 a year per 1,000: 10, 80 and 167 a month on average."""
    centres = np.zeros(4, Centre.record)
    centres["code"], centres["level"], centres["county"] = (1, 2, 3, 4), (0, 0, 1, 2), (3, 3, 4, 3)
    centres["is_working"], centres["known"] = (0, 1, 1, 1), (1, 0.5, 1, 1)
    centres["population"] = (9_000, 6_000, 24_000, 50_000)
    centres["minutes"] = (0, 480, 0, 5_000)
    use, months = CentreUse(advice=40, advice_minutes=20), 400
    figures = np.zeros((months, 2, len(MONTHLY_FIGURES)))
    advised = np.array([book_advice(figures[month], centres, use, 7, month) for month in range(months)])
    found = {name: figures[:, :, column] for column, name in enumerate(MONTHLY_FIGURES)}
    per_day = 20 / (365 / 12)
    came = found["received_township"][:, 0]
    np.testing.assert_allclose(advised[:, 1], came * per_day / 480, rtol=1e-12)  # a nameplate gives no advice
    assert (
        not advised[:, 0].any() and (advised[:, 2] == 0.9).all()
    )  # where nobody works, who comes takes all but a tenth
    np.testing.assert_allclose(advised[:, 3], found["received_city"][:, 0] * per_day / 5_000, rtol=1e-12)
    for level, county, mean, residents in (
        ("township", 0, 10, 6_000),
        ("county", 1, 80, 24_000),
        ("city", 0, 500 / 3, 50_000),
    ):
        came, elsewhere = found[f"received_{level}"][:, county], found[f"received_{level}"][:, 1 - county]
        assert came.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / months))
        assert came.var(ddof=1) / mean == pytest.approx(1, abs=4 * np.sqrt(2 / months))
        assert (found[f"advice_minutes_{level}"][:, county] == 20 * came).all()
        assert (found[f"served_{level}"][:, county] == residents).all()
        assert not elsewhere.any() and not found[f"served_{level}"][:, 1 - county].any()


@pytest.mark.parametrize(("minutes", "advice", "share"), [(1, 40, 12 / 365), (0, 0, 0)])
def test_a_minute_a_day_is_there_at_least(minutes: int, advice: float, share: float) -> None:
    """A visit of a minute takes a thirtieth of it, and where nobody works and nobody comes nothing is taken."""
    centres = np.zeros(1, Centre.record)
    centres["is_working"] = centres["known"] = 1
    centres["population"], centres["minutes"] = 1_500, minutes
    monthly = np.zeros((1, len(MONTHLY_FIGURES)))
    advised = book_advice(monthly, centres, CentreUse(advice=advice, advice_minutes=5), 7, 0)
    came = monthly[0, MONTHLY_FIGURES.index("received_township")]
    assert 0 < came < 6 or advice == 0
    assert advised[0] == pytest.approx(5 * came * share, abs=1e-12)
