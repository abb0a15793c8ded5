"""What the configuration of levers at work must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Name, Year, YearsConfig
from sim.parameters import STRICT


@dataclass(config=STRICT)
class LeversChoice:
    """Which levers, from where, and when.

    Each of ``levers`` (names or patterns, such as ``staff.*``; all without any) is moved over its range, all else being
    as in each policy of ``bases``. Effects are those of the ``years`` after the reform. Where no places are chosen, so
    many ``counties`` stand for their province (0: all of them), and so many ``members`` for a set of behaviours.
    """

    name: Name = "levers_at_work"
    question: dict[str, str] = field(default_factory=dict)
    bases: list[str] = field(default_factory=lambda: ["status_quo", "gansu_2019"])
    levers: list[str] = field(default_factory=list)
    years: list[Year] = field(default_factory=lambda: [1, 3])
    counties: Annotated[int, Field(ge=0, le=10_000)] = 10
    members: Annotated[int, Field(ge=0, le=100_000)] = 10


@dataclass(config=STRICT)
class LeversConfig(YearsConfig):
    """``pyramid levers-at-work``: every lever over its range."""

    study: LeversChoice = field(default_factory=LeversChoice)
