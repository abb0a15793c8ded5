"""Runs an optimisation: the search, the front on fresh seeds, policy files, results and report."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.schema import scenario_of
from experiments.design.factors import shown_value
from experiments.report import numbers
from experiments.report.costs import uncosted_columns
from experiments.report.factors import short_label
from experiments.report.levels import figure_text
from experiments.report.optimise.evidence import label_of, objective_unit
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.results.members import mean_over_behaviours
from experiments.results.provenance import parameter_rows
from experiments.runs.levels import missing_levels
from experiments.runs.run import runs_of
from experiments.runs.tables import plain_rows
from experiments.statistics.intervals import Estimate, difference
from experiments.statistics.thresholds import SUCCESS_GAP, better_of
from experiments.studies.optimise.plan import Optimisation
from experiments.studies.optimise.policy_file import policy_yaml
from experiments.studies.optimise.schema import Goal
from experiments.studies.optimise.search import Archive, non_dominated, progress, search, spread
from experiments.studies.study import Contents, JournalRunner, KeptResult
from sim.measures.composition import ilr
from sim.prices import uncosted
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class OptimisationResult(KeptResult):
    """What came of a search.

    Attributes:
        archive: every candidate.
        searched: measures that the search saw of every candidate, by name, shape (candidates,).
        front: rows of the archive that were measured on fresh seeds.
        fresh: by name, shape (front, replicates); ``reference`` likewise, shape (replicates,).
        feasible: whether the front meets the constraints on fresh seeds, by their means.
    """

    study: Optimisation
    archive: Archive
    searched: Mapping[str, NDArray[np.float64]]
    front: NDArray[np.int64]
    fresh: Mapping[str, NDArray[np.float64]]
    reference: Mapping[str, NDArray[np.float64]]

    def average(self, values: NDArray[np.float64]) -> Estimate:
        """The mean of a figure on the fresh seeds, with its interval over chance or over behaviours."""
        members = len(self.study.ensemble or ())
        return mean_over_behaviours(values.tolist(), self.study.fresh_seeds, members)

    @property
    def feasible(self) -> NDArray[np.bool_]:
        """Points of the front that have values on all fresh seeds and meet every constraint there."""
        met = (violations_of(self.study, self.fresh, self.reference) <= 0).all(axis=1)
        return met & np.isfinite(objectives_of(self.study, self.fresh)).all(axis=1)

    @property
    def non_dominated(self) -> NDArray[np.bool_]:
        """Points of the front that none of the other feasible ones dominates on fresh seeds."""
        objectives = objectives_of(self.study, self.fresh)
        kept = np.zeros(len(self.front), bool)
        feasible = np.flatnonzero(self.feasible)
        kept[feasible[non_dominated(objectives[feasible])]] = True
        return kept

    @property
    def names(self) -> list[str]:
        """Names of the points, cheapest first objective first."""
        return [f"front_{number:02}" for number in range(1, len(self.front) + 1)]

    def values(self, row: int) -> dict[str, Any]:
        """Levers of a point of the front."""
        return self.study.values(self.archive.points[self.front[row]])

    @property
    def runs(self) -> int:  # type: ignore[override]
        """Runs of the search."""
        return len(self.archive.points) * self.study.config.replicates

    @property
    def succeeded(self) -> bool:
        """Whether a point of the front meets the constraints."""
        return bool(self.feasible.any())

    def contents(self) -> Contents:
        """The tables of ``experiments.report.optimise.tables``, and a policy file a point of the front."""
        files = {f"config/policy/{name}.yaml": content for name, content in policies(self).items()}
        parameters = parameter_rows({"base": scenario_of(self.study.config)}, self.study.ensemble)
        return Contents(frames_of(self), parameters, files=files)

    def document(self) -> dict[str, Any]:
        """The study, its front, and what the search gained."""
        frames = frames_of(self)
        if chosen := self.study.config.measures:
            frames["measured"] = frames["measured"][frames["measured"]["measure"].isin(chosen)]
        return {
            **self.study.as_dict(),
            **{name: plain_rows(frames[name]) for name in ("front", "measured", "progress")},
        }

    def table(self, language: str) -> str:
        """The front on fresh seeds: its objectives, or the measures asked for."""
        return self._front(self.study.config.measures or list(self.study.objectives), (), Words(language))

    def text(self, language: str) -> str:
        """The front on fresh seeds with the record beside it, and the levers of the first point that holds."""
        study, words = self.study, Words(language)
        chosen = study.config.measures
        beside = () if chosen else ("recorded_success", "durable_success", "petitions_total")
        note = words(
            "optimise.console.note",
            candidates=len(self.archive.points),
            feasible=int(self.archive.is_feasible.sum()),
            fresh=study.config.study.fresh_replicates,
        )
        lines = [self._front(chosen or list(study.objectives), beside, words), note]
        best = np.flatnonzero(self.feasible)
        if len(best):
            first = int(best[0])
            levers = [_lever(key, value, words) for key, value in self.values(first).items()]
            listed = words("list.comma").join(levers)
            lines.append(words("optimise.console.levers", point=self.names[first], levers=listed))
        return "\n".join(lines)

    def _front(self, measures: Sequence[str], beside: Sequence[str], words: Words) -> str:
        """A row a point and the reference: measures with their intervals, others without, what became of it."""
        reference = self.study.config.study.reference
        name = reference if words.language == "en" else words.scenario(reference)
        missing = missing_levels(self.study.config.province)
        rows = []
        for row, point in enumerate([*self.names, words("optimise.console.reference", reference=name)]):
            is_reference = row == len(self.names)
            values = {m: self.reference[m] if is_reference else self.fresh[m][row] for m in (*measures, *beside)}
            cells = []
            for measure in measures:
                each, unit = self.average(values[measure]), objective_unit(measure)
                cells.append(f"{numbers.amount(each.mean, unit)} {numbers.interval(each.low, each.high, unit)}".strip())
            cells += [figure_text(float(np.mean(values[m])), m, objective_unit(m), missing, words) for m in beside]
            rows.append([point, *cells, "" if is_reference else words(f"optimise.console.state.{_state(self, row)}")])
        titles = [m if words.language == "en" else label_of(m, words) for m in (*measures, *beside)]
        return table([words("optimise.console.point"), *titles, words("optimise.state")], rows)

    def places(self) -> list[tuple[str, str]]:
        """Where the policies are, and the command that simulates the first of them."""
        folder = self.study.folder
        found = [("policies", str(folder / "config" / "policy"))]
        return [*found, ("next", next_step(folder, self.names))] if self.names else found


def run(study: Optimisation, runner: JournalRunner) -> OptimisationResult:
    """Searches, and measures the front anew on fresh seeds."""
    config, choice = study.config, study.config.study
    seeds = range(config.seed, config.seed + config.replicates)
    reference = measured(study, [study.reference], seeds, runner)
    reference_row = {name: values[0] for name, values in reference.items()}
    seen: list[dict[str, NDArray[np.float64]]] = []

    def evaluate(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        scenarios = [study.scenario(study.values(point)) for point in points]
        values = measured(study, scenarios, seeds, runner)
        seen.append({name: each.mean(axis=1) for name, each in values.items()})
        return objectives_of(study, values), violations_of(study, values, reference_row)

    def say(generation: int, archive: Archive) -> None:
        feasible, front = int(archive.is_feasible.sum()), len(archive.front)
        counted = f"{len(archive.points)} candidates, {feasible} feasible, {front} on the front"
        runner.say(f"generation {generation}: {counted}")

    dimensions = len(study.levers)
    # all levers low, in the middle, high: what no Latin hypercube holds
    start = np.repeat(np.array([[0.0], [0.5], [1.0]]), dimensions, axis=1)
    archive = search(
        evaluate, dimensions, len(study.objectives), len(study.constraints) or 1, choice.population, choice.generations,
        config.seed, start, say,
    )  # fmt: skip
    front = archive.front
    if not len(front):  # none is feasible: those that come nearest
        order = np.argsort(np.maximum(archive.violations, 0).sum(axis=1), kind="stable")
        front = order[: choice.front_max]
    front = front[spread(archive.objectives[front], choice.front_max)]
    front = front[np.argsort(archive.objectives[front][:, 0], kind="stable")]
    scenarios = [study.scenario(study.values(archive.points[row])) for row in front]
    fresh = measured(study, [study.reference, *scenarios], study.fresh_seeds, runner)
    return OptimisationResult(
        study,
        archive,
        {name: np.concatenate([each[name] for each in seen]) for name in study.names},
        front,
        {name: values[1:] for name, values in fresh.items()},
        {name: values[0] for name, values in fresh.items()},
    )


def measured(
    study: Optimisation, scenarios: Sequence[Scenario], seeds: Sequence[int], runner: JournalRunner
) -> dict[str, NDArray[np.float64]]:
    """Measures of scenarios on some seeds, by name, shape (scenarios, seeds); NaN for a run that failed."""
    runs = [runs_of(scenario, seeds, study.ensemble) for scenario in scenarios]
    runner.finish([run for group in runs for run in group])
    target = ilr(list(study.config.study.target))
    values = {name: np.full((len(runs), len(seeds)), np.nan) for name in study.names}
    for row, group in enumerate(runs):
        for column, run in enumerate(group):
            record = runner.record(run)
            if record is None:
                continue
            for name in study.names:
                if name == SUCCESS_GAP:
                    value = record.after["recorded_success"] - record.after["durable_success"]
                elif name == "distance_to_target":
                    value = float(np.hypot(record.after["ilr_1"] - target[0], record.after["ilr_2"] - target[1]))
                else:
                    value = record.after.get(name, np.nan)
                values[name][row, column] = value
    return values


def objectives_of(study: Optimisation, values: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
    """Objectives, lower is better, from values of shape (candidates, seeds): shape (candidates, objectives)."""
    signs = {Goal.low: 1.0, Goal.high: -1.0}
    return np.column_stack([signs[goal] * values[name].mean(axis=1) for name, goal in study.objectives.items()])


def violations_of(
    study: Optimisation, values: Mapping[str, NDArray[np.float64]], reference: Mapping[str, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """By how much each constraint is missed (at or below 0: met), over means of pairs; shape (candidates, constraints).

    Against the reference a constraint is on the mean paired difference: both have the same seeds. Without constraints
    there is one that all meet: what the search takes for missed by a candidate whose run failed.
    """
    columns = []
    for measure, threshold in study.constraints.items():
        means, others = values[measure].mean(axis=1), np.asarray(reference[measure].mean())
        columns.append(threshold.missed_by(means, others, better_of(measure)))
    return np.column_stack(columns) if columns else np.full((len(next(iter(values.values()))), 1), -1.0)


def policies(found: OptimisationResult) -> dict[str, bytes]:
    """A policy file a point of the front."""
    files = {}
    for row, name in enumerate(found.names):
        scenario = found.study.scenario(found.values(row))
        shown = "; ".join(
            f"{measure} {numbers.amount(float(found.fresh[measure][row].mean()), objective_unit(measure))}"
            for measure in found.study.objectives
        )
        files[name] = policy_yaml(scenario.after, f"A point of the front of {found.study.config.study.name}: {shown}.")
    return files


def frames_of(found: OptimisationResult) -> dict[str, pd.DataFrame]:
    """The tables of ``experiments.report.optimise.tables``."""
    import pandas as pd

    study, archive = found.study, found.archive
    levers: dict[str, Any] = {lever.key: [] for lever in study.levers}
    for point in archive.points:
        for key, value in study.values(point).items():
            levers[key].append(float(value) if not isinstance(value, bool | str) else str(value).lower())
    columns = {"generation": archive.generations, "feasible": archive.is_feasible, **levers}
    columns |= {name: found.searched[name] for name in study.names}
    feasible, standing = found.feasible, found.non_dominated
    front = {"point": found.names, "feasible": feasible, "non_dominated": standing}
    front |= {key: [values[row] for row in found.front] for key, values in levers.items()}
    policies = [study.scenario(found.values(row)).after for row in range(len(found.front))]
    front |= uncosted_columns([uncosted(study.reference.after, policy) for policy in policies])
    rows = []
    for row, name in enumerate(found.names):
        for measure in study.names:
            mean = found.average(found.fresh[measure][row])
            paired = found.average(difference(found.fresh[measure][row], found.reference[measure]))
            rows.append(
                {
                    "point": name, "measure": measure, "mean": mean.mean, "low": mean.low, "high": mean.high,
                    "difference": paired.mean, "difference_low": paired.low, "difference_high": paired.high,
                    "searched": float(found.searched[measure][found.front[row]]),
                }
            )  # fmt: skip
    for measure in study.names:
        mean = found.average(found.reference[measure])
        rows.append(
            {
                "point": "reference", "measure": measure, "mean": mean.mean, "low": mean.low, "high": mean.high,
                "difference": 0.0, "difference_low": 0.0, "difference_high": 0.0, "searched": None,
            }
        )  # fmt: skip
    steps = [{"generation": g, "hypervolume": volume, "feasible": n} for g, volume, n in progress(archive)]
    return {
        "archive": pd.DataFrame(columns),
        "front": pd.DataFrame(front),
        "measured": pd.DataFrame(rows),
        "progress": pd.DataFrame(steps),
    }


def next_step(folder: Path, names: Sequence[str]) -> str:
    """The command that simulates the first policy of the front; ``folder`` holds the results."""
    return shlex.join(["pyramid", "simulate", "--config-dir", str(folder / "config"), f"after={names[0]}"])


def _state(found: OptimisationResult, row: int) -> str:
    if found.non_dominated[row]:
        return "holds"
    return "dominated" if found.feasible[row] else "misses"


def _lever(key: str, value: Any, words: Words) -> str:
    if words.language == "en":
        return f"{key.removeprefix('after.')}={shown_value(value)}"
    text = shown_value(value)
    return f"{short_label(key, words)} {words.line(f'sweep.value.{text}', text)}"
