"""What the configuration of a robustness study must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.margin import MARGIN
from experiments.schema import NAME, Count, StudyConfig
from sim.errors import InputError
from sim.parameters import STRICT


@dataclass(config=STRICT)
class ThresholdChoice:
    """What a measure must reach in a future; more than one may be asked for together."""

    at_least: float | None = None
    at_most: float | None = None
    no_worse_than_reference: bool = False

    def __post_init__(self) -> None:
        if self.at_least is self.at_most is None and not self.no_worse_than_reference:
            given = "at_least, at_most or no_worse_than_reference"
            raise InputError(f"a threshold of study.thresholds asks for nothing: give {given}")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            both = f"at_least={self.at_least} and at_most={self.at_most}"
            raise InputError(f"{both} of study.thresholds exclude each other")


@dataclass(config=STRICT)
class RobustnessChoice:
    """Policies and futures.

    A future is a set of uncertainties under one of the ``stresses`` (``none`` among them): a member of the study's
    ensemble, or, without one, one of ``futures`` points of a Latin hypercube over ``uncertainties`` (names or patterns,
    declared ranges). ``thresholds`` say when a policy is good enough; ``discover`` is the policy whose failures are
    looked into.
    """

    name: Annotated[str, Field(pattern=NAME)] = "robustness"
    question: dict[str, str] = field(default_factory=dict)
    policies: list[str] = field(default_factory=list)
    reference: str = "status_quo"
    stresses: list[str] = field(default_factory=lambda: ["none"])
    uncertainties: list[str] = field(default_factory=list)
    futures: Annotated[int, Field(ge=2, le=100_000)] = 100
    thresholds: dict[str, ThresholdChoice] = field(default_factory=dict)
    discover: str = ""
    measures: list[str] = field(default_factory=list)
    target: list[float] = field(default_factory=lambda: [1.0, 2.0, 3.0])
    margin: Annotated[float, Field(ge=0.01, le=2)] = MARGIN


@dataclass(config=STRICT)
class RobustnessConfig(StudyConfig):
    """``pyramid robustness``: policies over futures; ``replicates`` are seeds a future."""

    study: RobustnessChoice = field(default_factory=RobustnessChoice)
    replicates: Count = 1
