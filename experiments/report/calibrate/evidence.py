"""What the report of a calibration rests on: candidates, members, figures and what they tell."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.patterns.statistics import STATISTICS
from experiments.report import numbers
from experiments.report.calibrate.tables import StoredCalibration
from experiments.report.study_evidence import StudyEvidence
from experiments.report.text import Words
from experiments.runs.tables import plain_rows
from sim.measures import MEASURES

if TYPE_CHECKING:
    from experiments.results.folder import Results

WIDE = 0.8
"""A varied assumption whose members keep more than this of the prior's width is one that the figures cannot tell."""

DISTANT = 0.3
"""Root mean square distance in prior widths above which two members are far from each other."""

SMALLEST = 1e-9
"""The tolerance of a figure without one: whatever is off, is far off."""


class CalibrationEvidence(StudyEvidence[StoredCalibration]):
    """Everything the report of a calibration says comes from here."""

    def __init__(self, results: Results) -> None:
        super().__init__(results)
        self.figures = plain_rows(self.tables["figures"])
        self.candidates = self.tables["candidates"]
        self.members = self.tables["members"]
        self.tried = len(self.candidates)
        self.accepted = int((self.candidates["accepted"] > 0).sum())
        found = plain_rows(self.tables["identifiability"].sort_values("kept", kind="stable"))
        self.uncertainties = [{**row, "kept": min(1.0, row["kept"])} for row in found]  # of few members it may exceed 1
        self.spread: dict[str, float | None] = {
            row["quantity"]: row["value"] for row in plain_rows(self.tables["spread"])
        }

    def of_role(self, *roles: str) -> list[dict[str, Any]]:
        """Figures of some roles: ``target``, ``drawn``, ``check``, ``held_out``."""
        return [row for row in self.figures if row["role"] in roles]

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Figures that candidates have to meet, those that exclude most first."""
        return sorted(self.of_role("target", "drawn", "check"), key=lambda row: -row["excluded"])

    def values(self, figure: str) -> NDArray[np.float64]:
        """A figure of the members, shape (members,); none for a figure that candidates lack."""
        if figure not in self.candidates.columns:
            return np.zeros(0)
        of_all = self.candidates.set_index("candidate")[figure]
        return of_all.loc[self.members["candidate"]].to_numpy(float)

    def hit(self, row: dict[str, Any]) -> bool:
        """Whether the middle 95 % of the members comes within the tolerance of what is reported."""
        if row["low"] is None:
            return False
        least, most = ends(row)
        return bool(row["low"] <= most + row["slack"] and row["high"] >= least - row["slack"])

    @property
    def fitted(self) -> list[dict[str, Any]]:
        """Uncertainties that are solved for, narrowest first."""
        return [row for row in self.uncertainties if row["is_fitted"]]

    @property
    def varied(self) -> list[dict[str, Any]]:
        """Uncertainties that are drawn between two ends, narrowest first."""
        return [row for row in self.uncertainties if not row["is_fitted"]]

    @property
    def told(self) -> list[dict[str, Any]]:
        """Varied assumptions that the figures narrow, most first."""
        return [row for row in self.varied if row["kept"] <= WIDE]

    @property
    def untold(self) -> list[dict[str, Any]]:
        """Varied assumptions that stay as wide as they were drawn."""
        return [row for row in self.varied if row["kept"] > WIDE]

    @property
    def choices(self) -> dict[str, dict[str, int]]:
        """Members by value of each choice that is varied."""
        found = {}
        for name, varied in self.settings.varied.items():
            if varied.values:
                places = self.members[name].tolist()
                found[name] = {value: places.count(varied.values.index(value)) for value in varied.values}
        return found

    def excluded_by(self, choice: str, value: str) -> str:
        """The figure that excludes most candidates with a value of a choice; empty where none does."""
        rows = plain_rows(self.tables["choices"])
        return next((str(row["excluded_by"]) for row in rows if (row["choice"], row["value"]) == (choice, value)), "")

    def place_of(self, row: dict[str, Any], values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where values of an uncertainty lie within its prior: 0 at its low end, 1 at its high one."""
        varied = self.settings.varied.get(row["uncertainty"])
        low, high = float(row["prior_low"]), float(row["prior_high"])
        if varied is not None and varied.scale == "log" and low > 0:
            low, high, values = math.log(low), math.log(high), np.log(np.maximum(values, SMALLEST))
        return (values - low) / ((high - low) or 1.0)


def ends(row: dict[str, Any]) -> tuple[float, float]:
    """What a figure is reported to lie between, or has to; without an end infinite."""
    low, high = row["reported_low"], row["reported_high"]
    return -math.inf if low is None else float(low), math.inf if high is None else float(high)


def tolerance(row: dict[str, Any]) -> float:
    """How far off what is reported a member may lie: half of it for its aim, half for what it gives."""
    return float(row["slack"]) * (1 if row["role"] == "held_out" else 2)


def tolerance_text(row: dict[str, Any]) -> str:
    """The tolerance of a figure; of an aim that is drawn a share of it; none of a check."""
    if row["role"] == "check":
        return numbers.NONE
    if row["role"] == "drawn":
        return f"±{numbers.percent(float(row['slack']), 0)}"
    return f"±{figure_amount(tolerance(row), row['figure'])}"


def figure_name(name: str, words: Words) -> str:
    """A figure as people say it."""
    statistic = STATISTICS.get(name)
    if statistic is not None:
        return f"{statistic.id} {statistic.meaning[words.language == 'zh']}"
    return words.measure(name)


def figure_amount(value: float | None, name: str) -> str:
    """A value of a figure: shares and changes in per cent."""
    statistic = STATISTICS.get(name)
    unit = statistic.unit if statistic is not None else MEASURES[name].unit if name in MEASURES else ""
    unit = "share" if unit in ("share", "change", "points") else unit
    return numbers.NONE if value is None else numbers.amount(float(value), unit)


def reported_text(row: dict[str, Any], words: Words) -> str:
    """What is reported of a figure, or what it has to lie between."""
    low, high = (figure_amount(row[key], row["figure"]) for key in ("reported_low", "reported_high"))
    if row["reported_low"] is None:
        return words("threshold.at_most", value=high)
    if row["reported_high"] is None:
        return words("threshold.at_least", value=low)
    return high if low == high else words("interval.plain", low=low, high=high)
