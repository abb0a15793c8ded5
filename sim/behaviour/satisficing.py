"""Uncertainties about the rival of random utility: who takes the nearest forum that is good enough (Simon 1955)."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


class ChoiceModel(Enum):
    """How a claimant chooses a forum."""

    random_utility = "random_utility"
    satisficing = "satisficing"


@dataclass(config=STRICT)
class Satisficing:
    """What is good enough; without effect unless ``choice_model`` is satisficing."""

    aspiration: Annotated[
        float, parameter("worth, against doing nothing, above which a forum is good enough", "utility", -3, 3)
    ] = 0
    aspiration_spread: Annotated[float, parameter("spread of it over people", "sd", 0.1, 3)] = 1
    aspiration_failed: Annotated[
        float, parameter("what each failure adds to it; below 0 people settle for less", "utility", -3, 3)
    ] = -0.5
