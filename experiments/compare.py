"""``pyramid compare``: worlds side by side on the same seeds, kept on disk, with a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from experiments.allowed import shown, suggestion
from experiments.carry_out import carry_out, check_provinces, first_error
from experiments.headline import HEADLINE
from experiments.journal import Journal
from experiments.provenance import commit, parameter_rows, platform_of_results, recorded_command, versions
from experiments.runs import Outcome, Run, digest, model_version, runs_of, tables_fingerprint
from experiments.schema import PART_MAX, PART_MIN, CompareConfig, Output
from experiments.store import (
    LATEST,
    RunRow,
    disk_errors,
    locked,
    open_results,
    own_folder,
    point_latest_at,
    write_atomically,
    write_results,
)
from experiments.stresses import acting
from experiments.worlds import World, worlds_of
from sim.errors import InputError
from sim.scenario import Scenario

JOURNAL = "journal.sqlite"


@dataclass(frozen=True)
class Comparison:
    """A study, composed: its worlds and their runs by label, the reference first or wherever it was put."""

    config: CompareConfig
    worlds: Mapping[str, World]
    runs: Mapping[str, list[Run]]

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
        }

    @property
    def folder(self) -> Path:
        """``results/<study>/<name>``; the default name is made from study, scenarios and model."""
        ids = {label: runs[0].scenario_id for label, runs in self.runs.items()}
        name = self.config.name or digest([self.as_dict(), ids, model_version()])[:12]
        return Path(self.config.results) / self.config.study.name / name


def comparison(config: CompareConfig, arguments: Sequence[str] = ()) -> Comparison:
    """Composes and checks a study; raises ``InputError`` before anything runs or is written."""
    study = config.study
    worlds = worlds_of(config, arguments)
    if study.reference not in worlds:
        raise InputError(f"study.reference={study.reference} is not among the study's worlds ({', '.join(worlds)})")
    if len(study.target) != 3 or not all(PART_MIN <= part <= PART_MAX for part in study.target):
        raise InputError(f"study.target={shown(study.target)} must be three positive numbers, province : city : county")
    if config.name == LATEST:
        raise InputError(f"name={LATEST} is not allowed: it is the link to the newest results of a study")
    if study.name.startswith(JOURNAL):
        raise InputError(f"study.name={study.name} is not allowed: results/{JOURNAL} is the journal of finished runs")
    from sim.measures import MEASURES

    for name in study.measures:
        if name not in MEASURES:
            raise InputError(f"study.measures: there is no measure {name!r}; {suggestion(name, MEASURES)}")
    check_provinces([world.scenario for world in worlds.values()])
    seeds = range(config.seed, config.seed + config.replicates)
    return Comparison(config, worlds, {label: runs_of(world.scenario, seeds) for label, world in worlds.items()})


def compare(config: CompareConfig, arguments: Sequence[str] = ()) -> int:
    """Runs what is not yet in the journal, exports the results, draws the report and prints the answer.

    Returns 0, or 1 when some runs failed. Raises ``InputError`` for bad input and a disk that does not take
    the results; finished runs are kept in any case.
    """
    study = comparison(config, arguments)
    every = [run for runs in study.runs.values() for run in runs]
    with Journal(Path(config.results) / JOURNAL) as journal:
        _finish(study, every, journal)
        rows = _rows(study, journal)
        failed = [row for row in rows if row.record is None]
        if len(failed) == len(rows):
            raise first_error([row.error for row in failed])
        with locked(study.folder):
            _export(study, rows, journal, arguments)
            point_latest_at(study.folder)
            pages = _report(study)
    _print_answer(study, rows, pages)
    for row in failed[:5]:
        print(f"pyramid: {row.scenario}, seed {row.seed} failed: {row.error}", file=sys.stderr)
    if failed:
        print(
            f"pyramid: {len(failed)} of {len(rows)} runs failed; the same command tries them again",
            file=sys.stderr,
        )
    return 1 if failed else 0


def _finish(study: Comparison, every: Sequence[Run], journal: Journal) -> None:
    """Carries out the runs that the journal does not have."""
    config = study.config

    def is_missing(run: Run) -> bool:
        return journal.record(run.key) is None or (config.ledger and journal.ledger(run.key) is None)

    missing = [run for run in every if is_missing(run)]
    kept = 0

    def keep(run: Run, outcome: Outcome) -> None:
        nonlocal kept
        journal.add(run, outcome)
        kept += outcome.record is not None

    try:
        carry_out(missing, config.executor, keep, keep_ledger=config.ledger)
    except KeyboardInterrupt:
        done = len(every) - len(missing) + kept
        print(
            f"\n{done} of {len(every)} runs are kept in {journal.path}; the same command goes on from there",
            file=sys.stderr,
        )
        raise


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
    from sim.province import load_province

    choice = study.config.province
    province = load_province(choice.source, tuple(choice.places))
    failed = [row for row in rows if row.record is None]
    manifest = {
        "study": study.config.study.name,
        "name": study.folder.name,
        "command": recorded_command("compare", arguments),
        "model_version": model_version(),
        "versions": versions(),
        "git": commit(),
        **platform_of_results(),
        "seeds": study.seeds,
        "scenarios": {label: runs[0].scenario_id for label, runs in study.runs.items()},
        "stresses": study.stressed,
        "runs": {"done": len(rows) - len(failed), "failed": len(failed)},
        "failures": [{"scenario": row.scenario, "seed": row.seed, "error": row.error} for row in failed],
        "province": {
            "source": choice.source,
            "places": list(choice.places),
            "tables": tables_fingerprint(choice.source),
            "population": int(province.population),
        },
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
    write_results(study.folder, study.as_dict(), manifest, timings, rows, parameter_rows(study.scenarios), units)
    if study.config.ledger:
        with disk_errors(study.folder):
            folder = own_folder(study.folder, "ledger")
            for (label, seed), run in runs.items():
                content = journal.ledger(run.key)
                if content is not None:
                    write_atomically({folder / f"{label}-{seed}.parquet": content})


def _report(study: Comparison) -> list[Path]:
    from experiments.report import write_report

    with disk_errors(study.folder):
        return list(write_report(open_results(study.folder), study.config.language))


def _print_answer(study: Comparison, rows: Sequence[RunRow], pages: Sequence[Path]) -> None:
    from experiments.effects import effects_document, effects_table, paired_effects
    from experiments.side_by_side import margin_note, side_by_side, verdicts_document

    choice = study.config.study
    effects = paired_effects(rows, choice.reference, study.measures)
    shown = [page for page in pages if page.suffix == ".html"]
    if study.config.output is Output.json:
        document = {
            "study": choice.name,
            "results": str(study.folder),
            "report": [str(page) for page in shown],
            "model_version": model_version(),
            "seeds": study.seeds,
            "worlds": {label: world.as_dict() for label, world in study.worlds.items()},
            "reference": choice.reference,
            "ratio": verdicts_document(rows, choice.target, choice.margin),
            "effects": effects_document(effects, study.stressed),
            "failed": [
                {"scenario": row.scenario, "seed": row.seed, "error": row.error} for row in rows if row.record is None
            ],
        }
        print(json.dumps(document, indent=2, ensure_ascii=False))
        return
    print(effects_table(effects, choice.reference, study.stressed))
    print(_note(study))
    print()
    print(side_by_side(rows, study.stressed, study.measures, choice.target, choice.margin))
    print(margin_note(choice.margin))
    print()
    print(f"results  {study.folder}")
    for page in shown:
        print(f"report   {page}")


def _note(study: Comparison) -> str:
    if len(study.seeds) == 1:
        return "One replicate: differences have no intervals."
    return (
        f"Means of {len(study.seeds)} replicates; differences are paired by seed, with 95 % t intervals; "
        "* = Holm-adjusted p < 0.05 over all effects shown."
    )
