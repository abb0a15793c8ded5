"""Uncertainties about the police, who are called to quarrels; with both rates at 0 nobody calls them."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class Police:
    """How readily people call the police, and what comes of it; heat by kind is in ``sim.agents.dispute_kind``."""

    police_calls: Annotated[
        float,
        parameter(
            "readiness to call the police when patience ends or a talk fails, at full heat and severity", "1", 0, 2
        ),
    ] = 0.25
    police_background: Annotated[
        float, parameter("calls about quarrels that are no grievance of the model", "1/1000/year", 0, 25)
    ] = 12
    police_spot: Annotated[
        float,
        parameter(
            "calls about grievances that the police record as settled on the spot",
            "share",
            0.75,
            0.90,
            "D",
            "published figures of 76 to 88 %",
        ),
    ] = 0.8
    police_holds: Annotated[
        float,
        parameter(
            "police settlements on the spot that hold at severity 0, falling to 0 at severity 1", "share", 0.2, 1
        ),
    ] = 0.6
