"""What patterns look at: one replicate, its measures before and after the reform, and its months."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from experiments.runs.levels import missing_levels
from experiments.runs.record import RunRecord
from experiments.runs.windows import YEAR
from experiments.statistics.intervals import Estimate, estimate
from sim.measures.petitions import DEFAULT, PYRAMID
from sim.scenario import Scenario


class NotMeasured(Exception):
    """A run has no such measure, or no window to measure it over."""


@dataclass(frozen=True)
class Observed:
    """One replicate as patterns look at it: what is reported of a reform is of its first year, and so is ``after``."""

    record: RunRecord
    scenario: Scenario

    def before(self, measure: str) -> float:
        """A measure over the window before the reform; raises ``NotMeasured``."""
        return _named(self.record.before, measure)

    def after(self, measure: str) -> float:
        """A measure over the first year after the reform, or what of it there is; raises ``NotMeasured``."""
        return _named(self.record.years.get("first_year", self.record.after), measure)

    def change(self, *measures: str) -> float:
        """Relative change of a measure, after over before, or of a sum of them."""
        return over(sum(map(self.after, measures)), sum(map(self.before, measures))) - 1

    @property
    def missing_levels(self) -> tuple[str, ...]:
        """Levels on which no place of the replicate has a government."""
        return missing_levels(self.scenario.province)

    def months(self, names: Iterable[str], is_before: bool) -> NDArray[np.int64]:
        """Some events of every month before the reform or from it on, shape (M,); raises ``NotMeasured`` for none."""
        reform = np.datetime64(self.scenario.calendar.reform[:7], "M")
        wanted = self.record.monthly[(self.record.months < reform) == is_before]
        if not len(wanted):
            raise NotMeasured("months")
        return wanted[:, [self._columns[name] for name in names]].sum(axis=1)

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {name: column for column, name in enumerate(self.record.events)}

    def late_pyramid(self) -> tuple[float, float, float]:
        """Registered petitions at province, city and county over the last six months of the first year."""
        reform = np.datetime64(self.scenario.calendar.reform[:7], "M")
        late = self.record.monthly[self.record.months < reform + np.timedelta64(YEAR, "M")][-6:].sum(axis=0)
        of = self._columns
        province, city, county = (float(sum(late[of[e]] for e in DEFAULT.recorded(level))) for level in PYRAMID)
        return province, city, county


def _named(measures: Mapping[str, float], name: str) -> float:
    if name not in measures:
        raise NotMeasured(name)
    return float(measures[name])


def over(part: float, whole: float) -> float:
    """``part / whole``; NaN for an empty whole."""
    return part / whole if whole else math.nan


type Average = Callable[[Sequence[float]], Estimate]
"""What makes of the figures of some replicates, in their order, one with its interval."""


def over_replicates(
    value: Callable[[Observed], float], runs: Sequence[Observed], average: Average = estimate
) -> Estimate | None:
    """A figure over replicates with its interval; ``None`` where the runs do not measure it."""
    try:
        return average([value(run) for run in runs])
    except NotMeasured:
        return None
