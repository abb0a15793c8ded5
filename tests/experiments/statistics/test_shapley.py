"""Shapley values and interactions of games that are solved by hand."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from experiments.statistics.shapley import interactions, shapley_values


def game(n: int, worth) -> np.ndarray:
    """The value of every coalition, by a function of the parts that are in."""
    return np.array([worth({part for part in range(n) if mask >> part & 1}) for mask in range(1 << n)], float)


def pairs_of(found: np.ndarray) -> np.ndarray:
    return found[np.triu_indices(len(found), 1)]


def test_what_adds_up_by_itself_is_shared_out_as_it_is():
    parts = [3.0, -2.0, 0.5, 0.0]
    values = game(4, lambda coalition: 7 + sum(parts[each] for each in coalition))
    assert shapley_values(values) == pytest.approx(parts, abs=1e-14)
    assert pairs_of(interactions(values)) == pytest.approx([0] * 6, abs=1e-14)


def test_two_parts_have_half_each_of_what_they_do_together():
    values = game(3, lambda coalition: 2 * (0 in coalition) + 5 * (2 in coalition) + 6 * ({0, 1} <= coalition))
    assert shapley_values(values) == pytest.approx([2 + 3, 3, 5])
    found = interactions(values)
    assert found[0, 1] == found[1, 0] == pytest.approx(6)
    assert [found[0, 2], found[1, 2]] == pytest.approx([0, 0])
    assert np.isnan(np.diag(found)).all()


def test_what_two_parts_do_that_stand_in_for_one_another_is_below_zero():
    values = game(2, lambda coalition: 4.0 * bool(coalition))
    assert shapley_values(values) == pytest.approx([2, 2])
    assert interactions(values)[0, 1] == pytest.approx(-4)


def test_three_that_act_only_together_have_a_third_each():
    values = game(3, lambda coalition: 9.0 * (len(coalition) == 3))
    assert shapley_values(values) == pytest.approx([3, 3, 3])
    assert pairs_of(interactions(values)) == pytest.approx([4.5, 4.5, 4.5])  # half of the orders have the third first


def test_the_glove_game():
    # one left glove and two right ones: by hand 4/6, 1/6, 1/6
    values = game(3, lambda coalition: float(0 in coalition and len(coalition) > 1))
    assert shapley_values(values) == pytest.approx([4 / 6, 1 / 6, 1 / 6])


def test_a_part_that_changes_nothing_has_nothing_and_like_parts_have_alike():
    values = game(4, lambda coalition: len(coalition - {3}) ** 2)
    found = shapley_values(values)
    assert found[3] == pytest.approx(0, abs=1e-14)
    assert found[0] == pytest.approx(found[1]) == pytest.approx(found[2]) == pytest.approx(3)
    assert interactions(values)[3, :3] == pytest.approx([0, 0, 0], abs=1e-14)
    assert interactions(values)[0, 1] == pytest.approx(2)


def test_one_part_has_all():
    assert shapley_values([1.5, 4.0]) == pytest.approx([2.5])
    assert interactions([1.5, 4.0]).shape == (1, 1)


def test_any_game_is_shared_out_whole_and_is_the_mean_over_all_orders():
    values = np.random.default_rng(1).normal(size=(1 << 5, 3))
    found = shapley_values(values)
    assert found.shape == (5, 3)
    assert found.sum(axis=0) == pytest.approx(values[-1] - values[0], abs=1e-13)
    brought = np.zeros((5, 3))
    for order in permutations(range(5)):
        mask = 0
        for part in order:
            brought[part] += values[mask | 1 << part] - values[mask]
            mask |= 1 << part
    assert found == pytest.approx(brought / 120)
    assert interactions(values).shape == (5, 5, 3)
    for each in range(3):
        assert shapley_values(values[:, each]) == pytest.approx(found[:, each])
        assert pairs_of(interactions(values[:, each])) == pytest.approx(pairs_of(interactions(values))[:, each])


def test_a_game_without_a_value_has_no_shares():
    assert np.isnan(shapley_values([0.0, np.nan, 1.0, 2.0])).all()


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 2.0, 3.0], 4.0, np.zeros((2, 2, 2))])
def test_what_is_no_game_is_refused(values):
    for function in (shapley_values, interactions):
        with pytest.raises(ValueError, match="are not those of all coalitions"):
            function(values)
