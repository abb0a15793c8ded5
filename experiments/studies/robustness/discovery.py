"""Scenario discovery: in which futures a policy fails, as a box of what people are like.

PRIM, Friedman & Fisher 1999; Bryant & Lempert 2010.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError

DENSITY = 0.8
"""Share of failures in a box from which it is worth naming (Bryant & Lempert 2010)."""

FEWEST = 5
"""Failures below which there is nothing to find."""

SIGNIFICANT = 0.05
"""Largest quasi-p of a limit that is named."""


@dataclass(frozen=True)
class Limit:
    """One side of a box: a factor between two values, or in a set of words; ``quasi_p`` is NaN if unknown."""

    factor: str
    low: float | None = None
    high: float | None = None
    words: tuple[str, ...] = ()
    quasi_p: float = float("nan")


@dataclass(frozen=True)
class Box:
    """Where failures gather.

    Attributes:
        limits: what bounds it.
        coverage: share of all failures that lie in it.
        density: share of failures among the futures in it.
        mass: share of all futures that lie in it.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float


@dataclass(frozen=True)
class Discovery:
    """What PRIM found: a box, or ``None`` with too few or too many failures, and the trajectory it was chosen from.

    ``trajectory`` has (coverage, density, mass, limits) of every step of peeling.
    """

    box: Box | None
    trajectory: tuple[tuple[float, float, float, int], ...] = ()
    failures: int = 0
    futures: int = 0
    note: str = field(default="")


def discover(factors: Mapping[str, Sequence[Any]], fails: NDArray[np.bool_]) -> Discovery:
    """The box of futures in which failures gather.

    Of the steps of peeling with at least ``DENSITY`` failures, those with the fewest limits, and of these the one with
    the largest product of coverage and density is chosen; if no step is as dense, the densest. ``factors`` has the
    values of each factor by future, numbers or words.
    """
    futures, failures = len(fails), int(fails.sum())
    if failures < FEWEST or futures - failures < FEWEST:
        which = "few" if failures < FEWEST else "nearly all"
        return Discovery(None, failures=failures, futures=futures, note=which)
    box = _prim(factors, fails)
    steps = box.peeling_trajectory
    trajectory = tuple(
        (float(row.coverage), float(row.density), float(row.mass), int(row.res_dim)) for row in steps.itertuples()
    )
    dense = [step for step in range(len(trajectory)) if trajectory[step][1] >= DENSITY]
    if dense:
        chosen = min(dense, key=lambda step: (trajectory[step][3], -trajectory[step][0] * trajectory[step][1]))
    else:
        chosen = max(range(len(trajectory)), key=lambda step: trajectory[step][1])
    coverage, density, mass, _ = trajectory[chosen]
    return Discovery(Box(_limits(box, chosen), coverage, density, mass), trajectory, failures, futures)


def _prim(factors: Mapping[str, Sequence[Any]], fails: NDArray[np.bool_]) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pandas as pd
            from ema_workbench.analysis import prim
    except ImportError:
        raise InputError("pyramid robustness needs an extra: pip install 'petition-pyramid[studies]'") from None
    table = pd.DataFrame({name: list(values) for name, values in factors.items()})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return prim.Prim(table, np.asarray(fails, bool)).find_box()


def _limits(box: Any, step: int) -> tuple[Limit, ...]:
    """Limits of a step that differ from the whole, those that are significant or words."""
    whole, bounds, quasi_p = box.box_lims[0], box.box_lims[step], box.p_values[step]
    limits = []
    for factor in bounds.columns:
        before, now = whole[factor], bounds[factor]
        p_values = np.asarray(quasi_p.get(factor, [np.nan]), float)
        known = p_values[np.isfinite(p_values) & (p_values >= 0)]
        p_value = float(known.min()) if len(known) else float("nan")
        if isinstance(now.iloc[0], set | frozenset):
            if now.iloc[0] != before.iloc[0]:
                limits.append(Limit(str(factor), words=tuple(sorted(map(str, now.iloc[0]))), quasi_p=p_value))
            continue
        low = float(now.iloc[0]) if now.iloc[0] > before.iloc[0] else None
        high = float(now.iloc[1]) if now.iloc[1] < before.iloc[1] else None
        if low is not None or high is not None:
            limits.append(Limit(str(factor), low, high, quasi_p=p_value))
    return tuple(limits)
