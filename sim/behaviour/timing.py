"""Uncertainties about when things happen: meetings, holidays, how long a rule and what a campaign closes last."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class Timing:
    """What the time of the year does, and the time that has passed."""

    meeting_pull: Annotated[
        float,
        parameter("petition, in months in which the National People's Congress or the Party meets", "utility", 0, 2),
    ] = 0.2
    petition_trend: Annotated[
        float,
        parameter(
            "yearly change of the odds of petitioning, whatever policies do; none in the year of the first measures",
            "share/year",
            -0.3,
            0.3,
            source="assumed; Gansu's petitions of 2023/24 are 5.5 % below those of 2019",
        ),
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
    ] = 7
    rule_kept: Annotated[
        float,
        parameter(
            "a strict rule of acceptance that lasts; the rest fades",
            "share",
            0,
            1,
            source="assumed; visits to the State Bureau fell by 31 % with the rule of May 2014, then by 11 and 1 % on "
            "the year before, as with one step that lasts",
        ),
    ] = 1
    rule_half_life: Annotated[
        float, parameter("time after which half of what fades of a strict rule is gone", "years", 0.1, 20)
    ] = 2
    campaign_durable: Annotated[
        float, parameter("matters closed by a campaign that are settled in truth", "share", 0, 1)
    ] = 0.5
