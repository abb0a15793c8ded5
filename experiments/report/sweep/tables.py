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


@dataclass(config=LAX, kw_only=True)
class StoredSweep(StoredStudy):
    """What the report of a sweep reads."""

    factors: dict[Label, StoredFactor]
    design: Literal["grid", "latin_hypercube", "sobol"]
    groups: dict[Label, list[Count]] = field(default_factory=dict)
    rank_by: Measure = "durable_resolution"


UNCOSTED = "uncosted."
"""What the columns of levers without a price begin with: ``uncosted.centre.intake``."""

TABLES = {
    "points": StoredTable({"point": "label", "reference_id": "text"}, named=("factors",), key=("point",)),
    "runs": RUNS._replace(known={"scenario": "points.point"}),
    "reference_runs": RUNS._replace(known={"scenario": "points.reference_id"}),
}
"""``points`` has one more column a factor, the others one a measure.

Of ``points``, ``UNCOSTED`` and a lever says whether a point moves that lever, which has no price, from its reference.
``scenario`` of a run is its point; that of a reference run is its ``scenario_id``, since points may share it.
"""
