"""Patterns: what is reported of a statistic, and whether runs of the model meet it.

What is reported is a number or a range with its tag (F fact with a source, D derived, A assumed) and source; a
tolerance of ours says how near a mean over replicates must come. A pattern that is only known as a direction, or only
in part born of disputes, is judged by its direction and never fitted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from experiments.patterns.observed import Average, Observed, over_replicates
from experiments.patterns.statistics import Statistic
from experiments.statistics.intervals import Estimate, estimate


@dataclass(frozen=True)
class Pattern:
    """One figure that is reported and simulated.

    Attributes:
        statistic: what a run shows of it.
        low, high: what is reported, a range or twice the same number, in the statistic's unit.
        tag: F, D or A.
        source: where the reported number comes from, in English and Chinese.
        years: that it is reported of, ``2019`` or ``2018-2019``; empty where unknown.
        tolerance: how far outside the range a mean may lie and still meet the pattern; ours, assumed.
        direction: judged by its sign alone.
        remark: what else to know of the report, in English and Chinese; both empty where there is nothing.
        remedy: what would have to change in the model where the figure is missed, in English and Chinese.
        is_national: reported of all of China, or of a place in it and taken for every province.
        is_held_out: never fitted; what is predicted of it is scored.
    """

    statistic: Statistic
    low: float
    high: float
    tag: str
    source: tuple[str, str]
    years: str = ""
    tolerance: float = 0.0
    direction: bool = False
    remark: tuple[str, str] = ("", "")
    remedy: tuple[str, str] = ("", "")
    is_national: bool = False
    is_held_out: bool = False

    @property
    def id(self) -> str:
        """The pattern it belongs to, ``P1`` to ``P9`` or ``H1`` to ``H6``."""
        return self.statistic.id

    @property
    def name(self) -> str:
        """Name of the statistic."""
        return self.statistic.name

    @property
    def unit(self) -> str:
        """Unit of the statistic."""
        return self.statistic.unit

    @property
    def meaning(self) -> tuple[str, str]:
        """What it is, in English and Chinese."""
        return self.statistic.meaning

    @property
    def note(self) -> tuple[str, str]:
        """What else to know of statistic and report, in English and Chinese; both empty where there is nothing."""
        both = zip(self.statistic.note, self.remark, strict=True)
        english, chinese = ([text for text in texts if text] for texts in both)
        return "; ".join(english), "；".join(chinese)

    def residual(self, simulated: float) -> float:
        """Simulated less the nearest point of what is reported: 0 within the range."""
        return simulated - min(max(simulated, self.low), self.high)

    def is_met(self, simulated: float) -> bool | None:
        """Whether a mean meets the pattern; ``None`` where there is no number."""
        if not math.isfinite(simulated):
            return None
        if self.direction:
            return simulated * (self.low + self.high) > 0
        return abs(self.residual(simulated)) <= self.tolerance


@dataclass(frozen=True)
class PatternOutcome:
    """A pattern with its simulated figure; ``simulated`` is ``None`` where the runs do not measure it.

    ``is_range`` says that its interval is that of a set of behaviours, not of chance about one.
    """

    pattern: Pattern
    simulated: Estimate | None
    is_range: bool = False

    @property
    def residual(self) -> float:
        """Of the figure over replicates; NaN without one."""
        return math.nan if self.simulated is None else self.pattern.residual(self.simulated.mean)

    @property
    def miss(self) -> float:
        """Size of the residual as a share of what is reported, or of its tolerance where that is larger."""
        pattern = self.pattern
        whole = max(abs(pattern.low), abs(pattern.high), pattern.tolerance)
        return abs(self.residual) / whole if whole else math.inf

    @property
    def is_met(self) -> bool | None:
        """Of the figure over replicates; ``None`` without one, or for a direction whose interval holds zero.

        A range of behaviours meets what is held out where it comes within the tolerance of what is reported.
        """
        found = self.simulated
        if found is not None and self.is_range and self.pattern.is_held_out and not self.pattern.direction:
            return self._is_hit(found)
        if found is None or (self.pattern.direction and found.low <= 0 <= found.high):
            return None
        return self.pattern.is_met(found.mean)

    def _is_hit(self, found: Estimate) -> bool | None:
        if not math.isfinite(found.mean):
            return None
        low, high = (found.low, found.high) if math.isfinite(found.low) else (found.mean, found.mean)
        pattern = self.pattern
        return low <= pattern.high + pattern.tolerance and high >= pattern.low - pattern.tolerance


def pattern_outcomes(
    patterns: Iterable[Pattern], runs: Sequence[Observed], average: Average = estimate, is_range: bool = False
) -> list[PatternOutcome]:
    """Patterns beside what some replicates of one scenario give together, with its interval."""
    return [PatternOutcome(each, over_replicates(each.statistic.value, runs, average), is_range) for each in patterns]
