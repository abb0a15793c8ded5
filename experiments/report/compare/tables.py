"""The study and the tables that the results of a comparison hold."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, RUNS, Count, Label, Measure, Number, Share, StoredStudy, StoredTable, Text

Latitude = Annotated[float, Field(strict=True, ge=-90, le=90)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180)]


class Aim(Enum):
    """What a comparison looks for: what settles most, helps whoever fares worst most, or comes nearest to the target.

    Nearest to the target counts among those that settle no less.
    """

    settlement = "settlement"
    worst_group = "worst_group"
    ratio = "ratio"


@dataclass(config=LAX)
class StoredWorld:
    """One world: its policy and stress by name, what acts in it, and the levers it moves that have no price."""

    after: Text = ""
    stress: Text | None = None
    acting: dict[Label, Number] = field(default_factory=dict)
    uncosted: list[Label] = field(default_factory=list)


@dataclass(config=LAX)
class StoredPlace:
    """A city or county that is measured apart: names, residents, and its seat in degrees where that is known."""

    code: Annotated[int, Field(strict=True, ge=1, le=999_999)]
    en: Label
    zh: Label
    residents: Count
    latitude: Latitude | None = None
    longitude: Longitude | None = None


@dataclass(config=LAX, kw_only=True)
class StoredPart:
    """What the whole difference is in a measure and year, or what of it a group has, over seeds or behaviours."""

    group: Label | None = None
    year: Annotated[int, Field(strict=True, ge=1, le=100)]
    measure: Measure
    difference: Number | None = None
    low: Number | None = None
    high: Number | None = None
    smallest: Number | None = None
    pairs: Count = 0
    verdict: Text = ""
    same_sign: Share | None = None


@dataclass(config=LAX)
class StoredAttribution:
    """A policy's difference from the reference, and what each group of levers has of it.

    ``counties`` is how many stand for the province, 0 where it is simulated itself.
    """

    policy: Label
    groups: Annotated[list[Label], Field(min_length=2)]
    counties: Count
    whole: Annotated[list[StoredPart], Field(min_length=1)]
    parts: list[StoredPart]

    def __post_init__(self) -> None:
        asked = {(group, each.year, each.measure) for group in self.groups for each in self.whole}
        if {(each.group, each.year, each.measure) for each in self.parts} != asked:
            raise ValueError("it must have a part of every group in every measure and year of the whole")


@dataclass(config=LAX)
class StoredTurn:
    """What a policy's effect turns on: its size in the sets with an assumption's lowest third of values and highest."""

    policy: Label
    measure: Measure
    assumption: Label
    below: Number
    above: Number
    low: Number
    high: Number


@dataclass(config=LAX, kw_only=True)
class StoredComparison(StoredStudy):
    """What the report of a comparison reads."""

    worlds: dict[Label, StoredWorld] = field(default_factory=dict)
    policies: list[Label] = field(default_factory=list)
    places: list[StoredPlace] = field(default_factory=list)
    aim: Aim = Aim.settlement
    attribution: StoredAttribution | None = None
    turns_on: list[StoredTurn] = field(default_factory=list)


TABLES = {
    "runs": RUNS,
    "monthly": StoredTable(
        {"scenario": "label", "seed": "count", "month": "date"},
        others=("int", "float"),
        key=("scenario", "seed", "month"),
        known={"scenario": "runs.scenario"},
        is_filled=False,
    ),
}
"""``monthly`` has one more column an event."""
