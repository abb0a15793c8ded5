"""What the factors of a sweep do: each between two of its values, all else averaged, and with the other held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from experiments.report.sweep.evidence import FactorAxis, SweepEvidence, is_stress, value_text
from experiments.report.text import Words
from experiments.statistics.paired import PairedEffect
from experiments.statistics.relevance import judge_effect

LISTED = 12
"""Values of a factor up to which single ones are compared; of more, the lowest and the highest quarter."""


@dataclass(frozen=True)
class FactorEffect:
    """What a factor does to a measure between two of its values, the earlier one first.

    ``judgement`` is that of ``experiments.statistics.relevance``.
    """

    factor: FactorAxis
    low: Any
    high: Any
    effect: PairedEffect
    judgement: int | None

    def ends(self, words: Words) -> tuple[str, str]:
        """Both values in words."""
        low, high = (
            words(f"sweep.quarter.{value}")
            if _is_quarter(self.factor, value)
            else value_text(value, self.factor, words)
            for value in (self.low, self.high)
        )
        return low, high


def main_effects(evidence: SweepEvidence) -> list[FactorEffect]:
    """What each factor does to the ranking measure, between the values where it differs most; the largest first.

    Places are no such factors: which of them lie farthest apart may be chance.
    """
    found = [
        each for factor in evidence.factors if not factor.is_place and (each := _widest(evidence, factor)) is not None
    ]
    return sorted(found, key=lambda each: -abs(each.effect.difference))


def effect_on(evidence: SweepEvidence, between: FactorEffect, measure: str, **held: Any) -> FactorEffect | None:
    """The same step of a factor for another measure, or with another factor held; ``None`` where there is none."""
    factor = between.factor
    return _step(evidence, factor, between.low, between.high, measure, held)


def held_at_ends(
    evidence: SweepEvidence, between: FactorEffect, measure: str = ""
) -> list[tuple[FactorAxis, Any, FactorEffect]]:
    """Of a grid of two factors: the step of one with the other at its first value and at its last; else empty.

    Without a ``measure``, of the ranking one.
    """
    others = [factor for factor in evidence.factors if factor is not between.factor]
    if not evidence.is_grid or len(others) != 1 or is_stress(others[0].key):
        return []
    other = others[0]
    found = []
    for value in (other.values[0], other.values[-1]):
        each = effect_on(evidence, between, measure or evidence.rank_by, **{other.key: value})
        if each is None:
            return []
        found.append((other, value, each))
    return found


def interaction(evidence: SweepEvidence, between: FactorEffect, measure: str = "") -> int | None:
    """Whether it matters to what a factor does where the other one stands: the judgement of the difference."""
    measure = measure or evidence.rank_by
    ends = held_at_ends(evidence, between, measure)
    if not ends:
        return None
    first, last = (
        _changes(evidence, between.factor, between.low, between.high, measure, {other.key: value})
        for other, value, _ in ends
    )
    effect = evidence.compared(first, last)
    if effect is None:
        return None
    # in proportion to what the measure is, not to the change at the first value
    level = ends[0][2].effect.mean_reference
    return evidence.judged_beside(effect, measure, level)


def _widest(evidence: SweepEvidence, factor: FactorAxis) -> FactorEffect | None:
    values = factor.values if len(factor.values) <= LISTED else ("low", "high")
    by_value = {value: evidence.pooled_by_seed(_at(evidence, factor, value), evidence.rank_by) for value in values}
    means = {value: sum(seeds.values()) / len(seeds) for value, seeds in by_value.items() if seeds}
    if len(means) < 2:
        return None
    ends = {min(means, key=means.__getitem__), max(means, key=means.__getitem__)}
    if len(ends) < 2:  # the same everywhere
        ends = {values[0], values[-1]}
    low, high = sorted(ends, key=values.index)
    found = _step(evidence, factor, low, high, evidence.rank_by, {})
    if factor.is_ordered and found is not None and not found.judgement:  # as little over its whole range
        return _step(evidence, factor, values[0], values[-1], evidence.rank_by, {}) or found
    return found


def _step(
    evidence: SweepEvidence, factor: FactorAxis, low: Any, high: Any, measure: str, held: dict[str, Any]
) -> FactorEffect | None:
    first, last = (evidence.pooled_by_seed(_at(evidence, factor, value, held), measure) for value in (low, high))
    effect = evidence.compared(first, last)
    if effect is None:
        return None
    return FactorEffect(factor, low, high, effect, judge_effect(effect, measure.partition("@")[0]))


def _changes(
    evidence: SweepEvidence, factor: FactorAxis, low: Any, high: Any, measure: str, held: dict[str, Any]
) -> dict[int, float]:
    first, last = (evidence.pooled_by_seed(_at(evidence, factor, value, held), measure) for value in (low, high))
    return {seed: value - first[seed] for seed, value in last.items() if seed in first}


def _at(evidence: SweepEvidence, factor: FactorAxis, value: Any, held: dict[str, Any] | None = None) -> list[str]:
    """Points with a value of a factor; those under a stress only where that is what is looked at."""
    chosen = (value,)
    if _is_quarter(factor, value):
        quarter = len(factor.values) // 4
        chosen = factor.values[:quarter] if value == "low" else factor.values[-quarter:]
    allowed = evidence.names if is_stress(factor.key) else evidence.unstressed or evidence.names
    fitting = set(evidence.where(**held) if held else evidence.names)
    return [name for name in allowed if evidence.value_of(name, factor.key) in chosen and name in fitting]


def _is_quarter(factor: FactorAxis, value: Any) -> bool:
    return len(factor.values) > LISTED and value in ("low", "high")
