"""Kinds of townships, of villages and of land."""

from __future__ import annotations

from enum import IntEnum


class Terrain(IntEnum):
    """What the land around a seat is like; a factor of travel."""

    PLAIN = 0
    HILLS = 1
    MOUNTAINS = 2


class TownshipKind(IntEnum):
    """Kind of a township-level unit, read from digits 7 to 9 of its code.

    National Bureau of Statistics, rules of the division codes: 001-099 sub-districts, 100-399 towns and
    townships, 400 and above units like a township (development zones, farms, mines, enterprises).
    """

    TOWN = 0
    SUBDISTRICT = 1
    OTHER = 2


class Setting(IntEnum):
    """Setting of a village-level unit: village committee, urban community, or other (park, farm, camp)."""

    VILLAGE = 0
    COMMUNITY = 1
    OTHER = 2
