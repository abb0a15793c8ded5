"""Runs a sweep: points until they are precise enough, results and report, the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from experiments.configuration.schema import scenario_of
from experiments.design.factors import shown_value
from experiments.report.costs import uncosted_columns
from experiments.report.text import Words
from experiments.results.folder import RunRow, runs_frame
from experiments.results.journal import Journal
from experiments.results.places import names_of
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.levels import missing_levels
from experiments.runs.record import RunRecord
from experiments.runs.run import Run
from experiments.statistics.intervals import estimate
from experiments.statistics.replicates import FEWEST, replicates_for
from experiments.studies.finished_point import FinishedPoint, point_of, ranked_table
from experiments.studies.study import Contents, JournalRunner, KeptResult
from experiments.studies.sweep.answer import document_of
from experiments.studies.sweep.plan import Sweep, SweepPoint
from sim.prices import uncosted

POINTS_SHOWN = 30
"""Points that the table on stdout shows; the results have all."""

MEASURES_SHOWN = 5
"""Measures that the short table on stdout shows."""


def run(study: Sweep, runner: JournalRunner) -> SweepResult:
    """Carries out all points until they are precise enough; raises ``InputError`` when every run failed."""
    replicates = _run(study, runner)
    runs, references = _rows(study, replicates, runner)
    if not any(row.record for row in runs):
        raise first_error([row.error for row in runs])
    return SweepResult(study, replicates, runs, references, runner.journal)


class SweepResult(KeptResult):
    """The finished points of a sweep."""

    def __init__(
        self,
        study: Sweep,
        replicates: Mapping[str, int],
        runs: Sequence[RunRow],
        references: Sequence[RunRow],
        journal: Journal,
    ) -> None:
        self.study: Sweep = study
        self.replicates = replicates
        self.rows = {"runs": runs, "reference_runs": references}
        self.points = finished_points(study, runs, references)
        self.runs = len(runs) + len(references)
        self.failed = [row for row in (*runs, *references) if row.record is None]
        self.failures = [(f"{row.scenario}, seed {row.seed}", row.error) for row in self.failed]
        self.journal = journal

    def contents(self) -> Contents:
        """The tables of ``experiments.report.sweep.tables``."""
        from sim.measures import MEASURES

        study = self.study
        seconds = self.journal.seconds(
            run.key for point in study.points for run in study.runs(point.scenario, self.replicates[point.name])
        )
        failures = [{"scenario": row.scenario, "seed": row.seed, "error": row.error} for row in self.failed[:100]]
        return Contents(
            tables={
                "points": points_frame(study, self.replicates),
                **{name: runs_frame(rows) for name, rows in self.rows.items()},
            },
            parameters=parameter_rows({"base": scenario_of(study.config)}, study.ensemble),
            study={"place_names": names} if (names := place_names(study)) else {},  # they name no results
            manifest={"failures": failures},
            timings={"runs": len(seconds), "seconds": round(sum(seconds.values()), 3)},
            units={name: measure.unit for name, measure in MEASURES.items()},
        )

    def document(self) -> dict[str, Any]:
        """The study and its points, ranked."""
        study = self.study
        return {
            **study.as_dict(),
            "replicates": dict(self.replicates),
            "points": document_of(self.points, self._shown or study.measures, study.config.study.rank_by),
        }

    @property
    def _shown(self) -> list[str]:
        """Measures that were asked for on this command line, the ranking one first; empty without any."""
        chosen = self.study.config.measures
        return list(dict.fromkeys([self.study.config.study.rank_by, *chosen])) if chosen else []

    def table(self, language: str) -> str:
        """The first points, ranked, with their difference from the reference."""
        return self._ranked(self._shown or self.study.measures[:MEASURES_SHOWN], Words(language))

    def text(self, language: str) -> str:
        """All points, ranked, with every measure of the study; what the numbers are."""
        words = Words(language)
        shown = self._ranked(self._shown or self.study.measures, words)
        return "\n".join([shown, replicates_note(self.study, self.points, self.replicates, words)])

    def _ranked(self, measures: Sequence[str], words: Words) -> str:
        names = place_names(self.study)
        found = ranked_table(self.points, measures, self.study.config.study.rank_by, words, names).splitlines()
        lines = found[: POINTS_SHOWN + 2]
        if len(self.points) > POINTS_SHOWN:
            lines.append(words("sweep.console.more", n=len(self.points) - POINTS_SHOWN))
        return "\n".join(lines)


def _run(study: Sweep, runner: JournalRunner) -> dict[str, int]:
    """Carries out all points with their references; gives the replicates of each by its name."""
    config = study.config
    begin = max(config.replicates, FEWEST) if config.precision else config.replicates
    wanted = {point.name: begin for point in study.points}
    while True:
        runner.finish(_all_runs(study, wanted))
        if not config.precision:
            return wanted
        more = {point.name: _next(study, point, wanted[point.name], runner) for point in study.points}
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


def _next(study: Sweep, point: SweepPoint, now: int, runner: JournalRunner) -> int:
    """Replicates that a point should have, by the precision asked for."""
    config = study.config

    def measures(scenario: Any) -> dict[int, Mapping[str, float]]:
        records = {run.seed: runner.record(run) for run in study.runs(scenario, now)}
        return {seed: record.after for seed, record in records.items() if record is not None}

    finished = FinishedPoint(
        point.name, point.values, measures(point.scenario), measures(point.reference) if point.reference else {}
    )
    if point.reference is None:
        values: Any = [each.get(config.of, float("nan")) for each in finished.runs.values()]
    else:
        reference, mine = finished.pairs(config.of)
        values = mine - reference
    level = _level(finished, config.of, bool(point.reference))
    return replicates_for(values, level, config.precision, config.replicates_max, now)


def _level(point: FinishedPoint, measure: str, is_paired: bool) -> float:
    """What a precision is relative to: the mean of the reference in the pairs, or of the point itself."""
    return estimate(point.pairs(measure)[0]).mean if is_paired else point.mean(measure).mean


def _rows(study: Sweep, replicates: Mapping[str, int], runner: JournalRunner) -> tuple[list[RunRow], list[RunRow]]:
    """Rows of the points' runs and of the references' (each once)."""
    rows, references = [], {}
    for point in study.points:
        for run in study.runs(point.scenario, replicates[point.name]):
            rows.append(_row(point.name, run, runner))
        if point.reference is not None:
            for run in study.runs(point.reference, replicates[point.name]):
                if run.key not in references:
                    references[run.key] = _row(point.reference_id, run, runner)
    return rows, list(references.values())


def _row(name: str, run: Run, runner: JournalRunner) -> RunRow:
    record = runner.record(run)
    return RunRow(name, run.scenario_id, run.seed, record, "" if record is not None else runner.error(run))


def points_frame(study: Sweep, replicates: Mapping[str, int]) -> Any:
    """The points: replicates, reference, values of the factors, and which levers without a price each moves."""
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
            shown_value(value) if isinstance(value, bool | list) else str(value) for value in values
        ]  # fmt: skip
    missing = [",".join(missing_levels(point.scenario.province)) for point in study.points]
    if len(set(missing)) > 1:  # what all lack, the study says
        columns["missing_levels"] = missing
    return pd.DataFrame({**columns, **uncosted_columns([_uncosted(point) for point in study.points])})


def _uncosted(point: SweepPoint) -> tuple[str, ...]:
    other = point.reference.after if point.reference is not None else point.scenario.before
    return uncosted(other, point.scenario.after)


def finished_points(study: Sweep, runs: Sequence[RunRow], references: Sequence[RunRow]) -> list[FinishedPoint]:
    """Points with the measures of their finished runs."""
    by_name: dict[str, dict[int, RunRecord]] = {}
    by_id: dict[str, dict[int, RunRecord]] = {}
    for rows, found in ((runs, by_name), (references, by_id)):
        for row in rows:
            if isinstance(row.record, RunRecord):
                found.setdefault(row.scenario, {})[row.seed] = row.record
    return [
        point_of(
            point.name,
            point.values,
            by_name.get(point.name, {}),
            by_id.get(point.reference_id, {}) if point.reference_id else {},
            point.stresses,
            missing_levels(point.scenario.province),
        )
        for point in study.points
    ]


def place_names(study: Sweep) -> dict[str, dict[str, str]]:
    """Names of the provinces and places that are factors, by the values in the table of points."""
    return names_of((point.values, point.scenario.province) for point in study.points)


def replicates_note(study: Sweep, points: Sequence[FinishedPoint], replicates: Mapping[str, int], words: Words) -> str:
    """What the table's numbers are."""
    fewest, most = min(replicates.values()), max(replicates.values())
    counted = f"{fewest}" if fewest == most else words("sweep.console.from_to", fewest=fewest, most=most)
    parts = [words("sweep.console.points", n=len(points), replicates=counted)]
    if study.config.study.reference:
        parts.append(words("sweep.console.reference", reference=words.scenario(study.config.study.reference)))
    if study.left_out:
        parts.append(words("sweep.console.left_out", n=study.left_out))
    if study.config.precision:
        parts.append(_precision_note(study, points, replicates, words))
    return words.joined(*parts)


def _precision_note(study: Sweep, points: Sequence[FinishedPoint], replicates: Mapping[str, int], words: Words) -> str:
    config = study.config
    wide = undefined = 0
    for point in points:
        effect = point.effect(config.of) if point.reference else point.mean(config.of)
        level = _level(point, config.of, bool(point.reference))
        if effect and (effect.high - effect.low) / 2 <= config.precision * abs(level) * (1 + 1e-9):
            continue
        wide += replicates[point.name] >= config.replicates_max
        undefined += replicates[point.name] < config.replicates_max
    of = config.of if words.language == "en" else words.measure(config.of.partition("@")[0])
    asked = {"measure": of, "precision": f"{100 * config.precision:g}"}
    if not wide + undefined:
        return words("sweep.console.precise", **asked)
    parts = [words("sweep.console.precise_at", n=len(points) - wide - undefined, points=len(points), **asked)]
    if wide:
        parts.append(words("sweep.console.wide", n=wide, most=config.replicates_max))
    if undefined:
        parts.append(words("sweep.console.undefined", n=undefined))
    return words("sweep.semicolon").join(parts) + words("sweep.console.stop")
