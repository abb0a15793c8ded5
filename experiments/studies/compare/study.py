"""A comparison: worlds side by side on the same seeds."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble, ensemble_of
from experiments.configuration.stresses import acting
from experiments.report.compare.choice import AIMED_AT, choice_of
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.margin import margin_note
from experiments.report.compare.sections import no_ratio
from experiments.report.compare.single_year import predictions_document, single_year_tables
from experiments.report.compare.tables import Aim
from experiments.report.maps.outline import Outline, read_outline
from experiments.report.measure_text import undefined_notes
from experiments.report.page_parts import answer_of, parts_of
from experiments.report.plain_text import fitted, table
from experiments.report.smallest_effect import smallest_effects
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.results.folder import (
    Results,
    RunRow,
    monthly_frame,
    runs_frame,
)
from experiments.results.journal import Journal
from experiments.results.places import stored_places
from experiments.results.provenance import parameter_rows
from experiments.runs.absent import stored_absent
from experiments.runs.build import stored_build
from experiments.runs.execute import check_provinces, first_error
from experiments.runs.levels import check_levels, levels_of, stored_levels
from experiments.runs.run import Run, runs_of
from experiments.statistics.headline import HEADLINE
from experiments.studies.compare.attribution import shared_out
from experiments.studies.compare.effects import EffectRow, effect_rows, effects_document, effects_table
from experiments.studies.compare.ratio_table import side_by_side, verdicts_document
from experiments.studies.compare.schema import CompareConfig
from experiments.studies.compare.turning import turns_on
from experiments.studies.compare.worlds import StudyWorld, worlds_of
from experiments.studies.study import (
    Contents,
    JournalRunner,
    KeptResult,
    KeptStudy,
    check_measures,
    check_names,
    check_target,
)
from sim.errors import InputError
from sim.scenario import Scenario, check_seed

MATTER_MOST = (
    "durable_total",
    "durable_resolution",
    "durable_reached",
    "worst_group_resolution",
    "petitions_total",
    "petitions_province",
    "cost_per_resident",
)
"""Measures of the table when nobody chose any: the number first, then shares."""

FIRST = 4
"""Seeds from which a first answer is told, while the others are still to be run."""

SOON = 10.0
"""Seconds: where the first seeds take less, the whole answer is near enough."""

AGAIN = 8
"""Of as many behaviours one is tried with a second seed."""


@dataclass(frozen=True)
class Comparison(KeptStudy[CompareConfig]):
    """A study, composed: its worlds and their runs by label, the reference first or wherever it was put."""

    worlds: Mapping[str, StudyWorld]
    runs: Mapping[str, list[Run]]
    places: Sequence[Mapping[str, Any]]
    ensemble: Ensemble | None = None
    outline: Outline | None = None

    @property
    def scenarios(self) -> dict[str, Scenario]:
        """The scenario of every world by label."""
        return {label: world.scenario for label, world in self.worlds.items()}

    @property
    def stressed(self) -> dict[str, dict[str, float]]:
        """The stresses that act in a world, by label, of the worlds that are under one: these are scored as harm."""
        found = {label: acting(world.scenario.stress) for label, world in self.worlds.items()}
        return {label: stresses for label, stresses in found.items() if stresses}

    @property
    def measures(self) -> list[str]:
        """Headline measures: the study's, or the usual ones."""
        return list(self.config.study.measures or HEADLINE)

    @property
    def seeds(self) -> list[int]:
        """Seeds of the replicates, the same for every world."""
        return seeds_of(self.config, self.ensemble)

    def as_dict(self) -> dict[str, Any]:
        """The resolved study: what ``study.yaml`` holds and what names the results."""
        config = self.config
        shared = Scenario(province=config.province, calendar=config.calendar, stress=config.stress).as_dict()
        return {
            "name": config.study.name,
            "question": dict(config.study.question),
            "worlds": {label: world.as_dict() for label, world in self.worlds.items()},
            "reference": config.study.reference,
            "measures": self.measures,
            "target": list(config.study.target),
            "margin": config.study.margin,
            "aim": config.study.aim.value,
            "replicates": config.replicates,
            "seeds": self.seeds,
            "province": shared["province"],
            "calendar": shared["calendar"],
            "stress": shared["stress"],
            **({"ensemble": self.ensemble.as_dict()} if self.ensemble else {}),
            **stored_build(self.scenarios.values()),
            **stored_levels(self.scenarios.values()),
            **stored_absent(self.scenarios.values()),
        }

    @property
    def identity(self) -> Any:
        """The scenarios of every world."""
        return {label: list(dict.fromkeys(run.scenario_id for run in runs)) for label, runs in self.runs.items()}


def seeds_of(config: CompareConfig, ensemble: Ensemble | None) -> list[int]:
    """One seed a replicate; over an ensemble, one behaviour in ``AGAIN`` has a second one, which tells chance apart."""
    seeds = range(config.seed, config.seed + config.replicates)
    if ensemble is None:
        return list(seeds)
    again = (seed + len(ensemble) for seed in seeds[: config.replicates // AGAIN])
    return sorted({*seeds, *again})


def plan(config: CompareConfig, invocation: Invocation) -> Comparison:
    """Composes and checks a study; raises ``InputError`` before anything runs or is written."""
    study = config.study
    worlds = worlds_of(config, invocation.config_directory)
    if study.reference not in worlds:
        raise InputError(f"study.reference={study.reference} is not among the study's worlds ({', '.join(worlds)})")
    check_target(study.target)
    check_names(config, study.name)
    check_measures(study.measures)
    check_provinces([world.scenario for world in worlds.values()])
    aim = {f"study.aim={study.aim.value}": levels_of(AIMED_AT[study.aim][0])}
    check_levels(aim, [world.scenario for world in worlds.values()], study.target)
    ensemble = ensemble_of(config.ensemble, config.behaviour)
    seeds = seeds_of(config, ensemble)
    check_seed(seeds[-1])
    runs = {label: runs_of(world.scenario, seeds, ensemble) for label, world in worlds.items()}
    places = stored_places(config.province)
    return Comparison(config, invocation, worlds, runs, places, ensemble, _outline(config.map, places))


def _outline(file: str, places: Sequence[Mapping[str, Any]]) -> Outline | None:
    """The lines of a user's file, if there is one; raises ``InputError`` where no place lies in them."""
    if not file:
        return None
    outline = read_outline(file)
    outline.check_near([(each["latitude"], each["longitude"]) for each in places if "latitude" in each])
    return outline


def run(study: Comparison, runner: JournalRunner) -> ComparisonResult:
    """Carries out the runs that the journal does not have; raises ``InputError`` when every run failed."""
    if len(study.seeds) >= 4 * FIRST:
        _say_first_answer(study, runner)
    runner.finish([run for runs in study.runs.values() for run in runs], keep_ledger=study.config.ledger)
    rows = _rows(study, runner, study.seeds)
    if not any(row.record for row in rows):
        raise first_error([row.error for row in rows])
    result = ComparisonResult(study, rows, runner.journal)
    choice = choice_of(result.evidence, Aim.settlement)
    if choice is None or choice.judgement != 1:
        return result
    told: dict[str, Any] = {"turns_on": turns_on(result.evidence, study.ensemble, choice.policy)}
    if study.config.study.attribution:
        reference, policy = (study.scenarios[label] for label in (study.config.study.reference, choice.policy))
        told["attribution"] = shared_out(choice.policy, reference, policy, study.seeds, study.ensemble, runner)
    return ComparisonResult(study, rows, runner.journal, told)


def _say_first_answer(study: Comparison, runner: JournalRunner) -> None:
    """Carries out the runs of the first seeds and says what they answer, where the whole is going to take a while."""
    seeds = study.seeds[:FIRST]
    began = time.monotonic()
    first = [run for runs in study.runs.values() for run in runs if run.seed in seeds]
    runner.finish(first, keep_ledger=study.config.ledger)
    rows = _rows(study, runner, seeds)
    if time.monotonic() - began < SOON or not all(row.record for row in rows):
        return
    evidence = ComparisonResult(study, rows, runner.journal).evidence
    words = evidence.words("zh" if study.config.language == "zh" else "en")
    kind = "behaviours" if study.ensemble else "replicates"
    said = words(f"console.first.{kind}", n=len(seeds), of=study.config.replicates)
    lines = answer_of(parts_of("compare"), evidence, words).text
    runner.say(fitted("\n".join(["", said, *lines, ""])))


def _rows(study: Comparison, runner: JournalRunner, seeds: Collection[int]) -> list[RunRow]:
    """What the journal has of the runs of some seeds."""
    rows = []
    for label, runs in study.runs.items():
        for run in runs:
            if run.seed not in seeds:
                continue
            record = runner.record(run)
            error = "" if record is not None else runner.error(run)
            rows.append(RunRow(label, run.scenario_id, run.seed, record, error))
    return rows


class ComparisonResult(KeptResult):
    """The finished runs of a comparison."""

    def __init__(
        self,
        study: Comparison,
        rows: Sequence[RunRow],
        journal: Journal,
        told: Mapping[str, Any] | None = None,
    ) -> None:
        """``told`` is what the results hold of the policy that settles most."""
        self.study: Comparison = study
        self.told = {"attribution": None, "turns_on": [], **(told or {})}
        self.rows = rows
        self.runs = len(rows)
        self.failed = [row for row in rows if row.record is None]
        self.failures = [(f"{row.scenario}, seed {row.seed}", row.error) for row in self.failed]
        self.journal = journal

    @cached_property
    def evidence(self) -> Evidence:
        """What the report says the same from."""
        study = self.study
        settings = {**study.as_dict(), **self.told}
        return Evidence(Results(study.folder, settings, {}, runs_frame(self.rows), monthly_frame(self.rows), []))

    def _rows(self) -> list[EffectRow]:
        """Effects on the measures that are asked for, or on all of the study."""
        measures = self.study.config.measures or self.study.measures
        return effect_rows(self.evidence, self.evidence.scenarios, measures)

    def contents(self) -> Contents:
        """Runs, months, how long each run took, and the ledgers that were asked for."""
        from sim.measures import MEASURES

        study = self.study
        runs = {(label, run.seed): run for label, group in study.runs.items() for run in group}
        seconds = self.journal.seconds(run.key for run in runs.values())
        ledgers = {}
        if study.config.ledger:
            found = {
                f"ledger/{label}-{seed}.parquet": self.journal.ledger(run.key) for (label, seed), run in runs.items()
            }
            ledgers = {path: content for path, content in found.items() if content is not None}
        return Contents(
            tables={"runs": runs_frame(self.rows), "monthly": monthly_frame(self.rows)},
            parameters=parameter_rows(study.scenarios, study.ensemble),
            study={"places": list(study.places), **self.told},  # none of it names results
            manifest={
                "seeds": study.seeds,
                "scenarios": {label: runs[0].scenario_id for label, runs in study.runs.items()},
                "stresses": study.stressed,
                "failures": self._failed(),
                **({"map": study.outline.as_dict()} if study.outline else {}),
            },
            timings={
                "unit": "seconds a run took, its share of the warm-up with the first run of a batch",
                "runs": [
                    {"scenario": label, "seed": seed, "seconds": round(seconds.get(run.key, 0.0), 3)}
                    for (label, seed), run in runs.items()
                ],
            },
            units={name: measure.unit for name, measure in MEASURES.items()},
            files=ledgers,
        )

    def _failed(self) -> list[dict[str, Any]]:
        return [{"scenario": row.scenario, "seed": row.seed, "error": row.error} for row in self.failed]

    def document(self) -> dict[str, Any]:
        """Verdicts on the ratio, effects, and ranges of single years."""
        study, choice = self.study, self.study.config.study
        return {
            "seeds": study.seeds,
            "worlds": {label: world.as_dict() for label, world in study.worlds.items()},
            "reference": choice.reference,
            "ratio": verdicts_document(self.evidence, list(study.worlds)),
            "effects": effects_document(self._rows(), study.stressed),
            "predictions": predictions_document(self.evidence),
            **self.told,
            "failed": self._failed(),
        }

    def table(self, language: str) -> str:
        """Effects on the measures that are asked for, or on those that matter most."""
        words = self.evidence.words(language)
        measures = self.study.config.measures or [name for name in MATTER_MOST if self.evidence.has(name)]
        return "\n".join(self._effects(measures, words))

    def text(self, language: str) -> str:
        """Effects on all measures of the study, the worlds side by side, and where a single year may lie."""
        words, asked = self.evidence.words(language), self.study.config.measures
        measures = asked or self.study.measures
        margin = no_ratio(self.evidence, words) or margin_note(self.evidence, words)
        single = [line for each in single_year_tables(self.evidence, words) for line in ("", *_printed(each))]
        beside = side_by_side(self.evidence, measures, words)
        return "\n".join([*self._effects(measures, words), "", beside, margin, *single])

    def _effects(self, measures: Sequence[str], words: Words) -> list[str]:
        """The table of effects with its notes."""
        rows = effect_rows(self.evidence, self.evidence.scenarios, measures)
        known: dict[str, int] = {}
        for each in rows:
            n = each.paired.n if each.paired else self.evidence.estimate(each.policy, each.measure).n
            known[each.measure] = min(n, known.get(each.measure, n))
        of = self.evidence.behaviours or len(self.study.seeds)
        return [
            effects_table(rows, self.evidence, words),
            self._note(words),
            *undefined_notes(((name, n) for name, n in known.items() if not self.evidence.lacks(name)), of, words),
        ]

    def _note(self, words: Words) -> str:
        n, behaviours = len(self.study.seeds), self.evidence.behaviours
        key = "single" if n == 1 else "behaviours" if behaviours > 1 else "replicates"
        parts = [words(f"console.note.{key}", n=behaviours if behaviours > 1 else n)]
        if n > 1:
            parts.append(words("console.note.star"))
        return words.joined(*parts, smallest_effects(words), words("console.note.points"))


def _printed(found: Table) -> tuple[str, str]:
    return found.caption, table(found.header, found.rows, left=2)
