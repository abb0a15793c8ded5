"""Weights from pairwise comparisons and from entropy, against values computed by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.errors import InputError
from sim.measures.weighting import (
    RANDOM_INDEX,
    ahp_weights,
    comparisons_of,
    consistency_ratio,
    entropy_weights,
    principal,
)

TEXTBOOK = [[1, 3, 5], ["1/3", 1, 3], ["1/5", "1/3", 1]]


def test_three_indicators_in_closed_form():
    """For three rows the eigenvector is the geometric means; λ = 1 + x + 1/x with x = (a₁₂ a₂₃ / a₁₃)^⅓."""
    matrix = comparisons_of(TEXTBOOK)
    means = np.array([15 ** (1 / 3), 1.0, 15 ** (-1 / 3)])
    assert ahp_weights(matrix) == pytest.approx(means / means.sum(), rel=1e-10)
    assert ahp_weights(matrix) == pytest.approx([0.6370, 0.2583, 0.1047], abs=5e-5)
    x = (3 * 3 / 5) ** (1 / 3)
    largest, _ = principal(matrix)
    assert largest == pytest.approx(1 + x + 1 / x, rel=1e-10)
    assert consistency_ratio(matrix) == pytest.approx((1 + x + 1 / x - 3) / 2 / 0.58, rel=1e-8)
    assert consistency_ratio(matrix) == pytest.approx(0.0332, abs=5e-5)


def test_consistent_judgements_give_the_weights_they_were_made_of():
    for weights in ([0.5, 0.3, 0.2], [0.4, 0.3, 0.2, 0.1], np.arange(1, 16) / 120):
        wanted = np.asarray(weights)
        matrix = wanted[:, None] / wanted[None, :]
        assert ahp_weights(matrix) == pytest.approx(wanted, rel=1e-9)
        assert consistency_ratio(matrix) == pytest.approx(0, abs=1e-12)


def test_one_and_two_rows_are_always_consistent():
    assert ahp_weights([[1]]).tolist() == [1]
    assert ahp_weights([[1, 4], [0.25, 1]]) == pytest.approx([0.8, 0.2])
    assert consistency_ratio([[1, 4], [0.25, 1]]) == 0
    assert len(RANDOM_INDEX) == 15


def test_judgements_that_go_round_in_a_circle_are_refused():
    """a over b over c over a, each 3 times: x = 27^⅓ = 3, λ = 1 + 3 + ⅓, ratio (4/3)/2/0.58 = 1.149."""
    circle = comparisons_of([[1, 3, "1/3"], ["1/3", 1, 3], [3, "1/3", 1]])
    assert consistency_ratio(circle) == pytest.approx(4 / 3 / 2 / 0.58)
    with pytest.raises(InputError, match=r"^here: the comparisons contradict each other, consistency ratio 1\.149"):
        ahp_weights(circle, "here")


def test_the_limit_of_consistency_lies_at_a_tenth():
    """With a₁₂ = a₂₃ = 2 and a₁₃ = t the ratio is (x + 1/x − 2)/1.16, x = (4/t)^⅓: 0.099 and 0.101 beside the limit."""

    def matrix(ratio: float) -> np.ndarray:
        half = (1.16 * ratio + 2) / 2
        t = 4 / (half + math.sqrt(half**2 - 1)) ** 3
        return np.array([[1, 2, t], [0.5, 1, 2], [1 / t, 0.5, 1]])

    assert consistency_ratio(matrix(0.099)) == pytest.approx(0.099)
    assert ahp_weights(matrix(0.099)).sum() == pytest.approx(1)
    with pytest.raises(InputError, match=r"ratio 0\.101; at most 0\.1 is allowed"):
        ahp_weights(matrix(0.101))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([[1, 2], [2, 1]], "row 2 column 1 is 2 and row 1 column 2 is 2; they must be reciprocal"),
        ([[2, 1], [1, 1]], "row 1 column 1 is 2 and row 1 column 1 is 2; they must be reciprocal"),
        ([[1, 2], [0.5]], r"row 2 is \[0.5\]; it must be a list of 2 numbers"),
        ([[1, -2], [-0.5, 1]], "row 1 column 2 is -2; it must be a positive number or a fraction"),
        ([[1, "2/0"], [0.5, 1]], "row 1 column 2 is '2/0'; it must be a positive number"),
        ([[1, "much"], [0.5, 1]], "row 1 column 2 is 'much'"),
        ([], "0 rows; a comparison matrix has 1 to 15"),
        ([[1] * 16] * 16, "16 rows; a comparison matrix has 1 to 15"),
    ],
)
def test_matrices_that_are_none_are_refused(rows, message):
    with pytest.raises(InputError, match=f"^here: {message}"):
        comparisons_of(rows, "here")


def test_a_matrix_has_one_to_fifteen_rows() -> None:
    assert comparisons_of([[1]]).tolist() == [[1]]
    assert ahp_weights(comparisons_of([["1"] * 15] * 15)) == pytest.approx([1 / 15] * 15)


@pytest.mark.parametrize("given", [0, "0", "0/3", float("nan"), float("inf"), None])
def test_what_is_no_positive_number_is_refused(given) -> None:
    with pytest.raises(InputError, match=r"row 1 column 2 is .*; it must be a positive number or a fraction"):
        comparisons_of([[1, given], [1, 1]])


def test_judgements_without_contradiction_have_a_ratio_of_nothing_and_never_less() -> None:
    generator = np.random.default_rng(3)
    for size in (3, 4, 7, 12):
        for _ in range(10):
            weights = generator.uniform(0.1, 1, size)
            ratio = consistency_ratio(weights[:, None] / weights[None, :])
            assert 0 <= ratio < 1e-12


def test_a_third_may_be_written_short():
    assert comparisons_of([[1, 3], [0.333, 1]])[1, 0] == 0.333
    with pytest.raises(InputError, match="reciprocal"):
        comparisons_of([[1, 3], [0.32, 1]])


def test_entropy_of_two_units_and_two_indicators_by_hand():
    """Columns (1, 3) and (1, 9): shares ¼ ¾ and 0.1 0.9, entropies 0.8113 and 0.4690 bits, of 1 bit at most."""
    first = 1 + 0.25 * math.log2(0.25) + 0.75 * math.log2(0.75)
    second = 1 + 0.1 * math.log2(0.1) + 0.9 * math.log2(0.9)
    found = entropy_weights([[1, 1], [3, 9]])
    assert found == pytest.approx([first / (first + second), second / (first + second)])
    assert found == pytest.approx([0.2622, 0.7378], abs=5e-5)


def test_what_is_equal_everywhere_weighs_nothing():
    assert entropy_weights([[5, 1], [5, 3]]).tolist() == [0, 1]
    assert entropy_weights([[0, 1], [0, 3]]).tolist() == [0, 1]
    assert entropy_weights([[5, 2, 0], [5, 2, 0]]) == pytest.approx([1 / 3] * 3)


def test_how_much_there_is_in_all_does_not_matter() -> None:
    assert entropy_weights([[0.01, 0.1], [0.03, 0.9]]) == pytest.approx(entropy_weights([[1, 1], [3, 9]]))
    assert entropy_weights([[1, 1], [2, 2]]).tolist() == [0.5, 0.5]
    assert entropy_weights([[1, 5], [2, 5]]).tolist() == [1, 0]


def test_many_that_are_equal_weigh_exactly_nothing() -> None:
    for units in range(2, 30):
        one = np.ones((units, 2))
        one[0, 1] = 2
        assert entropy_weights(0.7 * one).tolist() == [0, 1]


def test_units_without_a_value_are_left_out_of_their_column():
    known = entropy_weights([[1, 1], [3, 9]])
    assert entropy_weights([[1, 1], [3, 9], [np.nan, np.nan]]) == pytest.approx(known)
    assert entropy_weights([[1, 7], [3, np.nan]]).tolist() == [1, 0]  # one value tells nothing apart


def test_all_in_one_unit_is_no_entropy_at_all():
    """Column (0, 4) has entropy 0 and diverges by 1; column (1, 3) by 0.1887."""
    assert entropy_weights([[0, 1], [4, 3]])[0] == pytest.approx(1 / 1.18872, abs=1e-5)


def test_entropy_weights_refuse_what_has_no_shares():
    with pytest.raises(ValueError, match="no negative"):
        entropy_weights([[1, -1], [2, 2]])
    with pytest.raises(ValueError, match="units × indicators"):
        entropy_weights([1, 2])
    with pytest.raises(ValueError, match="units × indicators"):
        entropy_weights(np.zeros((2, 0)))
