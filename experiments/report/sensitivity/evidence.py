"""What the report of a sensitivity analysis rests on: indices by measure and factor."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.report import numbers
from experiments.report.sensitivity.tables import StoredAnalysis
from experiments.report.study_evidence import StudyEvidence
from experiments.runs.tables import plain_rows

if TYPE_CHECKING:
    from experiments.results.folder import Results


@dataclass(frozen=True)
class FactorIndex:
    """A figure with its 95 % interval; NaN where it is not known."""

    value: float
    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether there is a number."""
        return math.isfinite(self.value)


class SensitivityEvidence(StudyEvidence[StoredAnalysis]):
    """Everything the report of a sensitivity analysis says comes from here."""

    def __init__(self, results: Results) -> None:
        super().__init__(results)
        self._rows = {(row["measure"], row["factor"]): row for row in plain_rows(self.tables["indices"])}
        analysed = list(dict.fromkeys(self.tables["indices"]["measure"]))
        self.measures = [name for name in analysed if not self.lacks(name)] or analysed
        self.factors = list(dict.fromkeys(self.tables["indices"]["factor"]))

    @property
    def is_sobol(self) -> bool:
        """Whether these are shares of variance; else Morris's effects."""
        return "total" in self.tables["indices"].columns

    def index(self, measure: str, factor: str, part: str) -> FactorIndex:
        """``first``, ``total`` or ``mu_star`` of a factor for a measure."""
        row: dict[str, Any] = self._rows.get((measure, factor), {})
        if part == "mu_star":
            value, half = numbers.known(row.get("mu_star")), numbers.known(row.get("half"))
            return FactorIndex(value, value - half, value + half)
        return _index(row, part)

    def sigma(self, measure: str, factor: str) -> float:
        """Standard deviation of Morris's effects."""
        return numbers.known(self._rows.get((measure, factor), {}).get("sigma"))

    def moves(self, measure: str) -> bool:
        """Whether the design has different values of a measure: one without an index then has too few of them."""
        design = self.tables["design"]
        return measure in design and design[measure].nunique() > 1

    def drawn(self, measure: str) -> NDArray[np.float64]:
        """Figures of a measure at the points of a Sobol design that are drawn freely, where it has a value."""
        design = self.tables["design"]
        if not self.is_sobol or measure not in design:
            return np.zeros(0)
        values = design.loc[design["matrix"].isin(("A", "B")), measure].to_numpy(float)
        return values[np.isfinite(values)]

    @property
    def by(self) -> str:
        """The figure that factors are sorted by."""
        return "total" if self.is_sobol else "mu_star"

    def sorted(self, measure: str) -> list[str]:
        """Factors from the one that matters most; those without a number are left out."""
        known = [factor for factor in self.factors if self.index(measure, factor, self.by).is_known]
        return sorted(known, key=lambda factor: -self.index(measure, factor, self.by).value)

    def convergence(self, measure: str, factor: str) -> list[tuple[int, FactorIndex]]:
        """Total index at growing numbers of rows."""
        table = self.tables["convergence"]
        mine = table[(table["measure"] == measure) & (table["factor"] == factor)].sort_values("rows", kind="stable")
        return [(int(row["rows"]), _index(row, "total")) for row in plain_rows(mine)]


def _index(row: dict[str, Any], part: str) -> FactorIndex:
    return FactorIndex(*(numbers.known(row.get(f"{part}{end}")) for end in ("", "_low", "_high")))
