"""Patterns: what is reported and what the model gives, side by side, with what does not fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from experiments.configuration.command import Invocation
from experiments.configuration.stresses import acting
from experiments.configuration.words_file import in_language, row_of
from experiments.patterns.arithmetic import Arithmetic, arithmetic_of
from experiments.patterns.not_comparable import NotComparable, not_comparable
from experiments.patterns.observed import Observed, over_replicates
from experiments.patterns.pattern import Pattern, PatternOutcome, pattern_outcomes
from experiments.patterns.reported import patterns_of
from experiments.report.answer import Answer
from experiments.report.levels import none_text
from experiments.report.pattern_text import interval_text, number_text, reported_text, residual_text
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.report.warm_up import warm_up_notes
from experiments.results.members import over_behaviours
from experiments.runs.levels import missing_levels
from experiments.runs.record import RunRecord
from experiments.runs.run import Run, model_version
from experiments.statistics.intervals import Estimate
from experiments.studies.patterns.answer import WORDS, answer_of, score_of
from experiments.studies.patterns.schema import PatternsConfig
from experiments.studies.study import Runner, ScenarioStudy, StudyResult, scenario_study
from sim.errors import InputError
from sim.scenario import ProvinceChoice
from sim.vocabulary import shown

if TYPE_CHECKING:
    import pandas as pd

MET = {True: "yes", False: "no", None: "none"}
"""Words that say whether a pattern is met."""


@dataclass(frozen=True)
class PatternsStudy(ScenarioStudy[PatternsConfig]):
    """A table of patterns, composed, with what is reported of its province."""

    patterns: tuple[Pattern, ...]


def plan(config: PatternsConfig, invocation: Invocation) -> PatternsStudy:
    """Composes and checks a table of patterns; raises ``InputError`` before anything runs."""
    study = scenario_study(config, invocation)
    if config.reported:
        reported = [each for each in patterns_of(ProvinceChoice(config.reported).source) if not each.is_national]
    else:
        reported = [*patterns_of(study.scenario.province.source)]
    patterns = tuple(each for each in reported if each.is_held_out is config.held_out)
    if not patterns:
        which = "was held out" if config.held_out else "may be fitted (with held_out=true, what was held out)"
        raise InputError(f"reported={shown(config.reported)}: nothing is reported of it that {which}")
    return PatternsStudy(**vars(study), patterns=patterns)


def run(study: PatternsStudy, runner: Runner) -> PatternsResult:
    """Carries out the runs; raises ``InputError`` when every one failed."""
    finished, failures = runner.records([study.runs])
    return PatternsResult(study, finished[0], failures)


class PatternsResult(StudyResult):
    """Every pattern, and what follows from them."""

    def __init__(
        self,
        study: PatternsStudy,
        finished: Sequence[tuple[Run, RunRecord]],
        failures: Sequence[tuple[str, str]],
    ) -> None:
        self.study: PatternsStudy = study
        self.failures = failures
        self.seeds = [run.seed for run, _ in finished]
        runs = [Observed(record, run.scenario) for run, record in finished]
        average = partial(over_behaviours, seeds=self.seeds, members=len(study.ensemble or ()))
        self.outcomes = pattern_outcomes(study.patterns, runs, average, study.ensemble is not None)
        rules = () if study.config.held_out else arithmetic_of(study.patterns)
        self.implied = [(each, over_replicates(each.value, runs, average)) for each in rules]

    @property
    def not_comparable(self) -> tuple[NotComparable, ...]:
        """Told beside what is held out."""
        return not_comparable() if self.study.config.held_out else ()

    def answer(self, words: Words) -> Answer:
        """How many reported figures the model reproduces, what it misses most, and what that means."""
        if self.study.config.held_out:
            return score_of(
                self.outcomes, self.study.ensemble, self.seeds, self.study.scenario, self.study.config.reported, words
            )
        return answer_of(self.outcomes, self.implied, self.study.ensemble, self.seeds, self.study.scenario, words)

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
            "held_out": study.config.held_out,
            "reported": study.config.reported,
            "arithmetic": [_arithmetic_document(each, value) for each, value in self.implied],
            "not_comparable": [each.as_dict() for each in self.not_comparable],
            "warnings": warm_up_notes(study.scenario.calendar, Words("en")),
            "failed": [f"{what}: {error}" for what, error in self.failures],
        }

    def frame(self) -> pd.DataFrame:
        """A row a pattern."""
        import pandas as pd

        return pd.json_normalize([_document(each) for each in self.outcomes], sep="_")

    def table(self, language: str) -> str:
        """The table of patterns."""
        return table(
            row_of(in_language(WORDS, language), "header"),
            [_row(each, missing_levels(self.study.scenario.province), language) for each in self.outcomes],
            6,
        )

    def text(self, language: str) -> str:
        """The table of patterns, how it is read, what follows from them, and notes."""
        words, people = in_language(WORDS, language), self.study.ensemble
        key = "single" if len(self.seeds) == 1 else "behaviours" if people else "replicates"
        seeds = {"n": len(self.seeds), "first": self.seeds[0], "last": self.seeds[-1]}
        lines = [
            [
                each.meaning[language == "zh"],
                words["missing"] if value is None else number_text(value.mean, each.unit),
                "" if value is None else interval_text(value, each.unit),
            ]
            for each, value in self.implied
        ]
        notes = {(each.pattern.id, each.pattern.note[language == "zh"]): None for each in self.outcomes}
        arithmetic = [table(row_of(words, "arithmetic"), lines), ""] if lines else []
        return "\n".join(
            [
                self.table(language),
                words[key].format(**seeds),
                "",
                *arithmetic,
                f"{words['notes']}{words['colon']}",
                *(f"  {name}{words['colon']} {note}" for name, note in notes if note),
                *self._remedy_lines(language),
                *self._not_comparable_lines(language),
            ]
        )

    def _remedy_lines(self, language: str) -> list[str]:
        words, which = in_language(WORDS, language), int(language == "zh")
        missed = [each.pattern for each in self.outcomes if each.is_met is False and each.pattern.remedy[which]]
        lines = [f"  {each.meaning[which]}{words['colon']} {each.remedy[which]}" for each in missed]
        return ["", f"{words['remedies']}{words['colon']}", *lines] if lines else []

    def _not_comparable_lines(self, language: str) -> list[str]:
        words, which = in_language(WORDS, language), int(language == "zh")
        lines = [
            words["not_comparable.line"].format(
                figure=each.figure[which],
                source=each.source[which],
                years=each.years.replace("-", "–"),
                why=each.why[which],
            )
            for each in self.not_comparable
        ]
        return ["", f"{words['not_comparable']}{words['colon']}", *lines] if lines else []


def _row(outcome: PatternOutcome, lacking: Sequence[str], language: str) -> list[str]:
    pattern, simulated, words = outcome.pattern, outcome.simulated, in_language(WORDS, language)
    met = words[MET[outcome.is_met]]
    if pattern.direction and math.isfinite(outcome.residual):
        met = words["direction"].format(met if outcome.is_met is not None else words["unclear"])
    figure = words["missing"] if simulated is None else number_text(simulated.mean, pattern.unit)
    if lacks := [level for level in pattern.statistic.levels if level in lacking]:
        figure = none_text(lacks, Words(language))
    return [
        pattern.id,
        pattern.meaning[language == "zh"],
        reported_text(pattern),
        pattern.years.replace("-", "–"),
        pattern.tag,
        pattern.source[language == "zh"],
        figure,
        "" if simulated is None else interval_text(simulated, pattern.unit),
        residual_text(outcome),
        met,
    ]


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
        "years": pattern.years,
        "of": "nation" if pattern.is_national else "province",
        "tag": pattern.tag,
        "source": dict(zip(("en", "zh"), pattern.source, strict=True)),
        "note": dict(zip(("en", "zh"), pattern.note, strict=True)),
        "remedy": dict(zip(("en", "zh"), pattern.remedy, strict=True)),
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
