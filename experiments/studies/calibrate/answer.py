"""The answer of a calibration in words and tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from experiments.report.numbers import amount
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

if TYPE_CHECKING:
    import pandas as pd

    from experiments.studies.calibrate.result import Calibrated

WIDE = 0.8
"""An uncertainty whose members keep more than this of the prior's width is one that the data cannot tell."""


def answer(found: Calibrated, frames: Mapping[str, pd.DataFrame]) -> str:
    """Targets beside the range over the members, and what the data can tell."""
    lines: list[str] = []
    rows = [
        [row["target"], row["role"].replace("_", " "), _reported(row), amount(row["error"]), amount(row["default"]),
         amount(row["default_implausibility"]), amount(row["median"]), f"{amount(row['low'])} – {amount(row['high'])}"]
        for row in plain_rows(frames["targets"])
    ]  # fmt: skip
    header = ["figure", "", "reported", "± sd", "default", "implausibility", "members", "95 % of members"]
    lines.append(table(header, rows, left=2))
    lines.append(f"{found.accepted} of {found.tried} candidates accepted in all places; {len(found.members)} are kept.")
    told, seeds = Words("en"), len(found.plan.seeds)
    lines += [
        f"{target.name}: {told('undefined', known=known, all=seeds, what='replicates of the default', least=seeds)}"
        for target, known in zip(found.plan.targets, found.known, strict=False)
        if known < seeds
    ]
    lines.append("")
    kept = plain_rows(frames["identifiability"].sort_values("kept", kind="stable"))
    ranges = [
        [row["uncertainty"], f"{amount(row['prior_low'])} – {amount(row['prior_high'])}", amount(row["default"]),
         f"{amount(row['low'])} – {amount(row['high'])}", f"{100 * row['kept']:.0f} %"]
        for row in kept
    ]  # fmt: skip
    lines.append(table(["uncertainty", "prior", "default", "95 % of members", "kept"], ranges))
    wide = [row["uncertainty"] for row in kept if row["kept"] > WIDE]
    lines.append(f"The data cannot tell (more than {100 * WIDE:.0f} % of the prior kept): {', '.join(wide) or 'none'}.")
    return "\n".join(lines)


def _reported(row: dict[str, Any]) -> str:
    if row["reported_low"] is None:
        return f"at most {amount(row['reported_high'])}"
    same = row["reported_low"] == row["reported_high"]
    return amount(row["reported_low"]) if same else f"{amount(row['reported_low'])} – {amount(row['reported_high'])}"
