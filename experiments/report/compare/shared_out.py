"""What groups of levers have of the difference that the answer names, in a sentence."""

from __future__ import annotations

from experiments.report.attribution.tables import group_name, value_text
from experiments.report.compare.choice import SETTLED
from experiments.report.compare.evidence import Evidence
from experiments.report.text import Words


def where(evidence: Evidence, words: Words) -> str:
    """That some counties stand for the province; empty where the places are those of the comparison."""
    stored = evidence.settings.attribution
    return words("parts.counties", n=stored.counties) if stored and stored.counties else ""


def parts_sentence(evidence: Evidence, words: Words) -> str:
    """What each group has of durable settlement in the last year, the largest part first; empty without any."""
    found = evidence.attribution
    if found is None:
        return ""
    parts = [
        words(
            "parts.one",
            group=words.in_sentence(group_name(group, words)),
            change=value_text(found.parts[group, found.last, SETTLED], SETTLED, words),
        )
        for group in found.ranked(SETTLED)
    ]
    told = words("parts.told", year=words.year_after(found.last), parts=words("list.comma").join(parts))
    return words.joined(told, *filter(None, [where(evidence, words)]))
