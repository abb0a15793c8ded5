"""The study and the tables that the results of a calibration hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Count, Label, Number, StoredFactor, StoredStudy, StoredTable


@dataclass(config=LAX, kw_only=True)
class StoredCalibration(StoredStudy):
    """What the report of a calibration reads."""

    trials: Count
    waves: Count
    around_default: Annotated[float, Field(strict=True, gt=0, le=1)] = 1.0
    cut: Number = 3.0
    uncertainties: dict[Label, StoredFactor]
    has_own_reports: bool = True


TABLES = {
    "targets": StoredTable(
        {
            "target": "label", "role": "target|limit|held_out", "reported_low": "float?", "reported_high": "float",
            "error": "size", **dict.fromkeys(("default", "default_implausibility", "low", "median", "high"), "float?"),
        },
        key=("target",),
    ),
    "waves": StoredTable({"wave": "count", "trials": "count", "left": "share", "plausible": "share"}, key=("wave",)),
    "trials": StoredTable({"wave": "count", "implausibility": "size"}, known={"wave": "waves.wave"}),
    "members": StoredTable(
        {"member": "count", "implausibility": "size"},
        others=("float",),
        named=("uncertainties",),
        key=("member",),
        is_filled=False,
    ),
    "figures": StoredTable(
        {"member": "count"}, others=("float",), key=("member",), known={"member": "members.member"}, is_filled=False
    ),
    "emulators": StoredTable(
        {"wave": "count", "target": "label", "error": "size", "surprises": "share"},
        key=("wave", "target"),
        known={"wave": "waves.wave", "target": "targets.target"},
        is_filled=False,
    ),
    "identifiability": StoredTable(
        {
            "uncertainty": "label",
            **dict.fromkeys(("prior_low", "prior_high", "default", "low", "median", "high"), "float"),
            "kept": "size",
        },
        key=("uncertainty",),
        known={"uncertainty": "uncertainties"},
    ),
}  # fmt: skip
"""``trials`` and ``members`` have one more column an uncertainty, ``figures`` one a target; ``kept`` is the share of
the prior's width that the middle 95 % of what is left takes."""
