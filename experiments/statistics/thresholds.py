"""What a measure must reach: the conditions of searches and of robustness studies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic.dataclasses import dataclass

from experiments.statistics.intervals import difference
from sim.errors import InputError
from sim.measures import MEASURES
from sim.parameters import STRICT

SUCCESS_GAP = "success_gap"
"""What is recorded as successful mediation less what holds: the honesty of a record."""


@dataclass(config=STRICT)
class Threshold:
    """At least, at most, no worse than under the reference policy, or better than under it by at least so much (0.03 of
    a share: 3 points); several may be asked for together."""

    at_least: float | None = None
    at_most: float | None = None
    no_worse_than_reference: bool = False
    better_by: float | None = None

    def __post_init__(self) -> None:
        if self.at_least is self.at_most is self.better_by is None and not self.no_worse_than_reference:
            raise InputError(
                "a threshold asks for nothing: give at_least, at_most, no_worse_than_reference or better_by"
            )
        if self.better_by is not None and not self.better_by > 0:
            raise InputError(f"better_by={self.better_by} of a threshold has to be above 0")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise InputError(f"at_least={self.at_least} and at_most={self.at_most} of a threshold exclude each other")

    def missed_by(
        self, values: NDArray[np.float64], reference: NDArray[np.float64], better: str
    ) -> NDArray[np.float64]:
        """By how much values miss the threshold (0 or less: met), NaN where a value that it needs is missing.

        ``reference`` are the reference policy's values in the same worlds, of a shape that broadcasts to that of
        ``values``; ``better`` is ``down`` or ``up``.
        """
        missed = np.where(np.isfinite(values), -np.inf, np.nan)
        if self.at_least is not None:
            missed = np.maximum(missed, difference(self.at_least, values))
        if self.at_most is not None:
            missed = np.maximum(missed, difference(values, self.at_most))
        if self.is_of_reference:
            worse, than = (values, reference) if better == "down" else (reference, values)
            missed = np.maximum(missed, difference(worse + (self.better_by or 0.0), than))
        return missed

    @property
    def is_of_reference(self) -> bool:
        """Whether anything is asked against the reference."""
        return self.no_worse_than_reference or self.better_by is not None


def thresholds_as_dict(thresholds: Mapping[str, Threshold]) -> dict[str, dict[str, Any]]:
    """Thresholds by measure, as they stand in a resolved study."""
    return {measure: asdict(each) for measure, each in thresholds.items()}


def better_of(measure: str) -> str:
    """Direction in which a measure is better; the nearer to the target and to the truth, the better."""
    return "down" if measure in ("distance_to_target", SUCCESS_GAP) else MEASURES[measure].better


def check_directions(thresholds: Mapping[str, Threshold], key: str) -> None:
    """Raises ``InputError`` where a measure without a better direction is held against the reference."""
    for measure, each in thresholds.items():
        if each.is_of_reference and better_of(measure) == "none":
            raise InputError(f"{key}.{measure}: neither more nor less of it is better; give at_least or at_most")
