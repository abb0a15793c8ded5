"""Three levels of petitions as a composition: log-ratio coordinates and the distance to a target ratio.

Only the shares of province, city and county matter here; the total never does, so it is always shown beside. A
logarithm needs counts above zero: where one of the three is zero, ½ is added to all, here and nowhere else. A ratio
that is read as such is of the counts as they are (``sim.measures.petitions``).

Aitchison (1986), "The Statistical Analysis of Compositional Data"; isometric coordinates after Egozcue et al.
(2003), "Isometric logratio transformations for compositional data analysis", Mathematical Geology 35.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

TARGET = (1.0, 2.0, 3.0)
"""Province : city : county that the case reports as approached (People's Daily Online, 2020-06-11)."""

ZERO_REPLACEMENT = 0.5
"""Added to all three counts when one of them is zero, and only then."""


def without_zeros(parts: ArrayLike) -> NDArray[np.float64]:
    """Counts of province, city, county, shape (..., 3), with ½ added to all three where one of them is zero.

    Raises ``ValueError`` for another shape or a negative count; three zeros stay without a ratio (NaN).
    """
    values = np.array(parts, dtype=float)
    if values.ndim == 0 or values.shape[-1] != 3:
        raise ValueError(f"a composition has 3 parts (province, city, county), not shape {values.shape}")
    if (values < 0).any():
        raise ValueError("a composition has no negative parts")
    values[(values == 0).any(axis=-1)] += ZERO_REPLACEMENT
    values[(np.asarray(parts, dtype=float) == 0).all(axis=-1)] = np.nan
    return values


def ilr(parts: ArrayLike) -> NDArray[np.float64]:
    """Isometric log-ratio coordinates of province, city, county, shape (..., 3) to (..., 2).

    ``ilr₁ = √⅔ ln(P / √(C·K))`` (province against the two below) and ``ilr₂ = √½ ln(C / K)`` (city against
    county).
    """
    province, city, county = np.moveaxis(np.log(without_zeros(parts)), -1, 0)
    first = np.sqrt(2 / 3) * (province - (city + county) / 2)
    return np.stack([first, np.sqrt(1 / 2) * (city - county)], axis=-1)


def ilr_inverse(points: ArrayLike) -> NDArray[np.float64]:
    """Shares of province, city, county that sum to 1, from coordinates of shape (..., 2)."""
    first, second = np.moveaxis(np.asarray(points, dtype=float), -1, 0)
    below, apart = -first / np.sqrt(6), second / np.sqrt(2)
    logs = np.stack([np.sqrt(2 / 3) * first, below + apart, below - apart], axis=-1)
    shares = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return shares / shares.sum(axis=-1, keepdims=True)


def aitchison_distance(parts: ArrayLike, target: Sequence[float] = TARGET) -> NDArray[np.float64]:
    """Aitchison distance of compositions, shape (..., 3) to (...), to a target ratio: 0 where it is met."""
    return np.linalg.norm(ilr(parts) - coordinates_of(tuple(target)), axis=-1)


@cache
def coordinates_of(target: tuple[float, ...]) -> NDArray[np.float64]:
    """``ilr`` of a ratio that is asked for again and again, shape (2,); not to be changed."""
    return ilr(target)
