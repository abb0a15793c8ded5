"""What stands in a section besides its figures: paragraphs before them, tables after them."""

from __future__ import annotations

from experiments.report.compare import flags
from experiments.report.compare.answer_table import answer_table
from experiments.report.compare.build import build_paragraphs, build_table
from experiments.report.compare.comparison_table import comparison_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures import FIGURES
from experiments.report.compare.figures.equity import gaps_table
from experiments.report.compare.figures.places import measured_places
from experiments.report.compare.figures.places import table as places_table
from experiments.report.compare.single_year import single_year_paragraphs, single_year_tables
from experiments.report.compare.turning import turning_table
from experiments.report.levels import no_ratio_sentence
from experiments.report.smallest_effect import smallest_effects
from experiments.report.table import Table
from experiments.report.text import Words

HALLS = (
    "requests",
    "requests_met_share",
    "trips_per_request",
    "requests_by_call_share",
    "requests_online_share",
    "requests_waiting",
    "minutes_lent",
)
"""Measures of the service halls, in the order of their table."""


def paragraphs_of(key: str, evidence: Evidence, words: Words) -> list[str]:
    """The paragraphs that open a section."""
    if key == "answer":
        return []  # a missing level is among the answer's caveats
    if key == "levels":
        return list(filter(None, [words("levels.intro"), words("levels.basis"), no_ratio(evidence, words)]))
    if key == "why":
        return [words("why.intro"), *flags.paragraphs(evidence, words)]
    if key == "build":
        return build_paragraphs(evidence, words)
    if key == "single":
        return single_year_paragraphs(evidence, words)
    if key == "effects" and not FIGURES["forest"].available(evidence):
        return [words("effects.none")]
    intro = words(f"{key}.intro", smallest=smallest_effects(words))
    return [intro, *uncosted_policies(evidence, words)] if key == "cost" else [intro]


def no_ratio(evidence: Evidence, words: Words) -> str:
    """What stands in the place of the figures of the ratio where a level is missing; empty where none is."""
    return no_ratio_sentence(evidence.missing_levels, words, evidence.settings.target)


def uncosted_policies(evidence: Evidence, words: Words) -> list[str]:
    """A paragraph that names the policies whose cost leaves something out; none where there is none."""
    names = [words.quoted(name) for name in evidence.scenarios if evidence.uncosted(name)]
    return [words("uncosted.policies", policies=words.listed(names))] if names else []


def tables_of(key: str, evidence: Evidence, words: Words) -> list[Table]:
    """The tables that close a section."""
    if key == "answer":
        choices = answer_table(evidence, words)
        return [choices] if choices else []
    if key == "why":
        table = flags.flags_table(evidence, words)
        return [table] if table else []
    if key == "effects":
        turning = turning_table(evidence, words)
        return [turning] if turning else []
    if key == "build":
        built = build_table(evidence, words)
        return [built] if built else []
    if key == "equity":
        gaps = [gaps_table(evidence, words)] if FIGURES["equity"].available(evidence) else []
        has_map = FIGURES["places"].available(evidence)
        return gaps if has_map or len(measured_places(evidence)) < 2 else [*gaps, places_table(evidence, words)]
    if key == "single":
        return single_year_tables(evidence, words)
    if key == "services" and evidence.has("requests_met_share"):
        measures = [name for name in HALLS if evidence.has(name)]
        return [comparison_table(words("services.title"), measures, evidence, words)]
    return []
