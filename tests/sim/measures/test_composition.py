"""Compositions of three levels: log-ratio coordinates by hand, their inverse, distances."""

import math

import numpy as np
import pytest

from sim.measures.composition import TARGET, aitchison_distance, ilr, ilr_inverse, without_zeros


def test_coordinates_by_hand() -> None:
    """Of (e⁴, e², 1): √⅔ (4 - (2 + 0) / 2) and √½ (2 - 0)."""
    parts = np.exp([4.0, 2.0, 0.0])
    assert ilr(parts) == pytest.approx([math.sqrt(2 / 3) * 3, math.sqrt(1 / 2) * 2], abs=1e-12)
    assert ilr(7.5 * parts) == pytest.approx(ilr(parts), abs=1e-12)  # the total never matters
    assert ilr([5, 5, 5]) == pytest.approx([0, 0], abs=1e-15)


def test_the_inverse_gives_the_shares_back() -> None:
    """Coordinates (√⅔ 3, √½ 2) are those of shares proportional to (e⁴, e², 1)."""
    shares = np.exp([4.0, 2.0, 0.0]) / np.exp([4.0, 2.0, 0.0]).sum()
    assert ilr_inverse([math.sqrt(2 / 3) * 3, math.sqrt(1 / 2) * 2]) == pytest.approx(shares, rel=1e-12)
    assert ilr_inverse([0, 0]) == pytest.approx([1 / 3] * 3, rel=1e-15)
    generator = np.random.default_rng(2)
    many = generator.dirichlet([1, 2, 3], size=(4, 5))
    np.testing.assert_allclose(ilr_inverse(ilr(many)), many, rtol=1e-12)


def test_shares_far_apart_do_not_overflow() -> None:
    apart = ilr_inverse([[2000.0, 0.0], [0.0, 2000.0], [0.0, -2000.0]])
    np.testing.assert_allclose(apart, [[1, 0, 0], [0, 1, 0], [0, 0, 1]], atol=1e-15)


def test_distances_by_hand() -> None:
    """Twice as many at the province move its log-ratio by √⅔ ln 2 alone; swapping city and county by √½ · 2 ln 2."""
    assert aitchison_distance(TARGET) == pytest.approx(0, abs=1e-15)
    assert aitchison_distance([2, 2, 3]) == pytest.approx(math.sqrt(2 / 3) * math.log(2), rel=1e-12)
    assert aitchison_distance([1, 2, 4], (1, 4, 2)) == pytest.approx(math.sqrt(1 / 2) * 2 * math.log(2), rel=1e-12)
    both = aitchison_distance([[[1, 2, 3], [2, 2, 3]]], (1, 2, 3))
    assert both.shape == (1, 2)
    assert both[0] == pytest.approx([0, math.sqrt(2 / 3) * math.log(2)], abs=1e-12)


def test_half_is_added_to_all_three_where_one_is_zero_and_only_there() -> None:
    found = without_zeros([[[0, 2, 4], [1, 2, 3]], [[3, 0, 0], [0, 0, 0]]])
    assert found[0].tolist() == [[0.5, 2.5, 4.5], [1, 2, 3]]
    assert found[1, 0].tolist() == [3.5, 0.5, 0.5]
    assert np.isnan(found[1, 1]).all()  # three zeros have no ratio


def test_the_counts_given_stay_as_they_are() -> None:
    counts = np.array([0.0, 2.0, 4.0])
    without_zeros(counts)
    assert counts.tolist() == [0, 2, 4]


@pytest.mark.parametrize("parts", [[1, 2], [[1, 2, 3, 4]], 3.0, [[1], [2], [3]]])
def test_what_has_not_three_parts_is_refused(parts) -> None:
    with pytest.raises(ValueError, match=r"a composition has 3 parts \(province, city, county\), not shape"):
        without_zeros(parts)


@pytest.mark.parametrize("parts", [[-1, 2, 3], [1, 2, -0.001], [[1, 2, 3], [0, -5, 1]]])
def test_a_negative_count_is_refused(parts) -> None:
    with pytest.raises(ValueError, match="no negative parts"):
        without_zeros(parts)
