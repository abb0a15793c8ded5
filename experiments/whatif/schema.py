"""What the configuration of ``pyramid whatif`` must look like."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.configuration.schema import ExecutorChoice
from sim.parameters import STRICT
from sim.scenario import SEED_MAX, Scenario

COUNTY = 621222
"""The county that is shown when no place is asked for: one answers in some hundredths of a second."""

REPLICATES_MAX = 20
"""More replicates than this are a study, not a look."""

LAST_SEED = SEED_MAX - REPLICATES_MAX
"""The greatest first seed."""

LEVERS = (
    "centre.coverage_township",
    "centre.coverage_county",
    "centre.working_share",
    "centre.intake",
    "centre.whistle_response",
    "staff.mediators_county",
    "grid.households_per_grid",
    "petition.acceptance",
    "petition.registration_county",
    "petition.registration_city",
    "assessment.weight_recorded",
    "assessment.audit_rate",
)
"""Levers of the policy after the reform that the page offers unless others are named."""

STRESSES = ("non_registration", "provincial_door_closed", "push_down", "double_counting", "demand_shock")
"""Stresses that the page offers, apart from the levers, unless others are named."""


@dataclass(config=STRICT)
class WhatIfConfig(Scenario):
    """``pyramid whatif``: one scenario whose policy after the reform and whose stress the page changes.

    Attributes:
        levers: levers with a control, by name or pattern; a stress is never among them.
        stresses: stresses with a control in a group of their own.
        executor: of the runs of a static page; a live one takes its workers for threads over cities.
        replicates: runs of a scenario, on seeds ``seed``, ``seed + 1``, …; live the page may change both.
        ensemble: a set of behaviours, one a seed; figures are then medians, with the range over behaviours.
        port: of the live page on 127.0.0.1; 0 takes any that is free.
        size: points of a static page's sweep, a power of two; a quarter as many more are held out.
        language: that the page begins with.
    """

    levers: Annotated[list[str], Field(min_length=1, max_length=24)] = field(default_factory=lambda: list(LEVERS))
    stresses: Annotated[list[str], Field(max_length=10)] = field(default_factory=lambda: list(STRESSES))
    ensemble: str = ""
    executor: ExecutorChoice = field(default_factory=ExecutorChoice)
    replicates: Annotated[int, Field(ge=1, le=REPLICATES_MAX)] = 1
    seed: Annotated[int, Field(ge=0, le=LAST_SEED)] = 0
    port: Annotated[int, Field(ge=0, le=65535)] = 8765
    size: Annotated[int, Field(ge=16, le=16384)] = 1024
    language: Annotated[str, Field(pattern=r"^(en|zh)$")] = "en"
