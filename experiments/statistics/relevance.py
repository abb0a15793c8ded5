"""Whether an effect matters, is too small to matter, or cannot be told: one judgement for reports and the console.

Beside ``sim.measures.smallest_effect``, which says what would matter, stands here what an interval says of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from experiments.statistics.paired import PairedEffect
from sim.measures.smallest_effect import OTHERS, is_absolute, smallest_effect

SIGNIFICANT = 0.05
"""Adjusted p-values below it count."""

NAMES: dict[int | None, str] = {1: "up", -1: "down", 0: "little", None: "unclear"}
"""What judgements are called in tables and results."""


def judge(effect: PairedEffect, band: float) -> int | None:
    """+1 or −1 where the interval lies wholly beyond ±``band``, 0 where wholly within, ``None`` where it crosses.

    Without an interval (one replicate) the value alone decides. No change at all is within any band.
    """
    low, high = effect.low, effect.high
    if not math.isfinite(low) or not math.isfinite(high):
        low = high = effect.difference
    if low == high == 0:
        return 0
    if low >= band:
        return 1
    if high <= -band:
        return -1
    return 0 if -band < low and high < band else None


def judge_effect(effect: PairedEffect, measure: str, members: Sequence[PairedEffect] = ()) -> int | None:
    """The judgement of an effect on a measure by its smallest effect of interest; as in ``judge``.

    ``members`` are the effects of the behaviours of an ensemble: where there are several, the middle 95 % of them are
    the interval. What is judged in proportion to the reference is judged on that scale, with the interval of the
    relative change: the reference's value is an estimate as well.
    """
    effects = [effect, *members]
    band = smallest_effect(measure, effect.mean_reference)
    if not is_absolute(measure) and all(math.isfinite(each.relative) for each in effects):
        effects, band = [_in_proportion(each) for each in effects], OTHERS
    whole, *apart = effects
    if len(apart) > 1:
        low, high = np.quantile([each.difference for each in apart], [0.025, 0.975]).tolist()
        whole = replace(whole, low=low, high=high)
    return judge(whole, band)


def _in_proportion(effect: PairedEffect) -> PairedEffect:
    return replace(effect, difference=effect.relative, low=effect.relative_low, high=effect.relative_high)
