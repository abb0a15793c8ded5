"""What the configuration of an optimisation must look like."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Annotated, Any

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import MARGIN, Count, Name, StudyConfig
from experiments.statistics.thresholds import Threshold
from sim.parameters import STRICT


class Goal(Enum):
    """What is wanted of a measure."""

    low = "low"
    high = "high"


@dataclass(config=STRICT)
class OptimiseChoice:
    """What is searched, for what, under which conditions.

    ``levers`` are names or patterns of levers of ``after``, over their declared ranges or ``bounds``; the other levers
    stay as in ``after``. ``objectives`` and ``constraints`` are measures, or ``success_gap``: what is recorded as
    successful less what holds. Every candidate and the ``reference`` have the same seeds in the search; the front has
    ``fresh_replicates`` seeds of its own.
    """

    name: Name = "optimisation"
    question: dict[str, str] = field(default_factory=dict)
    levers: list[str] = field(default_factory=list)
    bounds: dict[str, Any] = field(default_factory=dict)
    reference: str = "status_quo"
    objectives: dict[str, Goal] = field(default_factory=dict)
    constraints: dict[str, Threshold] = field(default_factory=dict)
    population: Annotated[int, Field(ge=8, le=10_000)] = 40
    generations: Annotated[int, Field(ge=1, le=10_000)] = 30
    fresh_replicates: Annotated[int, Field(ge=2, le=10_000)] = 10
    front_max: Annotated[int, Field(ge=1, le=1000)] = 20
    target: list[float] = field(default_factory=lambda: [1.0, 2.0, 3.0])
    margin: Annotated[float, Field(ge=0.01, le=2)] = MARGIN


@dataclass(config=STRICT)
class OptimiseConfig(StudyConfig):
    """``pyramid optimise``: levers of the policy after the reform; ``replicates`` are seeds of every candidate."""

    study: OptimiseChoice = field(default_factory=OptimiseChoice)
    replicates: Count = 3
