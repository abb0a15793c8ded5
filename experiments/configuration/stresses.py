"""Stresses in studies: which act, and what is said of them wherever they are shown."""

from __future__ import annotations

from sim.parameters import flat
from sim.stress import Stress

LABEL = "stress, scored as harm"
"""What stands beside every world under a stress (the report's words have it in Chinese too)."""


def acting(stress: Stress) -> dict[str, float]:
    """The stresses that do something, with their values; empty for a neutral stress.

    When a lockdown starts is no stress while there is none.
    """
    values, neutral = flat(stress), flat(Stress())
    found = {name: value for name, value in values.items() if value != neutral[name]}
    return {name: value for name, value in found.items() if name.removesuffix("_start") in found}


def labelled(name: str, stresses: object) -> str:
    """The name of a world with the label of a stress, if any acts in it."""
    return f"{name} ({LABEL})" if stresses else name
