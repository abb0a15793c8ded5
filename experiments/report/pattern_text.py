"""Figures of patterns as text."""

from __future__ import annotations

from experiments.patterns.pattern import Pattern, PatternOutcome
from experiments.report import numbers
from experiments.report.numbers import NBSP, NONE
from experiments.report.text import Words
from experiments.statistics.intervals import Estimate

IN_PER_CENT = ("share", "change", "points")
RELATIVE = ("ratio", "1/1000/year", "days", "1")
"""Units whose residual is shown as a share of what is reported."""


def reported_text(pattern: Pattern) -> str:
    """What is reported, as text: ``−35.9 %``, ``96.0 – 98.0 %``."""
    low, high = (
        f"{100 * end:.4g}{NBSP}%" if pattern.unit == "share" else number_text(end, pattern.unit)
        for end in (pattern.low, pattern.high)
    )
    if pattern.low == pattern.high:
        return low
    return f"{low.removesuffix(f'{NBSP}%')} – {high}"


def number_text(value: float, unit: str) -> str:
    """A figure of a pattern as text."""
    if unit == "change":
        return numbers.signed_percent(value)
    if unit == "points":
        return numbers.signed(100 * value)
    return numbers.percent(value, 2) if unit == "share" else numbers.plain(value)


def interval_text(value: Estimate, unit: str) -> str:
    """Its interval; empty where there is none."""
    ends = [number_text(end, unit) for end in (value.low, value.high)]
    return "" if NONE in ends else f"[{ends[0].removesuffix(f'{NBSP}%')}, {ends[1]}]"


def residual_text(outcome: PatternOutcome) -> str:
    """Relative to the nearest reported value for ratios, rates and days; points for shares; else as it is."""
    residual, pattern = outcome.residual, outcome.pattern
    if residual == 0:
        return "0"
    if pattern.unit in IN_PER_CENT:
        return numbers.signed(100 * residual)
    nearest = pattern.low if residual < 0 else pattern.high
    if pattern.unit in RELATIVE and nearest:
        return numbers.signed_percent(residual / nearest)
    return numbers.signed(residual)


def outcome_text(outcome: PatternOutcome, words: Words) -> str:
    """A pattern with what is simulated and what is reported; it must have been simulated."""
    pattern, simulated = outcome.pattern, outcome.simulated
    assert simulated is not None
    return words(
        "pattern.outcome",
        name=pattern.meaning[words.language == "zh"],
        simulated=number_text(simulated.mean, pattern.unit),
        reported=reported_text(pattern),
    )
