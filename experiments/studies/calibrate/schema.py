"""What the configuration of a calibration must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Count, Name, StudyConfig
from experiments.studies.calibrate.targets import Scale
from sim.parameters import STRICT

Error = Annotated[float, Field(ge=0, le=1e6)]


@dataclass(config=STRICT)
class TargetChoice:
    """How far off a pattern may be: standard deviations of the report's error and of the model's, in its own unit."""

    observation: Error = 0.0
    discrepancy: Error = 0.0
    scale: Scale = Scale.plain


@dataclass(config=STRICT)
class LimitChoice:
    """A measure before the reform that must stay below something, ours and assumed: offices have to work."""

    at_most: Annotated[float, Field(ge=-1e9, le=1e9)] = 0.0
    error: Annotated[float, Field(gt=0, le=1e6)] = 1.0


@dataclass(config=STRICT)
class CalibrationChoice:
    """What is matched, over what, and how hard.

    ``uncertainties`` are names or patterns; the prior is uniform over the part of their declared ranges that lies
    within ``around_default`` of a range's width from the default (1: all of it). ``targets`` and ``held_out`` are
    patterns by name (``pyramid patterns``); what is held out is predicted and never fitted. Waves of ``trials`` are
    simulated in ``training_places``, one list a wave, the last for all later ones (all places if there is none); what
    the default behaviour gives there less than in the whole province is added to their figures. Candidates are then
    simulated in all places until ``members`` are accepted, at most ``candidates_max``. ``cut`` is the largest
    implausibility that is not ruled out.
    """

    name: Name = "calibration"
    question: dict[str, str] = field(default_factory=dict)
    uncertainties: list[str] = field(default_factory=list)
    targets: dict[str, TargetChoice] = field(default_factory=dict)
    held_out: dict[str, TargetChoice] = field(default_factory=dict)
    limits: dict[str, LimitChoice] = field(default_factory=dict)
    around_default: Annotated[float, Field(gt=0, le=1)] = 1.0
    training_places: list[list[int]] = field(default_factory=list)
    trials: Annotated[int, Field(ge=10, le=10_000)] = 250
    waves: Annotated[int, Field(ge=1, le=20)] = 4
    members: Annotated[int, Field(ge=1, le=10_000)] = 100
    candidates_max: Annotated[int, Field(ge=1, le=100_000)] = 400
    cut: Annotated[float, Field(gt=0, le=10)] = 3.0


@dataclass(config=STRICT)
class CalibrateConfig(StudyConfig):
    """``pyramid calibrate``: behaviours of one scenario against reported patterns; ``replicates`` are seeds a trial."""

    study: CalibrationChoice = field(default_factory=CalibrationChoice)
    replicates: Count = 2
