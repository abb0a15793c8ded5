"""What is said where windows are not equally long: totals are those of a year."""

from __future__ import annotations

from collections.abc import Iterable

from experiments.report.text import Words
from experiments.runs.rates import are_unequal


def yearly_notes(lengths: Iterable[int], words: Words) -> list[str]:
    """The sentence that says so of windows of some months that stand side by side; none where all are equally long."""
    months = sorted(set(lengths))
    return [words("yearly.note", months=words.listed([f"{each}" for each in months]))] if are_unequal(months) else []
