"""Places beside one another: which are told apart, and how much of their spread is chance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from experiments.statistics.paired import PairedEffect, holm
from experiments.statistics.relevance import SIGNIFICANT, judge_effect


@dataclass(frozen=True)
class PlaceSpread:
    """How far places lie apart.

    Attributes:
        observed: standard deviation of the places' figures; NaN for fewer than two.
        chance: what it would be if places differed by chance alone; NaN where no behaviour was tried twice anywhere.
    """

    observed: float
    chance: float


def place_spread(values: Sequence[Sequence[Sequence[float]]]) -> PlaceSpread:
    """The spread of some places from their values: by place, by behaviour, and by replicate of a behaviour.

    A place's figure is the mean of its behaviours' means. Replicates of one behaviour differ by chance alone; their
    variance is pooled within a place, and the root of the mean over places is what chance would give.
    """
    figures, variances = [], []
    for place in values:
        groups = [np.asarray(group, float) for group in place if len(group)]
        if not groups:
            continue
        figures.append(float(np.mean([group.mean() for group in groups])))
        sizes = np.array([len(group) for group in groups])
        freedom = int(sizes.sum()) - len(groups)
        if freedom:
            within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups) / freedom
            variances.append(within * float((1 / sizes).sum()) / len(groups) ** 2)
    observed = float(np.std(figures, ddof=1)) if len(figures) > 1 else math.nan
    return PlaceSpread(observed, math.sqrt(float(np.mean(variances))) if variances else math.nan)


def told_apart[Place](effects: Mapping[Place, PairedEffect], measure: str) -> dict[Place, int]:
    """+1 or −1 for places where an effect on a measure matters and is no chance find among so many, else 0.

    It matters where its interval lies beyond the smallest effect of interest, and the p-value is one of all these
    places', adjusted by Holm. Without an interval (one replicate) nothing is told apart.
    """
    adjusted = holm([effect.p_value for effect in effects.values()])
    return {
        place: (judge_effect(effect, measure) or 0) if math.isfinite(effect.low) and p_value < SIGNIFICANT else 0
        for (place, effect), p_value in zip(effects.items(), adjusted.tolist(), strict=True)
    }
