"""Over which range every measure lies where all factors are drawn at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.report import numbers
from experiments.report.measure_text import difference_text, interval_text, title_of
from experiments.report.sensitivity.evidence import SensitivityEvidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of


@dataclass(frozen=True)
class Spread:
    """A figure over ``n`` draws: its median, the middle 95 %, and how many lie above and below 0."""

    median: float
    low: float
    high: float
    above: int
    below: int
    n: int


def of(evidence: SensitivityEvidence, measure: str) -> Spread | None:
    """The range of a measure; ``None`` where no factor is drawn freely."""
    drawn = evidence.drawn(measure)
    if not len(drawn):
        return None
    median, low, high = np.quantile(drawn, [0.5, 0.025, 0.975]).tolist()
    return Spread(median, low, high, int((drawn > 0).sum()), int((drawn < 0).sum()), len(drawn))


def text_of(found: Spread, evidence: SensitivityEvidence, measure: str, words: Words) -> str:
    """A range as text: of differences from the reference, where there is one."""
    if evidence.reference is None:
        return interval_text(found.median, found.low, found.high, unit_of(measure), words)
    return difference_text(found.median, found.low, found.high, measure, words)


def table(evidence: SensitivityEvidence, words: Words) -> list[Table]:
    """A row a measure; nothing for a screening."""
    found = {measure: of(evidence, measure) for measure in evidence.measures}
    rows = [
        [title_of(measure, words), text_of(each, evidence, measure, words), *map(str, (each.above, each.below, each.n))]
        for measure, each in found.items()
        if each is not None
    ]
    if not rows:
        return []
    header = [words("table.measure"), *(words(f"spread.{key}") for key in ("median", "above", "below", "draws"))]
    reference = words.scenario(evidence.reference) if evidence.reference else numbers.NONE
    key = "difference" if evidence.reference else "value"
    return [Table(words(f"spread.title.{key}", reference=reference), header, rows)]
