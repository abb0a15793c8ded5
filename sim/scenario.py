"""A scenario: province, calendar, the policy before and after the reform, behaviour and stress."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from sim.behaviour import Behaviour
from sim.errors import InputError
from sim.parameters import STRICT
from sim.policy import Policy
from sim.stress import Stress

YEARS_MAX = 100
"""Longest calendar: ten times what a policy is judged over, and far below what days and draws can count."""


@dataclass(config=STRICT)
class ProvinceChoice:
    """Which province: ``gansu``, ``tiny`` or a folder of four tables; ``places`` keeps some cities or counties."""

    source: str = "gansu"
    places: list[int] = field(default_factory=list)


@dataclass(config=STRICT)
class Calendar:
    """First and last day, the reform date, and the first day that is measured (ISO dates, firsts of months).

    Three years of warm-up precede the measures: petition levels of the status quo still rise in years 2 to 4.
    """

    start: str = "2015-01-01"
    end: str = "2019-12-31"
    reform: str = "2019-01-01"
    measures: str = "2018-01-01"

    def __post_init__(self) -> None:
        days = {}
        for name in ("start", "end", "reform", "measures"):
            text = getattr(self, name)
            try:
                days[name] = date.fromisoformat(text)
                if days[name].isoformat() != text:  # 20190101 and week dates are dates too, but not ours
                    raise ValueError
            except ValueError:
                raise InputError(f"calendar.{name}={text!r} is not a date like 2019-01-01") from None
        if not days["start"].month == days["start"].day == 1:
            raise InputError(f"calendar.start={self.start} must be a 1 January")
        if not (days["end"].month == 12 and days["end"].day == 31 and days["end"] > days["start"]):
            raise InputError(f"calendar.end={self.end} must be a 31 December after calendar.start={self.start}")
        if days["end"].year - days["start"].year >= YEARS_MAX:
            raise InputError(
                f"calendar.end={self.end} is too far from calendar.start={self.start}: "
                f"a calendar has at most {YEARS_MAX} years"
            )
        for name in ("reform", "measures"):
            if days[name].day != 1 or not days["start"] <= days[name] <= days["end"]:
                raise InputError(
                    f"calendar.{name}={getattr(self, name)} must be the first day of a month "
                    f"between {self.start} and {self.end}"
                )

    def day(self, name: str) -> int:
        """Days from the start to ``"reform"``, ``"measures"`` or ``"end"``."""
        return (date.fromisoformat(getattr(self, name)) - date.fromisoformat(self.start)).days

    @property
    def days(self) -> int:
        """Number of days simulated."""
        return self.day("end") + 1


@dataclass(config=STRICT)
class Scenario:
    """One world to simulate; with a seed it determines every number of a run."""

    province: ProvinceChoice = field(default_factory=ProvinceChoice)
    calendar: Calendar = field(default_factory=Calendar)
    before: Policy = field(default_factory=Policy)
    after: Policy = field(default_factory=Policy)
    behaviour: Behaviour = field(default_factory=Behaviour)
    stress: Stress = field(default_factory=Stress)

    def in_city(self, code: int, region: str) -> Scenario:
        """The scenario with both policies as they apply to a city of a region type."""
        before, after = self.before.in_city(code, region), self.after.in_city(code, region)
        return self if (before, after) == (self.before, self.after) else replace(self, before=before, after=after)

    def as_dict(self) -> dict:
        """The scenario as plain JSON values, in declared order; the same for equal scenarios."""
        return TypeAdapter(Scenario).dump_python(self, mode="json")
