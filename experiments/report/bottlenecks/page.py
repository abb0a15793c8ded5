"""The report of bottlenecks."""

from __future__ import annotations

from experiments.report.bottlenecks.answer import answer
from experiments.report.bottlenecks.evidence import BottlenecksEvidence
from experiments.report.bottlenecks.tables import NAME, place_table, pool_table
from experiments.report.page_parts import parts_of_study
from experiments.report.table import Table
from experiments.report.text import Words

SECTIONS: dict[str, tuple[str, ...]] = {"answer": (), "pools": (), "places": ()}


def setting(evidence: BottlenecksEvidence, words: Words) -> str:
    """Where posts were added, how often."""
    return words(
        f"{NAME}.setting",
        bases=words.listed([words.quoted(base) for base in evidence.settings.bases]),
        place=evidence.place(words),
        replicates=evidence.replicates,
    )


def tables(key: str, evidence: BottlenecksEvidence, words: Words) -> list[Table]:
    """Every kind of pool; every pool of every place."""
    make = {"pools": pool_table, "places": place_table}.get(key)
    return [make(evidence.tables, base, words) for base in evidence.settings.bases] if make else []


PARTS = parts_of_study(
    NAME,
    evidence=BottlenecksEvidence,
    figures={},
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    tables=tables,
    caption=lambda name, evidence, words: words(f"{name}.caption"),
)
