"""Figures over what people may be like: the median of some behaviours, and where 95 of 100 of them lie.

A behaviour here is a member of an ensemble. The range is that of behaviours, never the interval of their mean: more
members make it surer, not narrower.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from experiments.statistics.intervals import Estimate, difference
from experiments.statistics.paired import Equivalence, PairedEffect, ilr

MIDDLE = (0.025, 0.975)
"""Quantiles that hold 95 of 100 behaviours."""

HALF = (0.25, 0.75)


def spread(values: ArrayLike) -> Estimate:
    """Median of a figure over behaviours, shape (members,), with the middle 95 % and the middle half of them.

    What is not a number is left out; with fewer than two values there is no range (NaN).
    """
    known = np.asarray(values, dtype=float)
    known = known[np.isfinite(known)]
    if not len(known):
        return Estimate(math.nan, math.nan, math.nan, math.nan, math.nan, 0)
    if len(known) == 1:
        return Estimate(float(known[0]), math.nan, math.nan, math.nan, math.nan, 1)
    middle, low, high, low50, high50 = np.quantile(known, [0.5, *MIDDLE, *HALF]).tolist()
    return Estimate(middle, low, high, low50, high50, len(known))


def paired_spread(reference: ArrayLike, policy: ArrayLike, effect: PairedEffect) -> PairedEffect:
    """The effect of a policy over behaviours: medians and ranges of what it does under each.

    ``reference`` and ``policy`` are figures by behaviour, both of shape (members,); ``effect`` is that of the
    replicates, whose p-value and variance reduction stay.
    """
    before, after = np.asarray(reference, dtype=float), np.asarray(policy, dtype=float)
    differences = difference(after, before)
    found = spread(differences)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = spread(np.where(before > 0, differences / before, math.nan))
    return replace(
        effect,
        mean_reference=spread(before).mean,
        mean_policy=spread(after).mean,
        difference=found.mean,
        low=found.low,
        high=found.high,
        relative=relative.mean,
        relative_low=relative.low,
        relative_high=relative.high,
        n=found.n,
    )


def equivalence_over(points: NDArray[np.float64], target: Sequence[float], margin: float) -> Equivalence:
    """Whether 95 of 100 behaviours bring a ratio within a margin of the target; ``points`` has shape (members, 2).

    ``distance`` is the median of the behaviours' distances, ``upper`` what 95 of 100 of them stay below, ``p_value``
    the share that lies outside.
    """
    away = np.linalg.norm(points - ilr(target), axis=1)
    within = float(np.mean(away <= margin))
    upper = float(np.quantile(away, 0.95))
    return Equivalence(
        distance=float(np.median(away)),
        upper=upper,
        margin=margin,
        p_value=1 - within,
        is_equivalent=upper < margin,
        share_within=within,
        share_low=math.nan,
        share_high=math.nan,
        n=len(away),
    )


def agreeing(differences: Mapping[int, float], direction: float) -> tuple[int, int]:
    """In how many behaviours a difference has a direction (its sign), and of how many it is known."""
    known = [value for value in differences.values() if math.isfinite(value)]
    return sum(value * direction > 0 for value in known), len(known)
