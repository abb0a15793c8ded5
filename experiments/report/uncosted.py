"""Costs that leave something out: policies that move levers without a price (``sim.prices``), in words."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.report.factors import short_label
from experiments.report.text import Words
from sim.measures import MEASURES

SHOWN = 3
"""Levers that a cell of a table names; of more it says how many."""


def is_cost(measure: str) -> bool:
    """Whether a measure is of money."""
    name = measure.partition("@")[0]
    return name in MEASURES and MEASURES[name].unit.startswith("yuan")


def marked(text: str, words: Words) -> str:
    """``Gansu 2019 (uncosted)``."""
    return words("uncosted.mark", text=text)


def lever_names(levers: Sequence[str], words: Words) -> list[str]:
    """Levers, given as ``centre.intake``, as people say them."""
    return [short_label(f"after.{lever}", words) for lever in levers]


def some_levers(levers: Sequence[str], words: Words) -> str:
    """The first few levers, and how many more there are."""
    names = lever_names(levers, words)
    if len(names) <= SHOWN + 1:
        return words.listed(names)
    shown = words("list.comma").join(names[:SHOWN])
    return words("uncosted.more", levers=shown, more=len(names) - SHOWN)
