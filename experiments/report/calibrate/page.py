"""The report of a calibration."""

from __future__ import annotations

from types import ModuleType

from experiments.report import numbers
from experiments.report.calibrate import members, patterns, tradeoffs, waves
from experiments.report.calibrate.answer import answer
from experiments.report.calibrate.evidence import CalibrationEvidence
from experiments.report.page_parts import parts_of_study
from experiments.report.text import Words

FIGURES: dict[str, ModuleType] = {"patterns": patterns, "members": members, "tradeoffs": tradeoffs, "waves": waves}

SECTIONS = {"answer": ("patterns",), "members": ("members", "tradeoffs"), "waves": ("waves",)}


def setting(evidence: CalibrationEvidence, words: Words) -> str:
    """What was matched, how."""
    reach = evidence.settings.around_default
    return words(
        "calibrate.setting",
        targets=len(evidence.of_role("target")),
        limits=len(evidence.of_role("limit")),
        n=len(evidence.uncertainties),
        range=words("calibrate.range.all")
        if reach >= 1
        else words("calibrate.range.around", share=numbers.percent(reach, 0)),
        waves=evidence.settings.waves,
        trials=evidence.settings.trials,
        replicates=evidence.replicates,
        cut=f"{evidence.cut:g}",
        place=evidence.place(words),
    )


PARTS = parts_of_study(
    "calibrate",
    evidence=CalibrationEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    caption=lambda name, evidence, words: words(f"{name}.caption", members=len(evidence.members)),
    told={"members": 1, "tradeoffs": 1},
)
