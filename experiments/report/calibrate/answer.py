"""The answer of a calibration: which behaviours fit, what the data tell and cannot tell, and how predictions did."""

from __future__ import annotations

from typing import Any

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.calibrate.evidence import (
    CalibrationEvidence,
    pattern_amount,
    reported_text,
    target_name,
    uncertainty_name,
)
from experiments.report.calibrate.waves import left_text
from experiments.report.caveats import unreported_notes
from experiments.report.text import Words

TOLD, UNTOLD = 3, 4
"""Uncertainties that are named at most, of those that the data tell most of and of those that they cannot tell."""


def answer(evidence: CalibrationEvidence, words: Words) -> Answer:
    """What of the prior is left, what the data can and cannot tell, how what was held out was predicted."""
    held_out = evidence.of_role("held_out")
    hits = [row for row in held_out if evidence.hit(row)]
    lines = [
        _left(evidence, words),
        _told(evidence, words),
        _untold(evidence, words),
        _predicted(evidence, held_out, len(hits), words),
        _default(evidence, words),
    ]
    return Answer(
        text=tuple(line for line in lines if line),
        effect=Quantity("prior_left", float(evidence.waves[-1]["left"]), "share"),
        n_of=len(hits) if held_out else None,
        of=len(held_out) or None,
        bases={
            "range": "behaviours",
            "members": len(evidence.members),
            "untold": [row["uncertainty"] for row in evidence.untold],
        },
        caveats=tuple(unreported_notes(evidence.province_name(words), evidence.settings.has_own_reports, words)),
    )


def _left(evidence: CalibrationEvidence, words: Words) -> str:
    limits = len(evidence.of_role("limit"))
    values = {
        "members": len(evidence.members),
        "targets": len(evidence.of_role("target")),
        "limits": words("calibrate.answer.limits", n=limits) if limits else "",
        "share": left_text(float(evidence.waves[-1]["left"])),
        "n": len(evidence.uncertainties),
    }
    return words(f"calibrate.answer.left.{'some' if len(evidence.members) else 'none'}", **values)


def _told(evidence: CalibrationEvidence, words: Words) -> str:
    told = [
        words("calibrate.answer.told", name=uncertainty_name(row["uncertainty"], words), kept=_percent(row["kept"]))
        for row in evidence.told[:TOLD]
    ]
    if not told:
        return words("calibrate.answer.tell_nothing", all=len(evidence.uncertainties))
    return words("calibrate.answer.tell", told=words.listed(told))


def _untold(evidence: CalibrationEvidence, words: Words) -> str:
    names = [words("calibrate.answer.untold", name=uncertainty_name(row["uncertainty"], words))
             for row in evidence.untold[-UNTOLD:]]  # fmt: skip
    if not evidence.told:
        return ""
    counts = {"n": len(evidence.untold), "all": len(evidence.uncertainties)}
    key = "cannot" if names else "tell_all"
    more = len(evidence.untold) > len(names)
    listed = words.listed(names) if not more else words("calibrate.answer.such", names=words.listed(names))
    return words(f"calibrate.answer.{key}", untold=listed, **counts)


def _predicted(evidence: CalibrationEvidence, rows: list[dict[str, Any]], hits: int, words: Words) -> str:
    parts = [
        words(
            "calibrate.answer.held_out",
            name=target_name(row["target"], words),
            low=pattern_amount(row["low"], row["target"]),
            high=pattern_amount(row["high"], row["target"]),
            reported=reported_text(row, words),
            verdict=words("calibrate.hit" if evidence.hit(row) else "calibrate.missed"),
        )
        for row in rows
        if row["low"] is not None
    ]
    if not rows:
        return ""
    if not parts:
        return words("calibrate.answer.unpredicted", n=len(rows))
    joined = words("sweep.semicolon").join(parts)
    return words("calibrate.answer.predicted", n=hits, all=len(rows), parts=joined)


def _default(evidence: CalibrationEvidence, words: Words) -> str:
    """Whether the behaviour that studies have by default fits as well."""
    rows = [row for row in evidence.of_role("target", "limit") if row["default_implausibility"] is not None]
    worst = max(rows, key=lambda row: float(row["default_implausibility"]), default=None)
    if worst is None:
        return ""
    if worst["default_implausibility"] <= evidence.cut:
        return words("calibrate.answer.default.fits")
    return words("calibrate.answer.default.ruled_out", name=target_name(worst["target"], words))


def _percent(share: float) -> str:
    return numbers.percent(share, 0)
