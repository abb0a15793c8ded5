"""Uncertainties about concessions: how readily a county gives in to who petitions above it, and what others learn.

Two numbers make two worlds: with ``weight_lesson`` at 0 concessions buy peace, above it they also breed petitions.
"""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class Concessions:
    """What a county gives away to end petitions above it; nothing where ``concession`` is 0."""

    concession: Annotated[
        float,
        parameter(
            "petitions to the nation that the county ends by giving in, under full pressure by who insists",
            "probability",
            0,
            1,
        ),
    ] = 0.3
    weight_lesson: Annotated[
        float, parameter("what petitioning above the county has bought in the village", "utility", 0, 6)
    ] = 2
