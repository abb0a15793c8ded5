"""A spread that belongs to a place: the same code always gets the same value, whatever else is loaded."""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What a spread is for; values are part of the published province and never change."""

    POPULATION = 1
    HOURS_TOWNSHIP = 2
    HOURS_COUNTY = 3
    HOURS_CITY = 4
    HOURS_PROVINCE = 5
    PLACE_OF_TOWNSHIP = 6
    PLACE_OF_VILLAGE = 7


def splitmix64(values: np.ndarray) -> np.ndarray:
    """Output of the SplitMix64 generator for each state of `values` (uint64, any shape).

    Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators"; constants of Vigna's reference
    code.
    """
    with np.errstate(over="ignore"):
        z = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def near_normal(codes: np.ndarray, purpose: Purpose) -> np.ndarray:
    """Draws of mean 0 and variance 1 keyed by place code, float64, bounded by ±2√3.

    Sum of four uniforms from the four 16-bit parts of one hash (Irwin-Hall): close to normal, computed
    without any transcendental function, hence the same on every machine; bounded, hence no village of absurd
    size or distance.
    """
    bits = splitmix64(splitmix64(codes.astype(np.uint64)) ^ np.uint64(purpose))
    parts = sum(((bits >> np.uint64(shift)) & np.uint64(0xFFFF)).astype(np.float64) for shift in (0, 16, 32, 48))
    # Each part is uniform on 0 .. 65535; + 4 · ½ centres the four at 2 · 65536. The sum's variance is 4 / 12.
    return ((parts + 2.0) / 65536.0 - 2.0) * np.sqrt(3.0)


def lognormal(codes: np.ndarray, purpose: Purpose, sigma: float | np.ndarray) -> np.ndarray:
    """Factors of mean about 1 keyed by place code, float64; median `exp(−σ²/2)`; `sigma` per code or one."""
    return np.exp(sigma * near_normal(codes, purpose) - 0.5 * np.square(sigma))


def uniform(codes: np.ndarray, purpose: Purpose) -> np.ndarray:
    """Draws between 0 and 1 keyed by place code, float64."""
    bits = splitmix64(splitmix64(codes.astype(np.uint64)) ^ np.uint64(purpose))
    return ((bits >> np.uint64(11)).astype(np.float64) + 0.5) / 2.0**53
