"""A simulation: a scenario or all points of a multirun, some replicates each."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.configuration.command import StudyKind
from experiments.configuration.ensemble import ensemble_of
from experiments.configuration.multirun import MultirunPoint
from experiments.configuration.schema import Output, SimulateConfig, scenario_of
from experiments.configuration.stresses import acting
from experiments.configuration.words_file import in_language
from experiments.report.answer import Answer
from experiments.report.caveats import scenario_notes, stress_notes
from experiments.report.levels import none_of
from experiments.report.measure_text import undefined_notes
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.plain_text import document, fitted
from experiments.report.text import Words
from experiments.report.warm_up import warm_up_notes
from experiments.results.places import names_of
from experiments.runs.execute import run_beside_unchanged, unchanged
from experiments.runs.groups import AT
from experiments.runs.levels import missing_levels
from experiments.runs.record import RunRecord
from experiments.runs.run import model_version
from experiments.statistics.headline import HEADLINE
from experiments.statistics.intervals import MeasureSummary
from experiments.studies.command import run_kind
from experiments.studies.finished_point import FinishedPoint, are_of_places, point_of, ranked_table
from experiments.studies.simulate.stored import results_of, summaries_of
from experiments.studies.simulate.text import WORDS, measures_table, note_of
from experiments.studies.simulate.trends import trend_notes, trends_of
from experiments.studies.study import Runner, ScenarioStudy, StudyResult, complaint_of


def run(study: ScenarioStudy[SimulateConfig], runner: Runner) -> SimulationResult:
    """Carries out the runs, and those with the policy before kept; raises ``InputError`` when every one failed."""
    config, ensembles = study.config, [study.ensemble]
    (records,), (kept,), failures = run_beside_unchanged(
        [study.scenario], config.replicates, config.seed, runner.executor, progress=runner.progress, ensembles=ensembles
    )
    return SimulationResult(study, records, kept, failures)


@dataclass(frozen=True)
class SimulationResult(StudyResult):
    """The finished replicates of a scenario by seed; ``kept`` are the same with the policy before the reform kept."""

    study: ScenarioStudy[SimulateConfig]
    records: Mapping[int, RunRecord]
    kept: Mapping[int, RunRecord]
    failures: Sequence[tuple[str, str]]

    @property
    def summaries(self) -> list[MeasureSummary]:
        """The measures that are asked for, or all."""
        asked = self.study.config.measures
        found = summaries_of(self.records, self.kept, self.study.ensemble)
        return [each for each in found if not asked or each.name in asked]

    def answer(self, words: Words) -> Answer:
        """What the reform does, beside the policy before it kept."""
        results = results_of(self.study.scenario, self.records, self.kept, self.study.ensemble)
        parts = parts_of(results.kind)
        return answer_of(parts, parts.evidence(results), words)

    def document(self) -> dict[str, Any]:
        """The scenario and every measure."""
        study = self.study
        return {
            **_provenance(study.config),
            "ensemble": study.ensemble.as_dict() if study.ensemble else None,
            "scenario": study.scenario.as_dict(),
            "scored_as_harm": acting(study.scenario.stress),
            "measures": measures_document(self.summaries),
            "trends": {
                name: {str(year): each._asdict() for year, each in by_year.items()}
                for name, by_year in trends_of(study.scenario, self.kept.values()).items()
            },
            "failed": [f"{what}: {error}" for what, error in self.failures],
        }

    def table(self, language: str) -> str:
        """Every measure before and after the reform, its change, and the same had the policy before been kept."""
        several, summaries = len(self.records) > 1, [each for each in self.summaries if AT not in each.name]
        missing = missing_levels(self.study.scenario.province)
        return measures_table(summaries, several, self.study.ensemble, Words(language), missing)

    def text(self, language: str) -> str:
        """The table, how it is read, and what is not defined."""
        study, words = self.study, Words(language)
        said = in_language(WORDS, language)
        kept = said["placebo" if study.scenario == unchanged(study.scenario) else "if_kept"]
        summaries = [each for each in self.summaries if AT not in each.name]
        parts = ("change", "effect") if any(each.before.n for each in summaries) else ("effect",)
        missing = missing_levels(study.scenario.province)
        told = [each for each in summaries if not none_of(each.name, missing, words)]
        known = ((each.name, min(getattr(each, part).n for part in parts)) for each in told)
        of = min(len(self.records), len(study.ensemble or self.records))
        notes = undefined_notes(known, of, words, said["replicates.what"])
        note = words.joined(note_of([*self.records], study.ensemble, words), *stress_notes(study.scenario, words))
        trends = trend_notes(study.scenario, self.kept.values(), words)
        return "\n".join([self.table(language), note, kept, *trends, *notes])


def simulate_command(kind: StudyKind, arguments: Sequence[str]) -> int:
    """``pyramid simulate``: one scenario, or with ``-m`` all points of a multirun; returns the exit code."""
    return run_kind(kind, arguments, simulate_points)


def simulate_points(points: Sequence[MultirunPoint]) -> int:
    """Runs all points of a multirun and prints one row a point; returns the exit code."""
    first: SimulateConfig = points[0].config
    most = max(point.config.replicates for point in points)
    scenarios = [scenario_of(point.config) for point in points]
    ensembles = [ensemble_of(point.config.ensemble, point.config.behaviour) for point in points]
    records, kept, failures = run_beside_unchanged(scenarios, most, first.seed, first.executor, ensembles=ensembles)
    words = Words(first.language)
    warnings = [note for each in scenarios for note in warm_up_notes(each.calendar, words)]
    warnings += [note for each in zip(scenarios, ensembles, strict=True) for note in scenario_notes(*each, words)]
    warnings = list(dict.fromkeys(warnings))
    if first.output is Output.json:
        rows = [
            {
                "point": dict(point.swept),
                "scored_as_harm": acting(scenario.stress),
                "measures": measures_document(summaries_of(group, others, ensemble)),
            }
            for point, scenario, ensemble, group, others in zip(
                points, scenarios, ensembles, records, kept, strict=True
            )
        ]
        failed = [f"{what}: {error}" for what, error in failures]
        print(document({**_provenance(first), "points": rows, "warnings": warnings, "failed": failed}))
    else:
        said = in_language(WORDS, first.language)
        finished = _finished(points, [[*group.values()] for group in records])
        print(_points_table(finished, points, words))
        order = said["places" if are_of_places(finished) else "ranked"]
        names = dict.fromkeys(each.name for each in ensembles if each)
        people = [said["points.behaviours"].format(name=words.listed([*names]))] if names else []
        seeds = range(first.seed, first.seed + most)
        print(fitted("\n".join([words.joined(note_of(seeds, None, words), *people, order), *warnings])))
    if failures:
        print(f"pyramid: {complaint_of(failures)}", file=sys.stderr)
    return 1 if failures else 0


def _provenance(config: SimulateConfig) -> dict[str, Any]:
    seeds = list(range(config.seed, config.seed + config.replicates))
    return {"command": "simulate", "model_version": model_version(), "seeds": seeds}


def measures_document(summaries: Sequence[MeasureSummary]) -> dict[str, Any]:
    """Measures as plain values for JSON: unit, better direction, and every estimate."""
    from sim.measures import MEASURES

    document = {}
    for summary in summaries:
        measure = MEASURES.get(summary.name.partition(AT)[0])
        document[summary.name] = {
            "unit": summary.unit,
            "better": measure.better if measure else "none",
            "before": summary.before.as_dict(),
            "after": summary.after.as_dict(),
            "change": summary.change.as_dict(),
            "kept": summary.kept.as_dict(),
            "effect": summary.effect.as_dict(),
        }
    return document


def _points_table(finished: Sequence[FinishedPoint], points: Sequence[MultirunPoint], words: Words) -> str:
    """The table of a sweep: points from best to worst, or as they are given where they differ by place."""
    measured = {name for point in finished for values in point.runs.values() for name in values}
    shown = [name for name in HEADLINE if name in measured] or sorted(measured)[:8]
    names = names_of((point.swept, point.config.province) for point in points)
    return ranked_table(finished, shown, shown[0], words, names)


def _finished(points: Sequence[MultirunPoint], records: Sequence[Sequence[RunRecord]]) -> list[FinishedPoint]:
    """The points with their measures."""
    return [
        point_of(
            point.label,
            point.swept,
            dict(enumerate(group)),
            stresses=acting(point.config.stress),
            missing=missing_levels(point.config.province),
        )
        for point, group in zip(points, records, strict=True)
    ]
