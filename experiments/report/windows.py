"""The windows that a report speaks of, with the words it uses for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.runs.windows import windows_of
from sim.errors import InputError
from sim.scenario import Calendar

if TYPE_CHECKING:
    from experiments.report.text import Words
    from experiments.results.folder import Results

WARM_UP = 36
"""Months before the measures begin that a province takes to fill up: petition levels of a status quo still rise until
then (``sim.scenario.Calendar``)."""


@dataclass(frozen=True)
class Span:
    """Some months in a row, from ``first`` to ``last`` inclusive (``"2019-01"``)."""

    first: str
    last: str

    @property
    def label(self) -> str:
        """``2019`` for a calendar year, else ``2019-01–2020-06``."""
        years = self.first[:4], self.last[:4]
        if self.is_years:
            return years[0] if years[0] == years[1] else f"{years[0]}–{years[1]}"
        return f"{self.first}–{self.last}"

    @property
    def is_years(self) -> bool:
        """Whether the months make up whole calendar years."""
        return self.first.endswith("-01") and self.last.endswith("-12")

    @property
    def months(self) -> int:
        """Number of months."""
        return int((np.datetime64(self.last, "M") - np.datetime64(self.first, "M")).astype(int)) + 1


def calendar_of(results: Results) -> Calendar:
    """The calendar of a study; raises ``InputError`` when its configuration has none that is valid."""
    values: Any = results.study.get("calendar")
    if not isinstance(values, Mapping):
        raise InputError(f"{results.path / 'study.yaml'} has no calendar")
    try:
        return Calendar(**{str(key): str(value) for key, value in values.items()})
    except (TypeError, ValueError) as error:
        raise InputError(f"{results.path / 'study.yaml'}: {error}") from None


def spans_of(results: Results) -> tuple[Span | None, Span]:
    """The windows before (where there is one) and after the reform."""
    windows = windows_of(calendar_of(results))
    before = Span(*windows["before"]) if "before" in windows else None
    return before, Span(*windows["after"])


def warm_up_notes(calendar: Calendar, words: Words) -> list[str]:
    """The sentence that warns of too short a warm-up for comparing before with after; none where it is long enough."""
    start, measures = (np.datetime64(day[:7], "M") for day in (calendar.start, calendar.measures))
    months = int((measures - start).astype(int))
    if "before" not in windows_of(calendar) or months >= WARM_UP:
        return []
    return [words("warm_up.short", months=months, least=WARM_UP, day=calendar.measures)]
