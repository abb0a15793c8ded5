"""Targets: what is reported, how far off a true model may be, and how implausible a simulated figure is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

SMALLEST = 1e-4
"""Shares and rates below this are taken for this on a logarithmic scale."""


class Scale(Enum):
    """The scale a figure is compared on."""

    plain = "plain"
    log = "log"
    log_change = "log_change"

    def of(self, values: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Values on this scale: as they are, their logarithm, or ln(1 + change)."""
        given = np.asarray(values, float)
        if self is Scale.plain:
            return given
        return np.log(np.maximum(given + (self is Scale.log_change), SMALLEST))

    def slope(self, value: float) -> float:
        """How much the scale stretches there: a small error in a figure, times this, is one on the scale."""
        if self is Scale.plain:
            return 1.0
        return 1.0 / max(value + (self is Scale.log_change), SMALLEST)


@dataclass(frozen=True)
class Target:
    """One figure to be met.

    Attributes:
        name: of the pattern, or of the measure of a limit.
        low, high: what is reported (a range, or twice the same); ``-inf`` for a limit from above alone.
        observation: standard deviation of the report's own error.
        discrepancy: standard deviation of what even the best behaviour of this model may miss it by.
        scale: on which it is compared. Errors are stated in the figure's own unit.
        is_limit: a condition of ours (offices must work), not a report.
    """

    name: str
    low: float
    high: float
    observation: float
    discrepancy: float
    scale: Scale = Scale.plain
    is_limit: bool = False

    @property
    def variance(self) -> float:
        """Variance of observation and discrepancy together, on the scale."""
        middle = self.high if np.isinf(self.low) else (self.low + self.high) / 2
        return (self.observation**2 + self.discrepancy**2) * self.scale.slope(middle) ** 2

    @property
    def ends(self) -> tuple[float, float]:
        """What is reported, on the scale."""
        low = -np.inf if np.isinf(self.low) else float(self.scale.of(self.low))
        return low, float(self.scale.of(self.high))


def implausibility(
    targets: Sequence[Target], means: NDArray[np.float64], variances: NDArray[np.float64]
) -> NDArray[np.float64]:
    """``|E[f] − z| / √(V_emulator + V_chance + V_observation + V_discrepancy)`` of every figure.

    Args:
        targets: k of them; for a range, ``z`` is its nearest point (zero inside).
        means: expected figures on the targets' scales, shape (n, k).
        variances: of the emulator and of chance, shape (n, k).

    Gives shape (n, k); a figure that is not a number is infinitely implausible.
    """
    low, high = (np.array([target.ends[end] for target in targets]) for end in (0, 1))
    stated = np.array([target.variance for target in targets])
    outside = np.maximum(0.0, np.maximum(low - means, means - high))
    values = outside / np.sqrt(variances + stated)
    return np.where(np.isfinite(means), values, np.inf)


def largest(values: NDArray[np.float64], rank: int = 1) -> NDArray[np.float64]:
    """The largest (``rank`` 1) or second largest (2) implausibility of every point, shape (n,)."""
    return np.sort(values, axis=1)[:, -min(rank, values.shape[1])]
