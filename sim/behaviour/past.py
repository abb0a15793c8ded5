"""Uncertainties about what had gone before the first day, so that the first years have a past."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class Past:
    """What a place has on the first day; nothing of it where both numbers are 0."""

    old_grievances: Annotated[float, parameter("unresolved grievances left before the first day", "1/1000", 0, 100)] = (
        40
    )
    standing_petitioners: Annotated[
        float, parameter("claimants turned away by petition offices before the first day", "1/1000", 0, 5)
    ] = 1
    past_years: Annotated[float, parameter("time over which they have arisen", "years", 0.1, 20)] = 5
