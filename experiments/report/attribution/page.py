"""The report of an attribution."""

from __future__ import annotations

from types import ModuleType

from experiments.report.attribution import shares
from experiments.report.attribution.answer import answer
from experiments.report.attribution.evidence import AttributionEvidence
from experiments.report.attribution.tables import NAME, apart_table, lever_table, together_table, whole_table
from experiments.report.page_parts import parts_of_study
from experiments.report.smallest_effect import smallest_effects
from experiments.report.table import Table
from experiments.report.text import Words

FIGURES: dict[str, ModuleType] = {"shares": shares}

SECTIONS: dict[str, tuple[str, ...]] = {"answer": ("shares",), "told_apart": (), "jointly": (), "differing": ()}


def setting(evidence: AttributionEvidence, words: Words) -> str:
    """How many worlds, where, how often, and what counts as too small to matter."""
    groups, people = evidence.settings.groups, evidence.settings.ensemble
    values = {"groups": len(groups), "worlds": 1 << len(groups), "place": evidence.place(words)}
    if people:
        text = words(f"{NAME}.setting.members", n=people.members, people=people.name, **values)
    else:
        text = words(f"{NAME}.setting", replicates=evidence.replicates, **values)
    return words.joined(text, smallest_effects(words))


def tables(key: str, evidence: AttributionEvidence, words: Words) -> list[Table]:
    """The whole difference; over time its shares; what two groups do together; which levers differ."""
    if key == "answer":
        return [whole_table(evidence.found, words, evidence.settings.over_time)]
    if key == "told_apart":
        return [apart_table(evidence.found, words)] if evidence.settings.over_time else []
    if key == "differing":
        return [lever_table(evidence.tables, words)]
    return [together_table(evidence.found, words)] if evidence.found.pairs else []


def caption(figure: str, evidence: AttributionEvidence, words: Words) -> str:
    """What bars and thin lines are: over chance, or over behaviours."""
    lines = f"{NAME}.lines.members" if evidence.settings.ensemble else f"{NAME}.lines"
    return words.joined(words(f"{figure}.caption"), words(lines))


PARTS = parts_of_study(
    NAME,
    evidence=AttributionEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    tables=tables,
    caption=caption,
    open_tables=("shares",),
    told={"shares": 1},
)
