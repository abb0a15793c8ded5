"""Uncertainties about caseloads: how many hours a case asks for, and what comes of it where they are not there.

A mediator who has more cases than hours for them either takes longer over each or hurries. Load that speeds work and
costs quality is what Kc & Terwiesch (2009) found in hospitals; how far it is so here is assumed.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


def _hours(where: str, low: float, high: float) -> Any:
    return parameter(f"a mediator's hours for a case of mean length {where}", "hours", low, high)


@dataclass(config=STRICT)
class Caseloads:
    """Hours, and what a shortage of them does."""

    part_time_hours: Annotated[
        float, parameter("hours a day of a part-time mediator", "hours/day", 0.5, 8, "A", "sweep 0.5–4")
    ] = 2
    pay_work: Annotated[
        float,
        parameter("hours that 100 yuan a case add to a part-time village mediator's, of the usual", "share", 0, 0.3),
    ] = 0.1
    rush: Annotated[
        float,
        parameter("of a shortage of hours, the part that cuts the care a case gets and not its pace", "share", 0, 1),
    ] = 0.5
    settle_rush: Annotated[float, parameter("hours that hurry takes from a case, an e-fold cut", "logit", 0, 1.5)] = 0.5
    work_hours_village: Annotated[float, _hours("in a village", 3, 12)] = 6
    work_hours_centre: Annotated[float, _hours("in a centre or before a suit", 10, 40)] = 20
    work_hours_petition: Annotated[float, _hours("at a petition office", 12.5, 50)] = 25
