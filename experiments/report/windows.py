"""The windows that a report speaks of, with the words it uses for them."""

from __future__ import annotations

from dataclasses import dataclass

from experiments.runs.windows import months_of, windows_of
from sim.scenario import Calendar


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
        return months_of((self.first, self.last))


def spans_of(calendar: Calendar) -> tuple[Span | None, Span]:
    """The windows before (where there is one) and after the reform."""
    windows = windows_of(calendar)
    before = Span(*windows["before"]) if "before" in windows else None
    return before, Span(*windows["after"])
