"""Points of a small part of the unit cube: subset simulation (Au & Beck 2001)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Score = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Gives a score to points of shape (n, d); the part wanted is where it is at most a threshold."""

KEPT = 0.2
"""Share of the points that each step keeps: the next threshold is their largest score."""

LEVELS_MAX = 60

MOVES = 12
"""Times that every point is moved, one after the other, before the next step."""


@dataclass(frozen=True)
class CubePart:
    """Points of the part of the cube where the score is at most ``threshold``.

    Attributes:
        points: shape (n, d), spread evenly over the part.
        share: volume of the part over that of the cube.
        threshold: the one asked for, or the lowest that was reached.
    """

    points: NDArray[np.float64]
    share: float
    threshold: float


def part_of_cube(
    score: Score, dimensions: int, size: int, threshold: float, seed: int, known: NDArray[np.float64] | None = None
) -> CubePart:
    """Points where ``score`` is at most ``threshold``, found through parts that shrink step by step.

    Each step keeps the best ``KEPT`` of the points and fills up with Metropolis moves that stay in the part; the share
    of volume is the product of the shares kept. ``known`` points (of earlier waves) join the first step's, without a
    part in the share. The same seed gives the same points.
    """
    random = np.random.default_rng(seed)
    points = random.random((size, dimensions))
    scores = score(points)
    share = 1.0
    for _ in range(LEVELS_MAX):
        level = max(threshold, float(np.quantile(scores, KEPT)))
        inside = scores <= level
        share *= float(inside.mean())
        points, scores = points[inside], scores[inside]
        if known is not None and len(known):
            theirs = score(known)
            points = np.vstack([points, known[theirs <= level]])
            scores = np.concatenate([scores, theirs[theirs <= level]])
            known = None
        chosen = random.integers(len(points), size=size)
        points, scores = points[chosen], scores[chosen]
        points, scores = _moved(points, scores, score, level, random)
        if level <= threshold:
            return CubePart(points, share, threshold)
    return CubePart(points, share, float(scores.max()))


def _moved(
    points: NDArray[np.float64],
    scores: NDArray[np.float64],
    score: Score,
    level: float,
    random: np.random.Generator,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points after ``MOVES`` Metropolis moves each, uniform over the part (proposals in directions of differences)."""
    size, dimensions = points.shape
    step = 0.5
    for _ in range(MOVES):
        first, second = random.integers(size, size=(2, size))
        along = (points[first] - points[second]) * random.normal(0, step, (size, 1))  # ter Braak 2006
        around = random.normal(0, 0.02 * step, (size, dimensions))
        proposed = points + along + around
        proposed = np.abs(np.mod(proposed + 1, 2) - 1)  # reflected at the faces of the cube
        theirs = score(proposed)
        better = theirs <= level
        points = np.where(better[:, None], proposed, points)
        scores = np.where(better, theirs, scores)
        step = float(np.clip(step * np.exp(better.mean() - 0.3), 0.02, 2.0))
    return points, scores
