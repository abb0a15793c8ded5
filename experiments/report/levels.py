"""What is said where a level of government is missing, in the place of a ratio and of what rests on it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.report import numbers
from experiments.report.text import Words
from experiments.runs.levels import levels_of
from sim.measures.composition import TARGET


def none_text(missing: Sequence[str], words: Words) -> str:
    """``no county level``, in the place of a number."""
    return words(f"levels.none.{missing[0] if len(missing) == 1 else 'both'}")


def no_ratio_text(missing: Sequence[str], words: Words, target: Sequence[float] = TARGET) -> str:
    """``no county level: 1 : 2 : 3 has no meaning here``, in the place of a ratio or a distance."""
    ratio = f"{numbers.NBSP}:{numbers.NBSP}".join(f"{part:g}" for part in target)
    return words("levels.none.ratio", none=none_text(missing, words), target=ratio)


def no_ratio_sentence(missing: Sequence[str], words: Words, target: Sequence[float] = TARGET) -> str:
    """The same as a sentence of its own; empty where no level is missing."""
    if not missing:
        return ""
    text = no_ratio_text(missing, words, target)
    return words("levels.none.sentence", text=text[:1].upper() + text[1:])


def figure_text(value: float | None, measure: str, unit: str, missing: Sequence[str], words: Words) -> str:
    """A value of a measure (``numbers.amount``), or in words why there is none: a level is missing, or has nothing."""
    if none := none_of(measure, missing, words):
        return none
    if measure.partition("@")[0].endswith("_to_province") and (value is None or not math.isfinite(value)):
        return words("levels.none.province")
    return numbers.amount(value, unit)


def none_of(measure: str, missing: Sequence[str], words: Words) -> str | None:
    """What is said in the place of a measure that speaks of a missing level; ``None`` for any other."""
    lacks = [level for level in levels_of(measure) if level in missing]
    return none_text(lacks, words) if lacks else None
