"""What came of a calibration."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from experiments.studies.calibrate.plan import Calibration, Values


@dataclass(frozen=True)
class Candidate:
    """A set of assumptions that was tried.

    Attributes:
        number: in the order of the draws.
        place: quantiles of what is varied, then of the aims: where it lies in the prior.
        aims: what its knobs were to give, in the figures' units.
        values: what it sets, by column of the ensemble; empty where it never ran.
        figures: in all places, means over seeds, as ``Calibration.names``.
        missed: figures that it misses; none for a member.
    """

    number: int
    place: tuple[float, ...]
    aims: tuple[float, ...]
    values: Values
    figures: tuple[float, ...]
    missed: tuple[str, ...]

    @property
    def is_member(self) -> bool:
        """Whether it meets everything."""
        return not self.missed


@dataclass(frozen=True)
class Calibrated:
    """What came of a calibration: all candidates, and the members in their order (``order``).

    ``default`` are the figures of the default behaviour in all places.
    """

    plan: Calibration
    candidates: tuple[Candidate, ...]
    members: tuple[Candidate, ...]
    default: tuple[float, ...]

    @cached_property
    def excluded(self) -> Counter[str]:
        """How many candidates miss each figure."""
        return Counter(name for each in self.candidates for name in each.missed)

    @property
    def accepted(self) -> int:
        """Candidates that meet everything, those beyond the members asked for included."""
        return sum(each.is_member for each in self.candidates)

    def shares(self, column: str) -> dict[str, tuple[int, int]]:
        """Of a choice that is varied: members and candidates by value."""
        found: dict[str, tuple[int, int]] = {}
        for each in self.candidates:
            if column in each.values:
                members, tried = found.get(str(each.values[column]), (0, 0))
                found[str(each.values[column])] = (members + each.is_member, tried + 1)
        return dict(sorted(found.items()))

    def excludes_most(self, column: str, value: str) -> str:
        """The figure that most candidates with a value of a choice miss; the first of several."""
        of_value = (each for each in self.candidates if str(each.values.get(column)) == value)
        missed = Counter(name for each in of_value for name in each.missed)
        return max(missed, key=lambda name: missed[name]) if missed else ""
