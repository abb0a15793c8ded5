"""Uncertainties about when things happen: meetings, holidays, how long a rule and what a campaign closes last."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class Timing:
    """What the time of the year does, and the time that has passed; at the defaults neither does anything."""

    meeting_pull: Annotated[
        float,
        parameter("petition, in months in which the National People's Congress or the Party meets", "utility", 0, 2),
    ] = 0
    closed_days: Annotated[
        float,
        parameter(
            "days from New Year's Eve on which the Spring Festival closes offices, whole",
            "days",
            0,
            15,
            source="assumed; 7 or 8 by the State Council's notices of 2008 to 2025",
        ),
    ] = 0
