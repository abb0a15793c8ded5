"""What is said where windows are not equally long: totals are those of a year."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from experiments.report.text import Words
from experiments.runs.rates import lengths_beside
from sim.scenario import Calendar


def yearly_notes(
    calendars: Sequence[Calendar], words: Words, windows: Collection[str] = ("before", "after")
) -> list[str]:
    """The sentence that says so of calendars whose ``windows`` stand side by side; none where all are equally long."""
    lengths = lengths_beside(calendars, windows)
    months = sorted({each[name] for each in lengths for name in windows if name in each})
    return [words("yearly.note", months=words.listed([f"{each}" for each in months]))] if months else []
