"""Runs a world in both implementations, day by day, and finds the first thing on which they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sim.agents.dispute import Stage
from sim.model import GovernanceModel
from sim.scenario import Scenario
from tests.reference.model import ReferenceModel
from tests.reference.views import View, disputes_of_kernel, disputes_of_reference


@dataclass
class Comparison:
    """What a comparison found.

    Attributes:
        day: day after which the first difference showed, ``None`` when there is none.
        differences: what differs then, in words: whose, what, the kernel's value and the reference's.
        disputes: how many disputes were compared, each on every day that it was open.
        events: events counted, by name.
    """

    day: int | None = None
    differences: list[str] = field(default_factory=list)
    disputes: int = 0
    events: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return self.day is None


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
        if ours != theirs:
            result.day, result.differences = day, disagreements(ours, theirs)
            break
    result.disputes = len(seen)
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
