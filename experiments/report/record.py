"""The record beside the truth: whether figures changed because matters were settled, in words."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.report.measure_text import brief_change
from experiments.report.text import Words
from experiments.statistics.paired import PairedEffect
from experiments.statistics.relevance import judge_effect

RECORD = ("recorded_success", "petitions_total", "petitions_province")
"""Figures by which a record looks better or worse."""

BESIDE = (*RECORD, "durable_success", "durable_resolution")
"""What a sentence of record and truth needs."""


def looks(judgements: Mapping[str, int | None]) -> int:
    """+1 where figures of the record, judged by name, look better, −1 where worse, 0 where neither or both."""
    signs = {sign * (1 if name == "recorded_success" else -1) for name in RECORD if (sign := judgements.get(name))}
    return signs.pop() if len(signs) == 1 else 0


def verdict(effects: Mapping[str, PairedEffect]) -> str:
    """What the changes of ``BESIDE`` come to: a key of ``record.verdict``."""
    judged = {name: judge_effect(effect, name) for name, effect in effects.items()}
    looks_better = judged["recorded_success"] == 1 or -1 in (judged["petitions_total"], judged["petitions_province"])
    settles = judged["durable_resolution"]
    if settles is None:
        return "unclear"
    if settles == -1:
        return "worse"
    return ("both" if settles else "record_only") if looks_better else ("truth_only" if settles else "neither")


def record_text(policy: str, reference: str, effects: Mapping[str, PairedEffect], words: Words) -> str:
    """A sentence on what a policy changes in the record and in truth; ``effects`` has all of ``BESIDE``."""
    changes = {name: brief_change(effects[name], name, words) for name in BESIDE}
    told = words(f"record.verdict.{verdict(effects)}", change=changes["durable_resolution"])
    said = {"policy": policy, "reference": reference, "verdict": told, "basis": words("basis.stated")}
    return words("record.against", **said, **changes)
