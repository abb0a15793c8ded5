"""A part of a whole told as an effect: over seeds, or over the members of a set of behaviours."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.statistics.behaviours import paired_spread
from experiments.statistics.paired import PairedEffect, paired_difference
from experiments.statistics.relevance import NAMES, judge


def effect_of(before: NDArray[np.float64], after: NDArray[np.float64], is_over_members: bool) -> PairedEffect:
    """The mean with its t interval over seeds; over a set of behaviours the median with the middle 95 %."""
    effect = paired_difference(before, after)
    return paired_spread(before, after, effect) if is_over_members else effect


def told(values: NDArray[np.float64], effect: PairedEffect, band: float, is_over_members: bool) -> dict[str, Any]:
    """An effect with its interval, what it is by the smallest effect of interest, and in how many sets its sign is.

    One seed has no interval and tells nothing.
    """
    signs = np.unique(np.sign(values), return_counts=True)[1]
    return {
        "difference": effect.difference,
        "low": effect.low,
        "high": effect.high,
        "pairs": effect.n,
        "verdict": NAMES[judge(effect, band) if effect.n > 1 else None],
        "same_sign": signs.max() / len(values) if is_over_members and len(values) else np.nan,
    }


def part_of(values: NDArray[np.float64], band: float, is_over_members: bool) -> dict[str, Any]:
    """The same of a part that is given by seed or member."""
    return told(values, effect_of(np.zeros_like(values), values, is_over_members), band, is_over_members)
