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
        float, parameter("petitions the province turns away whatever the rule", "share", 0, 1)
    ] = 0
    demand_shock: Annotated[float, parameter("additional grievances", "share of the usual rate", 0, 0.5)] = 0
    staff_lost: Annotated[float, parameter("mediators and handlers gone", "share", 0, 1)] = 0
