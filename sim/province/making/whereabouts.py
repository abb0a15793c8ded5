"""Where seats are, and what the land around them is like."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.province.kinds import Terrain
from sim.province.making.sources import Sources, Town, stem
from sim.province.travel import kilometres

FAR_FROM_SEAT = 120.0
"""A township is never farther from its county's seat, km."""

FAR_FROM_CITY = 400.0
"""A county's seat is never farther from its city's, km."""

AROUND = 50.0
"""Kilometres around a seat whose towns tell the terrain; twice as far where there are fewer than ``ENOUGH``."""

ENOUGH = 4

RELIEF = (60.0, 200.0)
"""Standard deviations of towns' elevations, metres, from which land is hills and mountains. Assumed."""

HIGH = 3000.0
"""Metres above which land of unknown relief is taken for mountains."""


@dataclass(frozen=True)
class Place:
    """A seat: degrees of WGS 84, elevation in metres, NaN where unknown; terrain by name."""

    latitude: float
    longitude: float
    elevation: float
    terrain: str


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle kilometres."""
    return float(kilometres(*(np.array(each) for each in (*one, *other))))


def nearest(sources: Sources, name: str, seat: tuple[float, float], far: float) -> Town | None:
    """The nearest town of that name within some kilometres of a seat; by the full name, else by its stem."""
    for spelling in (name, stem(name)):
        if len(spelling) < 2:
            continue
        towns = sources.towns.get(spelling, [])
        near = [(distance(seat, (town.latitude, town.longitude)), town) for town in towns]
        within = [each for each in near if each[0] <= far]
        if within:
            return min(within)[1]
    return None


def surroundings(sources: Sources, seat: tuple[float, float]) -> tuple[float, str]:
    """Elevation of the town nearest to a seat, and the terrain around it."""
    towns = sources.all_towns
    away = kilometres(towns[:, 0], towns[:, 1], np.array(seat[0]), np.array(seat[1]))
    known = ~np.isnan(towns[:, 2])
    elevation = float(towns[known, 2][np.argmin(away[known])])
    for radius in (AROUND, 2 * AROUND):
        near = known & (away <= radius)
        if near.sum() >= ENOUGH:
            relief = float(np.std(towns[near, 2]))
            return elevation, Terrain(int(np.searchsorted(RELIEF, relief, side="right"))).name.lower()
    return elevation, (Terrain.MOUNTAINS if elevation >= HIGH else Terrain.HILLS).name.lower()


def seat_of_city(sources: Sources, city: str) -> tuple[float, float] | None:
    """Where a city's government is; ``None`` where no table says."""
    return sources.seats.get(f"{city}00") or sources.seats.get(sources.crosswalk.get(f"{city}01", {}).get("census", ""))


def seat_of_county(
    sources: Sources, code: str, name: str, townships: list[str], near: tuple[float, float]
) -> tuple[float, float]:
    """Where a county's government is.

    By its code, by a code of the census for the same people, by its name among seats of the same city, by its name
    among towns, as the middle of its towns, and else where its city's (``near``) is.
    """
    row = sources.crosswalk.get(code)
    for each in (code, *(row["census"].split("+") if row else ())):
        if each in sources.seats and (name == sources.seat_names.get(each, name) or row or each == code):
            return sources.seats[each]
    same = [
        seat for seat, called in sources.seat_names.items()
        if seat[:4] == code[:4] and not seat.endswith("00") and stem(called) == stem(name)
    ]  # fmt: skip
    if len(same) == 1:
        return sources.seats[same[0]]
    town = nearest(sources, name, near, FAR_FROM_CITY)
    if town is not None:
        return town.latitude, town.longitude
    towns = [each for each in (nearest(sources, name, near, FAR_FROM_SEAT) for name in townships) if each]
    if towns:
        return (
            math.fsum(each.latitude for each in towns) / len(towns),
            math.fsum(each.longitude for each in towns) / len(towns),
        )
    return near
