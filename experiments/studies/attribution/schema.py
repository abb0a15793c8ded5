"""What the configuration of an attribution must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import Name, Year, YearsConfig
from sim.parameters import STRICT


@dataclass(config=STRICT)
class AttributionChoice:
    """Among which groups of levers the difference is shared out, in what, and when.

    ``groups`` are lists of levers by name or pattern (such as ``staff.*``), at most eight; without any, seven: grid,
    centres, platform, services, rules, registers, assessment. Every lever that ``before`` and ``after`` set
    differently must be in one of them. With ``over_time`` the change since the year before the reform is shared out,
    and a group may hold a trend (``timing.petition_trend``) too. ``measures`` are those of the ``years`` after the
    reform. Where no places are chosen, so many ``counties`` stand for their province (0: all of them), and so many
    ``members`` for a set of behaviours.
    """

    name: Name = "attribution"
    question: dict[str, str] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)
    over_time: bool = False
    measures: list[str] = field(
        default_factory=lambda: [
            "durable_resolution",
            "petitions_per_1000",
            "ratio_city_to_province",
            "ratio_county_to_province",
            "satisfaction_surveyed",
            "cost_total",
        ]
    )
    years: list[Year] = field(default_factory=lambda: [1, 3])
    counties: Annotated[int, Field(ge=0, le=10_000)] = 10
    members: Annotated[int, Field(ge=0, le=100_000)] = 10


@dataclass(config=STRICT)
class AttributionConfig(YearsConfig):
    """``pyramid attribution``: every combination of groups of levers."""

    study: AttributionChoice = field(default_factory=AttributionChoice)
