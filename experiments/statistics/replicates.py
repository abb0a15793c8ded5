"""How many replicates a stated precision takes."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from experiments.statistics.paired import replicates_needed

GROWTH = 2
"""Replicates grow at most by this factor before the spread is looked at again: few of them tell it badly."""

FEWEST = 3
"""Replicates that a spread is first told from."""


def replicates_for(differences: ArrayLike, level: float, precision: float, most: int) -> int:
    """Replicates to have next so that the 95 % interval of a mean is within ± ``precision · |level|``.

    Args:
        differences: of the replicates so far (paired differences, or plain values).
        level: what the precision is relative to: the mean of the reference, or of the values themselves.
        precision: half-width over ``|level|``.
        most: replicates that must not be exceeded.

    Gives the present number where that is enough, or cannot be reached because ``level`` is zero or unknown.
    """
    values = np.asarray(differences, float)
    n = len(values)
    width = precision * abs(level)
    if not (math.isfinite(width) and width > 0 and np.isfinite(values).all()) or n < 2:
        return n
    return max(n, min(replicates_needed(values, width), GROWTH * n, most))
