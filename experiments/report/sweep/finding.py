"""What the ranking of a sweep comes to: first and last point, how far apart, against the reference, how sure."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from experiments.report import numbers
from experiments.report.factors import short_label
from experiments.report.measure_text import change_with_unit, with_unit
from experiments.report.sweep.evidence import SweepEvidence
from experiments.report.sweep.ranking import amount_text, effect_text
from experiments.report.text import Words
from experiments.report.uncosted import is_cost
from experiments.runs.build import YEARS
from experiments.runs.groups import unit_of
from experiments.statistics.paired import PairedEffect
from experiments.statistics.relevance import judge_effect


class Finding:
    """What the ranking comes to: its first and its last point under no stress, how far apart, and the reference."""

    def __init__(self, evidence: SweepEvidence) -> None:
        self.evidence, measure = evidence, evidence.rank_by
        self.first, self.last = evidence.candidates[0], evidence.candidates[-1]
        self.spread = evidence.compared(evidence.by_seed(self.last, measure), evidence.by_seed(self.first, measure))
        self.apart = None if self.spread is None else judge_effect(self.spread, measure.partition("@")[0])
        self.gain = evidence.effect(self.first, measure)
        self.gained = None if self.gain is None else judge_effect(self.gain, measure.partition("@")[0])

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to rank the first point against."""
        return self.first == self.last

    @property
    def stands_out(self) -> bool:
        """Whether the first point may be named as what does best: by as much as matters, for the better.

        A cost that leaves something out is comparable with no other.
        """
        evidence = self.evidence
        if is_cost(evidence.rank_by) and any(map(evidence.uncosted, evidence.candidates)):
            return False
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
    def range(self) -> tuple[float, float] | None:
        """The middle 95 % of behaviours, or the 95 % interval of chance; ``None`` where there is neither."""
        claim = self.claim
        return (float(claim.low), float(claim.high)) if claim and math.isfinite(claim.low) else None

    @property
    def count(self) -> tuple[int, int]:
        """In how many behaviours or replicates the difference is what it is on the whole, and of how many.

        Where that is open, in how many it matters.
        """
        evidence, measure = self.evidence, self.evidence.rank_by
        read, other = (
            (evidence.reference_by_seed, self.first) if self.is_against_reference else (evidence.by_seed, self.last)
        )
        units = evidence.units(read(other, measure), evidence.by_seed(self.first, measure))
        claim, judgement = (self.gain, self.gained) if self.is_against_reference else (self.spread, self.apart)
        if judgement is None and claim is not None:  # open on the whole: where it does matter
            judgement = 1 if claim.difference > 0 else -1
        # each unit by its value alone: whether the figure itself is beyond the smallest effect of interest
        values = [replace(each, low=math.nan, high=math.nan, relative_low=math.nan) for each in units]
        return sum(judge_effect(each, measure.partition("@")[0]) == judgement for each in values), len(units)

    @property
    def as_good(self) -> int:
        """Other points that are not told apart from the first one."""
        evidence, measure = self.evidence, self.evidence.rank_by
        mine = evidence.by_seed(self.first, measure)
        effects = [evidence.compared(evidence.by_seed(name, measure), mine) for name in evidence.candidates[1:]]
        return sum(each is None or each.n < 2 or each.direction == 0 for each in effects)

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
            "units": self._units(words),
            "n": self.count[0],
        }
        if self.is_alone or self.spread is None:
            parts = [words("sweep.answer.only", **values), self._against(words), self._years(words)]
            return words.joined(*filter(None, parts))
        values["difference"] = change_text(self.spread, measure, words)
        values["sure"] = "" if self.is_against_reference else self._sure(words)
        key = {0: "little", None: "unclear"}.get(self.apart, "matters")
        parts = [words(f"sweep.answer.{key}", **values)]
        if self.apart and len(evidence.candidates) > 2 and self.as_good:
            parts.append(words("sweep.answer.as_good", n=self.as_good, others=len(evidence.candidates) - 1))
        more = [self._against(words), self._years(words)]  # the years stand after the difference that they are of
        return words.joined(*filter(None, [*parts, *(more if self.is_against_reference else reversed(more))]))

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

    def _years(self, words: Words) -> str:
        """The difference that the answer turns on in the first year and in that of the full build."""
        evidence, measure = self.evidence, self.evidence.rank_by
        if self.claim is None or not self.claim.direction or not evidence.has(*(f"{year}_{measure}" for year in YEARS)):
            return ""
        read, other = (
            (evidence.reference_by_seed, self.first) if self.is_against_reference else (evidence.by_seed, self.last)
        )
        told = {}
        for year in YEARS:
            column = f"{year}_{measure}"
            effect = evidence.compared(read(other, column), evidence.by_seed(self.first, column))
            if effect is None:
                return ""
            told[year] = change_text(effect, measure, words)
        return words("sweep.answer.years", **told)

    def _units(self, words: Words) -> str:
        what = "behaviours" if self.evidence.members > 1 else "replicates"
        return words(f"sweep.answer.{what}", n=self.count[1])

    def _sure(self, words: Words) -> str:
        n, of = self.count
        return "" if of < 2 else words("sweep.answer.sure", n=n, units=self._units(words))


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
