"""What the patterns P2 and P3 imply of each other: figures that show which cannot hold together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from experiments.patterns.observed import Observed, over
from experiments.patterns.registry import FALL_OF_VISITS
from sim.measures.composition import TARGET
from sim.measures.petitions import PYRAMID


@dataclass(frozen=True)
class Arithmetic:
    """A figure that follows from others, and shows which patterns can hold together."""

    name: str
    meaning_en: str
    meaning_zh: str
    unit: str
    value: Callable[[Observed], float]


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


def _arithmetic(basis: str, english: str, chinese: str) -> tuple[Arithmetic, ...]:
    each = sum(TARGET) / TARGET[0]
    return (
        Arithmetic(
            f"{basis}_share", f"{english}: share of the province before, s0", f"{chinese}：改革前省级占比 s0", "share",
            lambda run: share_before(run, basis),
        ),
        Arithmetic(
            f"{basis}_implied",
            f"{english}: total over before that −35.9 % and 1 : 2 : 3 take together, 3.846 × s0",
            f"{chinese}：−35.9%与1 : 2 : 3同时成立所要求的总量倍数 3.846 × s0", "ratio",
            lambda run: implied_total(share_before(run, basis)),
        ),
        Arithmetic(
            f"{basis}_total", f"{english}: total over before, simulated", f"{chinese}：模拟的总量倍数", "ratio",
            lambda run: total_over_before(run, basis),
        ),
        Arithmetic(
            f"{basis}_province", f"{english}: change at the province that 1 : 2 : 3 takes at the simulated total",
            f"{chinese}：在模拟总量下1 : 2 : 3所要求的省级变化", "change",
            lambda run: over(total_over_before(run, basis), each * share_before(run, basis)) - 1,
        ),
    )  # fmt: skip


ARITHMETIC: tuple[Arithmetic, ...] = (
    *_arithmetic("petitions", "all channels", "全部渠道"),
    *_arithmetic("visits", "visits in person", "仅走访"),
)
"""What P2 and P3 imply of each other, on two counting bases."""
