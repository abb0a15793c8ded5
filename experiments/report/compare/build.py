"""The first year after the reform beside the year of the full build: what is still to come of a policy."""

from __future__ import annotations

from experiments.report import numbers
from experiments.report.compare.evidence import Effect, Evidence
from experiments.report.compare.phrases import changed, effect_difference, ratio_text, relative_text
from experiments.report.levels import none_text
from experiments.report.plain_text import table
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.windows import Span
from sim.measures import MEASURES


def built_scenarios(evidence: Evidence) -> list[str]:
    """Scenarios whose runs have both years; empty where that is at most the reference."""
    found = [
        name
        for name in evidence.scenarios
        if evidence.years
        and all(evidence.by_seed(name, "durable_resolution", span) for span in evidence.years.values())
    ]
    return found if set(found) & set(evidence.contrasts) else []


def build_paragraphs(evidence: Evidence, words: Words) -> list[str]:
    """What the two years are, and what their effects are measured against."""
    if not built_scenarios(evidence):
        return []
    if evidence.reference:
        changes = words("build.changes.reference", name=words.scenario(evidence.reference))
    else:
        changes = words("build.changes.before", span=words.span(evidence.before))
    years = {name: words.span(span) for name, span in evidence.years.items()}
    return [words.joined(words("build.intro", changes=changes, **years), _drift(evidence, words))]


def _drift(evidence: Evidence, words: Words) -> str:
    """How far the reference moves by itself from the first year to that of the full build; empty without one."""
    name = evidence.reference
    if name is None:
        return ""
    first, full = evidence.years.values()

    def drift(measure: str, is_relative: bool = False) -> str:
        effect = evidence.paired(name, measure, evidence.by_seed(name, measure, first), full)
        return numbers.NONE if effect is None else changed(effect, MEASURES[measure].unit, words, is_relative)

    return words(
        "build.drift",
        name=words.scenario(name),
        durable=drift("durable_resolution"),
        province=drift("petitions_province", is_relative=True),
        total=drift("petitions_total", is_relative=True),
        **{key: words.span(span) for key, span in evidence.years.items()},
    )


def build_table(evidence: Evidence, words: Words) -> Table | None:
    """A row a policy and year: what is settled, the ratio and petitions at the province, each with its effect.

    ``None`` where the runs of no policy that is compared have both years.
    """
    names = built_scenarios(evidence)
    if not names:
        return None
    header = [words("table.policy"), words("table.window")]
    header += [words.measure("durable_resolution"), words("together.points"), words("together.ratio")]
    header += [words.measure("distance_to_target"), words("together.change")]
    header += [words.measure("petitions_province"), words("together.province")]
    rows = [_cells(evidence, name, span, words) for name in names for span in evidence.years.values()]
    return Table(words("build.title"), header, rows)


def build_lines(evidence: Evidence, words: Words) -> list[str]:
    """The same for a terminal: what it is and the table; empty where there is none."""
    found = build_table(evidence, words)
    return [] if found is None else [*build_paragraphs(evidence, words), table(found.header, found.rows, left=2)]


def _cells(evidence: Evidence, name: str, span: Span, words: Words) -> list[str]:
    def effect(measure: str) -> Effect | None:
        return evidence.effect_in(name, measure, span) if name in evidence.contrasts else None

    durable, distance, province = (
        evidence.estimate(name, measure, span).mean
        for measure in ("durable_resolution", "distance_to_target", "petitions_province")
    )
    return [
        words.scenario(name),
        words.span(span),
        numbers.percent(durable),
        effect_difference(effect("durable_resolution"), "share", words),
        ratio_text(evidence, name, words, span),
        numbers.plain(distance) if not evidence.missing_levels else none_text(evidence.missing_levels, words),
        effect_difference(effect("distance_to_target"), "distance", words),
        numbers.plain(province, 0),
        relative_text(effect("petitions_province"), words),
    ]
