"""What the report of a sensitivity analysis rests on: indices by measure and factor."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from experiments.report.studied import StudyEvidence
from experiments.report.sweep.evidence import meaning_of
from experiments.report.text import Words
from experiments.sensitivity.tables import CHANCE
from sim.errors import InputError
from sim.measures import MEASURES

if TYPE_CHECKING:
    from experiments.store import Results


@dataclass(frozen=True)
class Index:
    """A figure with its 95 % interval; NaN where it is not known."""

    value: float
    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether there is a number."""
        return math.isfinite(self.value)


class SensitivityEvidence(StudyEvidence):
    """Everything the report of a sensitivity analysis says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` for results without an index."""
        super().__init__(results)
        self._rows = {(row["measure"], row["factor"]): row for row in self.tables["indices"].iter_rows(named=True)}
        self.measures = [m for m in dict.fromkeys(self.tables["indices"]["measure"].to_list()) if m in MEASURES]
        self.factors = list(dict.fromkeys(self.tables["indices"]["factor"].to_list()))
        if not self.measures:
            raise InputError(f"{results.path} holds no index, so there is nothing to report")
        reference = self.settings.get("reference")
        self.reference = str(reference) if reference else None

    @property
    def is_sobol(self) -> bool:
        """Whether these are shares of variance; else Morris's effects."""
        return "total" in self.tables["indices"].columns

    def index(self, measure: str, factor: str, part: str) -> Index:
        """``first``, ``total`` or ``mu_star`` of a factor for a measure."""
        row: dict[str, Any] = self._rows.get((measure, factor), {})
        if part == "mu_star":
            value, half = _number(row.get("mu_star")), _number(row.get("half"))
            return Index(value, value - half, value + half)
        return Index(_number(row.get(part)), _number(row.get(f"{part}_low")), _number(row.get(f"{part}_high")))

    def sigma(self, measure: str, factor: str) -> float:
        """Standard deviation of Morris's effects."""
        return _number(self._rows.get((measure, factor), {}).get("sigma"))

    @property
    def by(self) -> str:
        """The figure that factors are sorted by."""
        return "total" if self.is_sobol else "mu_star"

    def sorted(self, measure: str) -> list[str]:
        """Factors from the one that matters most; those without a number are left out."""
        known = [factor for factor in self.factors if self.index(measure, factor, self.by).is_known]
        return sorted(known, key=lambda factor: -self.index(measure, factor, self.by).value)

    def convergence(self, measure: str, factor: str) -> list[tuple[int, Index]]:
        """Total index at growing numbers of rows."""
        table = self.tables["convergence"]
        mine = table.filter((table["measure"] == measure) & (table["factor"] == factor)).sort("rows")
        return [
            (int(row["rows"]), Index(*(_number(row[key]) for key in ("total", "total_low", "total_high"))))
            for row in mine.iter_rows(named=True)
        ]


def _number(value: Any) -> float:
    return math.nan if value is None else float(value)


def name_of(factor: str, words: Words) -> str:
    """A factor as people say it: the meaning of its parameter."""
    from experiments.design.factors import declaration_of

    if factor == CHANCE:
        return words("sensitivity.chance")
    declared = declaration_of(factor)
    if declared is None:
        return words(f"sweep.option.{factor}") if words.has(f"sweep.option.{factor}") else factor
    meaning = meaning_of(declared, words)
    for family in ("constant", "weight", "intercept"):
        if declared.name.startswith(f"{family}_"):
            return words(f"sensitivity.{family}", meaning=meaning)
    return meaning[:1].upper() + meaning[1:]
