"""The report of a sensitivity analysis."""

from __future__ import annotations

from types import ModuleType

from experiments.report import numbers
from experiments.report.page_parts import parts_of_study
from experiments.report.sensitivity import convergence, effects, importance, spread, tornado
from experiments.report.sensitivity.answer import answer
from experiments.report.sensitivity.evidence import SensitivityEvidence
from experiments.report.text import Words

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
    tables=lambda key, evidence, words: spread.table(evidence, words) if key == "answer" else [],
)
