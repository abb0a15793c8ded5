"""What the report of an optimisation rests on: the archive of a search, and its front on fresh seeds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from experiments.report.study_evidence import StudyEvidence, number_of
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from experiments.statistics.intervals import Estimate
from sim.errors import InputError
from sim.measures import MEASURES

if TYPE_CHECKING:
    from experiments.results.folder import Results

REFERENCE = "reference"
GAP = "success_gap"


class OptimisationEvidence(StudyEvidence):
    """Everything the report of an optimisation says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` for results without a front, or with objectives that are no measures."""
        super().__init__(results)
        self.front = self.tables["front"]
        self.archive = self.tables["archive"]
        objectives = self.settings.get("objectives")
        self.objectives: dict[str, str] = dict(objectives) if isinstance(objectives, dict) else {}
        if self.front.empty or len(self.objectives) < 2:
            raise InputError(f"{results.path} holds no front, so there is nothing to report")
        for name in self.objectives:
            if (name not in MEASURES and name != GAP) or name not in self.archive.columns:
                raise InputError(f"{results.path / 'archive.parquet'} is damaged: column {name!r} is missing")
        self._measured = {(str(row["point"]), str(row["measure"])): row for row in plain_rows(self.tables["measured"])}
        self.points = [str(name) for name in self.front["point"]]
        levers = self.settings.get("levers")
        self.levers = [key for key in (levers if isinstance(levers, dict) else {}) if key in self.front.columns]
        self.reference = str(self.settings.get("reference") or "status_quo")

    def measured(self, point: str, measure: str) -> Estimate:
        """Mean on fresh seeds with its 95 % interval (the 50 % one is not kept)."""
        row = self._measured.get((point, measure), {})
        mean, low, high = (number_of(row.get(key)) for key in ("mean", "low", "high"))
        return Estimate(mean, low, high, math.nan, math.nan, 0)

    def difference(self, point: str, measure: str) -> tuple[float, float, float]:
        """Paired difference from the reference on fresh seeds, with its interval."""
        row = self._measured.get((point, measure), {})
        value, low, high = (number_of(row.get(f"difference{end}")) for end in ("", "_low", "_high"))
        return value, low, high

    def searched(self, point: str, measure: str) -> float:
        """The mean that the search saw."""
        return number_of(self._measured.get((point, measure), {}).get("searched"))

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
        declared = (self.settings.get("levers") or {}).get(key) or {}
        if "low" not in declared:
            return None
        return float(declared["low"]), float(declared["high"])

    def lever(self, point: str, key: str) -> Any:
        """The value of a lever at a point."""
        return self.front[key].iloc[self.points.index(point)]


def label_of(measure: str, words: Words) -> str:
    """A measure as people say it."""
    return words("optimise.gap") if measure == GAP else words.measure(measure)


def objective_unit(measure: str) -> str:
    """Unit of a measure."""
    return "share" if measure == GAP else MEASURES[measure].unit
