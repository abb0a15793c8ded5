"""Uncertainties about waiting in a queue: how long people bear it, and what they do meanwhile."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class Waiting:
    """Who waits for a mediator; with both rates at 0 all wait for as long as it takes, and do nothing else."""

    queue_left_90: Annotated[float, parameter("queued cases that leave within 90 days of waiting", "share", 0, 0.9)] = (
        0.4
    )
    queue_left_shape: Annotated[
        float, parameter("Weibull shape of the time until one leaves: above 1 patience wears out", "shape", 1, 3)
    ] = 1.5
    waiting_petitions: Annotated[
        float, parameter("petitions while waiting, per unit of what is at stake", "1/30 days", 0, 1)
    ] = 0.15
