"""From GCJ-02, the datum of Chinese web maps, to WGS 84.

GCJ-02 adds a published, deterministic shift of some hundred metres to WGS 84 inside China; its formula is public. The
shift is undone by a fixed-point iteration, to far less than a metre.
"""

from __future__ import annotations

import math

_AXIS = 6_378_245.0
"""Semi-major axis of the Krasovsky 1940 ellipsoid, metres."""

_ECCENTRICITY_SQUARED = 0.00669342162296594323


def _north(x: float, y: float) -> float:
    shift = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    shift += (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    shift += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    return shift + (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0


def _east(x: float, y: float) -> float:
    shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    shift += (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    shift += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    return shift + (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0


def to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """GCJ-02 of a place in WGS 84, degrees."""
    north, east = _north(longitude - 105.0, latitude - 35.0), _east(longitude - 105.0, latitude - 35.0)
    radians = math.radians(latitude)
    magic = 1.0 - _ECCENTRICITY_SQUARED * math.sin(radians) ** 2
    meridian = _AXIS * (1.0 - _ECCENTRICITY_SQUARED) / (magic * math.sqrt(magic))
    return (
        latitude + north * 180.0 / (meridian * math.pi),
        longitude + east * 180.0 / (_AXIS / math.sqrt(magic) * math.cos(radians) * math.pi),
    )


def to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    """WGS 84 of a place in GCJ-02, degrees."""
    north, east = latitude, longitude
    for _ in range(5):
        shifted = to_gcj02(north, east)
        north, east = north + latitude - shifted[0], east + longitude - shifted[1]
    return north, east
