"""What the report of a robustness study rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.report.robustness.tables import TOGETHER
from experiments.report.study_evidence import StudyEvidence
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from sim.errors import InputError
from sim.measures import MEASURES

if TYPE_CHECKING:
    from experiments.results.folder import Results


@dataclass(frozen=True)
class Share:
    """A share of futures with Wilson's 95 % interval."""

    share: float
    low: float
    high: float
    futures: int


class RobustnessEvidence(StudyEvidence):
    """Everything the report of a robustness study says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` for results without an outcome, or with unknown policies."""
        super().__init__(results)
        self.outcomes = self.tables["outcomes"]
        self.policies = [str(name) for name in self.settings.get("policies") or []]
        found = set(self.outcomes["policy"])
        if not self.policies or not set(self.policies) <= found:
            raise InputError(f"{results.path} holds no outcome of every policy, so there is nothing to report")
        self.reference = self.reference if self.reference in self.policies else None
        stresses = self.settings.get("stresses")
        acting = stresses if isinstance(stresses, dict) else {}
        self.stress_names = [str(name) for name in acting]
        self.stresses = {str(name): dict(each) for name, each in acting.items() if each}
        measures = [str(name) for name in self.settings.get("measures") or []]
        self.measures = [name for name in measures if name in MEASURES and name in self.outcomes.columns]
        thresholds = self.settings.get("thresholds")
        self.thresholds: dict[str, dict[str, Any]] = dict(thresholds) if isinstance(thresholds, dict) else {}
        self.discover = str(self.settings.get("discover") or self.policies[-1])
        self.futures = int((self.outcomes["policy"] == self.policies[0]).sum())

    def values(self, policy: str, measure: str, stress: str | None = None) -> NDArray[np.float64]:
        """A measure of a policy in every future (of one stress), shape (futures,)."""
        rows = self.outcomes[self.outcomes["policy"] == policy]
        if stress is not None:
            rows = rows[rows["stress"] == stress]
        return rows.sort_values(["stress", "future"])[measure].to_numpy(float)

    def better(self, measure: str) -> str:
        """Direction in which a measure is better."""
        return "down" if measure == "distance_to_target" else MEASURES[measure].better

    def regret(self, measure: str) -> dict[str, NDArray[np.float64]]:
        """Regret of every policy in every future."""
        from experiments.statistics.regret import regret

        table = regret(np.stack([self.values(policy, measure) for policy in self.policies]), self.better(measure))
        return dict(zip(self.policies, table, strict=True))

    def satisficing(self, policy: str, threshold: str = TOGETHER, stress: str = "all") -> Share:
        """Share of futures in which a threshold holds."""
        table = self.tables["satisficing"]
        rows = table[(table["policy"] == policy) & (table["threshold"] == threshold) & (table["stress"] == stress)]
        if rows.empty:
            return Share(math.nan, math.nan, math.nan, 0)
        row = rows.iloc[0]
        return Share(float(row["share"]), float(row["low"]), float(row["high"]), int(row["futures"]))

    def chance(self, policy: str, measure: str) -> dict[str, Any] | None:
        """What people are like and chance apart, of an effect."""
        table = self.tables["chance"]
        rows = plain_rows(table[(table["policy"] == policy) & (table["measure"] == measure)])
        return rows[0] if rows else None

    @property
    def ranked(self) -> list[str]:
        """Measures that have a better direction, and a value in some future."""
        return [name for name in self.measures if self.better(name) != "none" and self.outcomes[name].notna().any()]

    def asked(self, measure: str, words: Words) -> str:
        """The threshold of a measure in words."""
        asked = self.thresholds.get(measure) or {}
        return self.threshold_text(words.measure(measure), MEASURES[measure].unit, asked, words)
