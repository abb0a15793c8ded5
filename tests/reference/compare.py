"""Runs a world in both implementations, day by day, and finds the first thing on which they differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.model import GovernanceModel
from sim.scenario import Scenario
from tests.census import census
from tests.reference.bodies import bodies_of_kernel, bodies_of_reference
from tests.reference.books import books_of_kernel, books_of_reference
from tests.reference.model import ReferenceModel
from tests.reference.views import Identity, records_of, view_of, view_of_record

DAYS_BETWEEN = 10
"""Disputes that the compiled model touches are compared on that day, everything on every tenth day and the last."""


@dataclass
class Comparison:
    """What a comparison found.

    Attributes:
        day: day after which the first difference showed; ``None`` when there is none, or in the ledger alone.
        differences: what differs then, in words: whose, what, the kernel's value and the reference's.
        disputes: how many disputes were compared, each on every day that it was open.
        events: events counted, by name.
    """

    day: int | None = None
    differences: list[str] = field(default_factory=list)
    disputes: int = 0
    events: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return not self.differences


def compare(scenario: Scenario, seed: int, reference: Callable[..., ReferenceModel] = ReferenceModel) -> Comparison:
    """Both implementations of one world over its whole calendar, up to the first difference, in a province of which a
    made-up census tells how counties differ."""
    with census():
        kernel, other = GovernanceModel(scenario, seed), reference(scenario, seed)
    result = Comparison()
    yesterday: dict[Identity, bytes] = {}
    for day in range(other.days):
        kernel.run_for(1)
        other.step()
        records = records_of(kernel)
        is_full = day % DAYS_BETWEEN == 0 or day == other.days - 1
        touched = [each for each in records if is_full or records[each] != yesterday.get(each)]
        result.disputes += len(records.keys() - yesterday.keys())
        result.differences = of_existence(records, other) + [
            f"dispute {identity} {difference}"
            for identity in touched
            if identity in other.disputes
            for difference in differing(view_of_record(kernel, records[identity]), view_of(other.disputes[identity]))
        ]
        if is_full:
            result.differences += differing(bodies_of_kernel(kernel), bodies_of_reference(other))
        if result.differences:
            result.day = day
            break
        yesterday = records
    else:
        result.differences = differing(books_of_kernel(kernel.ledger()), books_of_reference(other.ledger))
    for (*_, event), number in other.ledger.counts.items():
        result.events[event] += number
    return result


def of_existence(records: dict[Identity, bytes], reference: ReferenceModel) -> list[str]:
    """Disputes that one of the two alone has."""
    found = {identity: "kernel" for identity in records.keys() - reference.disputes.keys()}
    found |= {identity: "reference" for identity in reference.disputes.keys() - records.keys()}
    return [f"dispute {identity} is in the {where} alone" for identity, where in sorted(found.items())]


def differing(ours: dict, theirs: dict) -> list[str]:
    """What two sides say differently, by name, in words."""
    found = []
    for name in sorted(ours.keys() | theirs.keys(), key=str):
        mine, other = ours.get(name), theirs.get(name)
        if mine != other and not is_rounding(mine, other):
            found.append(f"{name}: kernel {mine!r}, reference {other!r}")
    return found


def is_rounding(mine: Any, other: Any) -> bool:
    """Whether two figures differ in the order of their sums alone: in single precision by one last place at most."""
    if isinstance(mine, list | tuple) and isinstance(other, list | tuple):
        return len(mine) == len(other) and all(map(is_rounding, mine, other))
    if isinstance(mine, float) and isinstance(other, float | int):
        is_single = all(float(np.float32(value)) == value for value in (mine, other))
        return math.isclose(mine, other, rel_tol=1.2e-7 if is_single else 1e-9, abs_tol=1e-12)
    return mine == other
