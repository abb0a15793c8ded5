"""Weights of an index's indicators: from judgements compared in pairs (AHP), or from how much units differ (entropy).

Saaty (1980), "The Analytic Hierarchy Process"; Shannon's entropy as a weight after Zeleny (1982), "Multiple Criteria
Decision Making". Neither makes a weight a fact: a comparison is a judgement, and entropy rewards what varies,
whatever it is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.errors import InputError

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
"""Mean consistency index of random matrices of 1, 2, … 15 rows (Saaty 1980)."""

CONSISTENCY_MAX = 0.1
"""Judgements with a higher consistency ratio contradict themselves too much to be weights (Saaty 1980)."""

RECIPROCAL_TOLERANCE = 0.01
"""``a_ij · a_ji`` may be off 1 by this much, so that 0.33 may stand opposite 3."""


def comparisons_of(rows: Sequence[Sequence[float | str]], origin: str = "comparisons") -> NDArray[np.float64]:
    """A pairwise comparison matrix from rows of numbers or fractions (``"1/3"``), checked.

    Entry (i, j) says how many times as important i is as j. Raises ``InputError``, starting with ``origin``, when the
    matrix is not square, larger than ``RANDOM_INDEX`` reaches, not positive, or not reciprocal.
    """
    size = len(rows)
    if not 1 <= size <= len(RANDOM_INDEX):
        raise InputError(f"{origin}: {size} rows; a comparison matrix has 1 to {len(RANDOM_INDEX)}")
    matrix = np.ones((size, size))
    for i, row in enumerate(rows):
        if not isinstance(row, Sequence) or isinstance(row, str) or len(row) != size:
            raise InputError(f"{origin}: row {i + 1} is {row!r}; it must be a list of {size} numbers")
        for j, given in enumerate(row):
            matrix[i, j] = _positive(given, f"{origin}: row {i + 1} column {j + 1}")
    for i in range(size):
        for j in range(i + 1):
            if abs(matrix[i, j] * matrix[j, i] - 1) > RECIPROCAL_TOLERANCE:
                raise InputError(
                    f"{origin}: row {i + 1} column {j + 1} is {rows[i][j]} and row {j + 1} column {i + 1} is "
                    f"{rows[j][i]}; they must be reciprocal (1 on the diagonal)"
                )
    return matrix


def _positive(given: float | str, origin: str) -> float:
    try:
        value = float(Fraction(given)) if isinstance(given, str) else float(given)
    except (TypeError, ValueError, ZeroDivisionError):
        value = np.nan
    if not (np.isfinite(value) and value > 0):
        raise InputError(f"{origin} is {given!r}; it must be a positive number or a fraction such as 1/3")
    return value


def principal(matrix: ArrayLike) -> tuple[float, NDArray[np.float64]]:
    """Largest eigenvalue of a positive matrix and its eigenvector, scaled to sum 1."""
    values, vectors = np.linalg.eig(np.asarray(matrix, dtype=float))
    first = int(np.argmax(values.real))
    vector = np.abs(vectors[:, first].real)
    return float(values[first].real), vector / vector.sum()


def consistency_ratio(matrix: ArrayLike) -> float:
    """Saaty's consistency ratio: ``(λ − n) / (n − 1)`` by the random index; 0 for one or two rows."""
    size = len(np.asarray(matrix))
    if size <= 2:
        return 0.0
    largest, _ = principal(matrix)
    return max(0.0, (largest - size) / (size - 1) / RANDOM_INDEX[size - 1])


def ahp_weights(matrix: ArrayLike, origin: str = "comparisons") -> NDArray[np.float64]:
    """Weights, sum 1, of a comparison matrix: its principal eigenvector.

    Raises ``InputError``, starting with ``origin``, when the consistency ratio exceeds ``CONSISTENCY_MAX``.
    """
    ratio = consistency_ratio(matrix)
    if ratio > CONSISTENCY_MAX:
        raise InputError(
            f"{origin}: the comparisons contradict each other, consistency ratio {ratio:.3f}; "
            f"at most {CONSISTENCY_MAX:g} is allowed"
        )
    return principal(matrix)[1]


def entropy_weights(matrix: ArrayLike) -> NDArray[np.float64]:
    """Weights, sum 1, of the columns of a matrix units × indicators, non-negative, the more they differ the heavier.

    With ``p_ij`` the share of unit i in the sum of column j, entropy is ``e_j = −Σ p_ij ln p_ij / ln n`` and the weight
    proportional to ``1 − e_j``. Units without a value (NaN) are left out of their column. A column that is equal
    everywhere, all zero, or known of fewer than two units tells nothing apart and weighs 0; if all are like that, all
    weigh the same. Raises ``ValueError`` for another shape or a negative entry.
    """
    values = np.asarray(matrix, dtype=float)
    if values.ndim != 2 or not values.shape[1]:
        raise ValueError(f"entropy weights take a matrix units × indicators, not shape {values.shape}")
    if (values < 0).any():
        raise ValueError("entropy weights take no negative values")
    divergence = np.array([_divergence(column[~np.isnan(column)]) for column in values.T])
    total = divergence.sum()
    return divergence / total if total > 0 else np.full(len(divergence), 1 / len(divergence))


def _divergence(column: NDArray[np.float64]) -> float:
    """One less the relative entropy of a column of known values; 0 where all are equal."""
    total = column.sum()
    if len(column) < 2 or total <= 0 or np.ptp(column) == 0:
        return 0.0
    shares = column[column > 0] / total
    return float(1 + (shares * np.log(shares)).sum() / np.log(len(column)))
