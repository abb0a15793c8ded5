"""The scales that figures are solved on, so that they are nearly linear in the knobs: plain numbers in and out."""

from __future__ import annotations

import math
from enum import Enum

SMALLEST = 1e-4
"""Shares and rates nearer to an end of their range than this are taken for this."""


class Scale(Enum):
    """The scale of a figure: as it is, its logarithm, ln(1 + change), or the logarithm of a share's odds."""

    plain = "plain"
    log = "log"
    log_change = "log_change"
    logit = "logit"

    def of(self, value: float) -> float:
        """A figure on this scale; what is not a number stays so."""
        if self is Scale.plain or not math.isfinite(value):
            return value
        if self is Scale.logit:
            share = min(max(value, SMALLEST), 1 - SMALLEST)
            return math.log(share / (1 - share))
        return math.log(max(value + (self is Scale.log_change), SMALLEST))

    def back(self, scaled: float) -> float:
        """The figure of a place on this scale."""
        if self is Scale.plain or not math.isfinite(scaled):
            return scaled
        if self is Scale.logit:
            return 1 / (1 + math.exp(-scaled))
        return math.exp(scaled) - (self is Scale.log_change)
