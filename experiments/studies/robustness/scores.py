"""The outcomes of all policies in all futures, and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.report.robustness.tables import TOGETHER
from experiments.report.uncosted import is_cost
from experiments.statistics import regret as metrics
from experiments.statistics.intervals import known_mean
from experiments.statistics.thresholds import better_of
from experiments.statistics.variance import components
from experiments.studies.robustness.discovery import Discovery, discover
from experiments.studies.robustness.plan import STRESS, Robustness
from sim.measures import MEASURES
from sim.measures.composition import ilr

GROUPS = tuple(name for name in MEASURES if name.startswith("resolution_"))
"""Durable settlement of each group of people."""


@dataclass(frozen=True)
class Scores:
    """Outcomes: by measure a table of shape (policies, futures, replicates), NaN for a run that failed."""

    study: Robustness
    values: Mapping[str, NDArray[np.float64]]

    def mean(self, measure: str) -> NDArray[np.float64]:
        """Means over replicates, shape (policies, futures); NaN where none was measured."""
        table = self.values[measure]
        known = np.isfinite(table)
        return np.where(known.any(axis=2), np.nansum(table, axis=2) / np.maximum(known.sum(axis=2), 1), np.nan)

    @property
    def policies(self) -> list[str]:
        """Names of the policies."""
        return list(self.study.policies)

    @property
    def reference(self) -> int:
        """Row of the reference policy."""
        return self.policies.index(self.study.config.study.reference)

    def holds(self) -> dict[str, NDArray[np.bool_]]:
        """Whether each threshold, and all together, hold, by policy and future."""
        found = {}
        for measure, threshold in self.study.config.study.thresholds.items():
            values = self.mean(measure)
            found[measure] = threshold.missed_by(values, values[self.reference], better_of(measure)) <= 0
        return {**found, TOGETHER: np.logical_and.reduce(list(found.values()))}

    def discovery(self) -> Discovery:
        """When the policy that is looked into fails."""
        fails = ~self.holds()[TOGETHER][self.policies.index(self.study.discover)]
        futures = self.study.futures
        factors: dict[str, Sequence[Any]] = {
            name: [future.values[name] for future in futures] for name in futures[0].values
        }
        if len(self.study.stresses) > 1:
            factors[STRESS] = [future.stress for future in futures]
        return discover(factors, fails)

    def comparable(self, measure: str) -> NDArray[np.float64]:
        """Means over replicates, shape (policies, futures); of money NaN for policies that are uncosted.

        Nobody knows what those cost: they are neither best at it nor worse than the best.
        """
        values = self.mean(measure).copy()
        if is_cost(measure):
            values[[policy in self.study.uncosted for policy in self.policies]] = np.nan
        return values

    def regret_rows(self) -> list[dict[str, Any]]:
        """Regret and tails of every policy and measure that has a better direction."""
        rows = []
        for measure in self.study.measures:
            better = better_of(measure)
            if better == "none":
                continue
            values = self.mean(measure)
            tails = metrics.tail_mean(values, better)
            for policy, each, tail, row in zip(
                self.policies, metrics.regrets(self.comparable(measure), better), tails, values, strict=True
            ):
                rows.append(
                    {
                        "policy": policy,
                        "measure": measure,
                        "better": better,
                        "mean": known_mean(row),
                        "worst_tenth": float(tail),
                        "regret_mean": each.mean,
                        "regret_90": each.high,
                        "regret_largest": each.largest,
                        "best_in": each.best_in,
                    }
                )
        return rows

    def satisficing_rows(self) -> list[dict[str, Any]]:
        """Share of futures in which thresholds hold, over all futures and by stress."""
        rows = []
        stresses = np.array([future.stress for future in self.study.futures])
        for threshold, holds in self.holds().items():
            for stress in ("all", *self.study.stresses):
                chosen = np.ones(len(stresses), bool) if stress == "all" else stresses == stress
                for policy, each in zip(self.policies, metrics.satisficing(holds[:, chosen]), strict=True):
                    rows.append(
                        {
                            "policy": policy,
                            "threshold": threshold,
                            "stress": stress,
                            "share": each.share,
                            "low": each.low,
                            "high": each.high,
                            "futures": each.futures,
                        }
                    )
        return rows

    def group_rows(self) -> list[dict[str, Any]]:
        """In which share of futures each group fares worst, by policy."""
        known = {name: self.mean(name) for name in GROUPS if np.isfinite(self.values[name]).any()}
        if not known:
            return []
        shares = metrics.worst_groups(known)
        return [
            {
                "policy": policy,
                "group": name.removeprefix("resolution_"),
                "share": share[name],
                "mean": known_mean(known[name][row]),
            }
            for row, (policy, share) in enumerate(zip(self.policies, shares, strict=True))
            for name in known
        ]

    def chance_rows(self) -> list[dict[str, Any]]:
        """What people are like and chance apart, for the effects of policies under the first stress."""
        rows = []
        plain = [f for f, future in enumerate(self.study.futures) if future.stress == next(iter(self.study.stresses))]
        for measure in self.study.measures:
            table = self.values[measure][:, plain]
            effects = table - table[self.reference]
            for policy, row in zip(self.policies, effects, strict=True):
                groups = {f: each[np.isfinite(each)].tolist() for f, each in enumerate(row)}
                groups = {f: each for f, each in groups.items() if each}
                if policy == self.study.config.study.reference or not groups:
                    continue
                found = components(groups)
                rows.append(
                    {
                        "policy": policy,
                        "measure": measure,
                        "effect": found.mean,
                        "low": found.low,
                        "high": found.high,
                        "between": found.between,
                        "within": found.within,
                        "share_of_chance": found.share_of_chance,
                        "futures": found.groups,
                    }
                )
        return rows


def with_distance(values: dict[str, NDArray[np.float64]], target: Sequence[float]) -> dict[str, NDArray[np.float64]]:
    """Values with the distance to the study's own target instead of that to 1 : 2 : 3."""
    first, second = ilr(list(target))
    distance = np.hypot(values["ilr_1"] - first, values["ilr_2"] - second)
    return {**values, "distance_to_target": distance}
