"""How a city's census population is distributed over its villages: a stated synthetic rule.

Only city totals are census figures. Below the city everything here is synthetic: assumed weights by setting
and kind of township, and a spread keyed by the village's code. The weights were set so that 52 % of Gansu's
residents live in communities (census 2020: urban share 52.23 %).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.province.province import Setting
from sim.province.spread import Purpose, lognormal

HOUSEHOLD_SIZE = 2.85
"""Persons per household. Assumed: Gansu 2020 about 2.8 to 2.9."""

SMALLEST_VILLAGE = 50
"""Residents every village has at least, where the city's total allows it. Assumed."""

SPREAD = {Setting.VILLAGE: 0.45, Setting.COMMUNITY: 0.50, Setting.OTHER: 0.60}
"""Standard deviation of the logarithm of village sizes around their weight. Assumed."""


class ByTownship(NamedTuple):
    """A number for each kind of township, in the order of ``TownshipKind``."""

    town: float
    subdistrict: float
    other: float


_WEIGHT = {
    Setting.VILLAGE: ByTownship(town=1.00, subdistrict=1.40, other=0.60),
    Setting.COMMUNITY: ByTownship(town=7.15, subdistrict=9.70, other=2.00),
    Setting.OTHER: ByTownship(town=0.25, subdistrict=0.40, other=0.20),  # parks, farms, enterprises, camps
}

WEIGHT = np.array([_WEIGHT[setting] for setting in Setting])
"""Expected size relative to an ordinary village (assumed), by setting and kind of township."""

SEAT_BONUS = 1.3
"""Factor on villages and communities of the county seat's township. Assumed."""

_GRAIN = 65_536  # weights are rounded to integers, so that the division below is exact on every machine


def weights(
    codes: np.ndarray, setting: np.ndarray, township_kind: np.ndarray, in_county_seat: np.ndarray
) -> np.ndarray:
    """Integer weights of villages, int64, positive.

    `weight = WEIGHT[setting, kind of township] · SEAT_BONUS if in the county seat · keyed lognormal`; a
    function of each village alone, hence independent of what else is loaded. All arguments have shape
    (villages,).
    """
    sigma = np.array([SPREAD[each] for each in Setting])[setting]
    relative = WEIGHT[setting, township_kind] * lognormal(codes, Purpose.POPULATION, sigma)
    relative = np.where(in_county_seat & (setting != Setting.OTHER), relative * SEAT_BONUS, relative)
    return np.maximum(np.rint(relative * _GRAIN), 1).astype(np.int64)


def distribute(total: int, shares: np.ndarray) -> np.ndarray:
    """Divide `total` persons over villages by integer weights, summing exactly to it; int64, shape of
    `shares`.

    Every village first gets `SMALLEST_VILLAGE` (or an equal floor where the total is too small), the rest is
    divided in proportion by largest remainders (Hamilton's method), ties to the earlier row.
    """
    floor = min(SMALLEST_VILLAGE, total // len(shares))
    rest = total - floor * len(shares)
    whole = int(shares.sum())
    quotient, remainder = np.divmod(rest * shares, whole)
    left = rest - int(quotient.sum())
    quotient[np.argsort(-remainder, kind="stable")[:left]] += 1
    return quotient + floor


def households(population: np.ndarray) -> np.ndarray:
    """Households of villages, int64: population over `HOUSEHOLD_SIZE`, rounded, at least one."""
    return np.maximum(np.rint(population / HOUSEHOLD_SIZE), 1).astype(np.int64)
