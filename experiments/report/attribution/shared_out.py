"""The tables of an attribution, by groups, year and measure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.runs.tables import plain_rows

if TYPE_CHECKING:
    import pandas as pd

type Row = Mapping[str, Any]

MATTERS = ("up", "down")
"""Verdicts of what lies beyond the smallest effect of interest, interval and all: the others are told as no effect."""


class SharedOut:
    """What each group has of the whole difference, and each two of them beyond what each does alone.

    Attributes:
        whole: rows by year and measure.
        parts: rows by group, year and measure.
        together: rows by both groups, year and measure.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        self.whole: dict[tuple[int, str], Row] = {
            (row["year"], row["measure"]): row for row in plain_rows(tables["whole"])
        }
        self.parts: dict[tuple[str, int, str], Row] = {
            (row["group"], row["year"], row["measure"]): row for row in plain_rows(tables["parts"])
        }
        self.together: dict[tuple[str, str, int, str], Row] = {
            (row["group"], row["other"], row["year"], row["measure"]): row for row in plain_rows(tables["together"])
        }
        self.years = sorted({year for year, _ in self.whole})
        self.measures = list(dict.fromkeys(measure for _, measure in self.whole))

    @property
    def last(self) -> int:
        """The last year."""
        return self.years[-1]

    @property
    def first_and_last(self) -> list[int]:
        """The first year and the last, once where there is one."""
        return list(dict.fromkeys([self.years[0], self.last]))

    def ranked(self, measure: str = "") -> list[str]:
        """Groups by how much of a measure (the first by default) they have in the last year, whatever the sign."""

        def size(group: str) -> float:
            found = self.parts[group, self.last, measure or self.measures[0]]["difference"]
            return -math.inf if found is None else abs(found)

        return sorted(dict.fromkeys(group for group, *_ in self.parts), key=size, reverse=True)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Each two groups, by how much of the first measure they do together in the last year, whatever the sign."""

        def size(pair: tuple[str, str]) -> float:
            found = self.together[*pair, self.last, self.measures[0]]["difference"]
            return -math.inf if found is None else abs(found)

        return sorted(dict.fromkeys((one, two) for one, two, *_ in self.together), key=size, reverse=True)
