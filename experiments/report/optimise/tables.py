"""The study and the tables that the results of an optimisation hold."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Count, Label, Measure, StoredFactor, StoredStudy, StoredTable
from experiments.statistics.thresholds import Threshold


@dataclass(config=LAX, kw_only=True)
class StoredOptimisation(StoredStudy):
    """What the report of an optimisation reads."""

    reference: Label = "status_quo"
    levers: dict[Label, StoredFactor]
    objectives: Annotated[dict[Measure, Literal["low", "high"]], Field(min_length=2)]
    constraints: dict[Measure, Threshold] = field(default_factory=dict)
    generations: Count
    fresh_replicates: Count


TABLES = {
    "archive": StoredTable({"generation": "count", "feasible": "bool"}, named=("levers", "objectives")),
    "front": StoredTable(
        {"point": "label", "feasible": "bool", "non_dominated": "bool"}, named=("levers",), key=("point",)
    ),
    "measured": StoredTable(
        {
            "point": "label", "measure": "label",
            **dict.fromkeys(("mean", "low", "high", "difference", "difference_low", "difference_high"), "float?"),
            "searched": "float?",
        },
        key=("point", "measure"),
    ),
    "progress": StoredTable({"generation": "count", "hypervolume": "size", "feasible": "count"}, key=("generation",)),
}  # fmt: skip
"""``archive``: every candidate, its levers and what the search saw; ``front``: levers of the points kept and whether
they hold on fresh seeds; ``measured``: mean and paired difference from the reference on fresh seeds, with 95 %
intervals, and the mean that the search saw (``searched``)."""
