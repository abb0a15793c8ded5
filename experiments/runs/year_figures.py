"""What is kept of a run: all measures and all counts of some years after the reform."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from experiments.runs.groups import unit_of
from experiments.runs.record import values_of
from experiments.runs.windows import window_of
from sim.ledger import EVENTS, MONTHLY_FIGURES, WORK_FIGURES, WORK_LEVELS, Ledger
from sim.measures import MEASURES, SummedLedger
from sim.scenario import Calendar, Scenario

COUNTED = "1/1000/year"
"""Unit of counts: per 1,000 residents a year."""


@dataclass(frozen=True)
class YearFigures:
    """One year of a run: measures by name, and counts by name, per 1,000 residents."""

    measures: Mapping[str, float]
    counts: Mapping[str, float]

    def is_like(self, other: YearFigures) -> bool:
        """Whether no measure and no count differs."""
        parts = ((self.measures, other.measures), (self.counts, other.counts))
        return all(np.array_equal([*one.values()], [*two.values()], equal_nan=True) for one, two in parts)

    def link(self, name: str) -> float:
        """The figure of a link: a count, or else a measure in its own unit."""
        return self.counts[name] if name in self.counts else self.measures.get(name, math.nan)


@cache
def count_names() -> tuple[str, ...]:
    """Names of the counts: events, work by level (``started_county``), a hall's figures, measures that are totals."""
    work = [f"{figure}_{level}" for level in WORK_LEVELS for figure in WORK_FIGURES]
    totals = [name for name, measure in MEASURES.items() if measure.is_total]
    return tuple(dict.fromkeys([*EVENTS, *work, *MONTHLY_FIGURES, *totals]))


@cache
def link_names() -> frozenset[str]:
    """What may be a link of a chain: a count or a measure."""
    return frozenset([*count_names(), *MEASURES])


def link_unit(name: str) -> str:
    """The unit of a link's figure."""
    return COUNTED if name in count_names() else unit_of(name)


def figures_of(ledger: Ledger, calendar: Calendar, year: int) -> YearFigures:
    """The figures of a year of a ledger that reaches from the start of the calendar."""
    window = window_of(calendar, year)
    during = ledger.window(*window)
    measures = values_of(SummedLedger.of(ledger), calendar, window)
    totals = {name: measures[name] for name, measure in MEASURES.items() if measure.is_total}
    work = during.work.sum(axis=(0, 1))
    counts = {
        **totals,
        **dict(zip(EVENTS, during.totals.tolist(), strict=True)),
        **{
            f"{figure}_{level}": float(work[row, column])
            for row, level in enumerate(WORK_LEVELS)
            for column, figure in enumerate(WORK_FIGURES)
        },
        **{name: during.monthly_total(name) for name in MONTHLY_FIGURES},
    }
    scale = 1000 / (during.residents * during.years)
    return YearFigures(measures, {name: scale * counts[name] for name in count_names()})


def recorded(ledger: Ledger, scenario: Scenario, years: Sequence[int]) -> bytes:
    """The figures of some years of a run as bytes."""
    found = {year: figures_of(ledger, scenario.calendar, year) for year in years}
    plain = {str(year): [dict(each.measures), dict(each.counts)] for year, each in found.items()}
    return zlib.compress(json.dumps(plain).encode(), level=1)


def read(content: bytes | None) -> dict[int, YearFigures] | None:
    """The figures of ``recorded`` by year; ``None`` for anything else: such a run is carried out again."""
    if content is None:
        return None
    try:
        plain = json.loads(zlib.decompress(content))
        return {int(year): YearFigures(measures, counts) for year, (measures, counts) in plain.items()}
    except (zlib.error, ValueError, TypeError, AttributeError):
        return None
