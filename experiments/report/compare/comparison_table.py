"""Measures side by side: a row a measure, a column a policy, each with its paired difference."""

from __future__ import annotations

import math
from collections.abc import Sequence

from experiments.report import numbers
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.phrases import effect_difference
from experiments.report.compare.rows import Row, window_rows
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.uncosted import marked
from experiments.runs.groups import unit_of
from sim.ledger import TRUST_LEVELS
from sim.measures import MEASURES
from sim.measures.equity import GAPS

GAP_MEASURES = tuple(f"equity_gap_{division}" for division in GAPS)
"""Signed gaps: the nearer to zero, the more equal."""

DIFFERENCES = (*GAP_MEASURES, *(f"trust_{level}" for level in TRUST_LEVELS))
"""Measures that are differences themselves: printed with their sign, shares of them in points."""


def comparison_table(caption: str, measures: Sequence[str], evidence: Evidence, words: Words) -> Table:
    """Means of some measures, with paired differences where there is something to compare with."""
    rows = window_rows(evidence, words)
    header = [words("table.measure"), words("table.unit"), words("table.better"), *(row.label for row in rows)]
    body = [
        [words.measure(name), unit_text(name, words), better_text(name, words)]
        + [cell(evidence, row, name, words) for row in rows]
        for name in measures
    ]
    return Table(caption, header, body)


def unit_text(measure: str, words: Words) -> str:
    """The unit that the values are printed in: shares in per cent, differences of shares in points."""
    unit = unit_of(measure)
    if not numbers.is_share(unit):
        return words.unit(unit)
    return words("table.points" if measure in DIFFERENCES else "table.percent")


def better_text(measure: str, words: Words) -> str:
    """``higher``, ``lower``, ``nearer 0`` or a dash."""
    better = "zero" if measure in GAP_MEASURES else MEASURES[measure].better
    return numbers.NONE if better == "none" else words(f"table.better.{better}")


def cell(evidence: Evidence, row: Row, measure: str, words: Words) -> str:
    """``62.8``, or ``62.8 (+3.18 [3.01 to 3.35])`` with a paired difference, ``62.8 (same)`` if there is none."""
    unit = unit_of(measure)
    value = evidence.estimate(row.scenario, measure, row.span).mean
    decimals = 1 if numbers.is_share(unit) else None  # a level, though it is a difference between groups
    mean = (numbers.difference if measure in DIFFERENCES else numbers.bare)(value, unit, decimals)
    if evidence.is_uncosted(row.scenario, measure) and row.span == evidence.after:
        mean = marked(mean, words)
    compared = row.span == evidence.after and row.scenario in evidence.contrasts
    effect = evidence.effect(row.scenario, measure) if compared else None
    if effect is None or not math.isfinite(effect.difference):
        return mean
    if effect.difference == 0 and not effect.high > effect.low:
        return words("table.same", mean=mean)
    return words("table.changed", mean=mean, change=effect_difference(effect, unit, words))
