"""What the configuration of a counterfactual must look like."""

from __future__ import annotations

from dataclasses import field

from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Count, Name, StudyConfig
from sim.parameters import STRICT


@dataclass(config=STRICT)
class CounterfactualChoice:
    """The policy that ``after`` is held against; ``before`` is the one before the reform, kept."""

    name: Name = "counterfactual"
    question: dict[str, str] = field(default_factory=dict)
    reference: str = "before"


@dataclass(config=STRICT)
class CounterfactualConfig(StudyConfig):
    """``pyramid counterfactual``: every dispute under ``study.reference`` (A) and under ``after`` (B)."""

    study: CounterfactualChoice = field(default_factory=CounterfactualChoice)
    replicates: Count = 3
