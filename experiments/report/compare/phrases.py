"""Estimates and effects as text with their intervals, the same in sentences and in tables."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.compare.evidence import Effect, Evidence
from experiments.report.levels import none_text
from experiments.report.measure_text import bracketed
from experiments.report.text import Words
from experiments.report.windows import Span
from experiments.statistics.intervals import Estimate


def ratio_text(evidence: Evidence, scenario: str, words: Words, span: Span | None = None) -> str:
    """``1 : 2.05 : 2.96`` (province : city : county), or which level is missing or has none; a dash where unknown."""
    if evidence.missing_levels:
        return none_text(evidence.missing_levels, words)
    ratios = evidence.ratio(scenario, span)
    if ratios is None:
        known = evidence.by_seed(scenario, "petitions_province", span).values()
        return words("levels.none.province") if known and not any(known) else numbers.NONE
    return numbers.ratio(ratios[0].mean, ratios[1].mean)


def effect_difference(effect: Effect | None, unit: str, words: Words, decimals: int | None = None) -> str:
    """``+4.53 [4.12 to 4.94]``, shares in points; without the bracket for one replicate, a dash for none.

    Unless told otherwise, decimals are those of the two means that are compared.
    """
    if effect is None:
        return numbers.NONE
    if decimals is None:
        means = [effect.mean_reference, effect.mean_policy]
        decimals = numbers.POINTS_DECIMALS if numbers.is_share(unit) else numbers.decimals_for(means, unit)
    ends = (effect.difference, effect.low, effect.high)
    return bracketed((numbers.difference(end, unit, decimals) for end in ends), words)


def changed(effect: Effect, unit: str, words: Words, is_relative: bool = False) -> str:
    """A change in a sentence: ``+2.51 points [+1.69 to +3.50]``, ``上升2.51个百分点（1.69至3.50）``.

    ``is_relative`` gives it in per cent of what it is compared with, where that is above 0.
    """
    is_relative = is_relative and math.isfinite(effect.relative)
    if is_relative:
        ends = [100 * end for end in (effect.relative, effect.relative_low, effect.relative_high)]
        key, decimals = "percent", 1
    else:
        is_share = numbers.is_share(unit)
        ends = [(100 if is_share else 1) * end for end in (effect.difference, effect.low, effect.high)]
        key = "points" if is_share else "plain"
        decimals = numbers.POINTS_DECIMALS if is_share else numbers.decimals_for(ends, unit)
    value, low, high = ends
    if words.language == "en":
        said = words(f"changed.rise.{key}", value=numbers.signed(value, decimals))
        return said + _between([numbers.signed(end, decimals) for end in (low, high)], words)
    way = "same" if not numbers.signed(value, decimals).strip("+−0.,") else "rise" if value > 0 else "fall"
    if way == "same":
        return words("changed.same") + _between([numbers.signed(end, decimals) for end in (low, high)], words)
    said = words(f"changed.{way}.{key}", value=numbers.plain(abs(value), decimals))
    if low < 0 < high:
        return said + _between([numbers.signed(end, decimals) for end in (low, high)], words)
    sizes = (low, high) if value > 0 else (-high, -low)
    return said + _between([numbers.plain(end, decimals) for end in sizes], words)


def _between(ends: list[str], words: Words) -> str:
    return "" if numbers.NONE in ends else words("changed.between", low=ends[0], high=ends[1])


def relative_text(effect: Effect | None, words: Words) -> str:
    """``−35.9 % [−37.0 to −34.8]``; without the bracket for one replicate, a dash for none."""
    if effect is None:
        return numbers.NONE
    value = numbers.signed_percent(effect.relative)
    low, high = (numbers.signed(100 * end, 1) for end in (effect.relative_low, effect.relative_high))
    return bracketed((value, low, high), words)


def relative_phrase(effect: Effect, unit: str, words: Words) -> str:
    """As ``relative_text``, for a sentence: from nothing it is the difference, and why there is no share of it."""
    if math.isfinite(effect.relative):
        return relative_text(effect, words)
    return words("relative.undefined", difference=effect_difference(effect, unit, words), n=effect.n)


def range_text(estimate: Estimate, words: Words) -> str:
    """``1.98 to 2.12``, or a dash for one replicate."""
    if not math.isfinite(estimate.low):
        return numbers.NONE
    return words("interval.plain", low=numbers.plain(estimate.low), high=numbers.plain(estimate.high))
