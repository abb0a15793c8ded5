"""What a calibration prints beside its answer: figures, and what the data can tell of each uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from experiments.report import numbers
from experiments.report.calibrate.evidence import WIDE, pattern_amount, reported_text, target_name, uncertainty_name
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

if TYPE_CHECKING:
    import pandas as pd

    from experiments.studies.calibrate.result import Calibrated


def figures_table(frames: Mapping[str, pd.DataFrame], words: Words) -> str:
    """Targets beside the range over the members."""
    rows = []
    for row in plain_rows(frames["targets"]):
        name = row["target"]
        error, default, median, low, high = (
            pattern_amount(row[key], name) for key in ("error", "default", "median", "low", "high")
        )
        implausibility = numbers.amount(row["default_implausibility"])
        labels = [target_name(name, words), words(f"calibrate.role.{row['role']}"), reported_text(row, words)]
        rows.append([*labels, error, default, implausibility, median, f"{low} – {high}"])
    keys = ("figure", "role", "reported", "error", "default", "implausibility", "members", "range")
    return table([words(f"calibrate.{key}") for key in keys], rows, left=2)


def full_text(found: Calibrated, frames: Mapping[str, pd.DataFrame], words: Words) -> str:
    """The table of figures, how many candidates were accepted, and what the data can tell."""
    counts = {"accepted": found.accepted, "tried": found.tried, "kept": len(found.members)}
    lines = [figures_table(frames, words), words("calibrate.accepted", **counts)]
    seeds, what = len(found.plan.seeds), words("calibrate.replicates_of_default")
    for target, known in zip(found.plan.targets, found.known, strict=False):
        if known < seeds:
            why = words("undefined", known=known, all=seeds, what=what, least=seeds)
            lines.append(words("calibrate.undefined", name=target_name(target.name, words), why=why))
    kept = plain_rows(frames["identifiability"].sort_values("kept", kind="stable"))
    ranges = [
        [uncertainty_name(row["uncertainty"], words), _span(row["prior_low"], row["prior_high"]),
         numbers.amount(row["default"]), _span(row["low"], row["high"]), numbers.percent(row["kept"], 0)]
        for row in kept
    ]  # fmt: skip
    keys = ("uncertainty", "prior", "default", "range", "kept")
    lines += ["", table([words(f"calibrate.{key}") for key in keys], ranges)]
    wide = [uncertainty_name(row["uncertainty"], words) for row in kept if row["kept"] > WIDE]
    names = words("list.comma").join(wide) or words("calibrate.none")
    lines.append(words("calibrate.wide", share=f"{100 * WIDE:.0f}", names=names))
    return "\n".join(lines)


def _span(low: float, high: float) -> str:
    return f"{numbers.amount(low)} – {numbers.amount(high)}"
