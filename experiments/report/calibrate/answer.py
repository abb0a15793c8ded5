"""The answer of a calibration: how many worlds meet the figures, what these can tell, how predictions did."""

from __future__ import annotations

from typing import Any

from experiments.report import numbers
from experiments.report.answer import Answer, Quantity
from experiments.report.calibrate.evidence import (
    DISTANT,
    CalibrationEvidence,
    figure_amount,
    figure_name,
    reported_text,
)
from experiments.report.caveats import unreported_notes
from experiments.report.factors import column_name, value_name
from experiments.report.text import Words

TOLD = 4
"""Varied assumptions that are named at most, of those that the figures narrow."""


def answer(evidence: CalibrationEvidence, words: Words) -> Answer:
    """How many worlds meet everything, what excludes the others, what is told, how what was held out was predicted."""
    held_out = evidence.of_role("held_out")
    hits = [row for row in held_out if evidence.hit(row)]
    lines = [_met(evidence, words)]
    if len(evidence.members):
        lines += [
            _choices(evidence, words),
            _told(evidence, words),
            _predicted(held_out, evidence, len(hits), words),
            _spread(evidence, words),
        ]
    return Answer(
        text=tuple(line for line in lines if line),
        effect=Quantity("accepted", evidence.accepted / evidence.tried, "share"),
        n_of=len(hits) if held_out else None,
        of=len(held_out) or None,
        bases={
            "range": "behaviours",
            "members": len(evidence.members),
            "fitted": [row["uncertainty"] for row in evidence.fitted],
            "untold": [row["uncertainty"] for row in evidence.untold],
        },
        caveats=tuple(unreported_notes(evidence.province_name(words), evidence.settings.has_own_reports, words)),
    )


def _met(evidence: CalibrationEvidence, words: Words) -> str:
    counts = {"accepted": evidence.accepted, "tried": evidence.tried, "asked": _asked(evidence, words)}
    most = evidence.asked[0]
    name, n = figure_name(most["figure"], words), most["excluded"]
    if not evidence.accepted:
        return words("calibrate.answer.met.none", name=name, n=n, **counts)
    varied, choices = len(evidence.varied), len(evidence.choices)
    parts = [_counted(key, n, words) for key, n in (("varied", varied), ("choices", choices)) if n]
    fitted = _counted("fitted", len(evidence.settings.fitted), words)
    how = words(f"calibrate.answer.{'with' if parts else 'without'}", varied=words.listed(parts))
    met = words("calibrate.answer.met.some", fitted=fitted, how=how, **counts)
    return words.joined(met, words("calibrate.answer.excludes", name=name, n=n)) if n else met


def _asked(evidence: CalibrationEvidence, words: Words) -> str:
    """What has to be met, role by role."""
    counts = {role: len(evidence.of_role(role)) for role in ("target", "drawn", "check")}
    return words.listed([_counted(f"asked.{role}", n, words) for role, n in counts.items() if n])


def _counted(key: str, n: int, words: Words, **values: str) -> str:
    """So many of something, in the singular where it is one."""
    line = f"calibrate.answer.{key}"
    return words(f"{line}.one" if n == 1 and words.has(f"{line}.one") else line, n=n, **values)


def _choices(evidence: CalibrationEvidence, words: Words) -> str:
    """Of each choice that is varied the members that have each value; of values without any it is said."""
    said = []
    for name, members in evidence.choices.items():
        some = [_counted("value", n, words, value=value_name(each, words)) for each, n in members.items() if n]
        none = [_without(evidence, name, each, words) for each, n in members.items() if not n]
        values = words("list.comma").join(some)
        key = "calibrate.answer.choice.none" if none else "calibrate.answer.choice"
        said.append(words(key, name=column_name(name, words), values=values, none=words.listed(none)))
    return words.joined(*said)


def _without(evidence: CalibrationEvidence, choice: str, value: str, words: Words) -> str:
    """A value that no member has, with what excludes it most."""
    figure = evidence.excluded_by(choice, value)
    if not figure:
        return value_name(value, words)
    return words("calibrate.answer.without_members", value=value_name(value, words), name=figure_name(figure, words))


def _told(evidence: CalibrationEvidence, words: Words) -> str:
    """Of the varied assumptions, how many stay as wide as they were drawn, and which the figures narrow."""
    wide, all_, told = len(evidence.untold), len(evidence.varied), evidence.told
    if not all_:
        return ""
    if not told:
        return _counted("tell_nothing", all_, words)
    named = [
        words("calibrate.answer.told", name=column_name(row["uncertainty"], words), kept=_percent(row["kept"]))
        for row in told[:TOLD]
    ]
    listed = words.listed(named)
    if len(told) > TOLD:
        listed = words("calibrate.answer.such", n=len(told), names=listed)
    return words("calibrate.answer.tell" if wide else "calibrate.answer.tell_all", n=wide, all=all_, told=listed)


def _predicted(rows: list[dict[str, Any]], evidence: CalibrationEvidence, hits: int, words: Words) -> str:
    parts = [
        words(
            "calibrate.answer.held_out",
            name=figure_name(row["figure"], words),
            low=figure_amount(row["low"], row["figure"]),
            high=figure_amount(row["high"], row["figure"]),
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


def _spread(evidence: CalibrationEvidence, words: Words) -> str:
    """How far the members are from one another in what is varied."""
    if not evidence.settings.varied:
        return ""
    median, share = evidence.spread.get("median"), evidence.spread.get("distant")
    if median is None or share is None:
        return ""
    return words("calibrate.answer.spread", median=f"{median:.2f}", share=_percent(share), far=f"{DISTANT:g}")


def _percent(share: float) -> str:
    return numbers.percent(share, 0)
