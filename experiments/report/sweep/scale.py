"""Measures on an axis: shares in per cent, their differences in points, one title each."""

from __future__ import annotations

from textwrap import wrap
from unicodedata import east_asian_width

from experiments.report import numbers
from experiments.report.phrases import POINTS_DECIMALS, bracketed
from experiments.report.text import Words
from sim.measures import MEASURES


def unit_of(measure: str) -> str:
    """Unit of a measure, taken of a group or not."""
    return MEASURES[measure.partition("@")[0]].unit


def factor_of(measure: str) -> float:
    """What values are multiplied by on an axis: 100 for shares."""
    return 100.0 if numbers.is_share(unit_of(measure)) else 1.0


def panel_title(measure: str, words: Words, width: int = 34) -> str:
    """Label and unit of a measure above a small panel, on as many lines as it takes."""
    return wrapped(title_of(measure, words), words, width)


def wrapped(text: str, words: Words, width: int) -> str:
    """Text on lines of about ``width`` letters; a Chinese one counts twice and may end any line."""
    if words.language != "zh":
        return "\n".join(wrap(text, width))
    lines, line, taken = [], "", 0
    for letter in text:
        size = 2 if east_asian_width(letter) in "WF" else 1
        if taken + size > width and letter not in "，。；）":
            lines.append(line)
            line, taken = "", 0
        line, taken = line + letter, taken + size
    return "\n".join([*lines, line])


def title_of(measure: str, words: Words) -> str:
    """Label and unit of a measure."""
    name, at, group = measure.partition("@")
    unit = unit_of(measure)
    shown = words("table.percent") if numbers.is_share(unit) else words.unit(unit)
    label = words.measure(name) + (words("sweep.of_group", group=words.group(group)) if at else "")
    return words("sweep.measure", measure=label[:1].upper() + label[1:], unit=shown)


def difference_text(value: float, low: float, high: float, measure: str, words: Words) -> str:
    """A difference of a measure with its interval, shares in points."""
    unit = unit_of(measure)
    decimals = POINTS_DECIMALS if numbers.is_share(unit) else None
    value_text, low_text, high_text = (numbers.difference(each, unit, decimals) for each in (value, low, high))
    return bracketed(value_text, low_text, high_text, words)
