"""Runs a sweep: points until they are precise enough, results and report, the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.configuration.application import run_application
from experiments.configuration.schema import Output, scenario_of
from experiments.configuration.short_forms import expand, expand_all, short, split_flags
from experiments.design.factors import DECLARED
from experiments.results.folder import RunRow, runs_frame, write_study
from experiments.results.journal import Journal
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.record import RunRecord
from experiments.runs.run import Run
from experiments.statistics.replicates import FEWEST, replicates_for
from experiments.studies.finished_point import FinishedPoint, ranked_table
from experiments.studies.study import finish, journal_of, keep, manifest_of, print_document, say_failures, say_where
from experiments.studies.sweep.answer import document_of
from experiments.studies.sweep.plan import Point, Sweep, plan
from experiments.studies.sweep.schema import SweepConfig

POINTS_SHOWN = 30
"""Points that the table on stdout shows; the results have all."""


def sweep_command(arguments: Sequence[str]) -> int:
    """``pyramid sweep …``: several values of a key on the command line are a factor of the sweep.

    A factor on the command line replaces the study's own of that key; a single value there fixes it.
    """
    given = [argument for argument in arguments if argument not in ("-m", "--multirun")]
    overrides = split_flags(given)[1]
    factors, fixed = _split(overrides)

    def study(config: SweepConfig) -> int:
        own = {key: value for key, value in config.study.factors.items() if key not in fixed}
        config.study.factors = {**own, **factors}
        return sweep(config, arguments)

    swept = {argument for argument in overrides if _key(argument) in factors}
    return run_application("sweep", [argument for argument in given if argument not in swept], study)


def _split(overrides: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    """Factors by key as written, and keys with a single value."""
    from hydra.core.override_parser.overrides_parser import OverridesParser

    from experiments.configuration.application import composing

    factors: dict[str, str] = {}
    fixed: set[str] = set()
    parser = OverridesParser.create()
    with composing("sweep", overrides):
        for argument in overrides:
            parsed = parser.parse_override(expand(argument))
            key = _key(argument)
            factors.pop(key, None)
            fixed.discard(key)
            written = argument.partition("=")[2]
            if parsed.is_sweep_override() or written == DECLARED:
                factors[key] = written
            else:
                fixed.add(key)
    return factors, fixed


def _key(argument: str) -> str:
    return short(expand_all([argument])[0].partition("=")[0].lstrip("+~"))


def sweep(config: SweepConfig, arguments: Sequence[str] = ()) -> int:
    """Runs what is not yet in the journal, keeps the results, draws the report and prints the points, ranked.

    Returns 0, or 1 when some runs failed. Raises ``InputError`` for bad input and a disk that does not take the
    results.
    """
    study = plan(config, arguments)
    with journal_of(config) as journal:
        replicates = _run(study, journal)
        runs, references = _rows(study, replicates, journal)
        failed = [row for row in (*runs, *references) if row.record is None]
        if not any(row.record for row in runs):
            raise first_error([row.error for row in failed])
        seconds = journal.seconds(
            run.key for point in study.points for run in study.runs(point.scenario, replicates[point.name])
        )
    counts = {"done": len(runs) + len(references) - len(failed), "failed": len(failed)}
    manifest = manifest_of(config, "sweep", arguments, config.study.name, study.folder, counts)
    manifest["failures"] = [{"scenario": row.scenario, "seed": row.seed, "error": row.error} for row in failed[:100]]
    timings = {"runs": len(seconds), "seconds": round(sum(seconds.values()), 3)}

    def write() -> None:
        from sim.measures import MEASURES

        units = {name: measure.unit for name, measure in MEASURES.items()}
        tables = {
            "points": points_frame(study, replicates),
            "runs": runs_frame(runs),
            "reference_runs": runs_frame(references),
        }
        parameters = parameter_rows({"base": scenario_of(config)}, study.ensemble)
        write_study(study.folder, "sweep", study.as_dict(), manifest, timings, tables, parameters, units)

    pages = keep(study.folder, write, config.language)
    _print(study, finished_points(study.points, runs, references), pages, replicates)
    return say_failures(
        [(f"{row.scenario}, seed {row.seed}", row.error) for row in failed], len(runs) + len(references)
    )


def _run(study: Sweep, journal: Journal) -> dict[str, int]:
    """Carries out all points with their references; gives the replicates of each by its name."""
    config = study.config
    begin = max(config.replicates, FEWEST) if config.precision else config.replicates
    wanted = {point.name: begin for point in study.points}
    while True:
        finish(_all_runs(study, wanted), journal, config.executor)
        if not config.precision:
            return wanted
        more = {point.name: _next(study, point, wanted[point.name], journal) for point in study.points}
        if more == wanted:
            return wanted
        wanted = more


def _all_runs(study: Sweep, replicates: Mapping[str, int]) -> list[Run]:
    runs = []
    for point in study.points:
        for scenario in (point.scenario, point.reference):
            if scenario is not None:
                runs += study.runs(scenario, replicates[point.name])
    return runs


def _next(study: Sweep, point: Point, now: int, journal: Journal) -> int:
    """Replicates that a point should have, by the precision asked for."""
    config = study.config

    def measures(scenario: Any) -> dict[int, Mapping[str, float]]:
        records = {run.seed: journal.record(run.key) for run in study.runs(scenario, now)}
        return {seed: record.after for seed, record in records.items() if record is not None}

    finished = FinishedPoint(
        point.name, point.values, measures(point.scenario), measures(point.reference) if point.reference else {}
    )
    if point.reference is None:
        values = [each.get(config.of, float("nan")) for each in finished.runs.values()]
        level = sum(values) / len(values) if values else float("nan")
        return max(now, replicates_for(values, level, config.precision, config.replicates_max))
    reference, mine = finished.pairs(config.of)
    level = float(reference.mean()) if len(reference) else float("nan")
    return max(now, replicates_for(mine - reference, level, config.precision, config.replicates_max))


def _rows(study: Sweep, replicates: Mapping[str, int], journal: Journal) -> tuple[list[RunRow], list[RunRow]]:
    """Rows of the points' runs and of the references' (each once)."""
    rows, references = [], {}
    for point in study.points:
        for run in study.runs(point.scenario, replicates[point.name]):
            rows.append(_row(point.name, run, journal))
        if point.reference is not None:
            for run in study.runs(point.reference, replicates[point.name]):
                if run.key not in references:
                    references[run.key] = _row(point.reference_id, run, journal)
    return rows, list(references.values())


def _row(name: str, run: Run, journal: Journal) -> RunRow:
    record = journal.record(run.key)
    return RunRow(name, run.scenario_id, run.seed, record, "" if record is not None else journal.error(run.key))


def points_frame(study: Sweep, replicates: Mapping[str, int]) -> Any:
    """The points, each with its replicates, its reference and the values of its factors."""
    import pandas as pd

    columns: dict[str, Any] = {
        "point": [point.name for point in study.points],
        "reference_id": [point.reference_id for point in study.points],
        "replicates": [replicates[point.name] for point in study.points],
        "is_stressed": [bool(point.stresses) for point in study.points],
    }
    for factor in study.factors:
        values = [point.values[factor.key] for point in study.points]
        columns[factor.key] = [float(value) for value in values] if factor.is_ordered else [
            str(value).lower() if isinstance(value, bool) else str(value) for value in values
        ]  # fmt: skip
    return pd.DataFrame(columns)


def finished_points(
    points: Sequence[Point], runs: Sequence[RunRow], references: Sequence[RunRow]
) -> list[FinishedPoint]:
    """Points with the measures of their finished runs."""
    by_name: dict[str, dict[int, Mapping[str, float]]] = {}
    by_id: dict[str, dict[int, Mapping[str, float]]] = {}
    for rows, found in ((runs, by_name), (references, by_id)):
        for row in rows:
            if isinstance(row.record, RunRecord):
                found.setdefault(row.scenario, {})[row.seed] = row.record.after
    return [
        FinishedPoint(
            point.name,
            point.values,
            by_name.get(point.name, {}),
            by_id.get(point.reference_id, {}) if point.reference_id else {},
            point.stresses,
        )
        for point in points
    ]


def _print(study: Sweep, points: Sequence[FinishedPoint], pages: Sequence[Path], replicates: Mapping[str, int]) -> None:
    config = study.config
    rank_by = config.study.rank_by
    if config.output is Output.json:
        parts = {
            **study.as_dict(),
            "replicates": dict(replicates),
            "points": document_of(points, study.measures, rank_by),
        }
        print_document(study.config.study.name, study.folder, pages, parts)
        return
    shown = study.measures[:7]
    lines = ranked_table(points, shown, rank_by).splitlines()
    print("\n".join(lines[: POINTS_SHOWN + 2]))
    if len(points) > POINTS_SHOWN:
        print(f"… and {len(points) - POINTS_SHOWN} more points")
    print(note(study, points, replicates))
    print()
    say_where(study.folder, pages)


def note(study: Sweep, points: Sequence[FinishedPoint], replicates: Mapping[str, int]) -> str:
    """What the table's numbers are."""
    fewest, most = min(replicates.values()), max(replicates.values())
    counted = f"{fewest}" if fewest == most else f"{fewest} to {most}"
    text = f"{len(points)} points, {counted} replicates each, on the same seeds; 95 % t intervals."
    if study.config.study.reference:
        text += f" Differences are from {study.config.study.reference} in the same world, paired by seed."
    if study.left_out:
        text += f" {study.left_out} points did not meet the constraints."
    if study.config.precision:
        text += f" {_precision_note(study, points)}"
    return text


def _precision_note(study: Sweep, points: Sequence[FinishedPoint]) -> str:
    config = study.config
    wide = 0
    for point in points:
        effect = point.effect(config.of) if point.reference else point.mean(config.of)
        if effect is None:
            continue
        level = point.pairs(config.of)[0].mean() if point.reference else point.mean(config.of).mean
        wide += not (effect.high - effect.low) / 2 <= config.precision * abs(level) * (1 + 1e-9)
    asked = f"The interval of {config.of} is within ±{100 * config.precision:g} %"
    if wide == 0:
        return f"{asked} at every point."
    most = f"{config.replicates_max} replicates did not do it at the others"
    return f"{asked} at {len(points) - wide} of {len(points)} points; {most}."
