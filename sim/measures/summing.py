"""Sums of a ledger taken once, however many measures ask for them.

Two hundred measures ask for the same few sums again and again; in a sweep of short runs that took longer than some
runs. Values do not change: a ledger without a memory gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, wraps
from typing import Any, Concatenate

import numpy as np
from numpy.typing import NDArray

from sim.ledger import EVENTS, GROUP_FIGURES, GROUPS, Ledger

SUMMED = {"counts": (0, 2), "durations": 0, "work": 0, "groups": 0}
"""Integer arrays of a ledger, and the axes (of places, and of kinds) that no measure looks into."""


@dataclass(frozen=True)
class SummedLedger(Ledger):
    """A ledger that remembers its sums, and whose windows take theirs from them; its arrays must not change."""

    memory: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(ledger: Ledger) -> SummedLedger:
        """The same ledger with a memory."""
        if isinstance(ledger, SummedLedger):
            return ledger
        return SummedLedger(**{part.name: getattr(ledger, part.name) for part in fields(Ledger)})

    @cached_property
    def by_months(self) -> dict[str, NDArray[np.int64]]:
        """Every array of ``SUMMED`` summed over its axes, shapes (M, …)."""
        return {name: getattr(self, name).sum(axis=axes, dtype=np.int64) for name, axes in SUMMED.items()}

    def window(self, first: str, last: str) -> SummedLedger:
        """See ``Ledger.window``; nothing is summed again."""
        start, stop = np.datetime64(first, "M"), np.datetime64(last, "M")
        kept = np.flatnonzero((self.months >= start) & (self.months <= stop))
        if not len(kept):
            raise ValueError(f"no month of the ledger lies between {first} and {last}")
        months = slice(kept[0], kept[-1] + 1)
        december = np.flatnonzero((self.months.astype(np.int64) % 12) == 11)
        years = (december >= months.start) & (december < months.stop)
        window = replace(
            self,
            months=self.months[months],
            **{name: getattr(self, name)[:, months] for name in SUMMED},
            # copies, since sums of real numbers depend on where these lie in memory
            monthly=self.monthly[:, kept],
            cost=self.cost[:, kept],
            trust=self.trust[:, years],
            survey=self.survey[:, years],
            government=self.government[:, years],
            memory={},
        )
        vars(window)["by_months"] = {name: sums[months] for name, sums in self.by_months.items()}
        return window

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """See ``Ledger.totals``."""
        return self.by_months["counts"].sum(axis=0)

    @cached_property
    def _events(self) -> dict[str, int]:
        return dict(zip(EVENTS, self.totals.tolist(), strict=True))

    @cached_property
    def _groups(self) -> dict[tuple[str, str], int]:
        sums = sums_of(self, "groups").tolist()
        return {(GROUPS[g], GROUP_FIGURES[f]): each for g, row in enumerate(sums) for f, each in enumerate(row)}

    @cached_property
    def _residents(self) -> int:
        return super().residents

    def total(self, name: str) -> int:
        """See ``Ledger.total``."""
        return self._events[name]

    def total_of(self, names: Iterable[str]) -> int:
        """See ``Ledger.total_of``."""
        return sum(map(self._events.__getitem__, names))

    def group_total(self, group: str, figure: str) -> int:
        """See ``Ledger.group_total``."""
        return self._groups[group, figure]

    def monthly_total(self, figure: str) -> float:
        """See ``Ledger.monthly_total``."""
        if figure not in self.memory:
            self.memory[figure] = super().monthly_total(figure)
        return self.memory[figure]

    @property
    def residents(self) -> int:
        """See ``Ledger.residents``."""
        return self._residents


def by_months_of(ledger: Ledger, name: str) -> NDArray[np.int64]:
    """An array of ``SUMMED`` of a ledger summed over its axes, shape (M, …)."""
    if isinstance(ledger, SummedLedger):
        return ledger.by_months[name]
    return getattr(ledger, name).sum(axis=SUMMED[name], dtype=np.int64)


def sums_of(ledger: Ledger, name: str) -> NDArray[np.int64]:
    """``durations``, ``work`` or ``groups`` of a ledger summed over places and months."""
    return by_months_of(ledger, name).sum(axis=0)


def once[**P, Figure](
    function: Callable[Concatenate[Ledger, P], Figure],
) -> Callable[Concatenate[Ledger, P], Figure]:
    """Computes a figure of a ledger once for the same arguments, if the ledger has a memory."""

    @wraps(function)
    def remembered(ledger: Ledger, *arguments: P.args, **named: P.kwargs) -> Figure:
        if not isinstance(ledger, SummedLedger):
            return function(ledger, *arguments, **named)
        memory = ledger.memory
        key = (function, arguments, *named.values())
        if key not in memory:
            memory[key] = function(ledger, *arguments, **named)
        return memory[key]

    return remembered
