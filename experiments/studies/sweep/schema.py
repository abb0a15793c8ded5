"""What the configuration of a sweep must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import MARGIN, Count, Name, StudyConfig
from experiments.design.sampling import POINTS_MAX, Design
from sim.parameters import STRICT


@dataclass(config=STRICT)
class SweepChoice:
    """What a sweep varies, and what it looks at.

    ``factors`` are sweeps by key, in Hydra's grammar (``experiments.design.factors_of``). ``design`` is a grid (an
    interval in ``steps`` values), or ``size`` points of a Latin hypercube or a Sobol sequence. Points that do not meet
    the ``constraints`` are left out. ``reference`` is a policy after the reform, or ``before``, the point's own before
    it: every point is compared with it under the same people, stress and seeds. ``groups`` are cities or counties by
    name that some measures are taken of apart (``durable_resolution@pilots``). Points are ranked by ``rank_by``.
    """

    name: Name = "sweep"
    question: dict[str, str] = field(default_factory=dict)
    factors: dict[str, Any] = field(default_factory=dict)
    design: Design = Design.grid
    size: Annotated[int, Field(ge=1, le=POINTS_MAX)] = 64
    steps: Annotated[int, Field(ge=2, le=1000)] = 5
    constraints: list[str] = field(default_factory=list)
    reference: str = ""
    groups: dict[str, list[int]] = field(default_factory=dict)
    measures: list[str] = field(default_factory=list)
    rank_by: str = "durable_resolution"
    target: list[float] = field(default_factory=lambda: [1.0, 2.0, 3.0])
    margin: Annotated[float, Field(ge=0.01, le=2)] = MARGIN


@dataclass(config=STRICT)
class SweepConfig(StudyConfig):
    """``pyramid sweep``: a scenario varied over a design.

    With a ``precision``, points get more replicates until the 95 % interval of ``of`` (of its paired difference from
    the reference, where there is one) is within ± ``precision`` of the mean it is measured against, at most
    ``replicates_max``.
    """

    study: SweepChoice = field(default_factory=SweepChoice)
    replicates: Count = 4
    precision: Annotated[float, Field(ge=0, le=1)] = 0.0
    of: str = "durable_resolution"
    replicates_max: Count = 100
