"""The answer of a sweep as JSON: points ranked, those that differ by place without ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from experiments.results.folder import finite
from experiments.runs.groups import unit_of
from experiments.studies.finished_point import FinishedPoint, are_of_places, ranked


def document_of(points: Sequence[FinishedPoint], measures: Sequence[str], rank_by: str) -> list[dict[str, Any]]:
    """The same as plain values for JSON, with every interval."""
    return [
        {
            "rank": None if are_of_places(points) else place,
            "point": point.name,
            "factors": dict(point.values),
            "scored_as_harm": dict(point.stresses),
            "measures": {
                name: {
                    "unit": unit_of(name),
                    **_told(point, name),
                    **{year: _told(each, name) for year, each in point.years.items()},
                }
                for name in measures
            },
        }
        for place, point in enumerate(ranked(points, rank_by), 1)
    ]


def _told(point: FinishedPoint, measure: str) -> dict[str, Any]:
    effect = point.effect(measure)
    return {"mean": point.mean(measure).as_dict(), "difference": finite(asdict(effect)) if effect else None}
