"""Uncertainties about causes that several claimants share: an employer in arrears, land taken, a river fouled."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class Causes:
    """How often, how many and how much alike; nobody shares a cause while ``groups`` is 0."""

    groups: Annotated[
        float, parameter("causes that several claimants share, of the usual share of each kind", "ratio", 0, 3)
    ] = 0
    group_size: Annotated[
        float,
        parameter(
            "claimants of a cause that several share, mean",
            "claimants",
            5,
            60,
            source="assumed; published joint batches hold 14 to 22 persons",
        ),
    ] = 15
    group_likeness: Annotated[
        float, parameter("claimants whose matter is as severe as that of the first of their cause", "share", 0, 1)
    ] = 0.7
