"""What the configuration of a robustness study must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import MARGIN, Count, Name, StudyConfig
from experiments.statistics.thresholds import Threshold
from sim.parameters import STRICT


@dataclass(config=STRICT)
class RobustnessChoice:
    """Policies and futures.

    A future is a set of uncertainties under one of the ``stresses`` (``none`` among them): a member of the study's
    ensemble, or, without one, one of ``futures`` points of a Latin hypercube over ``uncertainties`` (names or patterns,
    declared ranges). ``thresholds`` say when a policy is good enough; ``discover`` is the policy whose failures are
    looked into.
    """

    name: Name = "robustness"
    question: dict[str, str] = field(default_factory=dict)
    policies: list[str] = field(default_factory=list)
    reference: str = "status_quo"
    stresses: list[str] = field(default_factory=lambda: ["none"])
    uncertainties: list[str] = field(default_factory=list)
    futures: Annotated[int, Field(ge=2, le=100_000)] = 100
    thresholds: dict[str, Threshold] = field(default_factory=dict)
    discover: str = ""
    measures: list[str] = field(default_factory=list)
    target: list[float] = field(default_factory=lambda: [1.0, 2.0, 3.0])
    margin: Annotated[float, Field(ge=0.01, le=2)] = MARGIN


@dataclass(config=STRICT)
class RobustnessConfig(StudyConfig):
    """``pyramid robustness``: policies over futures; ``replicates`` are seeds a future."""

    study: RobustnessChoice = field(default_factory=RobustnessChoice)
    replicates: Count = 1
