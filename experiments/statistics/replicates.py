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


def replicates_for(differences: ArrayLike, level: float, precision: float, most: int, now: int) -> int:
    """Replicates to have next so that the 95 % interval of a mean is within ± ``precision · |level|``.

    Args:
        differences: of the replicates so far (paired differences, or plain values); NaN where there is none.
        level: what the precision is relative to: the mean of the reference, or of the values themselves.
        precision: half-width over ``|level|``.
        most: replicates that must not be exceeded.
        now: replicates so far; some may have failed, or have no value: as many will lack one of those to come.

    Gives the present number where that is enough, or no other can be told because ``level`` is zero or unknown, or
    fewer than two replicates have a value.
    """
    values = np.asarray(differences, float)
    values = values[np.isfinite(values)]
    width = precision * abs(level)
    if not (math.isfinite(width) and width > 0) or len(values) < 2:
        return now
    needed = math.ceil(replicates_needed(values, width) * now / len(values))
    return max(now, min(needed, GROWTH * now, most))
