"""Measures: figures of a ledger, and of a ledger alone.

To add one, write a function of a ledger in the file of its group and one entry in that file's ``MEASURES``.
"""

from __future__ import annotations

from sim.ledger import Ledger
from sim.measures import (
    centres,
    cost,
    equity,
    matters,
    petitioners,
    petitions,
    police,
    registers,
    resolution,
    service,
    services,
    surfacing,
    times_to_close,
    welfare,
)
from sim.measures.measure import Measure
from sim.measures.petitions import CountingBasis
from sim.measures.summing import SummedLedger
from sim.measures.welfare import cosmetic_flag, flags, harm_flag, suppression_flag

__all__ = [
    "MEASURES",
    "CountingBasis",
    "Measure",
    "SummedLedger",
    "cosmetic_flag",
    "flags",
    "harm_flag",
    "measure_all",
    "suppression_flag",
]


GROUPS = (
    petitions,
    petitioners,
    resolution,
    matters,
    registers,
    surfacing,
    equity,
    times_to_close,
    service,
    services,
    centres,
    police,
    welfare,
    cost,
)
"""Files of measures, in the order in which tables show them."""


def _registry() -> dict[str, Measure]:
    registry: dict[str, Measure] = {}
    for group in GROUPS:
        for measure in group.MEASURES:
            if measure.name in registry:
                raise ValueError(f"two measures are called {measure.name}")
            registry[measure.name] = measure
    return registry


MEASURES: dict[str, Measure] = _registry()
"""All measures by name, in the order in which tables show them."""


def measure_all(window: Ledger, history: Ledger | None = None) -> dict[str, float]:
    """Every measure of a window.

    Stocks are cumulated over ``history``, which runs from the start of the calendar to the window's end; without
    one, the window is taken to be the whole history. What cannot be computed is NaN.
    """
    summed = SummedLedger.of(window)
    past = summed if history is None else SummedLedger.of(history)
    return {name: measure.value(summed, past) for name, measure in MEASURES.items()}
