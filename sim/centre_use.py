"""How a working centre becomes known, month by month, and how many come to it for advice.

Bass (1969), "A new product growth for model consumer durables", Management Science 15, with forgetting: the share A
grows by (p + q A)(1 − A) − δ A a year.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.behaviour import CentreUse
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.ledger import CENTRE_LEVELS, MONTHLY_FIGURES
from sim.phases.arise import DAYS_A_YEAR

MONTHS = 12

MOST_ADVISED = 0.9
"""Of its mediators' time, what advice takes at a centre at most (assumed)."""

SERVED, RECEIVED, ADVICE = (
    MONTHLY_FIGURES.index(f"{figure}_township") for figure in ("served", "received", "advice_minutes")
)


def spread_word(known: NDArray[np.float64], use: CentreUse) -> NDArray[np.float64]:
    """Shares of residents who know their centres a month later; shape as given."""
    learning = (use.known_by_themselves + use.known_by_talk * known) * (1.0 - known)
    return known + (learning - use.known_forgotten * known) / MONTHS


def book_advice(monthly: NDArray, centres: NDArray, use: CentreUse, seed: int, month: int) -> NDArray[np.float64]:
    """Books a month's visits for advice to a city's centres that work, and whom these serve.

    ``monthly``: the ledger's figures of the city's counties in this month, shape (counties, figures). Visits for
    matters come on top, as they are taken into work. Gives the share of its mediators' time that advice takes at
    each centre this month, shape (centres,).
    """
    is_working = centres["is_working"] == 1
    working = centres[is_working]
    means = use.advice / 1000.0 / MONTHS * working["known"] * working["population"]
    came = _advised(working["code"], means, seed, int(Purpose.ADVICE), month)
    county = working["county"] - centres["county"].min()
    for level in range(len(CENTRE_LEVELS)):
        mine = working["level"] == level
        visits = np.bincount(county[mine], came[mine], len(monthly))
        monthly[:, SERVED + level] = np.bincount(county[mine], working["population"][mine], len(monthly))
        monthly[:, RECEIVED + level] = visits
        monthly[:, ADVICE + level] = visits * use.advice_minutes
    advised, there = np.zeros(len(centres)), np.maximum(1, working["minutes"]) * (DAYS_A_YEAR / MONTHS)
    advised[is_working] = np.minimum(MOST_ADVISED, came * use.advice_minutes / there)
    return advised


@compiled_once
def _advised(codes: NDArray, means: NDArray, seed: int, purpose: int, month: int) -> NDArray[np.float64]:
    came = np.empty(len(codes))
    for n in range(len(codes)):
        a, b, _, _ = chance.quad(seed, purpose, codes[n], month)
        came[n] = chance.poisson_of_any_mean(means[n], a, b)
    return came
