"""The report of a calibration."""

from __future__ import annotations

from types import ModuleType

from experiments.report import numbers
from experiments.report.calibrate import excluded, members, patterns, tradeoffs
from experiments.report.calibrate.answer import answer
from experiments.report.calibrate.evidence import DISTANT, CalibrationEvidence, figure_name
from experiments.report.factors import column_name, value_name
from experiments.report.page_parts import parts_of_study
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows

FIGURES: dict[str, ModuleType] = {
    "patterns": patterns,
    "members": members,
    "tradeoffs": tradeoffs,
    "excluded": excluded,
}

SECTIONS = {"answer": ("patterns",), "members": ("members", "tradeoffs"), "excluded": ("excluded",)}


def setting(evidence: CalibrationEvidence, words: Words) -> str:
    """What was fitted and varied, how."""
    settings = evidence.settings
    places = len(settings.training_places)
    return words(
        "calibrate.setting",
        fitted=len(settings.fitted),
        varied=len(settings.varied),
        steps=settings.steps,
        where=words("calibrate.training", n=places) if places else words("calibrate.training.all"),
        tried=evidence.tried,
        replicates=evidence.replicates,
        place=evidence.place(words),
    )


def tables(key: str, evidence: CalibrationEvidence, words: Words) -> list[Table]:
    """What closes a section: members by choice and by distance, candidates by what came of them."""
    if key == "members":
        return [*_choices(evidence, words), *_spread(evidence, words)]
    return [_counts(evidence, words)] if key == "excluded" else []


def _choices(evidence: CalibrationEvidence, words: Words) -> list[Table]:
    rows = [
        [
            column_name(row["choice"], words),
            value_name(row["value"], words),
            str(evidence.choices[row["choice"]].get(row["value"], 0)),
            str(row["tried"]),
            str(row["accepted"]),
            figure_name(row["excluded_by"], words) if row["excluded_by"] else numbers.NONE,
        ]
        for row in plain_rows(evidence.tables["choices"])
        if row["choice"] in evidence.choices
    ]
    header = [words(f"calibrate.{key}") for key in ("choice", "value", "n", "tried", "accepted_of", "excluded_by")]
    return [Table(words("calibrate.choices"), header, rows)] if rows else []


def _spread(evidence: CalibrationEvidence, words: Words) -> list[Table]:
    found = evidence.spread if evidence.settings.varied else {}
    rows = [
        [words(f"calibrate.apart.{key}"), f"{value:.2f}"]
        for key in ("low", "median", "high")
        if (value := found.get(key)) is not None
    ]
    if (share := found.get("distant")) is not None:
        rows.append([words("calibrate.apart.distant", far=f"{DISTANT:g}"), numbers.percent(share, 0)])
    return (
        [Table(words("calibrate.apart"), [words("calibrate.apart.quantity"), words("calibrate.value")], rows)]
        if rows
        else []
    )


def _counts(evidence: CalibrationEvidence, words: Words) -> Table:
    counts = {"tried": evidence.tried, "accepted": evidence.accepted, "kept": len(evidence.members)}
    rows = [[words(f"calibrate.counts.{key}"), str(n)] for key, n in counts.items()]
    settings = evidence.settings
    rows += [
        [words("calibrate.counts.fitted"), str(len(settings.fitted))],
        [words("calibrate.counts.varied"), str(len(evidence.varied))],
        [words("calibrate.counts.choices"), str(len(evidence.choices))],
        *(
            [words(f"calibrate.counts.{role}"), str(len(evidence.of_role(role)))]
            for role in ("target", "drawn", "check", "held_out")
        ),
    ]
    return Table(words("calibrate.counts"), [words("calibrate.counts.what"), words("calibrate.counts.n")], rows)


PARTS = parts_of_study(
    "calibrate",
    evidence=CalibrationEvidence,
    figures=FIGURES,
    sections=SECTIONS,
    answer=answer,
    setting=setting,
    tables=tables,
    caption=lambda name, evidence, words: words(
        f"{name}.caption", members=len(evidence.members), tried=evidence.tried, accepted=evidence.accepted
    ),
)
