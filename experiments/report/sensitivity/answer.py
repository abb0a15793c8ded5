"""The answer of a sensitivity analysis: which factors matter, over which range the figure lies, what is negligible."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.design.factors import CHANCE
from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.factors import factor_name
from experiments.report.measure_text import change_with_unit, with_unit
from experiments.report.sensitivity import convergence, effects, spread
from experiments.report.sensitivity.evidence import FactorIndex, SensitivityEvidence
from experiments.report.sensitivity.tornado import index_text
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from sim.measures.smallest_effect import smallest_effect

NEGLIGIBLE = 0.02
"""A factor whose total index stays below this, interval and all, is negligible; one above it, interval and all,
matters, unless the little that it explains moves the figure by less than its smallest effect of interest."""

NAMED = 3
"""Factors that are named at most."""


def answer(evidence: SensitivityEvidence, words: Words) -> Answer:
    """What matters for the first measure, and what is not worth arguing about; nothing negligible is named."""
    measure = evidence.measures[0]
    label = words.in_sentence(words.measure(measure.partition("@")[0]))
    factors = [factor for factor in evidence.sorted(measure) if factor != CHANCE]
    if not factors:
        key = "undefined" if evidence.moves(measure) else "still"
        return Answer(text=(words(f"sensitivity.answer.{key}", measure=label),))
    found = {factor: evidence.index(measure, factor, evidence.by) for factor in factors}
    bound = bound_of(evidence, measure)
    matters = [factor for factor, index in found.items() if ends(index)[0] > bound]
    negligible = [factor for factor, index in found.items() if ends(index)[1] < bound]
    counts = {"n": len(matters), "all": len(factors), "measure": label, "bound": numbers.plain(100 * bound, 0)}
    kind = "sobol" if evidence.is_sobol else "morris"
    if evidence.is_sobol and bound > 1:
        return Answer(text=(words("sensitivity.answer.too_small", **counts), _spread(evidence, words)))
    number = "none" if not matters else "one" if len(matters) == 1 else "many"
    named = _named(evidence, measure, matters, words)
    lines = [words(f"sensitivity.answer.matter.{kind}.{number}", factors=named, **counts), _spread(evidence, words)]
    counts |= {"n": len(negligible), "open": len(factors) - len(matters) - len(negligible)}
    small = words(f"sensitivity.answer.small.{kind if negligible else 'none'}", **counts)
    if counts["open"]:
        small = words.joined(small, words("sensitivity.answer.open", **counts))
    lines += [_chance(evidence, measure, words), small, _settled(evidence, measure, words)]
    top = found[matters[0]] if matters else None
    unit = "share of variance" if evidence.is_sobol else unit_of(measure)
    return Answer(
        policy=matters[0] if matters else None,
        text=tuple(line for line in lines if line),
        effect=Quantity(measure, top.value, unit) if top else None,
        range=(top.low, top.high) if top and math.isfinite(top.low) else None,
        n_of=len(matters),
        of=len(factors),
        bases={"range": "chance", "negligible": negligible, "matters": matters},
    )


def bound_of(evidence: SensitivityEvidence, measure: str) -> float:
    """What an index must surely exceed for its factor to matter, in the index's own unit.

    Of Morris's effects that of another seed, of shares of variance ``NEGLIGIBLE``; more where that comes to less than
    the smallest effect of interest: a factor with a share of the variance moves the figure over the root of that share
    of the whole range. Of differences that are judged in proportion the reference's value is not stored.
    """
    drawn = spread.of(evidence, measure)
    band = smallest_effect(measure, drawn.median if drawn and evidence.reference is None else math.nan)
    if not evidence.is_sobol:
        chance = evidence.index(measure, CHANCE, evidence.by).value
        return chance if math.isnan(band) else max(chance, band)
    width = drawn.high - drawn.low if drawn else math.nan
    share = (band / width) ** 2 if width else math.inf
    return NEGLIGIBLE if math.isnan(share) else max(NEGLIGIBLE, share)


def ends(index: FactorIndex) -> tuple[float, float]:
    """The interval of an index; its value twice where it has none."""
    return (index.low, index.high) if math.isfinite(index.low) else (index.value, index.value)


def _named(evidence: SensitivityEvidence, measure: str, factors: Sequence[str], words: Words) -> str:
    parts = []
    for factor in factors[:NAMED]:
        found = evidence.index(measure, factor, evidence.by)
        if evidence.is_sobol:
            size = words("sensitivity.share", value=index_text(found, words))
        else:
            size = change_with_unit(effects.size_text(found, measure, words), unit_of(measure), words)
        parts.append(words("sensitivity.answer.factor", factor=factor_name(factor, words), size=size))
    if len(factors) > NAMED:
        parts.append(words("sensitivity.answer.more", n=len(factors) - NAMED))
    return words.listed(parts)


def _spread(evidence: SensitivityEvidence, words: Words) -> str:
    """Over which range the figure lies where every factor is drawn, and how often it has the sign of its median."""
    measure = evidence.measures[0]
    found = spread.of(evidence, measure)
    if found is None:
        return ""
    value, unit = spread.text_of(found, evidence, measure, words), unit_of(measure)
    if evidence.reference is None:
        return words("sensitivity.answer.spread", value=with_unit(value, unit, words), of=found.n)
    is_above = found.median > 0
    return words(
        "sensitivity.answer.spread.difference",
        reference=words.scenario(evidence.reference),
        value=change_with_unit(value, unit, words),
        way=words(f"sensitivity.{'above' if is_above else 'below'}"),
        n=found.above if is_above else found.below,
        of=found.n,
    )


def _chance(evidence: SensitivityEvidence, measure: str, words: Words) -> str:
    chance = evidence.index(measure, CHANCE, evidence.by)
    if not evidence.is_sobol:
        size = change_with_unit(effects.size_text(chance, measure, words), unit_of(measure), words)
        return words("sensitivity.answer.chance.morris", chance=size)
    together = sum(max(0.0, evidence.index(measure, factor, "first").value) for factor in evidence.factors)
    shared = numbers.plain(100 * max(0.0, 1 - together), 0)
    return words("sensitivity.answer.chance.sobol", chance=index_text(chance, words), interactions=shared)


def _settled(evidence: SensitivityEvidence, measure: str, words: Words) -> str:
    if not evidence.is_sobol:
        return words("sensitivity.answer.screening")
    moved = convergence.last_step(evidence, measure) if convergence.available(evidence) else math.nan
    if not math.isfinite(moved):
        return ""
    key = "settled" if moved <= convergence.SETTLED else "unsettled"
    return words(f"sensitivity.answer.{key}", moved=numbers.plain(100 * moved, 1))
