"""What a month and a day of the calendar are like (ODD 7.27)."""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import cached_property

from sim.holidays import meeting_months, new_years_eve


class Almanac:
    """Seasons and trends of the province, meetings and holidays of the country."""

    def __init__(self, model) -> None:
        self.model = model
        self.timing = model.behaviour.timing
        self.series = model.province.series

    @property
    def is_meeting(self) -> bool:
        """Whether a national meeting is held this month."""
        return self.model.date.month in meeting_months(self.model.date.year)

    def season(self, kind: int) -> float:
        """Grievances of a kind this month, of their yearly mean."""
        return float(self.series.seasons[kind, self.model.date.month - 1])

    def trend(self, name: str) -> float:
        """This month."""
        return self.trend_in(name, self.model.date)

    def trend_in(self, name: str, today: date) -> float:
        """Of the index of the year of measures, on a line through the logarithms at the middles of years."""
        if name not in self.series.trends:
            return 1.0
        index = {self.series.first_year + n: math.log(value) for n, value in enumerate(self.series.trends[name])}
        position = (today.month - 6.5) / 12
        other = today.year + (1 if position > 0 else -1)
        here = index[today.year]
        there = index.get(other, here)
        base = index[int(self.model.world_scenario.calendar.measures[:4])]
        return math.exp(here + abs(position) * (there - here) - base)

    def grievances(self, kind: int) -> float:
        """Of the usual number of a kind."""
        return self.season(kind) * self.trend("grievances")

    @property
    def petition_appeal(self) -> float:
        """What speaks for petitions this month and not in others."""
        return self.timing.meeting_pull * self.is_meeting + math.log(self.trend("petitions")) + self.drift

    @property
    def drift(self) -> float:
        """Of petitions, in years from the middle of that of the measures to the middle of the month."""
        years = self.model.date.year - int(self.model.world_scenario.calendar.measures[:4])
        return math.log(1 + self.timing.petition_trend) * (years + (self.model.date.month - 6.5) / 12)

    @cached_property
    def closed(self) -> set[date]:
        """Days on which offices are closed."""
        if self.timing.closed_days == 0:
            return set()
        first = self.model.first_day.year
        years = range(first, (self.model.first_day + timedelta(days=self.model.days - 1)).year + 1)
        return {
            new_years_eve(year) + timedelta(days=number)
            for year in years
            for number in range(int(self.timing.closed_days))
        }

    def open_on(self, day: int) -> int:
        """The first day from a day on on which offices are open."""
        while self.closed and day < self.model.days and self.model.first_day + timedelta(days=day) in self.closed:
            day += 1
        return day
