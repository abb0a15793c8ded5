"""The answer of a calibration on stdout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.configuration.schema import Output
from experiments.report.plain_text import number, table
from experiments.runs.tables import rows_of
from experiments.studies.calibrate.frames import frames_of
from experiments.studies.study import print_document, say_where

if TYPE_CHECKING:
    from experiments.studies.calibrate.result import Calibrated

WIDE = 0.8
"""An uncertainty whose members keep more than this of the prior's width is one that the data cannot tell."""


def print_answer(found: Calibrated, folder: Path, pages: Sequence[Path]) -> None:
    """Targets beside the range over the members, what the data can tell, and where everything is."""
    study = found.plan
    frames = frames_of(found)
    if study.config.output is Output.json:
        parts = {
            **study.as_dict(),
            "waves": rows_of(frames["waves"]),
            "accepted": found.accepted,
            "tried": found.tried,
            "figures": rows_of(frames["targets"]),
            "identifiability": rows_of(frames["identifiability"]),
        }
        print_document(study.config.study.name, folder, pages, parts)
        return
    rows = [
        [row["target"], row["role"].replace("_", " "), _reported(row), number(row["error"]), number(row["default"]),
         number(row["default_implausibility"]), number(row["median"]), f"{number(row['low'])} – {number(row['high'])}"]
        for row in rows_of(frames["targets"])
    ]  # fmt: skip
    header = ["figure", "", "reported", "± sd", "default", "implausibility", "members", "95 % of members"]
    print(table(header, rows, left=2))
    print(f"{found.accepted} of {found.tried} candidates accepted in all places; {len(found.members)} are kept.")
    print()
    kept = rows_of(frames["identifiability"].sort_values("kept", kind="stable"))
    lines = [
        [row["uncertainty"], f"{number(row['prior_low'])} – {number(row['prior_high'])}", number(row["default"]),
         f"{number(row['low'])} – {number(row['high'])}", f"{100 * row['kept']:.0f} %"]
        for row in kept
    ]  # fmt: skip
    print(table(["uncertainty", "prior", "default", "95 % of members", "kept"], lines))
    wide = [row["uncertainty"] for row in kept if row["kept"] > WIDE]
    print(f"The data cannot tell (more than {100 * WIDE:.0f} % of the prior kept): {', '.join(wide) or 'none'}.")
    print()
    print(f"ensemble {folder / 'ensemble.csv'}")
    say_where(folder, pages)


def _reported(row: dict[str, Any]) -> str:
    if row["reported_low"] is None:
        return f"at most {number(row['reported_high'])}"
    same = row["reported_low"] == row["reported_high"]
    return number(row["reported_low"]) if same else f"{number(row['reported_low'])} – {number(row['reported_high'])}"
