"""The report of a sensitivity analysis."""

from __future__ import annotations

import math
from types import ModuleType

from experiments.design.factors import CHANCE
from experiments.report import numbers
from experiments.report.answer import Answer
from experiments.report.factors import factor_name
from experiments.report.measure_text import change_with_unit
from experiments.report.page_parts import parts_of_study
from experiments.report.sensitivity import convergence, effects, importance, tornado
from experiments.report.sensitivity.evidence import SensitivityEvidence
from experiments.report.sensitivity.tornado import index_text
from experiments.report.text import Words
from experiments.runs.groups import unit_of

FIGURES: dict[str, ModuleType] = {
    "tornado": tornado,
    "effects": effects,
    "importance": importance,
    "convergence": convergence,
}

SECTIONS = {
    "answer": ("tornado", "effects"),
    "importance": ("importance",),
    "convergence": ("convergence",),
}

NEGLIGIBLE = 0.02
"""A factor whose total index stays below this, interval and all, does not matter."""


def answer(evidence: SensitivityEvidence, words: Words) -> Answer:
    """What matters most, what share is chance, and what is not worth arguing about."""
    measure = evidence.measures[0]
    label = words.measure(measure.partition("@")[0])
    factors = [factor for factor in evidence.sorted(measure) if factor != CHANCE]
    if not factors:
        key = "undefined" if evidence.moves(measure) else "still"
        return Answer(text=(words(f"sensitivity.answer.{key}", measure=label),))
    if not evidence.is_sobol:
        return Answer(text=tuple(_of_effects(evidence, words, measure, label, factors)))
    top = [
        words(
            "sensitivity.answer.factor",
            factor=factor_name(factor, words),
            first=index_text(evidence.index(measure, factor, "first"), words),
            total=index_text(evidence.index(measure, factor, "total"), words),
        )
        for factor in factors[:3]
    ]
    sentences = [words("sensitivity.answer.top", measure=label, factors=words("sweep.semicolon").join(top))]
    chance = evidence.index(measure, CHANCE, "total")
    together = sum(max(0.0, evidence.index(measure, factor, "first").value) for factor in evidence.factors)
    sentences.append(
        words(
            "sensitivity.answer.chance",
            chance=index_text(chance, words),
            interactions=numbers.plain(100 * max(0.0, 1 - together), 0),
        )
    )
    small = [f for f in factors if evidence.index(measure, f, "total").high < NEGLIGIBLE]
    sentences.append(
        words("sensitivity.answer.small", n=len(small), all=len(factors), share=numbers.plain(100 * NEGLIGIBLE, 0))
    )
    moved = convergence.last_step(evidence, measure) if convergence.available(evidence) else math.nan
    if math.isfinite(moved):
        key = "settled" if moved <= convergence.SETTLED else "unsettled"
        sentences[-1] = words.joined(
            sentences[-1], words(f"sensitivity.answer.{key}", moved=numbers.plain(100 * moved, 1))
        )
    return Answer(text=tuple(sentences))


def _of_effects(evidence: SensitivityEvidence, words: Words, measure: str, label: str, factors: list[str]) -> list[str]:
    def text(factor: str) -> str:
        size = effects.size_text(evidence.index(measure, factor, "mu_star"), measure, words)
        return change_with_unit(size, unit_of(measure), words)

    top = [words("effects.answer.factor", factor=factor_name(f, words), effect=text(f)) for f in factors[:3]]
    chance = evidence.index(measure, CHANCE, "mu_star")
    below = [f for f in factors if evidence.index(measure, f, "mu_star").value <= chance.value]
    return [
        words("effects.answer.top", measure=label, factors=words("sweep.semicolon").join(top)),
        words("effects.answer.chance", chance=text(CHANCE), n=len(below), all=len(factors)),
    ]


def setting(evidence: SensitivityEvidence, words: Words) -> str:
    """What was varied, over how many runs, and what is analysed."""
    kind = "sobol" if evidence.is_sobol else "morris"
    what = words("sensitivity.of_difference" if evidence.reference else "sensitivity.of_measure",
                 reference=words.scenario(evidence.reference) if evidence.reference else "")  # fmt: skip
    return words(
        f"sensitivity.setting.{kind}",
        factors=len(evidence.factors) - 1,
        size=evidence.settings.size,
        runs=numbers.plain(float(evidence.done), 0),
        place=evidence.place(words),
        after=words.span(evidence.after),
        what=what,
    )


def caption(name: str, evidence: SensitivityEvidence, words: Words) -> str:
    """What stands below a figure."""
    if name == "importance":
        return words(f"importance.caption.{'sobol' if evidence.is_sobol else 'morris'}")
    return words(f"{name}.caption")


PARTS = parts_of_study(
    "sensitivity",
    evidence=SensitivityEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    caption=caption,
)
