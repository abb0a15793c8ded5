"""What the report of an optimisation rests on: the archive of a search, and its front on fresh seeds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from experiments.report import numbers
from experiments.report.costs import uncosted_of
from experiments.report.optimise.tables import StoredOptimisation
from experiments.report.study_evidence import StudyEvidence
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from experiments.statistics.intervals import Estimate
from experiments.statistics.paired import PairedEffect
from experiments.statistics.thresholds import SUCCESS_GAP as GAP
from sim.measures import MEASURES

if TYPE_CHECKING:
    from experiments.results.folder import Results

REFERENCE = "reference"


class OptimisationEvidence(StudyEvidence[StoredOptimisation]):
    """Everything the report of an optimisation says comes from here."""

    def __init__(self, results: Results) -> None:
        super().__init__(results)
        self.front = self.tables["front"]
        self.archive = self.tables["archive"]
        self.objectives = self.settings.objectives
        self._measured = {(str(row["point"]), str(row["measure"])): row for row in plain_rows(self.tables["measured"])}
        self.points = [str(name) for name in self.front["point"]]
        self.levers = list(self.settings.levers)
        self.reference = self.settings.reference

    def measured(self, point: str, measure: str) -> Estimate:
        """Mean on fresh seeds with its 95 % interval (the 50 % one is not kept)."""
        row = self._measured.get((point, measure), {})
        mean, low, high = (numbers.known(row.get(key)) for key in ("mean", "low", "high"))
        return Estimate(mean, low, high, math.nan, math.nan, 0)

    def difference(self, point: str, measure: str) -> tuple[float, float, float]:
        """Paired difference from the reference on fresh seeds, with its interval."""
        row = self._measured.get((point, measure), {})
        value, low, high = (numbers.known(row.get(f"difference{end}")) for end in ("", "_low", "_high"))
        return value, low, high

    def effect(self, point: str, measure: str) -> PairedEffect | None:
        """The paired difference from the reference on fresh seeds; ``None`` where it was not measured.

        In proportion it is the difference over the reference's mean.
        """
        value, low, high = self.difference(point, measure)
        level, mean = self.measured(REFERENCE, measure).mean, self.measured(point, measure).mean
        if not math.isfinite(value):
            return None
        relative, relative_low, relative_high = (each / level if level > 0 else math.nan for each in (value, low, high))
        return PairedEffect(
            level, mean, value, low, high, relative, relative_low, relative_high, self.settings.fresh_replicates,
            math.nan, math.nan,
        )  # fmt: skip

    def uncosted(self, point: str) -> tuple[str, ...]:
        """Levers without a price that a point moves from the reference, by key."""
        return uncosted_of(self.front.iloc[self.points.index(point)].to_dict())

    def searched(self, point: str, measure: str) -> float:
        """The mean that the search saw."""
        return numbers.known(self._measured.get((point, measure), {}).get("searched"))

    def state(self, point: str) -> str:
        """``holds``, ``dominated`` or ``misses``, on fresh seeds."""
        row = self.front.iloc[self.points.index(point)]
        return "holds" if row["non_dominated"] else "dominated" if row["feasible"] else "misses"

    @property
    def holding(self) -> list[str]:
        """Points that hold on fresh seeds."""
        return [point for point in self.points if self.state(point) == "holds"]

    def lever_range(self, key: str) -> tuple[float, float] | None:
        """Bounds of a lever in the search; ``None`` for a choice."""
        declared = self.settings.levers[key]
        return None if declared.low is None or declared.high is None else (declared.low, declared.high)

    def lever(self, point: str, key: str) -> Any:
        """The value of a lever at a point."""
        return self.front[key].iloc[self.points.index(point)]


def label_of(measure: str, words: Words) -> str:
    """A measure as people say it."""
    return words("optimise.gap") if measure == GAP else words.measure(measure)


def objective_unit(measure: str) -> str:
    """Unit of a measure."""
    return "share" if measure == GAP else MEASURES[measure].unit
