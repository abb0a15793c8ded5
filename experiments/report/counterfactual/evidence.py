"""What the report of a counterfactual rests on: flows between fates, and what they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.counterfactual.tables import FATES, StoredCounterfactual
from experiments.report.study_evidence import StudyEvidence
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

if TYPE_CHECKING:
    from experiments.results.folder import Results

DURABLE = FATES[1:8]

COLOURS = {
    "absent": "#f2f2f2",
    "self": "#c7c7c7",
    "grid": "#c7e9c0",
    "village": "#9ecae1",
    "township": "#6baed6",
    "county": "#2171b5",
    "court": "#cc79a7",
    "petition": "#e69f00",
    "nominal": "#8c8c8c",
    "gave_up": "#595959",
    "open": "#d9d9d9",
}


class CounterfactualEvidence(StudyEvidence[StoredCounterfactual]):
    """Everything the report of a counterfactual says comes from here."""

    def __init__(self, results: Results) -> None:
        super().__init__(results)
        self.flows = {(str(row["a"]), str(row["b"])): row for row in plain_rows(self.tables["flows"])}
        self.changes = {(str(r["a"]), str(r["b"])): r for r in plain_rows(self.tables["changes"])}
        self.reference = self.held_against = self.settings.reference
        self.acting = self.settings.acting

    def flow(self, a: str, b: str) -> float:
        """Disputes a replicate that ended at ``a`` under A and at ``b`` under B."""
        return float(self.flows[a, b]["mean"]) if (a, b) in self.flows else 0.0

    def total(self, fate: str, world: int) -> float:
        """Disputes a replicate that ended there, under A (0) or B (1)."""
        return sum(self.flow(fate, other) if world == 0 else self.flow(other, fate) for other in FATES)

    @property
    def shown(self) -> list[str]:
        """Fates that any dispute has."""
        return [fate for fate in FATES if self.total(fate, 0) or self.total(fate, 1)]

    def by_seed(self, name: str) -> list[float]:
        """``durable`` or ``province``: B less A, by seed."""
        totals = self.tables["totals"]
        return (totals[f"{name}_b"] - totals[f"{name}_a"]).astype(float).tolist()

    def world_name(self, world: int, words: Words) -> str:
        """Policy A or B in words."""
        if world:
            return words("counterfactual.b")
        return words("counterfactual.kept") if self.held_against == "before" else words.scenario(self.held_against)
