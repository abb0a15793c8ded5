"""The ratio's verdict and what became of people, world by world, as text and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.report import numbers
from experiments.report.compare.answer import target_text
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.phrases import ratio_text
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.report.uncosted import marked
from experiments.runs.groups import unit_of
from experiments.statistics.headline import TOTAL, welfare
from experiments.statistics.paired import ilr


def side_by_side(evidence: Evidence, measures: Sequence[str], words: Words) -> str:
    """A row a world: the total, ratio, distance and verdict, then measures of how people fare.

    Where a level of government is missing there is no distance and no verdict.
    """
    first, shown = ([name for name in names if evidence.has(name)] for names in ([TOTAL], welfare(measures)))
    header = [words("console.policy"), *map(words.measure, first), words("together.ratio")]
    header += [words("console.distance", target=target_text(evidence))]
    header += [words("margin.within", margin=f"{evidence.margin:g}"), *map(words.measure, shown)]
    lines = []
    for label in evidence.scenarios:
        verdict = evidence.equivalence(label)
        counts = [numbers.amount(evidence.estimate(label, name).mean, unit_of(name)) for name in first]
        cells = [words.scenario(label), *counts, ratio_text(evidence, label, words), _distance(evidence, label)]
        cells.append(numbers.NONE if verdict is None else words("yes" if verdict.is_equivalent else "no"))
        for name in shown:
            text = numbers.amount(evidence.estimate(label, name).mean, unit_of(name))
            cells.append(marked(text, words) if evidence.is_uncosted(label, name) else text)
        lines.append([words.spaced(cell) for cell in cells])
    return table(header, lines)


def verdicts_document(evidence: Evidence, labels: Sequence[str]) -> dict[str, Any]:
    """The verdicts as plain values for JSON; a world's is null where there is none."""
    found = {label: evidence.equivalence(label) for label in labels}
    worlds = {
        label: each
        and {
            "within": each.is_equivalent,
            "distance": each.distance,
            "upper": each.upper,
            "p_value": each.p_value,
            "replicates": each.n,
        }
        for label, each in found.items()
    }
    return {"target": list(evidence.target), "margin": evidence.margin, "worlds": worlds}


def _distance(evidence: Evidence, label: str) -> str:
    points = evidence.composition(label)
    away = None if points is None else float(np.linalg.norm(points.mean(axis=0) - ilr(evidence.target)))
    return numbers.plain(away, 3)
