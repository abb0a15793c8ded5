"""What a policy costs more than another, and for how many settlements, in words and as data."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.report import numbers
from experiments.report.answer import Cost
from experiments.report.measure_text import bracketed
from experiments.report.text import Words
from experiments.report.uncosted import some_levers
from experiments.statistics.paired import PairedEffect
from sim.prices import UNCOSTED

COST = "cost_per_resident"

SETTLED = "durable_per_10000"

COLUMN = f"{UNCOSTED}."
"""What columns of levers without a price begin with, in tables of points: ``uncosted.centre.intake``."""


@dataclass(frozen=True)
class Change:
    """A difference with its 95 % interval; NaN at its ends without one."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, effect: PairedEffect) -> Change:
        """The difference of an effect."""
        return cls(effect.difference, effect.low, effect.high)

    @property
    def is_more(self) -> bool:
        """Whether it is above zero beyond chance (without an interval: above zero)."""
        return self.low > 0 if math.isfinite(self.low) else self.value > 0


@dataclass(frozen=True)
class Expense:
    """What is paid more and what is settled more, per resident a year and per 10,000 residents a year.

    ``uncosted`` are keys of levers that have no price and are moved as well: ``centre.intake``.
    """

    paid: Change
    settled: Change | None
    uncosted: Sequence[str] = ()

    @property
    def per_settlement(self) -> float:
        """Yuan for each additional durable settlement; NaN unless both are more beyond chance."""
        if self.settled is None or not (self.paid.is_more and self.settled.is_more):
            return math.nan
        return 10_000 * self.paid.value / self.settled.value

    def data(self, residents: float) -> Cost:
        """The same as part of an answer; ``residents`` may be NaN."""
        return Cost(self.paid.value * residents, self.paid.value, self.per_settlement, tuple(self.uncosted))

    def cells(self, words: Words) -> list[str]:
        """What a sentence tells, as cells of a table: paid, and where it is known settled and the price of each."""
        found = [_written(self.paid, words)]
        if self.settled is not None:
            found += [_written(self.settled, words), numbers.plain(self.per_settlement, 0)]
        return found

    def text(self, policy: str, words: Words, is_told: bool = False) -> str:
        """A sentence or two; ``policy`` is what costs it, in words. Empty where nothing is left to say.

        What is paid is left out where another sentence has it already (``is_told``).
        """
        parts = [] if is_told else [words("costs.paid", policy=policy, paid=_written(self.paid, words))]
        if self.settled is not None:
            parts.append(words("costs.settled", settled=_written(self.settled, words)))
        if math.isfinite(self.per_settlement):
            parts.append(words("costs.each", each=numbers.plain(self.per_settlement, 0)))
        sentences = [words("costs.comma").join(parts) + words("costs.stop")] if parts else []
        if is_told:
            sentences = [text[:1].upper() + text[1:] for text in sentences]
        return words.joined(*sentences, *([uncosted_text(self.uncosted, words)] if self.uncosted else []))


def uncosted_columns(moved: Sequence[Sequence[str]]) -> dict[str, list[bool]]:
    """Columns of a table of points from the levers without a price that each of them moves."""
    levers = dict.fromkeys(lever for each in moved for lever in each)
    return {COLUMN + lever: [lever in each for each in moved] for lever in levers}


def uncosted_of(row: Mapping[Any, Any]) -> tuple[str, ...]:
    """Levers without a price that a point moves, from its row in such a table."""
    return tuple(str(key).removeprefix(COLUMN) for key in row if str(key).startswith(COLUMN) and row[key])


def uncosted_text(keys: Sequence[str], words: Words) -> str:
    """The sentence that names levers without a price, at least one."""
    return words("costs.uncosted", levers=some_levers(keys, words))


def _written(change: Change, words: Words) -> str:
    values = (change.value, change.low, change.high)
    decimals = numbers.decimals_for(list(values), "")
    return bracketed((numbers.signed(value, decimals) for value in values), words)
