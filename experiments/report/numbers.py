"""Numbers as text: one rule each, so that terminal, sentences, tables and figures print the same text."""

from __future__ import annotations

import math

NBSP = "\u00a0"

NONE = "–"
"""Printed where there is no number."""

SHARE_UNITS = ("share", "probability")

POINTS_DECIMALS = 2
"""Decimals of differences in percentage points: pairing makes intervals narrower than a tenth."""


def known(value: float | None) -> float:
    """A figure of a table; NaN where it has none."""
    return math.nan if value is None else float(value)


def is_share(unit: str) -> bool:
    """Whether a measure of this unit is written in per cent (and its differences in percentage points)."""
    return unit in SHARE_UNITS


def decimals_for(values: list[float], unit: str) -> int:
    """Decimals that suit the largest of some values of one measure: about four significant figures."""
    scale = 100 if is_share(unit) else 1
    finite = [abs(value) * scale for value in values if math.isfinite(value)]
    largest = max(finite, default=0.0)
    if is_share(unit):
        return 1
    if largest >= 1000:
        return 0
    if largest >= 100:
        return 0 if all(float(value).is_integer() for value in finite) else 1
    if largest >= 10:
        return 1
    return 2 if largest >= 0.1 or largest == 0 else min(6, 2 - math.floor(math.log10(largest)))


def plain(value: float | None, decimals: int = 2) -> str:
    """``12,345.68``, with a real minus sign; never ``−0``; ``–`` for what is no number."""
    if value is None or not math.isfinite(value):
        return NONE
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"−{text}" if negative else text


def signed(value: float | None, decimals: int = 2) -> str:
    """As ``plain`` with a plus sign; zero has no sign."""
    text = plain(value, decimals)
    positive = text != NONE and not text.startswith("−") and any(digit in "123456789" for digit in text)
    return f"+{text}" if positive else text


def percent(value: float, decimals: int = 1) -> str:
    """A share as ``65.2 %``."""
    text = plain(100 * value, decimals)
    return text if text == NONE else f"{text}{NBSP}%"


def signed_percent(value: float, decimals: int = 1) -> str:
    """A relative change as ``−35.9 %``."""
    text = signed(100 * value, decimals)
    return text if text == NONE else f"{text}{NBSP}%"


def amount(value: float | None, unit: str = "", decimals: int | None = None) -> str:
    """A value of a measure, without its unit's name: shares in per cent, others plain."""
    if value is None:
        return NONE
    if is_share(unit):
        return percent(value, 1 if decimals is None else decimals)
    return plain(value, decimals_for([value], unit) if decimals is None else decimals)


def bare(value: float | None, unit: str = "", decimals: int | None = None) -> str:
    """As ``amount``, without the sign of per cent: for columns and axes whose title has it."""
    return amount(value, unit, decimals).removesuffix(f"{NBSP}%")


def difference(value: float | None, unit: str = "", decimals: int | None = None) -> str:
    """A difference of a measure: percentage points for shares (without the words), others signed."""
    if value is None:
        return NONE
    if is_share(unit):
        return signed(100 * value, POINTS_DECIMALS if decimals is None else decimals)
    return signed(value, decimals_for([value], unit) if decimals is None else decimals)


def significant(value: float, figures: int = 3) -> str:
    """A large number by its first figures: ``1,230``, ``30.8``, ``2.47``."""
    if not math.isfinite(value) or value == 0:
        return plain(value, 0)
    decimals = max(0, figures - 1 - math.floor(math.log10(abs(value))))
    return plain(value, decimals)


def interval(low: float | None, high: float | None, unit: str = "") -> str:
    """``[64.9, 65.4]``, the ends of an interval of a measure; empty where there is none."""
    if low is None or high is None:
        return ""
    decimals = decimals_for([low, high], unit)
    return _ends(bare(low, unit, decimals), bare(high, unit, decimals))


def difference_interval(low: float | None, high: float | None, unit: str = "") -> str:
    """``[+1.21, +1.46]``, the ends of an interval of a difference; empty where there is none."""
    if low is None or high is None:
        return ""
    decimals = None if is_share(unit) else decimals_for([low, high], unit)
    return _ends(difference(low, unit, decimals), difference(high, unit, decimals))


def _ends(low: str, high: str) -> str:
    return "" if NONE in (low, high) else f"[{low}, {high}]"


def ratio(second: float, third: float) -> str:
    """``1 : 2.05 : 2.96`` (province : city : county)."""
    return NBSP.join(("1", ":", plain(second), ":", plain(third)))


def p_value(value: float | None) -> str:
    """``0.032``, ``< 0.001``."""
    if value is None or not math.isfinite(value):
        return NONE
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
