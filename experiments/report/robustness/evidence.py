"""What the report of a robustness study rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.report.robustness.tables import TOGETHER, StoredRobustness
from experiments.report.study_evidence import StudyEvidence
from experiments.report.text import Words
from experiments.report.uncosted import is_cost, marked
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


class RobustnessEvidence(StudyEvidence[StoredRobustness]):
    """Everything the report of a robustness study says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` where a policy has no outcome in a future."""
        super().__init__(results)
        self.outcomes = self.tables["outcomes"]
        self.policies, self.reference = self.settings.policies, self.settings.reference
        self.futures = len(self.tables["futures"])
        if len(self.outcomes) != len(self.policies) * self.futures:
            raise InputError(f"{results.path / 'outcomes.parquet'} holds no outcome of every policy in every future")
        asked = self.tables["satisficing"][["policy", "threshold", "stress"]].itertuples(index=False, name=None)
        if lacking := {(policy, TOGETHER, "all") for policy in self.policies} - set(asked):
            raise InputError(f"{results.path / 'satisficing.parquet'} lacks a row of {', '.join(min(lacking))}")
        for row in plain_rows(self.tables["limits"]):
            is_number = None not in (row["smallest"], row["largest"]) and (row["low"], row["high"]) != (None, None)
            if not row["words"] and not is_number:
                raise InputError(f"{results.path / 'limits.parquet'} has no limit of {row['factor']}")
        self.stress_names = list(self.settings.stresses)
        self.stresses = {name: acting for name, acting in self.settings.stresses.items() if acting}
        self.measures, self.thresholds = self.settings.measures, self.settings.thresholds
        self.discover = self.settings.discover

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
        """Regret of every policy in every future; of money NaN for policies that are uncosted."""
        from experiments.statistics.regret import regret

        values = np.stack([self.values(policy, measure) for policy in self.policies])
        values[[self.is_uncosted(policy, measure) for policy in self.policies]] = np.nan
        table = regret(values, self.better(measure))
        return dict(zip(self.policies, table, strict=True))

    def uncosted(self, policy: str) -> tuple[str, ...]:
        """Levers without a price that a policy moves against the reference."""
        return tuple(self.settings.uncosted.get(policy, ()))

    def is_uncosted(self, policy: str, measure: str) -> bool:
        """Whether a measure is of money that a policy leaves something out of."""
        return is_cost(measure) and bool(self.uncosted(policy))

    def named(self, policy: str, measure: str, words: Words) -> str:
        """A policy's name beside a measure, with a note where its cost leaves something out."""
        name = words.scenario(policy)
        return marked(name, words) if self.is_uncosted(policy, measure) else name

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
        return self.threshold_text(words.measure(measure), MEASURES[measure].unit, self.thresholds[measure], words)
