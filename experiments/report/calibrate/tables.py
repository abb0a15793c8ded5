"""The study and the tables that the results of a calibration hold."""

from __future__ import annotations

from dataclasses import field

from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Count, Label, StoredFactor, StoredStudy, StoredTable, Text


@dataclass(config=LAX)
class StoredKnob:
    """What is read of a fitted uncertainty: its figure, and the uncertainties that move along with it."""

    figure: Label
    along: list[Label] = field(default_factory=list)


@dataclass(config=LAX)
class StoredVaried(StoredFactor):
    """What is read of a varied uncertainty or choice: its range with the scale it is drawn on, or its values."""

    scale: Text = "plain"


@dataclass(config=LAX, kw_only=True)
class StoredCalibration(StoredStudy):
    """What the report of a calibration reads."""

    fitted: dict[Label, StoredKnob]
    varied: dict[Label, StoredVaried]
    steps: Count
    training_places: list[Count] = field(default_factory=list)
    has_own_reports: bool = True


TABLES = {
    "figures": StoredTable(
        {
            "figure": "label", "role": "target|drawn|check|held_out", "knob": "text",
            **dict.fromkeys(("reported_low", "reported_high"), "float?"), "slack": "size",
            **dict.fromkeys(("default", "low", "median", "high"), "float?"), "excluded": "count",
        },
        key=("figure",),
    ),
    "candidates": StoredTable(
        dict.fromkeys(("candidate", "accepted", "missed"), "count"), others=("float",), key=("candidate",)
    ),
    "members": StoredTable(
        dict.fromkeys(("member", "candidate"), "count"),
        others=("float",),
        named=("fitted", "varied"),
        key=("member",),
        known={"candidate": "candidates.candidate"},
        is_filled=False,
    ),
    "identifiability": StoredTable(
        {
            "uncertainty": "label", "is_fitted": "count",
            **dict.fromkeys(("prior_low", "prior_high", "default"), "float"),
            **dict.fromkeys(("low", "median", "high"), "float?"), "kept": "size",
        },
        key=("uncertainty",),
    ),
    "spread": StoredTable({"quantity": "low|median|high|distant", "value": "float?"}, key=("quantity",)),
    "corners": StoredTable(
        {"corner": "count", "member": "int", "distance": "float?"}, key=("corner",), is_filled=False
    ),
    "choices": StoredTable(
        {"choice": "label", "value": "label", "tried": "count", "accepted": "count", "excluded_by": "text"},
        key=("choice", "value"),
        known={"choice": "varied"},
        is_filled=False,
    ),
}  # fmt: skip
"""``candidates`` have one more column a figure, ``members`` one a column of the ensemble: of a choice the place of its
value among those that are varied. ``kept`` is the share of the prior's width that the middle 95 % of members takes."""
