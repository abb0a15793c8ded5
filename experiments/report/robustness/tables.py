"""The study and the tables that the results of a robustness study hold."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Label, Measure, Number, StoredStudy, StoredTable, Text
from experiments.statistics.thresholds import Threshold


@dataclass(config=LAX, kw_only=True)
class StoredRobustness(StoredStudy):
    """What the report of a robustness study reads."""

    policies: Annotated[list[Label], Field(min_length=1)]
    stresses: dict[Label, dict[Label, Number]]
    thresholds: dict[Measure, Threshold] = field(default_factory=dict)
    discover: Label
    uncertainties: list[Text] = field(default_factory=list)
    uncosted: dict[Label, list[Label]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key in ("discover", "reference"):
            if getattr(self, key) not in (*self.policies, None):
                raise ValueError(f"{key} must be one of policies")
        if len(set(self.policies)) < len(self.policies):
            raise ValueError("policies must differ")


TABLES = {
    "futures": StoredTable(
        {"future": "label", "stress": "label"}, key=("future", "stress"), known={"stress": "stresses"}
    ),
    "outcomes": StoredTable(
        {"policy": "label", "future": "label", "stress": "label", "holds": "bool"},
        others=("int", "float"),
        named=("measures",),
        key=("policy", "future", "stress"),
        known={"policy": "policies", "future": "futures.future", "stress": "futures.stress"},
    ),
    "regret": StoredTable(
        {
            "policy": "label", "measure": "label",
            **dict.fromkeys(("mean", "worst_tenth", "regret_mean", "regret_90", "regret_largest"), "float?"),
            "best_in": "share?",
        },
        key=("policy", "measure"),
        known={"policy": "policies", "measure": "measures"},
        is_filled=False,
    ),
    "satisficing": StoredTable(
        {
            "policy": "label", "threshold": "label", "stress": "label", "share": "share",
            "low": "float", "high": "float", "futures": "count",
        },
        key=("policy", "threshold", "stress"),
        known={"policy": "policies"},
    ),
    "groups": StoredTable(
        {"policy": "label", "group": "label", "share": "share?", "mean": "float?"},
        key=("policy", "group"),
        known={"policy": "policies"},
        is_filled=False,
    ),
    "chance": StoredTable(
        {
            "policy": "label", "measure": "label",
            **dict.fromkeys(("effect", "low", "high"), "float?"), "share_of_chance": "share?",
        },
        key=("policy", "measure"),
        known={"policy": "policies", "measure": "measures"},
        is_filled=False,
    ),
    "limits": StoredTable(
        {"factor": "label", "words": "text", **dict.fromkeys(("low", "high", "smallest", "largest"), "float?"),
         "quasi_p": "share?"},
        key=("factor",),
        is_filled=False,
    ),
    "trajectory": StoredTable(
        {**dict.fromkeys(("coverage", "density", "mass"), "share"), "limits": "count", "chosen": "bool"},
        is_filled=False,
    ),
}  # fmt: skip
"""``outcomes`` has the means of every measure over a future's replicates; ``regret`` mean, 90 % quantile, largest and
the tail mean of the measure; ``limits`` and ``trajectory`` are PRIM's."""

TOGETHER = "all together"
"""The threshold that is all thresholds."""
