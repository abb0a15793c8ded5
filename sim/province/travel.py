"""How long the way is from a village to each level of government: a stated synthetic rule, hours one way.

No real roads are used. The way is a chain village, township, county seat, city seat, provincial capital,
national capital; each leg is an assumed median times a factor of the city's region type times a lognormal
spread keyed by the code of the place where the leg starts. Within a county the township with the lowest code
is the seat and later ones lie farther out; likewise counties within a city. Hours therefore never fall from
one level to the next.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.province.province import RegionType, Setting
from sim.province.spread import Purpose, lognormal

# All numbers below are assumed.
REGION_FACTOR = {RegionType.CAPITAL: 0.8, RegionType.ETHNIC: 1.3, RegionType.HEXI: 1.0, RegionType.OTHER: 1.0}
"""Factor on the legs within a city: mountains and grassland are slower than the capital's valley."""

VILLAGE_LEG = {Setting.VILLAGE: 0.40, Setting.COMMUNITY: 0.18, Setting.OTHER: 0.45}
"""Hours to the township, by setting."""


class Leg(NamedTuple):
    """Hours to a seat from its own place, the next one and the last one in code order."""

    seat: float
    nearest: float
    farthest: float


TOWNSHIP_LEG = Leg(seat=0.15, nearest=0.40, farthest=1.20)
"""From townships to the county seat."""

COUNTY_LEG = Leg(seat=0.15, nearest=0.60, farthest=2.00)
"""From counties to the city seat."""

CITY_LEG = {RegionType.CAPITAL: 0.3, RegionType.ETHNIC: 2.5, RegionType.HEXI: 4.5, RegionType.OTHER: 3.5}
"""Hours to the provincial capital, by region type."""

NATION_LEG = 8.0
"""Hours from the provincial to the national capital."""

SPREAD_VILLAGE, SPREAD_TOWNSHIP, SPREAD_COUNTY, SPREAD_CITY = 0.30, 0.20, 0.20, 0.25


def outward(rank: np.ndarray, siblings: np.ndarray, leg: Leg) -> np.ndarray:
    """Hours by position in code order: the seat's for rank 0, then evenly from the next to the last."""
    outer = leg.nearest + (leg.farthest - leg.nearest) * (rank - 1) / np.maximum(siblings - 2, 1)
    return np.where(rank == 0, leg.seat, outer)


def region_factor(region_type: np.ndarray) -> np.ndarray:
    """`REGION_FACTOR` of each place, float64."""
    return np.array([REGION_FACTOR[each] for each in RegionType])[region_type]


def village_leg(codes: np.ndarray, setting: np.ndarray, region_type: np.ndarray) -> np.ndarray:
    """Hours from villages to their township; all shape (villages,)."""
    median = np.array([VILLAGE_LEG[each] for each in Setting])[setting]
    return median * region_factor(region_type) * lognormal(codes, Purpose.HOURS_TOWNSHIP, SPREAD_VILLAGE)


def township_leg(codes: np.ndarray, rank: np.ndarray, siblings: np.ndarray, region_type: np.ndarray) -> np.ndarray:
    """Hours from townships to their county seat; all shape (townships,), `rank` 0 is the first code."""
    median = outward(rank, siblings, TOWNSHIP_LEG)
    return median * region_factor(region_type) * lognormal(codes, Purpose.HOURS_COUNTY, SPREAD_TOWNSHIP)


def county_leg(
    codes: np.ndarray,
    rank: np.ndarray,
    siblings: np.ndarray,
    region_type: np.ndarray,
    has_county_tier: np.ndarray,
) -> np.ndarray:
    """Hours from counties to their city seat, 0 where the county stands for the city; shape (counties,)."""
    median = outward(rank, siblings, COUNTY_LEG)
    hours = median * region_factor(region_type) * lognormal(codes, Purpose.HOURS_CITY, SPREAD_COUNTY)
    return np.where(has_county_tier, hours, 0.0)


def city_leg(codes: np.ndarray, region_type: np.ndarray) -> np.ndarray:
    """Hours from cities to the provincial capital; shape (cities,)."""
    median = np.array([CITY_LEG[each] for each in RegionType])[region_type]
    return median * lognormal(codes, Purpose.HOURS_PROVINCE, SPREAD_CITY)
