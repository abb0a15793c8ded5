"""Solving for knobs by Broyden's method: a few steps, plain numbers, the same on any processor.

Broyden 1965, with slopes that are 0 kept at 0 (Schubert 1970). The matrix of slopes is found once by finite differences
and corrected by every step. Sums and solutions are written out here, since those of a linear-algebra library differ in
their last bits between processors.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Vector = tuple[float, ...]

CHANCE = 1.0
"""What chance weighs against a move, in squared steps: short moves correct little, since they show chance."""

FLAT = 1e-9
"""A pivot below this tells nothing of its knob, which then stays where it is."""


@dataclass(frozen=True)
class Secant:
    """Slopes of the figures (rows) by the knobs (columns), knobs counted in their steps."""

    slopes: tuple[Vector, ...]

    def move(self, misses: Sequence[float]) -> Vector:
        """By how much, in steps, each knob has to move so that figures change by their misses, to first order."""
        return solve(self.slopes, [miss if math.isfinite(miss) else 0.0 for miss in misses])

    def corrected(self, moved: Sequence[float], change: Sequence[float]) -> Secant:
        """The slopes that give a change of the figures for a move, else as near to these as can be (Broyden), those
        that are 0 staying so (Schubert): a knob that does nothing for a figure is never blamed for it."""
        if not all(map(math.isfinite, change)):
            return self
        rows = []
        for row, found in zip(self.slopes, change, strict=True):
            acting = [m if s else 0.0 for s, m in zip(row, moved, strict=True)]
            missing = found - math.fsum(s * m for s, m in zip(row, acting, strict=True))
            share = missing / (math.fsum(m * m for m in acting) + CHANCE)
            rows.append(tuple(s + share * m for s, m in zip(row, acting, strict=True)))
        return Secant(tuple(rows))


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> Vector:
    """Gaussian elimination with partial pivoting; what a pivot below ``FLAT`` would tell is 0."""
    size = len(right)
    rows = [[*map(float, row), float(value)] for row, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        lead = rows[column][column]
        if abs(lead) < FLAT:
            continue
        for row in range(column + 1, size):
            factor = rows[row][column] / lead
            if factor:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    found = [0.0] * size
    for column in reversed(range(size)):
        lead = rows[column][column]
        if abs(lead) >= FLAT:
            known = math.fsum(rows[column][later] * found[later] for later in range(column + 1, size))
            found[column] = (rows[column][size] - known) / lead
    return tuple(found)
