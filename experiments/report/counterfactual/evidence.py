"""What the report of a counterfactual rests on: flows between fates, and what they add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from experiments.report.study_evidence import StudyEvidence
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from sim.errors import InputError

if TYPE_CHECKING:
    from experiments.results.folder import Results

FATES = ("absent", "self", "grid", "village", "township", "county", "court", "petition", "nominal", "gave_up", "open")
"""Fates in the order of ``experiments.studies.counterfactual.fates.Fate``."""

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


class CounterfactualEvidence(StudyEvidence):
    """Everything the report of a counterfactual says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` for results without a flow, or with unknown fates."""
        super().__init__(results)
        rows = plain_rows(self.tables["flows"])
        if not rows or any(row["a"] not in FATES or row["b"] not in FATES for row in rows):
            raise InputError(f"{results.path} holds no flows between known fates, so there is nothing to report")
        self.flows = {(str(row["a"]), str(row["b"])): row for row in rows}
        self.changes = {(str(r["a"]), str(r["b"])): r for r in plain_rows(self.tables["changes"])}
        self.held_against = str(self.settings.get("reference") or "before")
        self.reference = self.held_against
        acting = self.settings.get("acting")
        self.acting: dict[str, Any] = acting if isinstance(acting, dict) else {}

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
