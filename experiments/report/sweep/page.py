"""The report of a sweep."""

from __future__ import annotations

from types import ModuleType

from experiments.report.page_parts import parts_of_study
from experiments.report.sweep import curves, heat, pilots, ranking, recorded_success, surface
from experiments.report.sweep.answer import answer, setting
from experiments.report.sweep.closing_tables import tables
from experiments.report.sweep.evidence import SweepEvidence
from experiments.report.text import Words

FIGURES: dict[str, ModuleType] = {
    "pilots": pilots,
    "ranking": ranking,
    "curves": curves,
    "heat": heat,
    "surface": surface,
    "recorded_success": recorded_success,
}

SECTIONS = {
    "answer": ("pilots",),
    "ranking": ("ranking",),
    "responses": ("curves", "heat", "surface"),
    "recorded_success": ("recorded_success",),
}


def caption(name: str, evidence: SweepEvidence, words: Words) -> str:
    """What stands below a figure."""
    note = words("figure.single") if evidence.replicates == 1 else words("sweep.replicates", n=evidence.replicates)
    key = "places" if name == "ranking" and evidence.is_of_places else "caption"
    return words.joined(words(f"{name}.{key}"), note)


PARTS = parts_of_study(
    "sweep",
    evidence=SweepEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    tables=tables,
    caption=caption,
    open_tables=("pilots",),
)
