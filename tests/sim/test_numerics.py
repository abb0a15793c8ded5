"""Exponential, logarithm, sine and cosine against the mathematics library's, in units of the last place."""

import numpy as np
import pytest

from sim.compilation import compiled_once
from sim.numerics import LOWEST, exponential_of, logarithm_of, sine_and_cosine_of_turn


@compiled_once
def _exponentials(x, result):
    for n in range(len(x)):
        result[n] = exponential_of(x[n])


@compiled_once
def _logarithms(x, result):
    for n in range(len(x)):
        result[n] = logarithm_of(x[n])


def units_off(got: np.ndarray, expected: np.ndarray) -> float:
    return float(np.max(np.abs(got - expected) / np.spacing(np.abs(expected))))


@pytest.mark.parametrize(("low", "high"), [(-1.0, 1.0), (-30.0, 30.0), (-700.0, 700.0)])
def test_exponentials(low: float, high: float) -> None:
    x = np.random.default_rng(1).uniform(low, high, 20_000)
    result = np.empty_like(x)
    _exponentials(x, result)
    assert units_off(result, np.exp(x)) <= 2


def test_exponentials_at_the_ends() -> None:
    x = np.array([-np.inf, LOWEST - 0.5, LOWEST, 0.0, 709.0])
    result = np.empty_like(x)
    _exponentials(x, result)
    assert result[:2].tolist() == [0.0, 0.0] and result[3] == 1.0
    np.testing.assert_allclose(result[[2, 4]], np.exp(x[[2, 4]]), rtol=1e-15)


def test_logarithms() -> None:
    generator = np.random.default_rng(2)
    for x in (generator.uniform(0.5, 2, 20_000), np.exp(generator.uniform(-600, 600, 20_000)), np.array([2.0**-1022])):
        result = np.empty_like(x)
        _logarithms(x, result)
        assert units_off(result, np.log(x)) <= 3
    one = np.ones(1)
    _logarithms(one, one)
    assert one[0] == 0.0


def test_sines_and_cosines_of_turns() -> None:
    eighths = np.arange(9) / 8.0
    x = np.concatenate([eighths, np.random.default_rng(3).uniform(0, 1, 20_000)])
    got = np.array([sine_and_cosine_of_turn(each) for each in x])
    angle = 2.0 * np.pi * x  # itself rounded: up to an eighth of a turn there is no more in it than that
    np.testing.assert_allclose(got, np.column_stack([np.sin(angle), np.cos(angle)]), rtol=0, atol=1e-15)
    small = x < 0.125
    assert units_off(got[small][1:, 0], np.sin(angle[small][1:])) <= 2
    assert got[[0, 2, 4, 6, 8]].tolist() == [[0.0, 1.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0], [0.0, 1.0]]
