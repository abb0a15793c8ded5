"""Competition by rank (part of phase 9): what a little more of a score is worth to a unit, and what a veto is.

Lazear and Rosen (1981): whoever competes for one of k prizes gains from effort what the density of luck at the cut-off
makes of it. Among equals with normal luck that is I(n, k) over the luck's spread; the farther a unit is from the
cut-off, the less it can win or lose.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sim.agents.government import EXCELLENT, GOOD, QUALIFIED
from sim.policy import REWARD

DIGITS = 12
"""Decimals that are kept: in the last digits exponentials and integrals differ between processors."""


@cache
def density_at_cut(units: int, prizes: int) -> float:
    """I(n, k): density, at a tie with the k-th best of the n − 1 others, of the difference of two lots of normal luck.

    0 where everybody or nobody wins.
    """
    if not 0 < prizes < units:
        return 0.0
    others, below = units - 1, units - 1 - prizes
    ways = special.gammaln(others + 1) - special.gammaln(prizes) - special.gammaln(below + 1)
    x = np.linspace(-12.0, 12.0, 4801)  # smooth and 0 at both ends, so that the plain sum is exact to the last digits
    tails = below * special.log_ndtr(x) + (prizes - 1) * special.log_ndtr(-x)
    density = np.exp(ways + tails - x**2) / (2.0 * np.pi)
    return round(float(density.sum() * (x[1] - x[0])), DIGITS)


def prizes_of(quota: float, units: int) -> int:
    """Units that a quota is, a share of them."""
    return int(quota * units + 0.5)


def worth_of_effort(
    scores: NDArray[np.float64], is_graded: bool, excellent: float, qualified: float, reward: float, luck: float
) -> NDArray[np.float64]:
    """What one more of the score is worth to each of the units that compete, shape (units,).

    Where a unit stands is told by last year's ``scores``; before the first grade all stand alike. ``luck``: standard
    deviation of a score's luck.
    """
    units = len(scores)
    ranked = np.sort(scores)[::-1]
    worth = np.zeros(units)
    for prizes, gain in (
        (prizes_of(excellent, units), REWARD[EXCELLENT] - REWARD[GOOD]),
        (units - prizes_of(qualified, units), REWARD[GOOD] - REWARD[QUALIFIED]),
    ):
        density = density_at_cut(units, prizes)
        if density == 0.0:
            continue
        of_equals = special.ndtri(1.0 - prizes / units)
        away = (0.5 * (ranked[prizes - 1] + ranked[prizes]) - scores) / luck if is_graded else of_equals
        worth += reward * gain * density / luck * np.exp(0.5 * (of_equals**2 - away**2))
    return np.round(worth, DIGITS)


def worth_of_prevention(
    incidents: NDArray[np.float64], people: NDArray[np.float64], limit: float, reward: float
) -> NDArray[np.float64]:
    """What it is worth to each unit to have all of its mass incidents less likely by the same share, shape (units,).

    A unit with last year's mean expects a Poisson number and is vetoed from the first number on that is above
    ``limit`` per 100,000 ``people``; it then loses the difference between the two best grades.
    """
    threshold = np.floor(limit * people / 100_000) + 1.0
    at_stake = reward * (REWARD[EXCELLENT] - REWARD[GOOD])
    just_below = np.exp(special.xlogy(threshold - 1.0, incidents) - incidents - special.gammaln(threshold))
    return np.round(at_stake * just_below * incidents, DIGITS)
