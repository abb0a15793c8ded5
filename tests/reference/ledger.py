"""What is counted (ODD 7.21), in plain dictionaries by county row, month and more."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from sim.ledger import DURATION_EDGES, EVENT_INDEX
from tests.reference.registers import write_registers

if TYPE_CHECKING:
    from tests.reference.places import City, County


class Ledger:
    """Every figure by (county, month, …); government figures by (city, year)."""

    def __init__(self, model) -> None:
        self.model = model
        self.counts: Counter[tuple[int, int, int, str]] = Counter()  # county, month, kind, event
        self.groups: Counter[tuple[int, int, str, str]] = Counter()  # county, month, group, figure
        self.durations: Counter[tuple[int, int, str, str, int]] = Counter()  # county, month, clock, outcome, bin
        self.work: Counter[tuple[int, int, str, str]] = Counter()  # county, month, level of work, figure
        self.monthly: defaultdict[tuple[int, int, str], float] = defaultdict(float)  # county, month, figure
        self.cost: dict[tuple[int, int], float] = {}  # county, month
        self.trust: dict[tuple[int, int, str], float] = {}  # county, year, body
        self.survey: dict[tuple[int, int, str], float] = {}  # county, year, figure
        self.government: dict[tuple[int, int, str], float] = {}  # city, year, figure

    def count(self, county: int, month: int, kind: int, event: str, number: int = 1) -> None:
        """Counts an event; raises ``KeyError`` for one that there is not."""
        EVENT_INDEX[event]
        self.counts[county, month, kind, event] += number

    def book_month(self, county: County, figure: str, amount: float) -> None:
        """Adds to a figure of this month."""
        self.monthly[county.row, self.model.month, figure] += amount

    def note_month(self, county: County, figure: str, amount: float) -> None:
        """Sets a figure of this month, as it stands now."""
        self.monthly[county.row, self.model.month, figure] = amount

    def book_work(self, county: County, level: str, figure: str, amount: int) -> None:
        """Adds to a figure of a level of work this month."""
        self.work[county.row, self.model.month, level, figure] += amount

    def book_duration(self, county: County, clock: str, start: int, last: int, outcome: str) -> None:
        """Counts the days that a clock has run, in the month in which it started; before the run there is none."""
        if start < 0:
            return
        edge = int(np.searchsorted(DURATION_EDGES, last - start, side="right")) - 1
        self.durations[county.row, self.model.month_of(start), clock, outcome, edge] += 1

    def book_open(self) -> None:
        """At the end: clocks that still run have done so to the day before."""
        for dispute in self.model.disputes.values():
            for clock, start in dispute.clocks.items():
                self.book_duration(dispute.county, clock, start, self.model.today - 1, "open")

    def write_registers(self) -> None:
        """At the end: what registers say of all this."""
        write_registers(self)

    def total(self, events: list[str], counties: list[County], first: int, last: int) -> int:
        """Sum of events of counties over months from ``first`` up to ``last`` (exclusive)."""
        rows, names = {county.row for county in counties}, set(events)
        return sum(
            number
            for (county, month, _, event), number in self.counts.items()
            if county in rows and first <= month < last and event in names
        )

    def book_government(self, city: City, year: int, **figures: float) -> None:
        """Books a city government's figures of a year."""
        for figure, value in figures.items():
            self.government[city.row, year, figure] = value
