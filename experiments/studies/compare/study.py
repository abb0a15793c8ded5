"""``pyramid compare``: worlds side by side on the same seeds, kept on disk, with a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.configuration.ensemble import Ensemble, ensemble_note, ensemble_of
from experiments.configuration.schema import CompareConfig, Output
from experiments.configuration.stresses import acting
from experiments.results.city_tiles import cities_of
from experiments.results.folder import RunRow, disk_errors, own_folder, write_atomically, write_results
from experiments.results.journal import Journal
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import check_provinces, first_error
from experiments.runs.run import Run, runs_of
from experiments.statistics.headline import HEADLINE
from experiments.studies.compare.worlds import World, worlds_of
from experiments.studies.study import (
    check_measures,
    check_names,
    check_target,
    finish,
    folder_of,
    journal_of,
    keep,
    manifest_of,
    print_document,
    say_failures,
    say_where,
)
from sim.errors import InputError
from sim.scenario import Scenario


@dataclass(frozen=True)
class Comparison:
    """A study, composed: its worlds and their runs by label, the reference first or wherever it was put."""

    config: CompareConfig
    worlds: Mapping[str, World]
    runs: Mapping[str, list[Run]]
    cities: Sequence[Mapping[str, Any]]
    ensemble: Ensemble | None = None

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
        return list(range(self.config.seed, self.config.seed + self.config.replicates))

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
            "replicates": config.replicates,
            "seeds": self.seeds,
            "province": shared["province"],
            "calendar": shared["calendar"],
            "stress": shared["stress"],
            **({"ensemble": self.ensemble.as_dict()} if self.ensemble else {}),
        }

    @property
    def folder(self) -> Path:
        """``results/<study>/<name>``; the default name is made from study, scenarios and model."""
        ids = {label: list(dict.fromkeys(run.scenario_id for run in runs)) for label, runs in self.runs.items()}
        return folder_of(self.config, self.config.study.name, [self.as_dict(), ids])


def comparison(config: CompareConfig, arguments: Sequence[str] = ()) -> Comparison:
    """Composes and checks a study; raises ``InputError`` before anything runs or is written."""
    study = config.study
    worlds = worlds_of(config, arguments)
    if study.reference not in worlds:
        raise InputError(f"study.reference={study.reference} is not among the study's worlds ({', '.join(worlds)})")
    check_target(study.target)
    check_names(config, study.name)
    check_measures(study.measures)
    check_provinces([world.scenario for world in worlds.values()])
    seeds = range(config.seed, config.seed + config.replicates)
    ensemble = ensemble_of(config.ensemble, config.behaviour)
    runs = {label: runs_of(world.scenario, seeds, ensemble) for label, world in worlds.items()}
    return Comparison(config, worlds, runs, cities_of(config.province), ensemble)


def compare(config: CompareConfig, arguments: Sequence[str] = ()) -> int:
    """Runs what is not yet in the journal, exports the results, draws the report and prints the answer.

    Returns 0, or 1 when some runs failed. Raises ``InputError`` for bad input and a disk that does not take
    the results; finished runs are kept in any case.
    """
    study = comparison(config, arguments)
    every = [run for runs in study.runs.values() for run in runs]
    with journal_of(config) as journal:
        finish(every, journal, config.executor, keep_ledger=config.ledger)
        rows = _rows(study, journal)
        failed = [row for row in rows if row.record is None]
        if len(failed) == len(rows):
            raise first_error([row.error for row in failed])
        pages = keep(study.folder, lambda: _export(study, rows, journal, arguments), config.language)
    _print_answer(study, rows, pages)
    return say_failures([(f"{row.scenario}, seed {row.seed}", row.error) for row in failed], len(rows))


def _rows(study: Comparison, journal: Journal) -> list[RunRow]:
    rows = []
    for label, runs in study.runs.items():
        for run in runs:
            record = journal.record(run.key)
            error = "" if record is not None else journal.error(run.key)
            rows.append(RunRow(label, run.scenario_id, run.seed, record, error))
    return rows


def _export(study: Comparison, rows: Sequence[RunRow], journal: Journal, arguments: Sequence[str]) -> None:
    from sim.measures import MEASURES

    failed = [row for row in rows if row.record is None]
    counts = {"done": len(rows) - len(failed), "failed": len(failed)}
    manifest = {
        **manifest_of(study.config, "compare", arguments, study.config.study.name, study.folder, counts),
        "seeds": study.seeds,
        "scenarios": {label: runs[0].scenario_id for label, runs in study.runs.items()},
        "stresses": study.stressed,
        "failures": [{"scenario": row.scenario, "seed": row.seed, "error": row.error} for row in failed],
    }
    runs = {(label, run.seed): run for label, group in study.runs.items() for run in group}
    seconds = journal.seconds(run.key for run in runs.values())
    timings = {
        "unit": "seconds a run took, its share of the warm-up with the first run of a batch",
        "runs": [
            {"scenario": label, "seed": seed, "seconds": round(seconds.get(run.key, 0.0), 3)}
            for (label, seed), run in runs.items()
        ],
    }
    units = {name: measure.unit for name, measure in MEASURES.items()}
    resolved = {**study.as_dict(), "cities": list(study.cities)}  # where a map shows them names no results
    write_results(
        study.folder, resolved, manifest, timings, rows, parameter_rows(study.scenarios, study.ensemble), units
    )
    if study.config.ledger:
        with disk_errors(study.folder):
            folder = own_folder(study.folder, "ledger")
            for (label, seed), run in runs.items():
                content = journal.ledger(run.key)
                if content is not None:
                    write_atomically({folder / f"{label}-{seed}.parquet": content})


def _print_answer(study: Comparison, rows: Sequence[RunRow], pages: Sequence[Path]) -> None:
    from experiments.studies.compare.effects import effects_document, effects_table, paired_effects
    from experiments.studies.compare.ratio_table import margin_note, side_by_side, verdicts_document

    choice = study.config.study
    members = len(study.ensemble) if study.ensemble else 0
    effects = paired_effects(rows, choice.reference, study.measures, members)
    if study.config.output is Output.json:
        parts = {
            "seeds": study.seeds,
            "worlds": {label: world.as_dict() for label, world in study.worlds.items()},
            "reference": choice.reference,
            "ratio": verdicts_document(rows, choice.target, choice.margin),
            "effects": effects_document(effects, study.stressed),
            "failed": [
                {"scenario": row.scenario, "seed": row.seed, "error": row.error} for row in rows if row.record is None
            ],
        }
        print_document(choice.name, study.folder, pages, parts)
        return
    print(effects_table(effects, choice.reference, study.stressed))
    print(_note(study))
    print()
    print(side_by_side(rows, study.stressed, study.measures, choice.target, choice.margin))
    print(margin_note(choice.margin))
    print()
    say_where(study.folder, pages)


def _note(study: Comparison) -> str:
    if len(study.seeds) == 1:
        return "One replicate: differences have no intervals."
    text = (
        f"Means of {len(study.seeds)} replicates; differences are paired by seed, with 95 % t intervals; "
        "* = Holm-adjusted p < 0.05 over all effects shown."
    )
    return text + ensemble_note(study.ensemble)
