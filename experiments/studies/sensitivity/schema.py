"""What the configuration of a sensitivity analysis must look like."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Annotated, Any

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Name, StudyConfig
from sim.parameters import STRICT


class Method(Enum):
    """How sensitivity is measured."""

    sobol = "sobol"
    morris = "morris"


@dataclass(config=STRICT)
class SensitivityChoice:
    """What is varied and what is looked at.

    ``uncertainties`` are names or patterns, over their declared ranges, but for those in ``leave_out``; ``factors`` are
    further keys of a scenario with ranges of their own, as in a sweep. ``size`` is the base sample of Sobol indices (a
    power of two) or the number of Morris's trajectories. With a ``reference``, a policy after the reform (``before``:
    the one before it), what is analysed is the paired difference of each measure from it; without, the measure itself.
    """

    name: Name = "sensitivity"
    question: dict[str, str] = field(default_factory=dict)
    method: Method = Method.sobol
    size: Annotated[int, Field(ge=2, le=2**20)] = 256
    uncertainties: list[str] = field(default_factory=list)
    leave_out: list[str] = field(default_factory=list)
    factors: dict[str, Any] = field(default_factory=dict)
    reference: str = ""
    measures: list[str] = field(default_factory=list)


@dataclass(config=STRICT)
class SensitivityConfig(StudyConfig):
    """``pyramid sensitivity``: a scenario under all that is uncertain. Every row has a seed of its own."""

    study: SensitivityChoice = field(default_factory=SensitivityChoice)
