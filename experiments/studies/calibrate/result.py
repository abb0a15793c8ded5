"""What came of a calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.studies.calibrate.plan import Calibration
from experiments.studies.calibrate.targets import Target
from experiments.studies.calibrate.waves import Matched


@dataclass(frozen=True)
class Member:
    """An accepted behaviour: its point of the cube, its figures (means over seeds), its implausibility."""

    point: NDArray[np.float64]
    figures: NDArray[np.float64]
    implausibility: float


@dataclass(frozen=True)
class Calibrated:
    """What came of a calibration.

    Attributes:
        matched: the waves.
        seen: targets that the waves were matched to: those that their places show.
        members: accepted in all places, as many as were asked for.
        accepted: how many were, those beyond them included.
        tried: candidates simulated in all places.
        default: figures of the default behaviour in all places, and its implausibility for every target.
        known: replicates of it that have a value, by figure; without all of them it is infinitely implausible.
    """

    plan: Calibration
    matched: Matched
    seen: tuple[Target, ...]
    members: tuple[Member, ...]
    accepted: int
    tried: int
    default: tuple[NDArray[np.float64], NDArray[np.float64]]
    known: Sequence[int]
