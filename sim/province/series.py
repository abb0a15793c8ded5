"""What a province's folder says of time: ``seasons.csv`` by month of the year, ``trends.csv`` by year.

| file          | columns                                                                                    |
|---------------|--------------------------------------------------------------------------------------------|
| `seasons.csv` | month (1 to 12); each kind of dispute that has a season: grievances, of their yearly mean    |
| `trends.csv`  | year; each of `TRENDS` that has one: an index, of any base                                   |

Both may be missing, and so may any column but the first; a column that is there has no gap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.ledger import DISPUTE_KINDS
from sim.province.table import PACKED, Table

SEASONS_FILE, TRENDS_FILE = "seasons.csv", "trends.csv"
FILES = (SEASONS_FILE, TRENDS_FILE)

TRENDS = ("grievances", "suits", "petitions", "registers")
"""What may have a trend: grievances; suits that are not born of modelled ones; the appeal of petitioning; what
registers write down of the same events (``sim.registers``)."""

MONTHS = 12
MEAN_WITHIN = 0.005
"""How far the mean of a season may be from one, for rounding."""

LARGEST_FACTOR, LARGEST_INDEX = 3.0, 1e6


@dataclass(frozen=True, eq=False)
class Series:
    """Seasons and trends of a province; without files there are none.

    Attributes:
        seasons: grievances of a kind in a month, of their yearly mean, shape (kinds, 12).
        trends: by name, indices of successive years.
        first_year: of all trends.
        file: where the trends stand, for messages.
    """

    seasons: NDArray[np.float64] = field(default_factory=lambda: np.ones((len(DISPUTE_KINDS), MONTHS)))
    trends: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    first_year: int = 0
    file: str = ""

    def index(self, name: str, years: NDArray[np.int64], months: NDArray[np.int64], base: int) -> NDArray[np.float64]:
        """A trend in months of a calendar (of the year, 0 to 11), of the index of the year ``base``.

        A year's index is that of its middle; between two, it is log-linear; before the first and after the last the
        same. Raises ``InputError`` when a year of the calendar has none.
        """
        given = np.log(self.trends[name])
        last = self.first_year + len(given) - 1
        if years[0] < self.first_year or years[-1] > last:
            raise InputError(
                f"{self.file}: {name} from {self.first_year} to {last}: the calendar, from {years[0]} to {years[-1]}, "
                "needs an index for each of its years"
            )
        middles = self.first_year + np.arange(len(given)) + 0.5
        return np.exp(np.interp(years + (months + 0.5) / MONTHS, middles, given) - given[base - self.first_year])

    def bytes_of(self) -> bytes:
        """What there is of both files, in the same bytes on every machine; nothing where there are none."""
        found = b"" if (self.seasons == 1.0).all() else self.seasons.astype("<f8").tobytes()
        for name, index in self.trends.items():
            found += f"{name} {self.first_year} ".encode() + index.astype("<f8").tobytes()
        return found


def read_series(folder: Path | Traversable) -> Series:
    """Reads and checks both files of a folder, if they are there; raises ``InputError`` as ``read_tables`` does."""
    seasons = Series().seasons
    if _is_there(folder, SEASONS_FILE):
        table = Table(folder, SEASONS_FILE, ("month",), DISPUTE_KINDS)
        order = _in_order(table, "month", 1, MONTHS)
        if len(order) < MONTHS:
            raise InputError(f"{table.file}: has {len(order)} of the twelve months; all are needed")
        for kind, name in enumerate(DISPUTE_KINDS):
            if table.has(name):
                seasons[kind] = _without_gap(table, name, 0.0, LARGEST_FACTOR)[order]
                mean = seasons[kind].mean()
                if abs(mean - 1.0) > MEAN_WITHIN:
                    raise InputError(f"{table.file}: {name}: the mean of its months is {mean:.4g} and must be 1")
    if not _is_there(folder, TRENDS_FILE):
        return Series(seasons)
    table = Table(folder, TRENDS_FILE, ("year",), TRENDS)
    order = _in_order(table, "year", 1900, 2200)
    trends = {name: _without_gap(table, name, 1e-6, LARGEST_INDEX)[order] for name in TRENDS if table.has(name)}
    return Series(seasons, trends, int(table.columns["year"][order[0]].partition(".")[0]), table.file)


def _is_there(folder: Path | Traversable, name: str) -> bool:
    return any((folder / each).is_file() for each in (name, f"{name}{PACKED}"))


def _in_order(table: Table, column: str, least: int, most: int) -> NDArray[np.intp]:
    """Rows of a table by a column of successive whole numbers, each of which stands there once."""
    numbers = table.integers(column, least, most, f"a {column}")
    order = np.argsort(numbers, kind="stable")
    for row, step in zip(order[1:].tolist(), np.diff(numbers[order]).tolist(), strict=True):
        if step != 1:
            before = numbers[row] - step
            raise table.refuse(row, column, "is there twice" if step == 0 else f"follows {before}: a gap")
    return order


def _without_gap(table: Table, column: str, least: float, most: float) -> NDArray[np.float64]:
    numbers = table.decimals(column, least, most, f"{column}")
    for row in np.flatnonzero(np.isnan(numbers))[:1].tolist():
        raise table.refuse(row, column, "a number is needed: a series has no gap")
    return numbers
