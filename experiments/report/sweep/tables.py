"""The study and the tables that the results of a sweep hold."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from pydantic.dataclasses import dataclass

from experiments.results.checks import (
    LAX,
    RUNS,
    Count,
    Label,
    Measure,
    StoredFactor,
    StoredStudy,
    StoredTable,
)


@dataclass(config=LAX)
class StoredName:
    """What a province or a choice of places is called."""

    en: Label
    zh: Label


@dataclass(config=LAX, kw_only=True)
class StoredSweep(StoredStudy):
    """What the report of a sweep reads."""

    factors: dict[Label, StoredFactor]
    design: Literal["grid", "latin_hypercube", "sobol"]
    place_names: dict[str, StoredName] = field(default_factory=dict)
    groups: dict[Label, list[Count]] = field(default_factory=dict)
    rank_by: Measure = "durable_resolution"


TABLES = {
    "points": StoredTable({"point": "label", "reference_id": "text"}, named=("factors",), key=("point",)),
    "runs": RUNS._replace(known={"scenario": "points.point"}),
    "reference_runs": RUNS._replace(known={"scenario": "points.reference_id"}),
}
"""``points`` has one more column a factor, the others one a measure.

Further columns of ``points`` say which levers without a price a point moves (``experiments.report.costs``), and which
levels of government its places lack (``missing_levels``, with commas), where they do not all lack the same.
``scenario`` of a run is its point; that of a reference run is its ``scenario_id``, since points may share it.
"""
