"""What the patterns P2 and P3 imply of each other: figures that show which cannot hold together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from experiments.patterns.observed import Observed, over
from experiments.patterns.registry import FALL_OF_VISITS, WORDS
from sim.measures.composition import TARGET
from sim.measures.petitions import PYRAMID


@dataclass(frozen=True)
class Arithmetic:
    """A figure that follows from others, and shows which patterns can hold together."""

    name: str
    unit: str
    value: Callable[[Observed], float]

    @property
    def meaning(self) -> tuple[str, str]:
        """What it is, in English and Chinese."""
        return WORDS[f"implied.{self.name}"]


def share_before(run: Observed, basis: str) -> float:
    """Share of the province in the three levels before the reform; ``basis`` is a prefix of measures."""
    counts = [run.before(f"{basis}_{level}") for level in PYRAMID]
    return over(counts[0], sum(counts))


def total_over_before(run: Observed, basis: str) -> float:
    """The three levels together after the reform, for one before it."""
    return 1 + run.change_of_count(*(f"{basis}_{level}" for level in PYRAMID))


def implied_total(share: float) -> float:
    """Total of the three levels over that before, if the province falls by 35.9 % and the ratio becomes 1 : 2 : 3.

    ``6 · 0.641 · share = 3.846 · share``, with the share of the province before: above 1, the total rises, from a share
    of 26 % on.
    """
    return sum(TARGET) / TARGET[0] * (1 + FALL_OF_VISITS) * share


def _arithmetic(basis: str) -> tuple[Arithmetic, ...]:
    def province(run: Observed) -> float:
        each = sum(TARGET) / TARGET[0]
        return over(total_over_before(run, basis), each * share_before(run, basis)) - 1

    return (
        Arithmetic(f"{basis}_share", "share", lambda run: share_before(run, basis)),
        Arithmetic(f"{basis}_implied", "ratio", lambda run: implied_total(share_before(run, basis))),
        Arithmetic(f"{basis}_total", "ratio", lambda run: total_over_before(run, basis)),
        Arithmetic(f"{basis}_province", "change", province),
    )


ARITHMETIC: tuple[Arithmetic, ...] = (*_arithmetic("petitions"), *_arithmetic("visits"))
"""What P2 and P3 imply of each other, on two counting bases."""
