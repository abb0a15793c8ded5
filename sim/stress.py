"""Stresses: what happens to people. They are scored as harm and are never offered as a choice or searched.

All neutral by default; they act from the reform date on.
"""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class Stress:
    """A full set of stresses; the defaults have no effect."""

    non_registration: Annotated[
        float, parameter("presented petitions that are kept off the registers, every level", "share", 0, 1)
    ] = 0
    discouragement: Annotated[float, parameter("cost put on petitioning above the county", "utility", 0, 10)] = 0
    provincial_door_closed: Annotated[
        float, parameter("petitions the province turns away at the door, whatever the rule", "share", 0, 1)
    ] = 0
    city_door_closed: Annotated[
        float, parameter("petitions the cities turn away at the door, whatever the rule", "share", 0, 1)
    ] = 0
    push_down: Annotated[
        float,
        parameter("petitions to province and nation sent back to the county's register, nothing done", "share", 0, 1),
    ] = 0
    double_counting: Annotated[
        float, parameter("times a registered petition is registered again at each level below", "times", 0, 2)
    ] = 0
    lockdown: Annotated[
        float, parameter("strength of a lockdown quarter: no visits, grid workers on epidemic duty", "share", 0, 1)
    ] = 0
    lockdown_start: Annotated[
        float, parameter("first month of the lockdown quarter after the reform date, whole", "months", 0, 48)
    ] = 0
    demand_shock: Annotated[float, parameter("additional grievances", "share of the usual rate", 0, 0.5)] = 0
    staff_lost: Annotated[float, parameter("mediators and handlers gone", "share", 0, 1)] = 0
