"""Patterns: what is reported and what the model gives, side by side, with what does not fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.configuration.stresses import acting
from experiments.configuration.words_file import in_language, row_of
from experiments.patterns.arithmetic import ARITHMETIC, Arithmetic, implied_total
from experiments.patterns.observed import Observed, over_replicates
from experiments.patterns.registry import Pattern, PatternOutcome, pattern_outcomes
from experiments.report import numbers
from experiments.report.numbers import NBSP, NONE
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.report.warm_up import warm_up_notes
from experiments.runs.run import model_version
from experiments.statistics.intervals import Estimate
from experiments.studies.patterns.schema import PatternsConfig
from experiments.studies.study import Runner, ScenarioStudy, StudyResult, harm_note

if TYPE_CHECKING:
    import pandas as pd

IN_PER_CENT = ("share", "change", "points")
RELATIVE = ("ratio", "1/1000/year", "days", "1")
"""Units whose residual is shown as a share of what is reported."""

WORDS = Path(__file__).parent / "words.toml"

MET = {True: "yes", False: "no", None: "none"}
"""Words that say whether a pattern is met."""


def run(study: ScenarioStudy[PatternsConfig], runner: Runner) -> PatternsResult:
    """Carries out the runs; raises ``InputError`` when every one failed."""
    finished, failures = runner.records([study.runs])
    return PatternsResult(study, [Observed(record, run.scenario) for run, record in finished[0]], failures)


class PatternsResult(StudyResult):
    """Every pattern, and what follows from them."""

    def __init__(
        self, study: ScenarioStudy[PatternsConfig], runs: Sequence[Observed], failures: Sequence[tuple[str, str]]
    ) -> None:
        self.study: ScenarioStudy[PatternsConfig] = study
        self.failures = failures
        self.replicates = len(runs)
        self.outcomes = pattern_outcomes(runs)
        self.implied = [(each, over_replicates(each.value, runs)) for each in ARITHMETIC]

    def document(self) -> dict[str, Any]:
        """Every pattern with what is reported and what is simulated."""
        study = self.study
        return {
            "command": "patterns",
            "model_version": model_version(),
            "seeds": [run.seed for run in study.runs],
            "ensemble": study.ensemble.as_dict() if study.ensemble else None,
            "scenario": study.scenario.as_dict(),
            "scored_as_harm": acting(study.scenario.stress),
            "patterns": [_document(each) for each in self.outcomes],
            "arithmetic": [_arithmetic_document(each, value) for each, value in self.implied],
            "warnings": warm_up_notes(study.scenario.calendar, Words("en")),
            "failed": [f"{what}: {error}" for what, error in self.failures],
        }

    def frame(self) -> pd.DataFrame:
        """A row a pattern."""
        import pandas as pd

        return pd.json_normalize([_document(each) for each in self.outcomes], sep="_")

    def text(self, language: str) -> str:
        """The table of patterns in the language asked for."""
        text = _text(self.outcomes, self.implied, self.study.config, self.replicates, language)
        warnings = warm_up_notes(self.study.scenario.calendar, Words(language))
        return "\n".join([text + ("\n\n" + harm_note(self.study.scenario).strip()).rstrip(), *warnings])


def _text(
    found: Sequence[PatternOutcome],
    implied: Sequence[tuple[Arithmetic, Estimate | None]],
    config: PatternsConfig,
    n: int,
    language: str,
) -> str:
    words = in_language(WORDS, language)
    rows = [_row(each, language) for each in found]
    parts = [table(row_of(words, "header"), rows, left=5)]
    seeds = {"n": n, "first": config.seed, "last": config.seed + config.replicates - 1}
    parts.append(words["single" if config.replicates == 1 else "replicates"].format(**seeds))
    lines = [
        [
            each.meaning[language == "zh"],
            words["missing"] if value is None else _number(value.mean, each.unit),
            "" if value is None else _interval(value, each.unit),
        ]
        for each, value in implied
    ]
    parts += ["", table(row_of(words, "arithmetic"), lines)]
    means = {each.name: value.mean for each, value in implied if value is not None}
    if "petitions_share" in means:
        parts.append(
            words["together"].format(
                implied=f"{implied_total(means['petitions_share']):.2f}", simulated=f"{means['petitions_total']:.2f}"
            )
        )
    notes: dict[tuple[str, str], None] = {}
    for each in found:
        note = each.pattern.note[language == "zh"]
        if note:
            notes.setdefault((each.pattern.id, note), None)
    parts += ["", f"{words['notes']}:", *(f"  {name}: {note}" for name, note in notes)]
    return "\n".join(parts)


def _row(outcome: PatternOutcome, language: str) -> list[str]:
    pattern, simulated, words = outcome.pattern, outcome.simulated, in_language(WORDS, language)
    met = words[MET[outcome.is_met]]
    if pattern.direction and math.isfinite(outcome.residual):
        met = words["direction"].format(met if outcome.is_met is not None else words["unclear"])
    return [
        pattern.id,
        pattern.meaning[language == "zh"],
        reported_text(pattern),
        pattern.tag,
        pattern.source,
        words["missing"] if simulated is None else _number(simulated.mean, pattern.unit),
        "" if simulated is None else _interval(simulated, pattern.unit),
        _residual(outcome),
        met,
    ]


def reported_text(pattern: Pattern) -> str:
    """What is reported, as text: ``−35.9 %``, ``96.0 – 98.0 %``."""
    low, high = (
        f"{100 * end:.4g}{NBSP}%" if pattern.unit == "share" else _number(end, pattern.unit)
        for end in (pattern.low, pattern.high)
    )
    if pattern.low == pattern.high:
        return low
    return f"{low.removesuffix(f'{NBSP}%')} – {high}"


def _number(value: float, unit: str) -> str:
    if unit == "change":
        return numbers.signed_percent(value)
    if unit == "points":
        return numbers.signed(100 * value)
    return numbers.percent(value, 2) if unit == "share" else numbers.plain(value)


def _interval(value: Estimate, unit: str) -> str:
    ends = [_number(end, unit) for end in (value.low, value.high)]
    return "" if NONE in ends else f"[{ends[0].removesuffix(f'{NBSP}%')}, {ends[1]}]"


def _residual(outcome: PatternOutcome) -> str:
    """Relative to the nearest reported value for ratios, rates and days; points for shares; else as it is."""
    residual, pattern = outcome.residual, outcome.pattern
    if residual == 0:
        return "0"
    if pattern.unit in IN_PER_CENT:
        return numbers.signed(100 * residual)
    nearest = pattern.low if residual < 0 else pattern.high
    if pattern.unit in RELATIVE and nearest:
        return numbers.signed_percent(residual / nearest)
    return numbers.signed(residual)


def _document(outcome: PatternOutcome) -> dict[str, Any]:
    pattern = outcome.pattern
    residual = outcome.residual
    return {
        "id": pattern.id,
        "name": pattern.name,
        "meaning": dict(zip(("en", "zh"), pattern.meaning, strict=True)),
        "unit": pattern.unit,
        "reported": {"low": pattern.low, "high": pattern.high},
        "tolerance": pattern.tolerance,
        "judged_by": "direction" if pattern.direction else "value",
        "tag": pattern.tag,
        "source": pattern.source,
        "note": dict(zip(("en", "zh"), pattern.note, strict=True)),
        "simulated": None if outcome.simulated is None else outcome.simulated.as_dict(),
        "residual": residual if math.isfinite(residual) else None,
        "met": outcome.is_met,
    }


def _arithmetic_document(each: Arithmetic, value: Estimate | None) -> dict[str, Any]:
    return {
        "name": each.name,
        "meaning": dict(zip(("en", "zh"), each.meaning, strict=True)),
        "unit": each.unit,
        "simulated": None if value is None else value.as_dict(),
    }
