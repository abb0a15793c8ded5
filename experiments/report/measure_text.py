"""Measures on an axis: shares in per cent, their differences in points, one title each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from textwrap import wrap
from typing import Any
from unicodedata import east_asian_width

from experiments.report import numbers
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.statistics.intervals import Estimate
from experiments.statistics.paired import PairedEffect


def factor_of(measure: str) -> float:
    """What values are multiplied by on an axis: 100 for shares."""
    return 100.0 if numbers.is_share(unit_of(measure)) else 1.0


def panel_title(measure: str, words: Words, width: int = 34) -> str:
    """Label and unit of a measure above a small panel, on as many lines as it takes."""
    return wrapped(title_of(measure, words), words, width)


PIECE = re.compile(r"[（“]?(?:[\x21-\x7e\xa0−–]+|.)[，。；：）”、]*")
"""What stays on one line of Chinese: a letter with its punctuation, a Latin word, a number."""


def wrapped(text: str, words: Words, width: int) -> str:
    """Text on lines of about ``width`` letters; a Chinese one counts twice, and lines of Chinese are equally long."""
    if "\n" in text:
        return "\n".join(wrapped(line, words, width) for line in text.split("\n"))
    if words.language != "zh":
        return "\n".join(wrap(text, width, break_long_words=False))
    text = words.spaced(text)
    lines = max(1, math.ceil(_size(text) / width))
    narrower = (_filled(text, each) for each in range(math.ceil(_size(text) / lines), width))
    return "\n".join(next((found for found in narrower if len(found) <= lines), _filled(text, width)))


def _filled(text: str, width: int) -> list[str]:
    """Chinese on lines of at most ``width``, longer only where a piece is."""
    found = [""]
    for piece in PIECE.findall(text):
        if found[-1] and _size(found[-1] + piece) > width:
            found.append("")
        found[-1] += piece
    return [line.strip(" ") for line in found]


def _size(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def title_of(measure: str, words: Words) -> str:
    """Label and unit of a measure; a unit that its English label names already is left out."""
    name, at, group = measure.partition("@")
    unit = unit_of(measure)
    shown = words("table.percent") if numbers.is_share(unit) else words.unit(unit)
    label = words.measure(name) + (words("sweep.of_group", group=words.group(group)) if at else "")
    label = label[:1].upper() + label[1:]
    is_said = says(Words("en").measure(name), unit)
    return label if is_said else words("sweep.measure", measure=label, unit=shown)


def says(label: str, unit: str) -> bool:
    """Whether an English label names its unit: “Petitions registered”, “per 1,000 a year”."""
    plain = label.lower().replace(",", "").replace("a year", "year")
    return all(part in plain for part in unit.removeprefix("1/").split("/"))


def in_unit(title: str, measure: str, words: Words) -> str:
    """The title of an axis or a column of changes of a measure with their unit: points for shares."""
    unit = unit_of(measure)
    shown = words("table.points") if numbers.is_share(unit) else words.unit(unit)
    return words("sweep.measure", measure=title, unit=shown)


def title_of_effects(measure: str, words: Words) -> str:
    """A measure with the unit of effects on it: of shares, points."""
    is_share = numbers.is_share(unit_of(measure))
    title = in_unit(words.measure(measure), measure, words) if is_share else title_of(measure, words)
    return title[:1].upper() + title[1:]


def with_unit(text: str, unit: str, words: Words) -> str:
    """A value in a sentence: shares with their per cent sign."""
    return words("sweep.in_percent", value=text) if numbers.is_share(unit) else text


def change_with_unit(text: str, unit: str, words: Words) -> str:
    """A change in a sentence: those of shares are points."""
    return words("sweep.points", value=text) if numbers.is_share(unit) else text


def interval_text(value: float, low: float, high: float, unit: str, words: Words) -> str:
    """A value with its interval, without its unit."""
    decimals = numbers.decimals_for([value, low, high], unit)
    return bracketed((numbers.bare(each, unit, decimals) for each in (value, low, high)), words)


def difference_text(value: float, low: float, high: float, measure: str, words: Words) -> str:
    """A difference of a measure with its interval, shares in points."""
    unit = unit_of(measure)
    decimals = None if numbers.is_share(unit) else numbers.decimals_for([value, low, high], unit)
    return bracketed((numbers.difference(each, unit, decimals) for each in (value, low, high)), words)


def effect_text(row: Mapping[str, Any], measure: str, words: Words) -> str:
    """An effect of a stored table with its interval, shares in points."""
    value, low, high = (numbers.known(row[key]) for key in ("difference", "low", "high"))
    return difference_text(value, low, high, measure, words)


def brief_change(effect: PairedEffect, measure: str, words: Words) -> str:
    """A change without its interval: shares in points, others in per cent of the reference where there is one."""
    unit = unit_of(measure)
    if not numbers.is_share(unit) and effect.mean_reference > 0 and math.isfinite(effect.relative):
        return numbers.signed_percent(effect.relative)
    return change_with_unit(numbers.difference(effect.difference, unit), unit, words)


def written(value: float, measure: str) -> str:
    """A mean without its unit."""
    return numbers.bare(value, unit_of(measure))


def count_change_text(estimate: Estimate, words: Words) -> str:
    """``+5,012 [4,890 to 5,134]``; without the bracket for one replicate."""
    return bracketed((numbers.signed(end, 0) for end in (estimate.mean, estimate.low, estimate.high)), words)


def bracketed(texts: Iterable[str], words: Words) -> str:
    """A value with the ends of its interval, all as text; without the bracket where there is none."""
    value, low, high = texts
    if numbers.NONE in (low, high):
        return value
    return words("interval.bracket", value=value, low=low, high=high)


def undefined_notes(
    known: Iterable[tuple[str, int]], all_of_them: int, words: Words, what: str = "Replicates"
) -> list[str]:
    """The line that says of how many replicates measures are, where not all have a value; none where all do."""
    lacking = {name: n for name, n in known if n < all_of_them}
    if not lacking:
        return []
    named = words("list.comma").join(f"{name} {n}/{all_of_them}" for name, n in lacking.items())
    return [words("undefined.replicates", measures=named, what=what)]
