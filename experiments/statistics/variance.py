"""What people are like and chance, told apart: variance between behaviours and within them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Components:
    """A figure over groups (behaviours, futures) of replicates.

    Attributes:
        mean: of the groups' means.
        low, high: 2.5 % and 97.5 % quantiles of the groups' means: where the figure lies over what people may be like.
        between: standard deviation of the groups' expectations; NaN with fewer than two groups or replicates.
        within: standard deviation of replicates of one group (chance); NaN likewise.
        groups, replicates: how many, and how many a group on average.
    """

    mean: float
    low: float
    high: float
    between: float
    within: float
    groups: int
    replicates: float

    @property
    def share_of_chance(self) -> float:
        """Share of the variance of a single run that is chance; NaN where it cannot be told."""
        total = self.between**2 + self.within**2
        return self.within**2 / total if total > 0 else math.nan


def components(values: Mapping[int, Sequence[float]]) -> Components:
    """Variance components of replicates by group, by the analysis of variance of one-way random effects.

    Searle, Casella & McCulloch 1992, chapter 3: within = MSE, between = (MSA − MSE) / n₀ and not below zero, where n₀
    is the effective number of replicates a group. Raises ``ValueError`` for no group or an empty one.
    """
    groups = [np.asarray(group, float) for group in values.values()]
    if not groups or not all(len(group) for group in groups):
        raise ValueError("variance components need groups, each with a value")
    means = np.array([group.mean() for group in groups])
    sizes = np.array([len(group) for group in groups], float)
    total = float(sizes.sum())
    low, high = np.quantile(means, [0.025, 0.975])
    between = within = math.nan
    if len(groups) > 1 and total > len(groups):
        inside = sum(float(((group - mean) ** 2).sum()) for group, mean in zip(groups, means, strict=True))
        squares_within = inside / (total - len(groups))
        grand = float((sizes * means).sum() / total)
        squares_between = float((sizes * (means - grand) ** 2).sum() / (len(groups) - 1))
        effective = (total - float((sizes**2).sum()) / total) / (len(groups) - 1)
        between = math.sqrt(max(0.0, (squares_between - squares_within) / effective))
        within = math.sqrt(squares_within)
    return Components(float(means.mean()), float(low), float(high), between, within, len(groups), total / len(groups))
