"""What the configuration of a verification must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import ExecutorChoice, Language, Output, Seed
from sim.parameters import STRICT


@dataclass(config=STRICT)
class VerifyConfig:
    """``pyramid verify``: which checks (names of checks or sections, none for all), and on how many seeds each.

    Every check has seeds of its own, from ``seed`` on.
    """

    checks: list[str] = field(default_factory=list)
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Annotated[int, Field(ge=2, le=1000)] = 4
    seed: Seed = 0
    output: Output = Output.answer
    language: Language = "en"
