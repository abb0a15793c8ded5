"""What the ranking of a sweep comes to: first and last point, how far apart, against the reference, how sure."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from experiments.report import numbers
from experiments.report.factors import short_label
from experiments.report.measure_text import change_with_unit, with_unit
from experiments.report.sweep.evidence import SweepEvidence, paired
from experiments.report.sweep.ranking import amount_text, effect_text
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.statistics.paired import PairedEffect
from experiments.statistics.relevance import judge_effect


class Finding:
    """What the ranking comes to: its first and its last point under no stress, how far apart, and the reference."""

    def __init__(self, evidence: SweepEvidence) -> None:
        self.evidence = evidence
        self.first, self.last = evidence.candidates[0], evidence.candidates[-1]
        self.spread = self._effect(evidence.by_seed(self.last, evidence.rank_by))
        self.apart = self._judged(evidence.by_seed(self.last, evidence.rank_by), self.spread)
        self.gain = self._effect(evidence.reference_by_seed(self.first, evidence.rank_by))
        self.gained = self._judged(evidence.reference_by_seed(self.first, evidence.rank_by), self.gain)

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to rank the first point against."""
        return self.first == self.last

    @property
    def stands_out(self) -> bool:
        """Whether the first point may be named as what does best: by as much as matters, for the better."""
        evidence = self.evidence
        if evidence.better == "none" or not (self.is_alone or self.apart):
            return False
        return self.gain is None or self.gained == (1 if evidence.better == "up" else -1)

    @property
    def is_against_reference(self) -> bool:
        """Whether the answer turns on the difference from the reference, else on that between first and last."""
        return self.gain is not None and (self.is_alone or bool(self.apart))

    @property
    def claim(self) -> PairedEffect | None:
        """The difference that the answer turns on; ``None`` for a single point without a reference."""
        return self.gain if self.is_against_reference else None if self.is_alone else self.spread

    @property
    def _beside(self) -> dict[int, float]:
        evidence = self.evidence
        read = evidence.reference_by_seed if self.is_against_reference else evidence.by_seed
        return read(self.first if self.is_against_reference else self.last, evidence.rank_by)

    @property
    def _units(self) -> list[PairedEffect]:
        """The claim behaviour by behaviour, or seed by seed without an ensemble."""
        first, mine = self._beside, self.evidence.by_seed(self.first, self.evidence.rank_by)
        found = self.evidence.by_member(first, mine)
        if len(found) > 1:
            return found
        each = (paired({seed: first[seed]}, {seed: mine[seed]}) for seed in mine if seed in first)
        return [effect for effect in each if effect is not None]

    @property
    def range(self) -> tuple[float, float] | None:
        """The middle 95 % of behaviours, or the 95 % interval of chance; ``None`` where there is neither."""
        members = self.evidence.by_member(self._beside, self.evidence.by_seed(self.first, self.evidence.rank_by))
        if self.claim is None:
            return None
        if len(members) > 1:
            low, high = np.quantile([each.difference for each in members], [0.025, 0.975]).tolist()
            return low, high
        return (float(self.claim.low), float(self.claim.high)) if math.isfinite(self.claim.low) else None

    @property
    def count(self) -> tuple[int, int]:
        """In how many behaviours or replicates the difference is what it is on the whole, and of how many."""
        judgement = self.gained if self.is_against_reference else self.apart
        judged = [judge_effect(each, self.evidence.rank_by.partition("@")[0]) for each in self._units]
        return sum(each == judgement for each in judged), len(judged)

    @property
    def as_good(self) -> int:
        """Other points that are not told apart from the first one."""
        effects = [self.evidence.between(name, self.first, self.evidence.rank_by) for name in self.evidence.candidates]
        return sum(each is None or each.n < 2 or each.direction == 0 for each in effects[1:])

    def text(self, words: Words) -> str:
        """The finding, the reference, and how sure."""
        evidence, measure = self.evidence, self.evidence.rank_by
        is_down = evidence.better == "down"
        values: dict[str, Any] = {
            "measure": measure_text(measure, words),
            "best": evidence.label(self.first, words),
            "worst": evidence.label(self.last, words),
            "best_value": _value(evidence, self.first, words),
            "worst_value": _value(evidence, self.last, words),
            "end": words("sweep.lowest" if is_down else "sweep.highest"),
            "other_end": words("sweep.highest" if is_down else "sweep.lowest"),
            "factors": factor_names(evidence, words),
            "points": len(evidence.candidates),
            "replicates": evidence.replicates,
        }
        if self.is_alone or self.spread is None:
            return words.joined(words("sweep.answer.only", **values), self._against(words))
        values["difference"] = change_text(self.spread, measure, words)
        values["sure"] = "" if self.is_against_reference else self._sure(words)
        key = {0: "little", None: "unclear"}.get(self.apart, "matters")
        parts = [words(f"sweep.answer.{key}", **values)]
        if self.apart and len(evidence.candidates) > 2 and self.as_good:
            parts.append(words("sweep.answer.as_good", n=self.as_good, others=len(evidence.candidates) - 1))
        return words.joined(*parts, *filter(None, [self._against(words)]))

    def _against(self, words: Words) -> str:
        evidence, measure = self.evidence, self.evidence.rank_by
        if self.gain is None:
            return ""
        reference = words.scenario(str(evidence.reference))
        if self.apart == 0 and self.gained:
            effects = [effect for name in evidence.candidates if (effect := evidence.effect(name, measure))]
            if len({each.direction for each in effects}) == 1:
                changes = sorted(effect.difference for effect in effects)
                low, high = (numbers.difference(each, unit_of(measure)) for each in (changes[0], changes[-1]))
                high = change_with_unit(high, unit_of(measure), words)
                return words("sweep.answer.against_all", reference=reference, low=low, high=high)
        return words(
            "sweep.answer." + {0: "against_little", None: "against_unclear"}.get(self.gained, "against"),
            best=evidence.label(self.first, words),
            reference=reference,
            change=change_text(self.gain, measure, words),
            sure=self._sure(words) if self.is_against_reference else "",
        )

    def _sure(self, words: Words) -> str:
        n, of = self.count
        if of < 2:
            return ""
        return words(f"sweep.answer.sure.{'behaviours' if self.evidence.members > 1 else 'replicates'}", n=n, of=of)

    def _effect(self, other: dict[int, float]) -> PairedEffect | None:
        return paired(other, self.evidence.by_seed(self.first, self.evidence.rank_by))

    def _judged(self, other: dict[int, float], effect: PairedEffect | None) -> int | None:
        mine = self.evidence.by_seed(self.first, self.evidence.rank_by)
        return None if effect is None else self.evidence.judged(effect, self.evidence.rank_by, other, mine)


def measure_text(measure: str, words: Words) -> str:
    """A measure as people say it, with the group of places that it is taken of."""
    name, at, group = measure.partition("@")
    return words.measure(name) + (words("sweep.of_group", group=words.group(group)) if at else "")


def change_text(effect: PairedEffect, measure: str, words: Words) -> str:
    """A difference of a measure with its interval and unit."""
    return change_with_unit(effect_text(effect, measure, words), unit_of(measure), words)


def factor_names(evidence: SweepEvidence, words: Words) -> str:
    """The factors of the sweep, listed."""
    return words.listed([short_label(factor.key, words) for factor in evidence.factors or evidence.axes])


def _value(evidence: SweepEvidence, name: str, words: Words) -> str:
    return with_unit(amount_text(evidence.estimate(name, evidence.rank_by), evidence.rank_by, words),
                     unit_of(evidence.rank_by), words)  # fmt: skip
