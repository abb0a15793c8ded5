"""The ratio's verdict beside what became of people: a column a scenario, a row a figure."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.compare.answer import target_text
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.phrases import effect_difference, ratio_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.uncosted import marked
from experiments.report.windows import Span
from experiments.statistics import paired as statistics
from experiments.statistics.equivalence import REPLICATES_MIN, one_level_off
from experiments.statistics.headline import TOTAL, welfare
from sim.measures import MEASURES


def margin_table(evidence: Evidence, words: Words) -> Table | None:
    """Total, ratio, distance and verdict, then the study's measures of what became of people.

    ``None`` where the results hold no ratio or the study names no such measure.
    """
    measures = [name for name in welfare(evidence.settings.measures) if evidence.has(name)]
    if not measures or not evidence.has("ilr_1", "ilr_2"):
        return None
    names = evidence.scenarios
    verdicts = {name: evidence.equivalence(name) for name in names}
    rows = [_row(evidence, TOTAL, words)] if evidence.has(TOTAL) else []
    rows += [
        [words("together.ratio"), *(ratio_text(evidence, name, words) for name in names)],
        [words("margin.distance", target=target_text(evidence)), *(_distance(verdicts[name], words) for name in names)],
        [
            words("margin.within", margin=f"{evidence.margin:g}"),
            *(verdict_text(evidence, name, words) for name in names),
        ],
    ]
    rows += [_row(evidence, measure, words) for measure in measures]
    return Table(words("margin.title"), [words("table.measure"), *(words.scenario(name) for name in names)], rows)


def margin_note(evidence: Evidence, words: Words) -> str:
    """What the margin means, in words."""
    below, above = one_level_off(evidence.margin)
    return words(
        "margin.note.behaviours" if evidence.behaviours > 1 else "margin.note",
        margin=f"{evidence.margin:g}",
        above=numbers.percent(above, 0),
        below=numbers.percent(below, 0),
        least=REPLICATES_MIN,
    )


def verdict_text(evidence: Evidence, name: str, words: Words, span: Span | None = None) -> str:
    """``yes (p 0.002)``, ``no (p 0.310)``, or a dash where there are too few replicates; p is of lying outside.

    Over an ensemble ``yes (98 % of behaviours)``.
    """
    found = evidence.equivalence(name, span)
    if found is None:
        return numbers.NONE
    verdict = words("yes" if found.is_equivalent else "no")
    if evidence.behaviours > 1:
        return words("margin.over", verdict=verdict, within=numbers.percent(found.share_within, 0))
    return f"{verdict} (p {numbers.p_value(found.p_value)})"


def _distance(found: statistics.Equivalence | None, words: Words) -> str:
    if found is None:
        return numbers.NONE
    return words("margin.up_to", distance=numbers.plain(found.distance), upper=numbers.plain(found.upper))


def _row(evidence: Evidence, measure: str, words: Words) -> list[str]:
    return [_named(measure, words), *(_cell(evidence, name, measure, words) for name in evidence.scenarios)]


def _named(measure: str, words: Words) -> str:
    better = words(f"margin.better.{MEASURES[measure].better}")
    return f"{words.measure(measure)}{better}"


def _cell(evidence: Evidence, name: str, measure: str, words: Words) -> str:
    """A mean, and for what is compared the paired difference with its interval."""
    unit = MEASURES[measure].unit
    mean = numbers.amount(evidence.estimate(name, measure).mean, unit)
    if evidence.is_uncosted(name, measure):
        mean = marked(mean, words)
    effect = evidence.effect(name, measure) if name in evidence.contrasts else None
    if effect is None or not math.isfinite(effect.difference):
        return mean
    points = words("forest.points") if numbers.is_share(unit) else ""
    return words("margin.cell", mean=mean, difference=effect_difference(effect, unit, words) + points)
