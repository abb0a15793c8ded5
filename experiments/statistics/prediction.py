"""Where a single further value may lie, which is not where the mean of many lies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from experiments.statistics.intervals import LEVEL, half_width


@dataclass(frozen=True)
class Prediction:
    """The ends of a range that holds one further value with a given confidence, told from ``n`` values."""

    low: float
    high: float
    n: int


def prediction(
    values: ArrayLike, lowest: float = -math.inf, highest: float = math.inf, level: float = LEVEL
) -> Prediction:
    """Where one further draw may lie of what ``values``, shape (n,), are independent draws of; NaN are left out.

    The t prediction interval ``mean ± t(n − 1) · s · √(1 + 1/n)``: exact where draws are normal, as are counts of many
    and shares of many. Unlike the interval of a mean it does not shrink to nothing with more values. It is cut at the
    ``lowest`` and ``highest`` value there can be, which takes nothing from its coverage; of rare counts it holds rather
    more than it says. Fewer than two values have none (NaN).
    """
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    n = len(known)
    if n < 2:
        return Prediction(math.nan, math.nan, n)
    middle, half = float(known.mean()), float(half_width(known, level)) * math.sqrt(n + 1)
    return Prediction(max(lowest, middle - half), min(highest, middle + half), n)
