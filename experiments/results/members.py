"""Results of runs under an ensemble, by its members."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from experiments.configuration.ensemble import seeds_by_member
from experiments.statistics.behaviours import spread
from experiments.statistics.intervals import Estimate, estimate
from experiments.statistics.variance import Components, components


def by_member(values: Mapping[int, float], members: int) -> Components | None:
    """Variance components of values by seed over the members of an ensemble; ``None`` for fewer than two members."""
    finite_seeds = [seed for seed, value in values.items() if math.isfinite(value)]
    groups = seeds_by_member(finite_seeds, members) if members else {}
    if len(groups) < 2:
        return None
    return components({member: [values[seed] for seed in seeds] for member, seeds in groups.items()})


def means_by_member(values: Mapping[int, float], members: int) -> dict[int, float]:
    """Mean of values by seed for each member of an ensemble that has one."""
    groups = seeds_by_member(values, members)
    return {member: float(np.mean([values[seed] for seed in seeds])) for member, seeds in groups.items()}


def over_behaviours(values: Sequence[float], seeds: Sequence[int], members: int) -> Estimate:
    """A figure of replicates, shape (n,), by their seeds: its middle and its range, over chance or over behaviours.

    With one behaviour (``members`` 0) it is the mean with its t intervals. Under an ensemble it is the median over the
    members, each the mean of its replicates, and between low and high lie the middle 95 % (50 %) of them; ``n`` counts
    members then.
    """
    if not members:
        return estimate(values)
    known = {seed: value for seed, value in zip(seeds, values, strict=True) if math.isfinite(value)}
    return spread(list(means_by_member(known, members).values()))


def mean_over_behaviours(values: Sequence[float], seeds: Sequence[int], members: int) -> Estimate:
    """As ``over_behaviours`` with the mean of all replicates in the middle, so that parts of a sum add up."""
    return replace(over_behaviours(values, seeds, members), mean=estimate(values).mean)
