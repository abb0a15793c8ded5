"""Measures of robustness of policies over futures: pure functions of a table, one figure a policy.

Values have shape (policies, futures). ``better`` is the direction in which a measure is better, ``up`` or ``down``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import scipy  # which reads scipy.stats when it is first asked for
from numpy.typing import NDArray

from experiments.statistics.intervals import difference, known_mean

TAIL = 0.1
"""Share of futures that count as the worst."""


def regret(values: NDArray[np.float64], better: str) -> NDArray[np.float64]:
    """What a policy gives away in each future against the best policy there; shape (policies, futures), never below 0.

    Savage 1951. A future in which a policy has no value has no regret for it (NaN).
    """
    best = (np.fmin if better == "down" else np.fmax).reduce(values, axis=0)
    return difference(values, best) if better == "down" else difference(best, values)


@dataclass(frozen=True)
class Regret:
    """Regret of one policy over futures: mean, 90 % quantile, largest, and in how many it is the best one."""

    mean: float
    high: float
    largest: float
    best_in: float


def regrets(values: NDArray[np.float64], better: str) -> list[Regret]:
    """Regret of every policy; the smallest ``largest`` is the minimax choice. NaN where it has no value anywhere."""
    return [
        Regret(
            known_mean(row),
            float(np.nanquantile(row, 0.9)),
            float(np.nanmax(row)),
            known_mean(np.where(np.isfinite(row), row == 0, np.nan)),
        )
        if np.isfinite(row).any()
        else Regret(*[math.nan] * 4)
        for row in regret(values, better)
    ]


@dataclass(frozen=True)
class Satisficing:
    """Share of futures in which thresholds hold, with Wilson's 95 % interval, of how many futures."""

    share: float
    low: float
    high: float
    futures: int


def satisficing(holds: NDArray[np.bool_]) -> list[Satisficing]:
    """Share of futures of every policy in which what is asked for holds; ``holds`` has shape (policies, futures).

    Simon 1956; Starr 1963 (the domain criterion); Wilson 1927 for the interval.
    """
    found = []
    for row in holds:
        interval = scipy.stats.binomtest(int(row.sum()), len(row)).proportion_ci(0.95, method="wilson")
        found.append(Satisficing(float(row.mean()), float(interval.low), float(interval.high), len(row)))
    return found


def tail_mean(values: NDArray[np.float64], better: str, share: float = TAIL) -> NDArray[np.float64]:
    """Mean of the worst futures of each policy, shape (policies,).

    Conditional value at risk (Rockafellar & Uryasev 2000). The worst ``share`` of the futures that have a value, at
    least one.
    """
    found = []
    for row in values:
        known = np.sort(row[np.isfinite(row)])
        if not len(known):
            found.append(math.nan)
            continue
        count = max(1, math.ceil(share * len(known) - 1e-9))
        found.append(float(known[-count:].mean() if better == "down" else known[:count].mean()))
    return np.array(found)


def worst_groups(groups: Mapping[str, NDArray[np.float64]]) -> list[dict[str, float]]:
    """Share of futures in which each group of people fares worst, by policy.

    ``groups`` has one table a group, of a share that is better when higher; a tie counts for the first group, and a
    future in which no group has a value for none (NaN where there is no other).
    """
    names = list(groups)
    stacked = np.stack([groups[name] for name in names])
    known = np.isfinite(stacked)
    worst = np.where(known, stacked, np.inf).argmin(axis=0)
    shares = [np.where(known.any(axis=0), worst == which, np.nan) for which in range(len(names))]
    return [{name: known_mean(share[p]) for name, share in zip(names, shares, strict=True)} for p in range(len(worst))]
