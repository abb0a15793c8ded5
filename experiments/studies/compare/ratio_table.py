"""The ratio's verdict and what became of people, world by world, as text and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from experiments.configuration.stresses import LABEL
from experiments.report import numbers
from experiments.report.compare.evidence import Evidence
from experiments.report.plain_text import table
from experiments.statistics.equivalence import REPLICATES_MIN, one_level_off
from experiments.statistics.headline import TOTAL, welfare
from experiments.statistics.paired import ilr


def side_by_side(evidence: Evidence, labels: Sequence[str], stressed: Collection[str], measures: Sequence[str]) -> str:
    """A column a world: ratio, distance and verdict, the total, then the study's measures of what became of people."""
    asked = " : ".join(f"{part:g}" for part in evidence.target)
    lines = [["", *(LABEL if label in stressed else "" for label in labels)]] if stressed else []
    lines.append(["province : city : county", *(_ratio(evidence, label) for label in labels)])
    lines.append([f"distance to {asked}", *(_distance(evidence, label) for label in labels)])
    lines.append([f"within the margin of {evidence.margin:g}", *(_verdict(evidence, label) for label in labels)])
    for name in (TOTAL, *welfare(measures)):
        unit = evidence.unit(name)
        lines.append(
            [f"{name} ({unit})", *(numbers.amount(evidence.estimate(each, name).mean, unit) for each in labels)]
        )
    return table(["", *labels], lines)


def margin_text(margin: float) -> str:
    """What the margin means, in words."""
    below, above = one_level_off(margin)
    text = (
        f"Within the margin: the 95 % upper bound of the mean's Aitchison distance lies below {margin:g}, which one "
        f"level alone reaches at {numbers.signed_percent(above)} or {numbers.signed_percent(-below)}; "
        f"– = fewer than {REPLICATES_MIN} replicates. Reaching a ratio is no gain in itself."
    )
    return text.replace(numbers.NBSP, " ")


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


def _ratio(evidence: Evidence, label: str) -> str:
    found = evidence.ratio(label)
    return numbers.NONE if found is None else numbers.ratio(found[0].mean, found[1].mean)


def _distance(evidence: Evidence, label: str) -> str:
    points = evidence.composition(label)
    away = None if points is None else float(np.linalg.norm(points.mean(axis=0) - ilr(evidence.target)))
    return numbers.plain(away, 3)


def _verdict(evidence: Evidence, label: str) -> str:
    found = evidence.equivalence(label)
    return numbers.NONE if found is None else "yes" if found.is_equivalent else "no"
