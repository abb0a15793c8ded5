"""The report of a calibration."""

from __future__ import annotations

from types import ModuleType

from experiments.report import numbers
from experiments.report.answer import Answer
from experiments.report.calibrate import members, patterns, tradeoffs, waves
from experiments.report.calibrate.evidence import (
    CalibrationEvidence,
    pattern_amount,
    reported_text,
    target_name,
    uncertainty_name,
)
from experiments.report.page_parts import parts_of_study
from experiments.report.text import Words

FIGURES: dict[str, ModuleType] = {"patterns": patterns, "members": members, "tradeoffs": tradeoffs, "waves": waves}

SECTIONS = {"answer": ("patterns",), "members": ("members", "tradeoffs"), "waves": ("waves",)}


def answer(evidence: CalibrationEvidence, words: Words) -> Answer:
    """What is left of the prior, what the data can and cannot tell, and how the held-out patterns were predicted."""
    left = evidence.waves[-1]["left"]
    sentences = [
        words(
            "calibrate.answer.left",
            share=waves.left_text(left),
            n=len(evidence.uncertainties),
            members=len(evidence.members),
            targets=len(evidence.of_role("target")),
        )
    ]
    told = [
        words(
            "calibrate.answer.told",
            name=uncertainty_name(row["uncertainty"], words),
            kept=numbers.percent(row["kept"], 0),
        )
        for row in evidence.told[:3]
    ]
    untold = [
        words("calibrate.answer.untold", name=uncertainty_name(row["uncertainty"], words))
        for row in evidence.untold[-4:]
    ]
    key = "tell_nothing" if not told else "tell" if untold else "tell_all"
    sentences.append(
        words(
            f"calibrate.answer.{key}",
            told=words.listed(told),
            n=len(evidence.untold),
            all=len(evidence.uncertainties),
            untold=words.listed(untold),
        )
    )
    parts = []
    for row in evidence.of_role("held_out"):
        parts.append(
            words(
                "calibrate.answer.held_out",
                name=target_name(row["target"], words),
                low=pattern_amount(row["low"], row["target"]),
                high=pattern_amount(row["high"], row["target"]),
                reported=reported_text(row, words),
                verdict=words("calibrate.hit" if evidence.hit(row) else "calibrate.missed"),
            )
        )
    if parts:
        sentences.append(words("calibrate.answer.predicted", parts=words("sweep.semicolon").join(parts)))
    return Answer(text=tuple(sentences))


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
