"""What the patterns P2 and P3 imply of each other: figures that show which cannot hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from experiments.patterns.observed import Observed, over
from experiments.patterns.pattern import Pattern
from experiments.patterns.statistics import FALL_OF_VISITS, WORDS
from sim.measures.composition import TARGET
from sim.measures.petitions import PYRAMID


@dataclass(frozen=True)
class Arithmetic:
    """A figure that follows from others, and shows which patterns can hold together; ``fall`` is that of visits."""

    name: str
    unit: str
    value: Callable[[Observed], float]
    fall: float

    @property
    def meaning(self) -> tuple[str, str]:
        """What it is, in English and Chinese."""
        english, chinese = WORDS[f"implied.{self.name}"]
        percent = f"{100 * self.fall:.4g}".replace("-", "−")
        times = f"{times_of_share(self.fall):.3f}"
        return english.format(fall=f"{percent} %", times=times), chinese.format(fall=f"{percent}%", times=times)


def fall_of_visits(patterns: Iterable[Pattern]) -> float | None:
    """The reported change of visits to the province, where the ratio after the reform is reported, too."""
    found = {each.name: each for each in patterns}
    if FALL_OF_VISITS not in found or not {"city_after", "county_after", "distance_after"} & found.keys():
        return None
    return (found[FALL_OF_VISITS].low + found[FALL_OF_VISITS].high) / 2


def share_before(run: Observed, basis: str) -> float:
    """Share of the province in the three levels before the reform; ``basis`` is a prefix of measures."""
    counts = [run.before(f"{basis}_{level}") for level in PYRAMID]
    return over(counts[0], sum(counts))


def total_over_before(run: Observed, basis: str) -> float:
    """The three levels together after the reform, for one before it."""
    return 1 + run.change(*(f"{basis}_{level}" for level in PYRAMID))


def times_of_share(fall: float) -> float:
    """Total of the three levels over that before, for a share of 1, if the province changes by ``fall`` and the ratio
    becomes 1 : 2 : 3: ``6 · 0.641 = 3.846`` for a fall of 35.9 %.
    """
    return sum(TARGET) / TARGET[0] * (1 + fall)


def implied_total(share: float, fall: float) -> float:
    """Total of the three levels over that before, of the share of the province before.

    ``6 · 0.641 · share = 3.846 · share`` for a fall of 35.9 %: above 1, the total rises, from a share of 26 % on.
    """
    return times_of_share(fall) * share


def _arithmetic(basis: str, fall: float) -> tuple[Arithmetic, ...]:
    def province(run: Observed) -> float:
        each = sum(TARGET) / TARGET[0]
        return over(total_over_before(run, basis), each * share_before(run, basis)) - 1

    return (
        Arithmetic(f"{basis}_share", "share", lambda run: share_before(run, basis), fall),
        Arithmetic(f"{basis}_implied", "ratio", lambda run: implied_total(share_before(run, basis), fall), fall),
        Arithmetic(f"{basis}_total", "ratio", lambda run: total_over_before(run, basis), fall),
        Arithmetic(f"{basis}_province", "change", province, fall),
    )


def arithmetic_of(patterns: Iterable[Pattern]) -> tuple[Arithmetic, ...]:
    """What P2 and P3 imply of each other, on two counting bases; nothing where one of them is not reported."""
    fall = fall_of_visits(patterns)
    return () if fall is None else (*_arithmetic("petitions", fall), *_arithmetic("visits", fall))
