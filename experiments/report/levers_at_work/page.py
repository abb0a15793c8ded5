"""The report of levers at work."""

from __future__ import annotations

from experiments.report.levers_at_work.answer import answer
from experiments.report.levers_at_work.evidence import LeversEvidence
from experiments.report.levers_at_work.tables import NAME, chain_table, counted_table, verdict_table
from experiments.report.page_parts import parts_of_study
from experiments.report.table import Table
from experiments.report.text import Words

SECTIONS: dict[str, tuple[str, ...]] = {"answer": (), "claims": (), "chains": ()}


def setting(evidence: LeversEvidence, words: Words) -> str:
    """What was moved, from where, how often."""
    people = evidence.settings.ensemble
    text = words(
        f"{NAME}.setting",
        levers=len(evidence.settings.levers),
        bases=words.listed([words.quoted(base) for base in evidence.settings.bases]),
        place=evidence.place(words),
        replicates=evidence.replicates,
    )
    return words.joined(text, words(f"{NAME}.members", n=people.members, name=people.name)) if people else text


def tables(key: str, evidence: LeversEvidence, words: Words) -> list[Table]:
    """How many levers have which verdict; each lever's verdict; every link."""
    found, bases, years = evidence.tables, evidence.settings.bases, evidence.settings.years
    if key == "answer":
        return [counted_table(found, words)]
    if key == "claims":
        return [verdict_table(found, base, years, words) for base in bases]
    return [chain_table(found, base, evidence.last, words) for base in bases]


PARTS = parts_of_study(
    NAME,
    evidence=LeversEvidence,
    figures={},
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    tables=tables,
    caption=lambda name, evidence, words: words(f"{name}.caption"),
)
