"""What the configuration of bottlenecks must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Count, Name, StudyConfig
from sim.parameters import STRICT


@dataclass(config=STRICT)
class BottlenecksChoice:
    """Which pools, under which policies.

    One post is added to each of ``pools`` (names or patterns, such as ``county_*``; all without any) under each policy
    of ``bases``, which is in force before the reform as after it. Where no places are chosen, so many ``counties``
    stand for their province (0: all of them).
    """

    name: Name = "bottlenecks"
    question: dict[str, str] = field(default_factory=dict)
    bases: list[str] = field(default_factory=lambda: ["status_quo", "gansu_2019"])
    pools: list[str] = field(default_factory=list)
    counties: Annotated[int, Field(ge=0, le=10_000)] = 10


@dataclass(config=STRICT)
class BottlenecksConfig(StudyConfig):
    """``pyramid bottlenecks``: one post more, pool by pool; ``replicates`` are seeds (of as many members)."""

    study: BottlenecksChoice = field(default_factory=BottlenecksChoice)
    replicates: Count = 8
