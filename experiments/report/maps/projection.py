"""From degrees to kilometres on a sheet: equirectangular, true to scale along the middle parallel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

KILOMETRES = 111.195
"""Of a degree of a great circle, at the mean radius of the Earth (6,371 km)."""

LEAST = 5.0
"""Kilometres that a view has at least on each side of its middle."""


@dataclass(frozen=True)
class Projection:
    """The sheet around a middle (degrees): x to the east and y to the north, in kilometres."""

    latitude: float
    longitude: float

    @staticmethod
    def of(latitudes: Sequence[float], longitudes: Sequence[float]) -> Projection:
        """The sheet whose middle is that of some places."""
        return Projection(
            (min(latitudes) + max(latitudes)) / 2,
            (min(longitudes) + max(longitudes)) / 2,
        )

    def points(self, longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.float64]:
        """Points on the sheet, shape (n, 2), of longitudes and latitudes in degrees, shapes (n,)."""
        east = (np.asarray(longitude, float) - self.longitude) * math.cos(math.radians(self.latitude))
        return KILOMETRES * np.column_stack([east, np.asarray(latitude, float) - self.latitude])


@dataclass(frozen=True)
class View:
    """The part of a sheet that a map shows, in kilometres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """From west to east."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """From south to north."""
        return self.north - self.south

    @staticmethod
    def around(dots: NDArray[np.float64], lines: Sequence[NDArray[np.float64]], proportion: float) -> View:
        """What holds all dots and, as far as there is room, the lines around one of them.

        Args:
            dots: shape (n, 2).
            lines: each of shape (points, 2); a view reaches out to them by half of the dots' own extent at most.
            proportion: width over height; a view that is narrower is made as wide, one that is lower as high.
        """
        low, high = dots.min(axis=0), dots.max(axis=0)
        extent = np.maximum(high - low, 2 * LEAST)
        margin = 0.09 * extent.max()
        middle, half = (low + high) / 2, np.maximum(high - low, 2 * LEAST) / 2
        least, most = middle - half - margin, middle + half + margin
        for line in lines:
            near, far = line.min(axis=0), line.max(axis=0)
            if ((near <= dots) & (dots <= far)).all(axis=1).any():
                least = np.minimum(least, np.maximum(near, low - extent / 2))
                most = np.maximum(most, np.minimum(far, high + extent / 2))
        middle, size = (least + most) / 2, most - least
        width = max(size[0], size[1] * proportion)
        reach = np.array([width, width / proportion]) / 2
        (west, south), (east, north) = middle - reach, middle + reach
        return View(float(west), float(south), float(east), float(north))


def bar_length(width: float) -> float:
    """Kilometres of a scale bar for a map of some width: the longest of 1, 2, 5, 10, … up to a quarter of it."""
    power = 10.0 ** math.floor(math.log10(width / 4))
    return max(step * power for step in (1, 2, 5) if step * power <= width / 4)


def thinned(line: NDArray[np.float64], tolerance: float) -> NDArray[np.float64]:
    """A line, shape (points, 2), without points that are nearer than a tolerance to the one kept before; ends stay."""
    kept = [0]
    for row in range(1, len(line) - 1):
        if float(np.abs(line[row] - line[kept[-1]]).max()) >= tolerance:
            kept.append(row)
    return line[[*kept, len(line) - 1]]
