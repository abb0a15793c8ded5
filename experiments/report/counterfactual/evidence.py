"""What the report of a counterfactual rests on: flows between fates, and what they add up to."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from experiments.configuration.ensemble import seeds_by_member
from experiments.report.counterfactual.tables import FATES, StoredCounterfactual
from experiments.report.study_evidence import StudyEvidence
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from experiments.statistics.behaviours import agreeing, paired_spread
from experiments.statistics.paired import PairedEffect, paired_difference

if TYPE_CHECKING:
    from experiments.results.folder import Results

DURABLE = FATES[1:9]

COLOURS = {
    "absent": "#f2f2f2",
    "self": "#c7c7c7",
    "grid": "#c7e9c0",
    "police": "#66c2a4",
    "village": "#9ecae1",
    "township": "#6baed6",
    "county": "#2171b5",
    "court": "#cc79a7",
    "petition": "#e69f00",
    "nominal": "#8c8c8c",
    "conceded": "#b2abd2",
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

    @property
    def everything(self) -> float:
        """Disputes a replicate."""
        return sum(self.total(fate, 0) for fate in FATES)

    @property
    def moved(self) -> dict[tuple[str, str], float]:
        """Disputes a replicate that ended elsewhere under B than under A, by transition."""
        return {pair: self.flow(*pair) for pair in self.flows if pair[0] != pair[1] and self.flow(*pair) > 0}

    def sides(self, name: str) -> tuple[list[float], list[float]]:
        """``durable`` or ``province`` by seed, under A and under B."""
        totals = self.tables["totals"]
        return totals[f"{name}_a"].astype(float).tolist(), totals[f"{name}_b"].astype(float).tolist()

    @property
    def members(self) -> int:
        """Members of the ensemble that the replicates have as behaviours; 0 without one."""
        return self.settings.ensemble.members if self.settings.ensemble else 0

    def change(self, name: str) -> PairedEffect:
        """``durable`` or ``province``, B less A: the mean, with its interval over chance or over behaviours."""
        a, b = self.sides(name)
        effect = paired_difference(a, b)
        if not self.members:
            return effect
        seeds = self.tables["totals"]["seed"].tolist()
        groups = seeds_by_member(seeds, self.members).values()
        before, after = (
            [float(np.mean([side[seeds.index(seed)] for seed in group])) for group in groups] for side in (a, b)
        )
        found = paired_spread(before, after, effect)
        return replace(found, difference=effect.difference, relative=effect.relative)

    def agreeing(self, name: str) -> tuple[int, int]:
        """In how many behaviours (replicates, with one) the change has the sign of its mean, and out of how many."""
        a, b = self.sides(name)
        seeds = self.tables["totals"]["seed"].tolist()
        groups = seeds_by_member(seeds, self.members).values() if self.members else [[seed] for seed in seeds]
        places = [[seeds.index(seed) for seed in group] for group in groups]
        means = {n: sum(b[each] - a[each] for each in group) / len(group) for n, group in enumerate(places)}
        return agreeing(means, self.change(name).difference)

    def per_10000(self, count: float) -> float:
        """A count as that of 10,000 residents and a year; NaN where it is not known how many people there are."""
        residents, years = self.settings.residents, self.after.months / 12
        return 10_000 * count / residents / years if residents else math.nan

    def world_name(self, world: int, words: Words) -> str:
        """Policy A or B in words."""
        if world:
            return words("counterfactual.b")
        return words("counterfactual.kept") if self.held_against == "before" else words.scenario(self.held_against)
