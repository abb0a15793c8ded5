"""Broyden's method: systems solved by hand, slopes that are learned, a root that is found in a few steps."""

from __future__ import annotations

import math

import numpy as np
import pytest

from experiments.studies.calibrate.secant import Secant, solve


def test_a_system_by_hand():
    # 2x + y = 5, x + 3y = 10: x = 1, y = 3
    assert solve([[2, 1], [1, 3]], [5, 10]) == pytest.approx((1, 3))


def test_rows_change_places_where_the_first_pivot_is_nought_or_small():
    assert solve([[0, 2], [4, 0]], [6, 8]) == (2, 3)
    # without pivoting 1e-12 would leave nothing of x: x + y = 2, x - y = 0
    assert solve([[1e-12, 1, 1], [1, 1, 0], [1, -1, 0]], [5, 2, 0]) == pytest.approx((1, 1, 4))


def test_a_flat_knob_stays_where_it_is_and_the_others_are_solved():
    # the second knob moves nothing: 2x + z = 4, x + 3z = 7 gives x = 1, z = 2
    assert solve([[2, 0, 1], [0, 0, 0], [1, 0, 3]], [4, 9, 7]) == pytest.approx((1, 0, 2))
    assert solve([[1e-10]], [3]) == (0,)
    assert solve([[2e-9]], [3e-9]) == pytest.approx((1.5,))


@pytest.mark.parametrize("seed", range(5))
def test_a_random_system_is_solved_as_well_as_by_a_library(seed):
    random = np.random.default_rng(seed)
    matrix, right = random.normal(size=(12, 12)), random.normal(size=12)
    assert solve(matrix.tolist(), right.tolist()) == pytest.approx(np.linalg.solve(matrix, right).tolist(), rel=1e-9)


def test_a_move_makes_up_for_the_misses_and_leaves_what_is_not_measured():
    slopes = Secant(((2.0, 0.0), (0.0, -4.0)))
    assert slopes.move([3.0, 2.0]) == (1.5, -0.5)
    assert slopes.move([math.nan, 2.0]) == (0.0, -0.5)


def test_slopes_learn_by_hand_what_a_move_did_and_no_more():
    # moved (1, 2) changed the figure by 10, where slopes (1, 1) say 3: 7 missing, over 1 + 4 and 1 for chance
    learned = Secant(((1.0, 1.0), (0.0, 2.0))).corrected((1.0, 2.0), (10.0, 4.0)).slopes
    assert learned[0] == pytest.approx((1 + 7 / 6, 1 + 14 / 6))
    assert learned[1] == (0.0, 2.0)  # 4 is what they said
    across = (2.0, -1.0)  # at right angles to the move nothing is learned
    assert np.dot(learned[0], across) == pytest.approx(np.dot((1.0, 1.0), across))


def test_a_knob_that_does_nothing_for_a_figure_is_never_blamed_for_it():
    # of the move (3, 2) only 2 act on the figure: 6 where 4 is said, 2 missing, over 4 and 1 for chance
    assert Secant(((0.0, 2.0),)).corrected((3.0, 2.0), (6.0,)).slopes == ((0.0, pytest.approx(2.8)),)


def test_a_short_move_teaches_little():
    # 0.1 of a step: 0.2 missing, of which 1 in 101 is taken for slope, 0.1 of it along the move
    assert Secant(((1.0,),)).corrected((0.1,), (0.3,)).slopes[0][0] == pytest.approx(1 + 0.2 * 0.1 / 1.01)


@pytest.mark.parametrize(("moved", "change"), [((0.0, 0.0), (1.0, 1.0)), ((1.0, 0.0), (math.nan, 1.0))])
def test_nothing_is_learned_of_no_move_or_of_a_failed_run(moved, change):
    slopes = Secant(((1.0, 2.0), (3.0, 4.0)))
    assert slopes.corrected(moved, change) == slopes


def figures(x: np.ndarray) -> np.ndarray:
    """Three figures, each of several knobs, not linear."""
    a, b, c = x
    return np.array([np.exp(0.5 * a) + 0.2 * b, b + 0.3 * np.sin(c) + 0.1 * a**2, 1.5 * c - 0.2 * a * b])


def solved(true: np.ndarray, moves: int, learns: bool = True) -> list[float]:
    """How far off the figures are after each move from 0, knobs counted in steps of 0.1."""
    aims, at, step, last = figures(true), np.zeros(3), 0.1, None
    columns = [figures(step * unit) - figures(at) for unit in np.eye(3)]
    slopes, off = Secant(tuple(map(tuple, np.array(columns).T.tolist()))), []
    for _ in range(moves + 1):
        found = figures(at)
        off.append(float(np.abs(aims - found).max()))
        if last is not None and learns:
            slopes = slopes.corrected(tuple((at - last[0]) / step), tuple(found - last[1]))
        last = at, found
        at = at + step * np.array(slopes.move((aims - found).tolist()))
    return off


@pytest.mark.parametrize("seed", range(10))
def test_three_knobs_are_found_in_a_few_moves(seed):
    off = solved(np.random.default_rng(seed).uniform(-1, 1, 3), 6)
    assert 0.05 < off[0] < 4  # there was something to find
    assert off[3] < 0.1 * off[0] and off[-1] < 0.01 * off[0]


def test_without_learning_the_same_moves_come_less_near():
    true = np.array([1.8, -1.6, 1.4])
    assert solved(true, 4)[-1] < 0.5 * solved(true, 4, learns=False)[-1]
