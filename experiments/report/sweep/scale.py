"""Measures on an axis: shares in per cent, their differences in points, one title each."""

from __future__ import annotations

from experiments.report import numbers
from experiments.report.phrases import bracketed
from experiments.report.text import Words
from sim.measures import MEASURES


def unit_of(measure: str) -> str:
    """Unit of a measure, taken of a group or not."""
    return MEASURES[measure.partition("@")[0]].unit


def factor_of(measure: str) -> float:
    """What values are multiplied by on an axis: 100 for shares."""
    return 100.0 if numbers.is_share(unit_of(measure)) else 1.0


def title_of(measure: str, words: Words) -> str:
    """Label and unit of a measure."""
    name, at, group = measure.partition("@")
    unit = unit_of(measure)
    shown = words("table.percent") if numbers.is_share(unit) else words.unit(unit)
    label = words.measure(name) + (words("sweep.of_group", group=words.group(group)) if at else "")
    return words("sweep.measure", measure=label, unit=shown)


def difference_text(value: float, low: float, high: float, measure: str, words: Words) -> str:
    """A difference of a measure with its interval, shares in points."""
    value_text, low_text, high_text = (numbers.difference(each, unit_of(measure)) for each in (value, low, high))
    return bracketed(value_text, low_text, high_text, words)
