"""What both ledgers say: every figure that is not zero, by its name."""

from __future__ import annotations

import numpy as np

from sim.ledger import (
    DISPUTE_KINDS,
    DURATION_CLOCKS,
    DURATION_OUTCOMES,
    EVENTS,
    GOVERNMENT_FIGURES,
    GROUP_FIGURES,
    GROUPS,
    MONTHLY_FIGURES,
    SURVEY_FIGURES,
    TRUST_LEVELS,
    WORK_FIGURES,
    WORK_LEVELS,
)
from sim.ledger import Ledger as KernelLedger
from tests.reference.ledger import Ledger

Books = dict[tuple, float]

_AXES = {
    "counts": (DISPUTE_KINDS, EVENTS),
    "durations": (DURATION_CLOCKS, DURATION_OUTCOMES, None),
    "work": (WORK_LEVELS, WORK_FIGURES),
    "groups": (GROUPS, GROUP_FIGURES),
    "monthly": (MONTHLY_FIGURES,),
    "trust": (TRUST_LEVELS,),
    "survey": (SURVEY_FIGURES,),
    "government": (GOVERNMENT_FIGURES,),
    "cost": (),
}
"""Names along the axes of the ledger's arrays after place and time; ``None`` where numbers do."""


def books_of_kernel(ledger: KernelLedger) -> Books:
    """Of the compiled model."""
    books: Books = {}
    for table, axes in _AXES.items():
        values = getattr(ledger, table)
        for cell in zip(*np.nonzero(values), strict=True):
            place, time, *rest = (int(index) for index in cell)
            names = (axis[index] if axis else index for axis, index in zip(axes, rest, strict=True))
            books[table, place, time, *names] = values[cell].item()
    return books


def books_of_reference(ledger: Ledger) -> Books:
    """Of the reference."""
    books: Books = {}
    ledger.book_open()
    ledger.write_registers()
    for table in _AXES:
        for (place, time, *names), value in getattr(ledger, table).items():
            if table == "counts":
                names = [DISPUTE_KINDS[names[0]], names[1]]
            if value:
                books[table, place, time, *names] = float(value)
    return books
