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

MONTHS = 12

SERVED, RECEIVED, ADVICE = (
    MONTHLY_FIGURES.index(f"{figure}_township") for figure in ("served", "received", "advice_minutes")
)


def spread_word(known: NDArray[np.float64], use: CentreUse) -> NDArray[np.float64]:
    """Shares of residents who know their centres a month later; shape as given."""
    learning = (use.known_by_themselves + use.known_by_talk * known) * (1.0 - known)
    return known + (learning - use.known_forgotten * known) / MONTHS


def book_advice(monthly: NDArray, centres: NDArray, use: CentreUse, seed: int, month: int) -> None:
    """Books a month's visits for advice to a city's centres that work, and whom these serve.

    ``monthly``: the ledger's figures of the city's counties in this month, shape (counties, figures). Visits for
    matters come on top, as they are taken into work.
    """
    working = centres[centres["is_working"] == 1]
    means = use.advice / 1000.0 / MONTHS * working["known"] * working["population"]
    came = _advised(working["code"], means, seed, int(Purpose.ADVICE), month)
    county = working["county"] - centres["county"].min()
    for level in range(len(CENTRE_LEVELS)):
        mine = working["level"] == level
        visits = np.bincount(county[mine], came[mine], len(monthly))
        monthly[:, SERVED + level] = np.bincount(county[mine], working["population"][mine], len(monthly))
        monthly[:, RECEIVED + level] = visits
        monthly[:, ADVICE + level] = visits * use.advice_minutes


@compiled_once
def _advised(codes: NDArray, means: NDArray, seed: int, purpose: int, month: int) -> NDArray[np.float64]:
    came = np.empty(len(codes))
    for n in range(len(codes)):
        a, b, _, _ = chance.quad(seed, purpose, codes[n], month)
        came[n] = chance.poisson_of_any_mean(means[n], a, b)
    return came
