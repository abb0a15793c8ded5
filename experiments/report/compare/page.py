"""The report of worlds side by side: what is its own on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from experiments.report.compare.answer import against_text, answer, real_or_number, target_text
from experiments.report.compare.bases import bases_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import FIGURES, SECTIONS, parts, places
from experiments.report.compare.margin import margin_note, margin_table
from experiments.report.compare.reported import reported
from experiments.report.compare.sections import paragraphs_of, tables_of, uncosted_policies
from experiments.report.compare.shared_out import parts_sentence
from experiments.report.page_parts import PageParts
from experiments.report.smallest_effect import sizes, smallest_effects
from experiments.report.text import Words
from experiments.report.uncosted import is_cost

INTERVALS = {
    "together": "paired",
    "ratios": "intervals",
    "pyramid": "means",
    "ternary": "means",
    "why": "paired",
    "settled": "intervals",
    "parts": "paired",
    "forest": "paired",
    "behaviours": "behaviours",
    "cost": "paired",
    "equity": "intervals",
    "places": "paired",
    "satisfaction": "intervals",
    "monthly": "means",
}
"""What the caption says of replicates, by figure."""

YEARLY = ("ratios", "ternary", "settled", "equity", "satisfaction")
"""Figures whose rows are policies after the reform beneath one row before it."""

SENTENCES: dict[str, Callable[[Evidence, Words], str]] = {
    "together": real_or_number,
    "parts": parts_sentence,
    "ratios": real_or_number,
    "places": places.place_sentences,
}
"""Sentences that figures bear out: part of their description, and of a caption that has a place for it."""

OPEN_TABLES = ("together",)
"""Tables that are shown with their figure instead of folded away."""


def _setting(evidence: Evidence, words: Words) -> str:
    calendar = evidence.settings.calendar
    replicates = evidence.replicates
    people = evidence.settings.ensemble
    text = words(
        "answer.setting",
        scenarios=_compared(evidence, words),
        replicates=words(
            f"answer.{'runs' if people else 'replicates'}.{'one' if replicates == 1 else 'many'}", n=replicates
        ),
        pairing=_pairing(evidence, words),
        place=evidence.place(words),
        reform=calendar.reform,
        after=words.span(evidence.after),
    )
    if people is None:
        return words.joined(text, words("answer.means"))
    return words.joined(
        text, words("answer.ensemble", n=evidence.behaviours, members=evidence.members, name=people.name)
    )


def _compared(evidence: Evidence, words: Words) -> str:
    """``7 policies``, ``2 policies and 3 stresses, scored as harm``."""
    stresses = len(evidence.stresses)
    policies = len(evidence.scenarios) - stresses
    texts = {
        kind: words(f"answer.{kind}.{'one' if n == 1 else 'many'}", n=n)
        for kind, n in (("scenarios", policies), ("stresses", stresses))
        if n
    }
    if len(texts) == 1:
        return next(iter(texts.values()))
    return words("answer.scenarios.stressed", policies=texts["scenarios"], stresses=texts["stresses"])


def _pairing(evidence: Evidence, words: Words) -> str:
    if evidence.reference:
        return words("answer.pairing.reference")
    if evidence.before is None:
        return ""
    before, after = words.span(evidence.before), words.span(evidence.after)
    return words("answer.pairing.before", before=before, after=after)


def caption(name: str, evidence: Evidence, words: Words) -> str:
    """What stands below a figure, with what its intervals are."""
    if name == "parts":
        return parts.caption(evidence, words)
    n = evidence.replicates
    text = words(
        f"{name}.caption",
        against=against_text(evidence, words),
        smallest=smallest_effects(words),
        basis=words("basis.stated"),
        **sizes(),
        target=target_text(evidence),
        told=sentence_of(name, evidence, words),
        kind=words(f"places.kind.{places.kind_of(evidence)}"),
    )
    if name == "forest" and any(map(is_cost, evidence.measures)):
        text = words.joined(text, *uncosted_policies(evidence, words))
    if name in YEARLY and evidence.before:
        text = words.joined(text, words("figure.shown", span=words.span(evidence.after)))
    if n == 1:
        return words.joined(text, words("figure.single"))
    if evidence.behaviours > 1 and name != "monthly":
        return words.joined(text, words(f"figure.over.{INTERVALS[name]}", n=evidence.behaviours))
    return words.joined(text, words(f"figure.{INTERVALS[name]}", n=n))


def alt(name: str, evidence: Evidence, words: Words) -> str:
    """What a figure shows, for those who do not see it."""
    return words(f"{name}.alt", summary=sentence_of(name, evidence, words))


def sentence_of(name: str, evidence: Evidence, words: Words) -> str:
    """What a figure says in a sentence, where it has one."""
    return SENTENCES[name](evidence, words) if name in SENTENCES else ""


def extras(evidence: Evidence, words: Words) -> dict[str, Any]:
    """Notes and tables that stand beside single figures."""
    return {
        "reported": reported(evidence, words),
        "bases": bases_table(evidence, words),
        "margin": margin_table(evidence, words),
        "margin_note": margin_note(evidence, words),
    }


PARTS = PageParts(
    evidence=Evidence,
    figures=FIGURES,
    sections=SECTIONS,
    title="page.title",
    answer=answer,
    setting=_setting,
    paragraphs=paragraphs_of,
    tables=tables_of,
    caption=caption,
    alt=alt,
    open_tables=OPEN_TABLES,
    maps=("places",),
    always=("answer", "effects"),
    extras=extras,
)
