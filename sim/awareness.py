"""How a working centre becomes known, month by month: the share of residents who know it.

Bass (1969), "A new product growth for model consumer durables", Management Science 15, with forgetting: the share A
grows by (p + q A)(1 − A) − δ A a year.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.behaviour import CentreUse

MONTHS = 12


def spread_word(known: NDArray[np.float64], use: CentreUse) -> NDArray[np.float64]:
    """Shares of residents who know their centres a month later; shape as given."""
    learning = (use.known_by_themselves + use.known_by_talk * known) * (1.0 - known)
    return known + (learning - use.known_forgotten * known) / MONTHS
