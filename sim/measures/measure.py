"""What a measure is, and the small arithmetic that measures share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sim.ledger import Ledger


@dataclass(frozen=True)
class Measure:
    """One figure of a ledger.

    Attributes:
        name: what it is called in results, ``snake_case``.
        function: computes it from a ledger; NaN where the ledger has nothing to compute it from.
        unit: of its value; shares are 0 to 1.
        better: ``up``, ``down``, or ``none`` where neither direction is good in itself (counts of petitions above
            all: few petitions do not mean content people).
        meaning: one line.
        group: the file it comes from.
        is_stock: the function wants the whole history to the end of the window, not the window alone.
        is_total: the function adds up over a window; the figure is what that is a year, so that windows compare.
        levels: of ``ledger.TIERS``, those that it speaks of: it says nothing of places where one of them is missing.
    """

    name: str
    function: Callable[[Ledger], float]
    unit: str
    better: str
    meaning: str

    group: str
    is_stock: bool = False
    is_total: bool = False
    levels: tuple[str, ...] = ()

    def value(self, window: Ledger, history: Ledger) -> float:
        """The figure for a window; ``history`` runs from the start of the calendar to the window's end."""
        found = float(self.function(history if self.is_stock else window))
        return found / window.years if self.is_total else found


def total(ledger: Ledger, names: Iterable[str]) -> int:
    """Sum of several events over all places, months and kinds."""
    return ledger.total_of(names)


def share(part: float, whole: float) -> float:
    """``part / whole``; NaN for an empty whole."""
    return part / whole if whole else math.nan


def per_1000_a_year(count: float, ledger: Ledger) -> float:
    """A count as a yearly rate per 1,000 residents."""
    return share(1000 * count, ledger.residents * ledger.years)


def per_100_000_a_year(count: float, ledger: Ledger) -> float:
    """A count as a yearly rate per 100,000 residents."""
    return share(100_000 * count, ledger.residents * ledger.years)
