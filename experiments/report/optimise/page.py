"""The report of an optimisation."""

from __future__ import annotations

from types import ModuleType

from experiments.report.caveats import means_note
from experiments.report.optimise import frontier, lever_map, search
from experiments.report.optimise.answer import answer, tables
from experiments.report.optimise.evidence import OptimisationEvidence, label_of, objective_unit
from experiments.report.page_parts import parts_of_study
from experiments.report.text import Words
from experiments.report.uncosted import is_cost, lever_names

FIGURES: dict[str, ModuleType] = {"frontier": frontier, "lever_map": lever_map, "search": search}

SECTIONS = {"answer": ("frontier",), "levers": ("lever_map",), "search": ("search",)}


def setting(evidence: OptimisationEvidence, words: Words) -> str:
    """How large the search was."""
    text = words(
        "optimise.setting",
        levers=len(evidence.levers),
        candidates=len(evidence.archive),
        generations=evidence.settings.generations,
        replicates=evidence.replicates,
        fresh=evidence.settings.fresh_replicates,
        place=evidence.place(words),
        after=words.span(evidence.after),
    )
    text = words.joined(text, means_note(evidence.settings.ensemble, evidence.settings.fresh_replicates, words))
    constraints = [
        evidence.threshold_text(label_of(name, words), objective_unit(name), asked, words)
        for name, asked in evidence.settings.constraints.items()
    ]
    conditions = words("optimise.conditions", constraints=words("sweep.semicolon").join(constraints))
    return words.joined(text, conditions) if constraints else text


def caption(name: str, evidence: OptimisationEvidence, words: Words) -> str:
    """What stands below a figure; of the front, also which of the levers that its points move have no price."""
    text = words(f"{name}.caption", fresh=evidence.settings.fresh_replicates)
    levers = dict.fromkeys(lever for point in evidence.points for lever in evidence.uncosted(point))
    if name != "frontier" or not levers or not any(map(is_cost, evidence.objectives)):
        return text
    return words.joined(text, words("uncosted.searched", levers=words.listed(lever_names([*levers], words))))


PARTS = parts_of_study(
    "optimise",
    evidence=OptimisationEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    tables=tables,
    caption=caption,
)
