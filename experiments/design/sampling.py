"""Points of a design: a grid, a Latin hypercube or a Sobol sequence over factors of any type."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Sequence
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.design.factors import Factor
from sim.errors import InputError

POINTS_MAX = 100_000
"""More points than this are taken for a mistake."""


class Design(Enum):
    """How points are chosen."""

    grid = "grid"
    latin_hypercube = "latin_hypercube"
    sobol = "sobol"


def sample(factors: Sequence[Factor], design: Design, size: int, steps: int, seed: int) -> list[dict[str, Any]]:
    """The points of a design, each a value by key; points that are the same are there once.

    A grid takes every combination (the last factor varies fastest), an interval in ``steps`` values. A Latin
    hypercube and a scrambled Sobol sequence take ``size`` points by ``seed``; a Sobol sequence of twice the size begins
    with the same points. Raises ``InputError`` for a size that a design cannot have.
    """
    if not factors:
        raise InputError("nothing to vary: study.factors is empty and no key was given several values")
    if design is Design.grid:
        axes = [factor.steps(steps) for factor in factors]
        if (count := int(np.prod([len(axis) for axis in axes], dtype=object))) > POINTS_MAX:
            raise InputError(f"the grid has {count:,} points; at most {POINTS_MAX:,} are allowed")
        points = [dict(zip((f.key for f in factors), values, strict=True)) for values in itertools.product(*axes)]
    else:
        rows = quantiles(design, len(factors), size, seed)
        points = [{factor.key: factor.at(float(row[column])) for column, factor in enumerate(factors)} for row in rows]
    return list({tuple(map(repr, point.values())): point for point in points}.values())


def quantiles(design: Design, dimensions: int, size: int, seed: int) -> NDArray[np.float64]:
    """Points of the unit cube, shape (size, dimensions), by ``scipy.stats.qmc``."""
    from scipy.stats import qmc

    if not 1 <= size <= POINTS_MAX:
        raise InputError(f"study.size={size} is not allowed: it must be a whole number from 1 to {POINTS_MAX:,}")
    if design is Design.latin_hypercube:
        return qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(size)
    if size & (size - 1):
        near = 1 << (size.bit_length() - 1)
        raise InputError(
            f"study.size={size} is not allowed: a Sobol sequence is balanced at powers of two, "
            f"such as {near} or {2 * near}"
        )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed)).random(size)
