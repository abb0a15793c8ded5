"""Results of runs under an ensemble, by its members."""

from __future__ import annotations

import math
from collections.abc import Mapping

from experiments.configuration.ensemble import seeds_by_member
from experiments.statistics.variance import Components, components


def by_member(values: Mapping[int, float], members: int) -> Components | None:
    """Variance components of values by seed over the members of an ensemble; ``None`` for fewer than two members."""
    finite_seeds = [seed for seed, value in values.items() if math.isfinite(value)]
    groups = seeds_by_member(finite_seeds, members) if members else {}
    if len(groups) < 2:
        return None
    return components({member: [values[seed] for seed in seeds] for member, seeds in groups.items()})
