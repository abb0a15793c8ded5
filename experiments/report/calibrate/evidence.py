"""What the report of a calibration rests on: waves, members, targets and what the data can tell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.patterns.statistics import STATISTICS
from experiments.report import numbers
from experiments.report.calibrate.tables import StoredCalibration
from experiments.report.factors import factor_name
from experiments.report.study_evidence import StudyEvidence
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from sim.measures import MEASURES

if TYPE_CHECKING:
    from experiments.results.folder import Results

WIDE = 0.8
"""An uncertainty whose members keep more than this of the prior's width is one that the data cannot tell."""


class CalibrationEvidence(StudyEvidence[StoredCalibration]):
    """Everything the report of a calibration says comes from here."""

    def __init__(self, results: Results) -> None:
        super().__init__(results)
        self.targets = plain_rows(self.tables["targets"])
        found = plain_rows(self.tables["identifiability"].sort_values("kept", kind="stable"))
        self.uncertainties = [{**row, "kept": min(1.0, row["kept"])} for row in found]  # of few members it may exceed 1
        self.members = self.tables["members"]
        self.figures = self.tables["figures"]
        self.waves = plain_rows(self.tables["waves"].sort_values("wave", kind="stable"))
        self.cut = self.settings.cut

    def of_role(self, *roles: str) -> list[dict[str, Any]]:
        """Targets of some roles: ``target``, ``limit``, ``held_out``."""
        return [row for row in self.targets if row["role"] in roles]

    def values(self, target: str) -> NDArray[np.float64]:
        """Figures of the members for a target, shape (members,)."""
        if target not in self.figures.columns:
            return np.zeros(0)
        return self.figures[target].to_numpy(float)

    def hit(self, row: dict[str, Any]) -> bool:
        """Whether the middle 95 % of the members reaches what is reported, give or take its stated error."""
        if row["low"] is None:
            return False
        reported_low = -math.inf if row["reported_low"] is None else row["reported_low"]
        return bool(row["low"] <= row["reported_high"] + row["error"] and row["high"] >= reported_low - row["error"])

    @property
    def told(self) -> list[dict[str, Any]]:
        """Uncertainties that the data can tell something of, best first."""
        return [row for row in self.uncertainties if row["kept"] <= WIDE]

    @property
    def untold(self) -> list[dict[str, Any]]:
        """Uncertainties that the data cannot tell."""
        return [row for row in self.uncertainties if row["kept"] > WIDE]


def target_name(name: str, words: Words) -> str:
    """A target as people say it."""
    statistic = STATISTICS.get(name)
    if statistic is not None:
        return f"{statistic.id} {statistic.meaning[words.language == 'zh']}"
    return words.measure(name)


def pattern_unit(name: str) -> str:
    """Unit of a target: shares and changes are printed in per cent."""
    statistic = STATISTICS.get(name)
    unit = statistic.unit if statistic is not None else MEASURES[name].unit if name in MEASURES else ""
    return "share" if unit in ("share", "change", "points") else unit


def pattern_amount(value: float | None, name: str) -> str:
    """A figure of a target."""
    return numbers.NONE if value is None else numbers.amount(float(value), pattern_unit(name))


def reported_text(row: dict[str, Any], words: Words) -> str:
    """What is reported of a target."""
    high = pattern_amount(row["reported_high"], row["target"])
    if row["reported_low"] is None:
        return words("threshold.at_most", value=high)
    if row["reported_low"] == row["reported_high"]:
        return high
    return words("interval.plain", low=pattern_amount(row["reported_low"], row["target"]), high=high)


def uncertainty_name(name: str, words: Words) -> str:
    """An uncertainty as people say it."""
    return factor_name(f"behaviour.{name}", words)
