"""Keyed chance: published known answers, laws of the derived draws, independence of streams."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sim import chance
from sim.chance import Purpose

# Random123 1.14.0, kat_vectors, philox4x32 with 10 rounds: counter, key, result.
KNOWN_ANSWERS = [
    ([0x00000000] * 4, [0x00000000] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
    ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
    (
        [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
        [0xA4093822, 0x299F31D0],
        [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
    ),
]


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN_ANSWERS)
def test_philox_gives_the_published_known_answers(counter, key, expected):
    words = [np.uint64(word) for word in (*counter, *key)]
    assert [int(word) for word in chance.philox(*words)] == expected
    assert [int(word) for word in chance.philox.py_func(*words)] == expected


def draws(number: int, seed: int = 11, purpose: int = Purpose.CHOOSE, nth: int = 0) -> np.ndarray:
    return np.array([chance.uniform(seed, purpose, who, nth) for who in range(number)])


@pytest.mark.long
def test_uniform_numbers_are_uniform():
    for seed in (1, 2, 3):
        assert stats.kstest(draws(20_000, seed), "uniform").pvalue > 1e-4


def test_a_draw_is_a_function_of_its_key_alone():
    assert chance.uniform(5, 3, 620102001001 << 22, 7) == chance.uniform(5, 3, 620102001001 << 22, 7)
    base = (5, 3, 620102001001 << 22, 7)
    for position in range(4):
        changed = list(base)
        changed[position] += 1
        assert chance.uniform(*base) != chance.uniform(*changed)


@pytest.mark.long
def test_streams_of_neighbouring_keys_are_uncorrelated():
    number = 20_000
    limit = 4.5 / np.sqrt(number)  # z = 4.5, three comparisons
    base = draws(number)
    assert abs(np.corrcoef(base, draws(number, seed=12))[0, 1]) < limit
    assert abs(np.corrcoef(base, draws(number, purpose=Purpose.CHOOSE + 1))[0, 1]) < limit
    assert abs(np.corrcoef(base, draws(number, nth=1))[0, 1]) < limit


def test_quad_gives_four_independent_uniform_numbers():
    quads = np.array([chance.quad(3, Purpose.ARISE, who, 0) for who in range(20_000)])
    for column in quads.T:
        assert stats.kstest(column, "uniform").pvalue > 1e-4
    correlations = np.corrcoef(quads.T)[np.triu_indices(4, 1)]
    assert np.abs(correlations).max() < 4.5 / np.sqrt(len(quads))


@pytest.mark.parametrize("shape", [1, 2, 4, 6])
def test_erlang_has_mean_one_and_its_shape(shape):
    sample = [chance.erlang(3, Purpose.SERVICE, who, 0, shape) for who in range(20_000)]
    assert stats.kstest(sample, stats.gamma(shape, scale=1 / shape).cdf).pvalue > 1e-4


@pytest.mark.parametrize("mean", [0.3, 4.0, 60.0])
def test_poisson_has_its_mean_and_variance(mean):
    sample = np.array([chance.poisson(mean, u) for u in draws(20_000)])
    error = np.sqrt(mean / len(sample))
    assert abs(sample.mean() - mean) < 4.5 * error
    assert abs(sample.var() / mean - 1) < 4.5 * np.sqrt((2 + 1 / mean) / len(sample))


@pytest.mark.parametrize("mean", [0.0, 0.2, 59.9, 60.1, 200.0, 5000.0])
def test_poisson_of_any_mean_has_its_mean_and_variance(mean):
    pairs = [chance.quad(9, Purpose.REQUEST, who, 0)[:2] for who in range(6_000)]
    sample = np.array([chance.poisson_of_any_mean(mean, u, v) for u, v in pairs])
    assert (sample >= 0).all() and (sample == np.floor(sample)).all()
    assert abs(sample.mean() - mean) <= 4.5 * np.sqrt(mean / len(sample))
    # Rounding a normal number to whole ones adds a twelfth to its variance.
    expected = mean + (1 / 12 if mean > chance.MOST_BY_INVERSION else 0.0)
    assert abs(sample.var() - expected) <= 4.5 * np.sqrt((2 * mean**2 + mean) / len(sample))


def test_both_ways_to_a_poisson_number_agree_where_they_meet():
    """At a mean of 60 the normal approximation is within a hundredth of the true distribution function."""
    mean = 60.000001
    pairs = [chance.quad(9, Purpose.REQUEST, who, 0)[:2] for who in range(6_000)]
    sample = np.array([chance.poisson_of_any_mean(mean, u, v) for u, v in pairs])
    for count in (45, 52, 60, 68, 75):
        share, true = (sample <= count).mean(), stats.poisson(mean).cdf(count)
        assert abs(share - true) < 0.01 + 4.5 * np.sqrt(true * (1 - true) / len(sample))


def test_days_are_a_geometric_clock_with_the_mean_given():
    sample = np.array([chance.days(10.0, u) for u in draws(20_000)])
    assert sample.min() == 1
    assert abs(sample.mean() - 10.0) < 4.5 * np.sqrt(90.0 / len(sample))
    assert chance.days(0.5, 0.999) == 1


def test_normal_numbers_are_normal():
    pairs = np.array([chance.quad(9, Purpose.SKILL, who, 0)[:2] for who in range(20_000)])
    assert stats.kstest([chance.normal(u, v) for u, v in pairs], "norm").pvalue > 1e-4


def test_pairs_of_normal_numbers_are_independent():
    pairs = np.array([chance.normals(*chance.quad(9, Purpose.TRAITS, who, 0)[:2]) for who in range(20_000)])
    assert stats.kstest(pairs[:, 1], "norm").pvalue > 1e-4
    assert abs(np.mean(pairs[:, 0] * pairs[:, 1])) < 4.5 / np.sqrt(len(pairs))
    a, b = 0.3, 0.7
    expected = np.sqrt(-2 * np.log(a)) * np.array([np.cos(2 * np.pi * b), np.sin(2 * np.pi * b)])
    np.testing.assert_allclose(chance.normals(a, b), expected, rtol=1e-14)


@pytest.mark.parametrize("number", [1, 8, 13, 32])
def test_a_batch_draws_what_is_drawn_one_by_one(number):
    """Beyond the whole lanes of a batch nothing is written."""
    keys = np.zeros((2, 40), np.int64)
    keys[0], keys[1] = 620_102_001_001 * 2**22 + np.arange(40), np.arange(40) % 3
    draws = np.full((7, 40), -1.0)
    chance.uniforms(draws, 0, 7, int(Purpose.GAP), keys, 0, 1, number)
    chance.quads(draws, 1, 7, int(Purpose.ARISE), 5, keys, 0, number)
    one = [chance.uniform(7, Purpose.GAP, key, nth) for key, nth in keys.T[:number]]
    four = [chance.quad(7, Purpose.ARISE, key, 5) for key in keys[0, :number]]
    assert draws[0, :number].tolist() == one
    assert [tuple(column) for column in draws[1:5, :number].T] == four
    draws[5:] = draws[1:3]
    chance.exponentials(draws, 0, number)
    chance.pairs_of_normals(draws, 5, number)
    assert draws[0, :number].tolist() == [chance.exponential(u) for u in one]
    assert [tuple(column) for column in draws[5:, :number].T] == [chance.normals(*each[:2]) for each in four]
    beyond = (number + 7) // 8 * 8
    assert (draws[:, beyond:] == -1.0).all()
