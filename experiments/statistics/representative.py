"""An order of points in which every first part represents the whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def representative_order(points: ArrayLike) -> NDArray[np.intp]:
    """The order of points, shape (n, d), in which each next one keeps the points so far closest to all of them.

    Closest by energy distance (Székely & Rizzo 2013), chosen greedily; coordinates count by their range over the
    points. So a first part of any size has about the spread of the whole, which a sample has only by luck.
    """
    values = np.asarray(points, dtype=float)
    low, high = values.min(axis=0), values.max(axis=0)
    scaled = (values - low) / np.where(high > low, high - low, 1.0)
    apart = np.sqrt(((scaled[:, None, :] - scaled[None, :, :]) ** 2).sum(axis=2))
    to_all = apart.mean(axis=1)
    chosen: list[int] = []
    left = np.ones(len(values), dtype=bool)
    far = np.zeros(len(values))  # sum of distances to the points chosen
    inside = 0.0  # sum of distances between the points chosen, each pair twice
    for size in range(1, len(values) + 1):
        reach = to_all[chosen].sum() + to_all
        energy = 2 * reach / size - (inside + 2 * far) / size**2
        best = int(np.argmin(np.where(left, energy, np.inf)))
        inside += 2 * far[best]
        far = far + apart[best]
        left[best] = False
        chosen.append(best)
    return np.array(chosen, dtype=np.intp)


def energy_distance(part: ArrayLike, whole: ArrayLike) -> float:
    """Energy distance between two sets of points, shapes (m, d) and (n, d): 0 for the same distribution."""
    first, second = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)

    def mean(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
        return float(np.sqrt(((a[:, None, :] - b[None, :, :]) ** 2).sum(axis=2)).mean())

    return 2 * mean(first, second) - mean(first, first) - mean(second, second)
