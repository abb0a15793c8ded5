"""What the configuration of a calibration must look like: what is fitted, what is varied, and what must hold."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Count, Name, StudyConfig
from experiments.studies.calibrate.scale import Scale
from sim.parameters import STRICT

Bound = Annotated[float, Field(ge=-1e9, le=1e9)]
Positive = Annotated[float, Field(gt=0, le=1e9)]

FITTED_MAX = 22
"""Knobs at most: some twenty published figures bear on the model."""


@dataclass(config=STRICT)
class FittedChoice:
    """One knob and the figure that it is to give.

    ``figure`` is a pattern (``pyramid patterns``) or a measure before the reform. A member's aim is drawn evenly on the
    scale from ``low`` to ``high`` (the reported range without them) and half the ``tolerance`` beyond (the pattern's
    without one), and met within half the tolerance. Of an aim that is drawn from a range of ours ``tolerance`` is a
    share of the aim. ``step`` is by how much the knob is moved to see what it does, several times what chance does;
    ``along`` are uncertainties that move as much as the knob.
    """

    figure: str = ""
    low: Bound | None = None
    high: Bound | None = None
    tolerance: Positive | None = None
    scale: Scale = Scale.plain
    step: Positive = 0.1
    along: list[str] = field(default_factory=list)


@dataclass(config=STRICT)
class VariedChoice:
    """What is drawn for every member before anything is fitted: evenly from ``low`` to ``high`` (on a logarithmic scale
    with ``scale: log``), or one of ``values``, of which one that stands twice is drawn twice as often."""

    low: Bound | None = None
    high: Bound | None = None
    scale: Scale = Scale.plain
    values: list[str] = field(default_factory=list)


@dataclass(config=STRICT)
class CheckChoice:
    """A pattern or a measure before the reform that must lie within bounds, whatever the knobs do for it."""

    low: Bound | None = None
    high: Bound | None = None


@dataclass(config=STRICT)
class CalibrationChoice:
    """What is fitted, varied and checked, and how hard.

    Keys of ``fitted`` (knobs) and of ``varied`` are uncertainties or levers of the status quo
    (``status_quo.petition.registration_county``), those of ``checks`` patterns or measures; ``null`` takes
    out what a study has that this one builds on. All else is fixed.
    ``held_out`` are patterns that this calibration predicts though another one may fit them; ``corners`` two values
    each of some columns or figures, whose combinations tell how far members reach. Candidates are solved in
    ``training_places`` (all places without any), with what the default behaviour gives there less than in the whole
    province added, ``batch`` at a time, in at most ``steps`` moves, and then run in all places, at most ``tries``
    times with a move between them, until ``members`` are accepted or ``candidates`` tried.
    """

    name: Name = "calibration"
    question: dict[str, str] = field(default_factory=dict)
    fitted: dict[str, FittedChoice | None] = field(default_factory=dict)
    varied: dict[str, VariedChoice | None] = field(default_factory=dict)
    checks: dict[str, CheckChoice | None] = field(default_factory=dict)
    held_out: list[str] = field(default_factory=list)
    corners: dict[str, Any] = field(default_factory=dict)
    training_places: list[int] = field(default_factory=list)
    steps: Annotated[int, Field(ge=1, le=20)] = 5
    tries: Annotated[int, Field(ge=1, le=20)] = 3
    batch: Annotated[int, Field(ge=1, le=1000)] = 20
    members: Annotated[int, Field(ge=1, le=10_000)] = 200
    candidates: Annotated[int, Field(ge=1, le=100_000)] = 500


@dataclass(config=STRICT)
class CalibrateConfig(StudyConfig):
    """``pyramid calibrate``: behaviours of one scenario against reported figures; ``replicates`` are seeds a trial."""

    study: CalibrationChoice = field(default_factory=CalibrationChoice)
    replicates: Count = 1
