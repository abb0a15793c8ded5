"""Sums of a ledger taken once, however many measures ask for them.

Two hundred measures ask for the same few sums again and again; in a sweep of short runs that took longer than some
runs. Values do not change: a ledger without a memory gives the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cached_property, wraps
from typing import Any, Concatenate

from sim.ledger import EVENTS, GROUP_FIGURES, GROUPS, Ledger


@dataclass(frozen=True)
class SummedLedger(Ledger):
    """A ledger that remembers its sums, for as long as nobody changes what it holds."""

    memory: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def of(ledger: Ledger) -> SummedLedger:
        """The same ledger with a memory."""
        return SummedLedger(**{part.name: getattr(ledger, part.name) for part in fields(Ledger)})

    @cached_property
    def _events(self) -> dict[str, int]:
        return dict(zip(EVENTS, self.totals.tolist(), strict=True))

    @cached_property
    def _groups(self) -> dict[tuple[str, str], int]:
        sums = self.groups.sum(axis=(0, 1)).tolist()
        return {(GROUPS[g], GROUP_FIGURES[f]): each for g, row in enumerate(sums) for f, each in enumerate(row)}

    @cached_property
    def _residents(self) -> int:
        return super().residents

    def total(self, name: str) -> int:
        """See ``Ledger.total``."""
        return self._events[name]

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


def once[**P, Figure](
    function: Callable[Concatenate[Ledger, P], Figure],
) -> Callable[Concatenate[Ledger, P], Figure]:
    """Computes a figure of a ledger once for the same arguments, if the ledger has a memory."""

    @wraps(function)
    def remembered(ledger: Ledger, *arguments: P.args, **named: P.kwargs) -> Figure:
        if not isinstance(ledger, SummedLedger):
            return function(ledger, *arguments, **named)
        key = (function, arguments, tuple(named.values()))
        if key not in ledger.memory:
            ledger.memory[key] = function(ledger, *arguments, **named)
        return ledger.memory[key]

    return remembered
