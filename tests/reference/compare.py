"""Runs a world in both implementations, day by day, and finds the first thing on which they differ."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sim.agents.dispute import Stage
from sim.model import GovernanceModel
from sim.scenario import Scenario
from tests.reference.bodies import bodies_of_kernel, bodies_of_reference
from tests.reference.books import books_of_kernel, books_of_reference
from tests.reference.model import ReferenceModel
from tests.reference.views import View, disputes_of_kernel, disputes_of_reference

DAYS_BETWEEN = 10
"""Disputes are compared after every day, all else after every tenth and the last."""


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
    """Both implementations of one world over its whole calendar, up to the first difference."""
    kernel, other = GovernanceModel(scenario, seed), reference(scenario, seed)
    result = Comparison()
    seen: set[tuple[int, int]] = set()
    for day in range(other.days):
        kernel.run_for(1)
        other.step()
        ours, theirs = disputes_of_kernel(kernel), disputes_of_reference(other)
        seen |= ours.keys()
        result.differences = disagreements(ours, theirs) if ours != theirs else []
        if day % DAYS_BETWEEN == 0 or day == other.days - 1:
            result.differences += differing(bodies_of_kernel(kernel), bodies_of_reference(other))
        if result.differences:
            result.day = day
            break
    else:
        result.differences = differing(books_of_kernel(kernel.ledger()), books_of_reference(other.ledger))
    result.disputes = len(seen)
    for (*_, event), number in other.ledger.counts.items():
        result.events[event] += number
    return result


def disagreements(ours: dict[tuple[int, int], View], theirs: dict[tuple[int, int], View]) -> list[str]:
    """Every dispute and field on which two views differ, in words."""
    found = []
    for identity in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(identity), theirs.get(identity)
        if mine is None or other is None:
            where, only = ("reference", other) if mine is None else ("kernel", mine)
            found.append(f"dispute {identity} is in the {where} alone, {Stage(only['stage']).name}")
            continue
        for name in mine.keys() | other.keys():
            if mine.get(name) != other.get(name):
                found.append(f"dispute {identity} {name}: kernel {mine.get(name)!r}, reference {other.get(name)!r}")
    return found


def differing(ours: dict, theirs: dict) -> list[str]:
    """The same of anything else, by name."""
    found = []
    for name in sorted(ours.keys() | theirs.keys(), key=str):
        mine, other = ours.get(name), theirs.get(name)
        if mine != other and not is_rounding(mine, other):
            found.append(f"{name}: kernel {mine!r}, reference {other!r}")
    return found


def is_rounding(mine: Any, other: Any) -> bool:
    """Whether two figures differ in the order of their sums alone."""
    if isinstance(mine, list | tuple) and isinstance(other, list | tuple):
        return len(mine) == len(other) and all(map(is_rounding, mine, other))
    if isinstance(mine, float) and isinstance(other, float | int):
        return math.isclose(mine, other, rel_tol=1e-9, abs_tol=1e-12)
    return mine == other
