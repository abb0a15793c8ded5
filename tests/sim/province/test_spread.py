"""Spreads that belong to a place, against theory."""

import numpy as np
import pytest

from sim.province.spread import Purpose, lognormal, near_normal, splitmix64, uniform


def test_splitmix64_known_answers() -> None:
    # First outputs of Vigna's reference generator from the state 1234567: the k-th output is the mix of
    # the state plus (k − 1) times the golden gamma.
    gamma = 0x9E3779B97F4A7C15
    states = np.array([(1234567 + k * gamma) % 2**64 for k in range(5)], dtype=np.uint64)
    assert splitmix64(states).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_near_normal_has_mean_0_variance_1_and_bounds() -> None:
    draws = near_normal(np.arange(620_000_000_000, 620_000_100_000), Purpose.POPULATION)
    # 100,000 draws, kurtosis 2.7: standard errors .0032 (mean), √(1.7 / 100,000) = .0041 (variance).
    assert abs(draws.mean()) < 4 * 0.0032
    assert abs(draws.var() - 1) < 4 * 0.0041
    assert abs((draws**4).mean() - 2.7) < 0.1
    assert np.abs(draws).max() < 2 * np.sqrt(3)


def test_purposes_are_independent() -> None:
    codes = np.arange(620_000_000_000, 620_000_100_000)
    one, other = (near_normal(codes, purpose) for purpose in (Purpose.POPULATION, Purpose.HOURS_TOWNSHIP))
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(100_000)


def test_lognormal_has_mean_1() -> None:
    factors = lognormal(np.arange(1, 100_001), Purpose.HOURS_COUNTY, 0.5)
    assert factors.mean() == pytest.approx(1.0, abs=0.01)  # the bounded tails cost less than half a per cent
    assert lognormal(np.array([1, 7, 9]), Purpose.HOURS_COUNTY, 0.0).tolist() == [1.0, 1.0, 1.0]


def test_uniform_is_uniform_and_never_at_its_ends() -> None:
    draws = uniform(np.arange(620_000_000_000, 620_000_100_000), Purpose.PLACE_OF_VILLAGE)
    assert 0 < draws.min() < 0.001 and 0.999 < draws.max() < 1
    # Standard errors √(1/12 / 100,000) = .00091 of the mean, √(1/180 / 100,000) = .00024 of the variance.
    assert abs(draws.mean() - 0.5) < 4 * 0.00091
    assert abs(draws.var() - 1 / 12) < 4 * 0.00024
