"""The answer of a sweep on stdout: points ranked, as a table or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from experiments.effects import finite
from experiments.stresses import LABEL
from experiments.sweep.finished import FinishedPoint, ranked
from experiments.sweep.plan import shown_value
from experiments.tables import interval, number, signed, table


def ranked_table(points: Sequence[FinishedPoint], measures: Sequence[str], rank_by: str) -> str:
    """Points from best to worst: the factors' values, the ranking measure with intervals, then the other means."""
    keys = list(dict.fromkeys(key for point in points for key in point.values))
    stressed = any(point.stresses for point in points)
    paired = any(point.reference for point in points)
    several = any(len(point.runs) > 1 for point in points)
    others = [name for name in measures if name != rank_by]
    header = ["", *keys, *([""] if stressed else []), rank_by, *(["95 %"] if several else [])]
    header += ["difference", *(["95 % paired"] if several else [])] if paired else []
    rows = []
    for place, point in enumerate(ranked(points, rank_by), 1):
        mean = point.mean(rank_by)
        row = [str(place), *(shown_value(point.values.get(key, "")) for key in keys)]
        row += [LABEL if point.stresses else ""] if stressed else []
        row += [number(mean.mean), *([interval(mean.low, mean.high)] if several else [])]
        if paired:
            effect = point.effect(rank_by)
            row.append(signed(effect.difference) if effect else "–")
            row += [interval(effect.low, effect.high, True) if effect else ""] if several else []
        rows.append([*row, *(number(point.mean(name).mean) for name in others)])
    return table([*header, *others], rows, left=1 + len(keys) + stressed)


def document_of(points: Sequence[FinishedPoint], measures: Sequence[str], rank_by: str) -> list[dict[str, Any]]:
    """The same as plain values for JSON, with every interval."""
    return [
        {
            "rank": place,
            "point": point.name,
            "factors": dict(point.values),
            "scored_as_harm": dict(point.stresses),
            "measures": {
                name: {
                    "mean": point.mean(name).as_dict(),
                    "difference": finite(asdict(effect)) if (effect := point.effect(name)) else None,
                }
                for name in measures
            },
        }
        for place, point in enumerate(ranked(points, rank_by), 1)
    ]
