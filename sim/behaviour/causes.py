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
    ] = 1
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
    group_courage: Annotated[
        float, parameter("appeal of petitions an e-fold number of open matters of one's cause adds", "utility", 0, 1.5)
    ] = 0.1
    group_pooling: Annotated[
        float,
        parameter(
            "power of the number of open matters of one's cause by which the way to a petition office is divided",
            "power",
            0,
            0.5,
        ),
    ] = 0.25
    join: Annotated[
        float,
        parameter(
            "others of a cause who join one who sets out to petition in person",
            "share",
            0,
            1,
            source="assumed; one threshold for all (Granovetter 1978)",
        ),
    ] = 0.3
    representatives_kept: Annotated[
        float, parameter("joint visits of more than five that send five representatives", "share", 0, 1)
    ] = 0.1
    source_found: Annotated[
        float, parameter("causes behind an alert that are found and brought to the centre as one case", "share", 0, 1)
    ] = 0.3
    alert_hours: Annotated[
        float, parameter("hours of a grid worker that looking into a false alert takes", "hours", 0, 80)
    ] = 4
