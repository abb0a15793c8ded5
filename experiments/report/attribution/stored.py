"""The study and the tables that the results of an attribution hold."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Label, StoredStudy, StoredTable
from experiments.statistics.relevance import NAMES

Year = Annotated[int, Field(strict=True, ge=1, le=50)]


@dataclass(config=LAX, kw_only=True)
class StoredAttribution(StoredStudy):
    """What the report of an attribution reads: the groups that differ, and those that do not.

    ``parts`` are what has a part: the groups, and where the change ``over_time`` is shared out its ``drift``.
    """

    groups: Annotated[list[Label], Field(min_length=1)]
    alike: list[Label] = field(default_factory=list)
    parts: Annotated[list[Label], Field(min_length=1)]
    over_time: bool = False
    years: Annotated[list[Year], Field(min_length=1)]


WHERE = {"year": "count", "measure": "label"}
KNOWN = {"year": "years", "measure": "measures"}
TOLD = {
    **dict.fromkeys(("difference", "low", "high"), "float?"),
    "pairs": "count",
    "verdict": "|".join(NAMES.values()),
    "same_sign": "share?",
}

RELATIVE = ("relative", "relative_low", "relative_high")
SHARES = ("share", "share_low", "share_high", "share_first", "share_last")

TABLES = {
    "levers": StoredTable(
        {"group": "label", "lever": "label", "before": "text", "after": "text", "in_places": "bool"},
        key=("lever",),
        known={"group": "groups"},
    ),
    "whole": StoredTable(
        {**WHERE, **dict.fromkeys(("before", "after", "smallest", *RELATIVE), "float?"), **TOLD},
        key=tuple(WHERE),
        known=KNOWN,
    ),
    "parts": StoredTable(
        {"group": "label", **WHERE, **TOLD, **dict.fromkeys(SHARES, "float?")},
        key=("group", *WHERE),
        known={"group": "parts", **KNOWN},
    ),
    "together": StoredTable(
        {"group": "label", "other": "label", **WHERE, **TOLD},
        key=("group", "other", *WHERE),
        known={"group": "groups", "other": "groups", **KNOWN},
        is_filled=False,
    ),
    "runs": StoredTable(
        {"coalition": "count", "groups": "text", "year": "count", "seed": "count"},
        others=("float",),
        named=("measures",),
        key=("coalition", "year", "seed"),
        known={"year": "years"},
    ),
}  # fmt: skip
"""``whole`` is the policy after less the one before (over time, less the year before the reform), ``parts`` what of it
each group has (Shapley values; over time, ``drift`` is what changes though no group moves), and ``together`` what each
two groups do beyond what each does alone (the Shapley interaction index), in the unit of the measure: means with 95 %
intervals over seeds, or over a set of behaviours medians with the middle 95 %. ``share`` is of the whole;
``share_first`` and ``share_last`` are what a group adds before all others and after them, as shares of the whole.
``same_sign`` is the share of the set in which the sign is that of most, ``verdict`` by ``smallest``, the smallest
effect of interest. In ``runs`` bit ``i`` of a coalition says whether group ``i`` is as in the policy after."""
