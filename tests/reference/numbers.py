"""Bounds, rounding, and the single precision that records keep some numbers in (ODD 7.1)."""

from __future__ import annotations

import math

import numpy as np


def single(number: float) -> float:
    """The number as it comes back from a field of single precision."""
    return float(np.float32(number))


def within(number: float, low: float, high: float) -> float:
    """The number held between two bounds."""
    return min(max(number, low), high)


def rounded(number: float) -> int:
    """Rounded half up."""
    return math.floor(number + 0.5)
