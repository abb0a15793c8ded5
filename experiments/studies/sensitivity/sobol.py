"""Sobol indices of figures of many factors and of chance."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.stats import qmc

from experiments.statistics.intervals import ROUNDING
from sim.errors import InputError

Evaluate = Callable[[NDArray[np.float64], NDArray[np.int64]], NDArray[np.float64]]
"""Figures at points of the unit cube, shape (n, d), with a seed each, shape (n,): shape (n, measures)."""

RESAMPLES = 999
"""Bootstrap resamples of rows."""

PARTS = (8, 4, 2, 1)
"""Convergence is shown at the first n / 8, n / 4, n / 2 and n rows."""

FEWEST = 16
"""Rows below which no index is worth showing."""


@dataclass(frozen=True)
class Rows:
    """The matrices of Saltelli's design, row by row: values and seeds.

    Row i of A has seed ``2 i``, of B ``2 i + 1`` (from the study's seed on). The matrix AB_j is A with column j of B;
    it keeps A's seeds, so that nothing else changes, luck included. The matrix of chance is A with B's seeds.
    """

    a: NDArray[np.float64]
    b: NDArray[np.float64]
    seed: int

    @property
    def seeds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Seeds of A and of B."""
        first = self.seed + 2 * np.arange(len(self.a))
        return first, first + 1

    @property
    def points(self) -> NDArray[np.float64]:
        """All points: A, B, each AB_j, A again for chance; shape ((d + 3) n, d)."""
        blocks = [self.a, self.b]
        for column in range(self.a.shape[1]):
            mixed = self.a.copy()
            mixed[:, column] = self.b[:, column]
            blocks.append(mixed)
        return np.concatenate([*blocks, self.a])

    @property
    def all_seeds(self) -> NDArray[np.int64]:
        """Seeds of all points."""
        mine, theirs = self.seeds
        return np.concatenate([mine, theirs, *[mine] * self.a.shape[1], theirs])


def sobol_rows(size: int, dimensions: int, seed: int) -> Rows:
    """Rows of a scrambled Sobol sequence; twice the size begins with the same rows.

    Raises ``InputError`` for a size that is no power of two.
    """
    if size & (size - 1) or size < FEWEST:
        raise InputError(f"study.size={size} is not allowed: Sobol indices take a power of two from {FEWEST} on")
    drawn = qmc.Sobol(2 * dimensions, scramble=True, rng=np.random.default_rng(seed)).random(size)
    return Rows(drawn[:, :dimensions], drawn[:, dimensions:], seed)


@dataclass(frozen=True)
class Indices:
    """First-order and total indices with 95 % bootstrap intervals, each of shape (measures, d + 1); chance is last.

    ``whole`` rows have a value of the measure in all their runs, shape (measures,); below ``FEWEST`` it has no index.
    """

    first: NDArray[np.float64]
    first_low: NDArray[np.float64]
    first_high: NDArray[np.float64]
    total: NDArray[np.float64]
    total_low: NDArray[np.float64]
    total_high: NDArray[np.float64]
    whole: NDArray[np.int64]


def indices_of(figures: NDArray[np.float64], size: int, seed: int, rows: int | None = None) -> Indices:
    """Indices from the figures at ``Rows.points``, shape ((d + 3) n, measures), of the first ``rows`` rows.

    By ``scipy.stats.sobol_indices`` (Saltelli et al. 2010: first order; Jansen 1999: total), rows resampled. Rows in
    which a run failed, or gives no value of a measure, are left out of it, and of the others as many taken as the
    largest power of two. The same figures and seed give the same intervals. NaN where too few rows are whole.
    """
    blocks = figures.reshape(-1, size, figures.shape[1])[:, : rows or size]
    known = np.isfinite(blocks).all(axis=0)
    parts = np.full((6, figures.shape[1], len(blocks) - 2), np.nan)
    for whole in np.unique(known, axis=1).T:
        alike = (known == whole[:, np.newaxis]).all(axis=0)
        if whole.sum() >= FEWEST:
            parts[:, alike] = _indices(blocks if alike.all() else blocks[:, :, alike], np.flatnonzero(whole), seed)
    return Indices(*[*parts, known.sum(axis=0)])


def _indices(blocks: NDArray[np.float64], known: NDArray[np.int64], seed: int) -> NDArray[np.float64]:
    """Indices of measures that have a value in the same rows, shape (6, measures, d + 1)."""
    known = known[: 1 << (len(known).bit_length() - 1)]
    blocks = blocks[:, known]
    moves = np.ptp(blocks[:2], axis=(0, 1)) > ROUNDING * np.abs(blocks[:2]).max(axis=(0, 1))
    found = _estimated(blocks)
    drawn = _generator(seed).integers(len(known), size=(RESAMPLES, len(known)))
    resampled = np.array([_estimated(blocks[:, rows]) for rows in drawn])
    low, high = np.quantile(resampled, [0.025, 0.975], axis=0)
    parts = np.stack([found[0], low[0], high[0], found[1], low[1], high[1]])
    return np.where(moves[:, None], parts, np.nan)


def _estimated(blocks: NDArray[np.float64]) -> NDArray[np.float64]:
    """First and total indices, shape (2, measures, d + 1), of figures of shape (d + 3, n, measures)."""
    f_a, f_b, f_ab = blocks[0].T, blocks[1].T, blocks[2:].transpose(0, 2, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a measure that never moves: it has no index
        found = stats.sobol_indices(func={"f_A": f_a, "f_B": f_b, "f_AB": f_ab}, n=f_a.shape[1])
    return np.stack([np.atleast_2d(found.first_order), np.atleast_2d(found.total_order)])


def _generator(seed: int) -> np.random.Generator:
    return np.random.default_rng([seed, 1])


def convergence_of(figures: NDArray[np.float64], size: int, seed: int) -> list[tuple[int, Indices]]:
    """Indices of growing first parts of the rows, which are designs themselves: (rows, indices)."""
    parts = [size // part for part in PARTS if size // part >= FEWEST]
    return [(rows, indices_of(figures, size, seed, rows)) for rows in parts]
