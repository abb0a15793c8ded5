"""Shapley values: the worth of a whole shared out among its parts, and how much two parts do only together.

A coalition of ``n`` parts is a bit mask: bit ``i`` says whether part ``i`` is in. A game gives every coalition its
value, shape (2**n,) or (2**n, k) for ``k`` games at once; parts are shared out within each game.

References: Shapley (1953) for values; Grabisch & Roubens (1999) for interactions.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray


def shapley_values(values: ArrayLike) -> NDArray[np.float64]:
    """What each part brings, on average over all orders in which parts may join; shape (n,) or (n, k).

    Their sum is the value of all parts together less that of none. Raises ``ValueError`` where ``values`` are not those
    of all coalitions of one part at least.
    """
    game, n = _game(values)
    masks, sizes = _masks(n)
    found = np.empty((n, *game.shape[1:]))
    for part in range(n):
        without = masks[masks >> part & 1 == 0]
        joined = game[without | 1 << part] - game[without]
        found[part] = np.tensordot(_weights(sizes[without], n, 1), joined, axes=1)
    return found


def interactions(values: ArrayLike) -> NDArray[np.float64]:
    """What each two parts do together beyond what each does alone, whoever else is in; shape (n, n) or (n, n, k).

    The Shapley interaction index: above 0 where one adds more when the other is in, below 0 where it adds less.
    Symmetric, with NaN on the diagonal. Raises ``ValueError`` like ``shapley_values``.
    """
    game, n = _game(values)
    masks, sizes = _masks(n)
    found = np.full((n, n, *game.shape[1:]), np.nan)
    for one, two in combinations(range(n), 2):
        first, second = 1 << one, 1 << two
        without = masks[masks & (first | second) == 0]
        joined = game[without | first | second] - game[without | first] - game[without | second] + game[without]
        found[one, two] = found[two, one] = np.tensordot(_weights(sizes[without], n, 2), joined, axes=1)
    return found


def _game(values: ArrayLike) -> tuple[NDArray[np.float64], int]:
    game = np.asarray(values, dtype=float)
    n = len(game).bit_length() - 1 if game.ndim in (1, 2) else 0
    if n < 1 or len(game) != 1 << n:
        raise ValueError(f"values of shape {game.shape} are not those of all coalitions: (2**n,) or (2**n, k), n ≥ 1")
    return game, n


def _masks(n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every coalition, and how many are in it."""
    masks = np.arange(1 << n)
    return masks, np.array([mask.bit_count() for mask in range(1 << n)])


def _weights(sizes: NDArray[np.int64], n: int, joining: int) -> NDArray[np.float64]:
    """The weight of coalitions of some sizes that one part joins (|S|! (n−|S|−1)! / n!), or two at once."""
    last = n - joining
    table = np.array([factorial(size) * factorial(last - size) / factorial(last + 1) for size in range(last + 1)])
    return table[sizes]
