"""The lines of a user's GeoJSON, to be drawn behind the dots of a map; the toolkit itself has no boundaries."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from experiments.results.checks import damage_of
from sim.errors import InputError
from sim.vocabulary import shown

LARGEST = 30_000_000
"""Bytes of a file; the boundaries of all counties of China in full detail have about as many."""

LINES = {"LineString": 0, "Polygon": 1, "MultiLineString": 1, "MultiPolygon": 2}
"""Lists around the lines of a geometry, by its type."""

COLLECTIONS = {"FeatureCollection": ("features", "feature"), "GeometryCollection": ("geometries", "geometry")}
"""Lists of parts, and what a part is called, by the type of a collection."""

DEEPEST = 20
"""Collections within each other."""

DECIMALS = 4
"""Of degrees: some ten metres."""


@dataclass(frozen=True, eq=False)
class Outline:
    """Lines by longitude and latitude (degrees, WGS 84), each of shape (points, 2), and the file they come from.

    ``sha256`` is that of the file.
    """

    name: str
    sha256: str
    lines: tuple[NDArray[np.float64], ...]

    def as_dict(self) -> dict[str, str]:
        """What results keep of it."""
        return {"name": self.name, "sha256": self.sha256}

    def check_near(self, seats: Sequence[tuple[float, float]]) -> None:
        """Raises ``InputError`` where none of some seats (latitude, longitude) lies within the lines' frame."""
        low, high = (
            np.array([end(line, axis=0) for line in self.lines]).T for end in (np.min, np.max)
        )  # each (2, lines): longitudes, then latitudes
        west, south, east, north = low[0].min(), low[1].min(), high[0].max(), high[1].max()
        if seats and not any(south <= latitude <= north and west <= longitude <= east for latitude, longitude in seats):
            latitude, longitude = seats[0]
            turned = west <= latitude <= east and south <= longitude <= north
            hint = "; GeoJSON has the longitude first" if turned else ""
            raise InputError(
                f"map={self.name}: none of the places lies in it: it reaches from {west:.1f} to {east:.1f} degrees of "
                f"longitude and from {south:.1f} to {north:.1f} of latitude, and the first place is at "
                f"{longitude:.1f}, {latitude:.1f}{hint}"
            )


def read_outline(file: str | Path) -> Outline:
    """The polygons and lines of a GeoJSON file; its points are left out.

    Raises ``InputError`` for a file that cannot be read, is too large or no GeoJSON, has no lines, or has coordinates
    that are no degrees.
    """
    path = Path(file).expanduser()
    content = _content(path)
    with damage_of(path):
        lines = tuple(_lines(json.loads(content.decode("utf-8-sig"), parse_constant=_no_number), "", 0))
        if not lines:
            raise InputError("it has no Polygon, MultiPolygon, LineString or MultiLineString to draw")
    return Outline(path.name, hashlib.sha256(content).hexdigest(), lines)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise InputError(f"map={path} is no file: give a GeoJSON file, such as map=boundaries.geojson")
        if (size := path.stat().st_size) > LARGEST:
            raise InputError(f"map={path} has {size:,} bytes, at most {LARGEST:,} are read: simplify its lines")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(
            f"map={shown(str(path))} cannot be read: {getattr(error, 'strerror', None) or error}"
        ) from None


def _no_number(text: str) -> NoReturn:
    raise InputError(f"{text} is no number")


def _lines(value: Any, where: str, depth: int) -> Iterator[NDArray[np.float64]]:
    if not isinstance(value, dict) or depth > DEEPEST:
        raise InputError(f"{where or 'the file'} is no GeoJSON object")
    kind = value.get("type")
    within = f"{where}, " if where else ""
    if kind in COLLECTIONS:
        key, name = COLLECTIONS[kind]
        parts = value.get(key)
        if not isinstance(parts, list):
            raise InputError(f"{where or 'the file'} has no list {key}")
        for number, part in enumerate(parts, 1):
            yield from _lines(part, f"{within}{name} {number}", depth + 1)
    elif kind == "Feature":
        if value.get("geometry") is not None:
            yield from _lines(value["geometry"], where, depth + 1)
    elif kind in LINES:
        yield from _rings(value.get("coordinates"), LINES[kind], f"{within}{kind}")
    elif kind not in ("Point", "MultiPoint"):
        raise InputError(f"{where or 'the file'}: type={shown(kind)} is none of GeoJSON's")


def _rings(coordinates: Any, lists: int, where: str) -> Iterator[NDArray[np.float64]]:
    if not isinstance(coordinates, list):
        raise InputError(f"{where}: coordinates={shown(coordinates)} must be a list")
    if lists:
        for each in coordinates:
            yield from _rings(each, lists - 1, where)
        return
    points = [_position(each, where) for each in coordinates]
    if len(points) > 1:
        yield np.array(points)


def _position(position: Any, where: str) -> tuple[float, float]:
    is_pair = isinstance(position, list) and len(position) >= 2
    if not is_pair or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in position[:2]):
        raise InputError(f"{where}: {shown(position)} is no position: it must be [longitude, latitude]")
    longitude, latitude = position[:2]
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise InputError(
            f"{where}: [{longitude:g}, {latitude:g}] is no longitude from −180 to 180 with a latitude from −90 to 90: "
            "save the file in degrees (WGS 84, EPSG:4326), the longitude first"
        )
    return round(float(longitude), DECIMALS), round(float(latitude), DECIMALS)
