"""The search against planted fronts, and what is better than what by hand."""

from __future__ import annotations

import numpy as np
import pytest

from experiments.studies.optimise.search import (
    Archive,
    hypervolume,
    non_dominated,
    progress,
    search,
    spread,
)


def no_constraint(points):
    return np.full((len(points), 1), -1.0)


def test_dominance_by_hand():
    rows = np.array([[1, 5], [2, 2], [2, 3], [5, 1], [1, 5], [3, 3], [6, 6]], float)
    assert non_dominated(rows).tolist() == [0, 1, 3]


def test_a_front_is_of_feasible_candidates_alone():
    archive = Archive(
        np.zeros((4, 1)),
        np.array([[1, 1], [2, 3], [3, 2], [4, 4]], float),
        np.array([[0.1], [0.0], [-1.0], [-1.0]]),
        np.array([1, 1, 2, 2]),
    )
    assert archive.is_feasible.tolist() == [False, True, True, True]
    assert archive.front.tolist() == [1, 2]


def test_hypervolume_of_two_rectangles():
    # corner (4, 4): (1, 3) covers 3 × 1, (3, 1) covers 1 × 3, both 1 × 1
    assert hypervolume(np.array([[1, 3], [3, 1]], float), np.array([4.0, 4.0])) == pytest.approx(5)
    assert hypervolume(np.array([[5, 1]], float), np.array([4.0, 4.0])) == 0


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_front_is_found(seed):
    # ZDT1 (Zitzler, Deb & Thiele 2000) in four dimensions: f2 = 1 − √f1 where the others are 0
    def zdt1(points):
        f1 = points[:, 0]
        g = 1 + 9 * points[:, 1:].mean(axis=1)
        return np.column_stack([f1, g * (1 - np.sqrt(f1 / g))]), no_constraint(points)

    archive = search(zdt1, 4, 2, 1, population=40, generations=60, seed=seed)
    front = archive.objectives[archive.front]
    assert np.abs(front[:, 1] - (1 - np.sqrt(front[:, 0]))).mean() < 0.02
    # the area below (1.1, 1.1) that the true front dominates: 1.21 − ∫(1 − √x) − … = 0.8767 (closed form: 1.21 − 1/3)
    assert hypervolume(front, np.array([1.1, 1.1])) == pytest.approx(1.21 - 1 / 3, abs=0.02)
    volumes = [volume for _, volume, _ in progress(archive)]
    assert len(volumes) == 60 and volumes[-1] > volumes[0] and np.all(np.diff(volumes) >= -1e-12)


def test_a_constraint_cuts_the_front_where_it_should():
    # f = (x, 1 − x) with x ≥ 0.3: the front is x from 0.3 to 1
    def evaluate(points):
        x = points[:, 0]
        return np.column_stack([x, 1 - x]), (0.3 - x)[:, None]

    archive = search(evaluate, 1, 2, 1, population=24, generations=20, seed=1)
    found = archive.objectives[archive.front][:, 0]
    assert found.min() == pytest.approx(0.3, abs=0.01) and found.max() == pytest.approx(1, abs=0.01)
    assert (found >= 0.3).all()


def test_noise_that_all_share_changes_nothing_and_the_same_seed_gives_the_same():
    def evaluate(points, shared=0.0):
        x = points[:, 0]
        return np.column_stack([x + shared, (1 - x) ** 2 + shared]), no_constraint(points)

    plain = search(evaluate, 2, 2, 1, 16, 8, seed=4)
    again = search(evaluate, 2, 2, 1, 16, 8, seed=4)
    shifted = search(lambda points: evaluate(points, 0.125), 2, 2, 1, 16, 8, seed=4)
    assert np.array_equal(plain.points, again.points)
    assert np.array_equal(plain.points, shifted.points)
    assert not np.array_equal(plain.points, search(evaluate, 2, 2, 1, 16, 8, seed=5).points)


def test_a_failed_candidate_is_worst_and_never_on_the_front():
    def evaluate(points):
        values = np.column_stack([points[:, 0], 1 - points[:, 0]])
        values[points[:, 0] > 0.5] = np.nan
        return values, no_constraint(points)

    archive = search(evaluate, 1, 2, 1, 16, 6, seed=1)
    assert (archive.points[archive.front] <= 0.5).all() and len(archive.front)


def test_points_are_spread_with_the_best_of_each_objective():
    rows = np.column_stack([np.linspace(0, 1, 50), np.linspace(1, 0, 50)])
    assert spread(rows, 3).tolist() == [0, 24, 49] or spread(rows, 3).tolist() == [0, 25, 49]
    assert spread(rows[:2], 5).tolist() == [0, 1]
