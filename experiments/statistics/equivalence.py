"""Whether the ratio of levels lies within a stated margin of the target: the one verdict that a ratio alone allows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from numpy.typing import ArrayLike

if TYPE_CHECKING:
    from experiments.statistics.paired import Equivalence


REPLICATES_MIN = 3
"""Fewer replicates have no covariance to test with."""


def one_level_off(margin: float) -> tuple[float, float]:
    """How far one level alone may lie off within a margin, as shares below and above: (0.22, 0.28) for 0.2."""
    factor = math.exp(margin * math.sqrt(1.5))
    return 1 - 1 / factor, factor - 1


def equivalence(points: ArrayLike, target: Sequence[float], margin: float) -> Equivalence | None:
    """The equivalence test of replicates in log-ratio coordinates, shape (n, 2); ``None`` for fewer than three.

    Within the margin is what the test shows, not what the mean suggests: the 95 % upper bound of the mean's distance
    to the target must stay below the margin.
    """
    import numpy as np

    from experiments.statistics.paired import equivalence_to_target

    values = np.asarray(points, dtype=float)
    if len(values) < REPLICATES_MIN or not np.isfinite(values).all():
        return None
    return equivalence_to_target(values, target, margin)
