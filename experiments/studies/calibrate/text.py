"""What a calibration prints beside its answer: figures, choices, and what the figures tell of each assumption."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.report import numbers
from experiments.report.calibrate.evidence import (
    WIDE,
    figure_amount,
    figure_name,
    reported_text,
    tolerance_text,
)
from experiments.report.factors import column_name, value_name
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

if TYPE_CHECKING:
    import pandas as pd

    from experiments.studies.calibrate.result import Calibrated


def figures_table(frames: Mapping[str, pd.DataFrame], words: Words) -> str:
    """Figures beside the range over the members, and how many candidates each excludes."""
    rows = []
    for row in plain_rows(frames["figures"]):
        name = row["figure"]
        default, median, low, high = (figure_amount(row[key], name) for key in ("default", "median", "low", "high"))
        labels = [figure_name(name, words), words(f"calibrate.role.{row['role']}"), reported_text(row, words)]
        excluded = numbers.NONE if row["role"] == "held_out" else str(row["excluded"])
        span = numbers.NONE if median == numbers.NONE else f"{low} – {high}"
        rows.append([*labels, tolerance_text(row), default, median, span, excluded])
    keys = ("figure", "role", "reported", "tolerance", "default", "median", "range", "excluded")
    return table([words(f"calibrate.{key}") for key in keys], rows, left=3)


def full_text(found: Calibrated, frames: Mapping[str, pd.DataFrame], words: Words) -> str:
    """The table of figures, how many candidates were accepted, choices, and what the figures tell of assumptions."""
    counts = {"accepted": found.accepted, "tried": len(found.candidates), "kept": len(found.members)}
    lines = [figures_table(frames, words), words("calibrate.accepted", **counts)]
    lines += [_choice(row, words) for row in plain_rows(frames["choices"])]
    kept = plain_rows(
        frames["identifiability"].sort_values(["is_fitted", "kept"], ascending=[False, True], kind="stable")
    )
    ranges = [
        [column_name(row["uncertainty"], words), words("calibrate.fitted" if row["is_fitted"] else "calibrate.varied"),
         _span(row["prior_low"], row["prior_high"]), numbers.amount(row["default"]), _span(row["low"], row["high"]),
         numbers.NONE if row["low"] is None else numbers.percent(row["kept"], 0)]
        for row in kept
    ]  # fmt: skip
    keys = ("uncertainty", "part", "prior", "default", "range", "kept")
    lines += ["", table([words(f"calibrate.{key}") for key in keys], ranges, left=2)]
    if found.members:
        wide = [column_name(row["uncertainty"], words) for row in kept if not row["is_fitted"] and row["kept"] > WIDE]
        names = words("list.comma").join(wide) or words("calibrate.none")
        lines.append(words("calibrate.wide", share=f"{100 * WIDE:.0f}", names=names))
    return "\n".join(lines)


def _choice(row: Mapping[str, Any], words: Words) -> str:
    """Candidates with a value of a choice that are accepted; where none is, what excludes most."""
    said = {"name": column_name(row["choice"], words), "value": value_name(row["value"], words), "tried": row["tried"]}
    if row["accepted"]:
        return words("calibrate.shares", accepted=row["accepted"], **said)
    return words("calibrate.shares.none", figure=figure_name(row["excluded_by"], words), **said)


def _span(low: float | None, high: float | None) -> str:
    return numbers.NONE if low is None else f"{numbers.amount(low)} – {numbers.amount(high)}"
