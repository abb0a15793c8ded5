"""Whether an effect matters, is too small to matter, or cannot be told: one judgement for reports and the console.

Beside ``sim.measures.smallest_effect``, which says what would matter, stands here what an interval says of it.
"""

from __future__ import annotations

import math
from dataclasses import replace

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


def judge_effect(effect: PairedEffect, measure: str) -> int | None:
    """The judgement of an effect on a measure by its smallest effect of interest; as in ``judge``.

    What is judged in proportion to the reference is judged on that scale, with the interval of the relative change: the
    reference's value is an estimate as well.
    """
    if not is_absolute(measure) and math.isfinite(effect.relative):
        return judge(in_proportion(effect), OTHERS)
    return judge(effect, smallest_effect(measure, effect.mean_reference))


def is_found(effect: PairedEffect, measure: str, p_value: float) -> bool:
    """Whether an effect matters and is no chance find: a filled mark in figures, a star on the console.

    ``p_value`` is adjusted for whatever was tested with it.
    """
    return p_value < SIGNIFICANT and bool(judge_effect(effect, measure))


def in_proportion(effect: PairedEffect) -> PairedEffect:
    """The effect as a share of the reference's value."""
    return replace(effect, difference=effect.relative, low=effect.relative_low, high=effect.relative_high)
