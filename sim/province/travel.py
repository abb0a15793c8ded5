"""How long the way is from a village to each level of government: hours one way.

The way is a chain village, township, county seat, city seat, provincial capital, national capital, so hours never fall
from one level to the next. A leg is what a table says (``hours``); where two ends have coordinates it is the great
circle times a detour over a speed, both by terrain; where they have none, a stated synthetic rule: an assumed median
by position in code order times a spread keyed by the code of the place where the leg starts. No roads are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np

from sim.province.kinds import Setting, Terrain
from sim.province.spread import Purpose, lognormal, uniform

EARTH_RADIUS = 6371.0088
"""Mean radius, km (IUGG)."""


@dataclass(frozen=True)
class Travel:
    """What hours are computed with; a triple holds the value of plain, hills and mountains. All assumed.

    Attributes:
        detour: length of the way over the great circle.
        local_speed: km/h between village, township and county seat.
        regional_speed: km/h between county seat and city seat.
        long_speed: km/h between city seat and provincial capital.
        rail_speed: km/h between provincial and national capital.
        access: hours that every leg between two seats takes besides.
    """

    detour: tuple[float, float, float] = (1.25, 1.35, 1.50)
    local_speed: tuple[float, float, float] = (40.0, 32.0, 25.0)
    regional_speed: tuple[float, float, float] = (60.0, 50.0, 40.0)
    long_speed: tuple[float, float, float] = (95.0, 85.0, 75.0)
    rail_speed: float = 200.0
    access: float = 0.15

    RANGES: ClassVar[dict[str, tuple[float, float]]] = {
        "detour": (1.0, 5.0),
        "local_speed": (1.0, 200.0),
        "regional_speed": (1.0, 200.0),
        "long_speed": (1.0, 400.0),
        "rail_speed": (1.0, 400.0),
        "access": (0.0, 10.0),
    }


TERRAIN_FACTOR = {Terrain.PLAIN: 0.8, Terrain.HILLS: 1.0, Terrain.MOUNTAINS: 1.3}
"""Factor on synthetic legs within a city. Assumed."""

VILLAGE_LEG = {Setting.VILLAGE: 0.40, Setting.COMMUNITY: 0.18, Setting.OTHER: 0.45}
"""Hours to the township, by setting. Assumed."""


class Leg(NamedTuple):
    """Hours to a seat from its own place, the next one and the last one in code order."""

    seat: float
    nearest: float
    farthest: float


TOWNSHIP_LEG = Leg(seat=0.15, nearest=0.40, farthest=1.20)
"""From townships to the county seat. Assumed."""

COUNTY_LEG = Leg(seat=0.15, nearest=0.60, farthest=2.00)
"""From counties to the city seat. Assumed."""

CITY_LEG = Leg(seat=0.3, nearest=2.5, farthest=4.5)
"""From cities to the provincial capital, whose city comes first. Assumed."""

SPREAD_VILLAGE, SPREAD_TOWNSHIP, SPREAD_COUNTY, SPREAD_CITY = 0.30, 0.20, 0.20, 0.25

LEAST_RADIUS, LARGEST_RADIUS = 3.0, 60.0
"""Kilometres of a county's radius, which is half the way to the nearest other county seat, held between these."""


def kilometres(
    latitude: np.ndarray, longitude: np.ndarray, other_latitude: np.ndarray, other_longitude: np.ndarray
) -> np.ndarray:
    """Great-circle distance by the haversine formula; degrees, any shapes that broadcast."""
    one, other = np.radians(latitude), np.radians(other_latitude)
    half_north, half_east = (one - other) / 2, np.radians(longitude - np.asarray(other_longitude)) / 2
    h = np.sin(half_north) ** 2 + np.cos(one) * np.cos(other) * np.sin(half_east) ** 2
    return 2 * EARTH_RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(h)))


def hours_between(
    distance: np.ndarray, speed: tuple[float, float, float], terrain: np.ndarray, travel: Travel
) -> np.ndarray:
    """Hours for great-circle kilometres at a speed by terrain: access and the way."""
    return travel.access + distance * np.array(travel.detour)[terrain] / np.array(speed)[terrain]


def outward(rank: np.ndarray, siblings: np.ndarray, leg: Leg) -> np.ndarray:
    """Hours by position in code order: the seat's for rank 0, then evenly from the next to the last."""
    outer = leg.nearest + (leg.farthest - leg.nearest) * (rank - 1) / np.maximum(siblings - 2, 1)
    return np.where(rank == 0, leg.seat, outer)


def terrain_factor(terrain: np.ndarray) -> np.ndarray:
    """`TERRAIN_FACTOR` of each place, float64."""
    return np.array([TERRAIN_FACTOR[each] for each in Terrain])[terrain]


def synthetic_village_leg(codes: np.ndarray, setting: np.ndarray, terrain: np.ndarray) -> np.ndarray:
    """Hours from villages to their township; all shape (villages,)."""
    median = np.array([VILLAGE_LEG[each] for each in Setting])[setting]
    return median * terrain_factor(terrain) * lognormal(codes, Purpose.HOURS_TOWNSHIP, SPREAD_VILLAGE)


def synthetic_leg(
    codes: np.ndarray,
    rank: np.ndarray,
    siblings: np.ndarray,
    terrain: np.ndarray,
    leg: Leg,
    purpose: Purpose,
    spread: float,
) -> np.ndarray:
    """Hours from places to the seat above them by position in code order; rank 0 is the first code."""
    return outward(rank, siblings, leg) * terrain_factor(terrain) * lognormal(codes, purpose, spread)


def radii(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Kilometres of counties' radii, shape (counties,): half the way to the nearest other seat; NaN without one."""
    radius = np.full(len(latitude), np.nan)
    for row in np.flatnonzero(~np.isnan(latitude)):
        distance = kilometres(latitude[row], longitude[row], latitude, longitude)
        distance[row] = np.nan
        apart = distance[distance > 0.5]
        nearest = apart.min() if len(apart) else 2 * LEAST_RADIUS
        radius[row] = min(max(0.5 * nearest, LEAST_RADIUS), LARGEST_RADIUS)
    return radius


def within_disc(codes: np.ndarray, purpose: Purpose, radius: np.ndarray) -> np.ndarray:
    """Kilometres from the middle of places that lie anywhere in a disc, keyed by code: R √u."""
    return radius * np.sqrt(uniform(codes, purpose))
