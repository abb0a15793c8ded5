"""Studies as plain functions, for notebooks and scripts.

>>> from petition_pyramid.api import scenario, simulate
>>> result = simulate(scenario("province=tiny", "after=whistle"), replicates=4)  # doctest: +SKIP
>>> result.measures()["durable_resolution"].after.mean  # doctest: +SKIP
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.configuration.ensemble import ensemble_of
from experiments.configuration.scenarios import simulate_config
from experiments.configuration.schema import ExecutorChoice, ExecutorKind, scenario_of
from experiments.runs.execute import run_scenarios
from experiments.runs.progress import Show
from experiments.runs.record import RunRecord
from experiments.runs.run import runs_of
from experiments.statistics.intervals import MeasureSummary, summarise
from sim.errors import InputError
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


def scenario(*overrides: str, config_directory: str | None = None) -> Scenario:
    """A scenario by the overrides of the command line: ``scenario("province=tiny", "after=whistle")``.

    ``config_directory`` is a folder of options of your own. ``Scenario.vary`` changes a scenario that is there.
    Raises ``InputError`` for anything wrong, like the command does.
    """
    config = simulate_config(overrides, config_directory)
    if config.ensemble:
        raise InputError(f"ensemble={config.ensemble}: a scenario has one behaviour; give simulate(ensemble=…) the set")
    return scenario_of(config)


@dataclass(frozen=True)
class Result:
    """Finished replicates of one scenario."""

    scenario: Scenario
    seeds: tuple[int, ...]
    records: tuple[RunRecord, ...]

    def measures(self) -> dict[str, MeasureSummary]:
        """Every measure by name: before, after and paired change, each a mean with its interval."""
        return {summary.name: summary for summary in summarise(self.records)}

    def runs(self) -> pd.DataFrame:
        """One row a replicate, every measure a column (``before_…`` for the time before the reform)."""
        from experiments.results.folder import runs_frame

        return runs_frame(self._rows())

    def monthly(self) -> pd.DataFrame:
        """One row a replicate and month, every event a column."""
        from experiments.results.folder import monthly_frame

        return monthly_frame(self._rows())

    def plot(self, figure: str = "monthly", language: str = "en") -> Figure:
        """One figure of the report as a Matplotlib figure, in English (``en``) or Chinese (``zh``); writes nothing.

        Raises ``InputError`` for a figure that one scenario does not have, naming those that it has.
        """
        from petition_pyramid.plots import figure_of

        return figure_of(self, figure, language)

    def report(self, folder: str | Path | None = None, language: str = "en") -> list[Path]:
        """Draws the report of this result into a folder (a temporary one by default); gives the files."""
        from experiments.report.kinds import open_results
        from experiments.report.write import write_report
        from experiments.results.folder import write_results
        from experiments.results.provenance import parameter_rows
        from petition_pyramid.plots import NAME, manifest_of, study_of

        target = Path(tempfile.mkdtemp(prefix="pyramid-")) if folder is None else Path(folder)
        parameters = parameter_rows({NAME: self.scenario})
        write_results(target, study_of(self), manifest_of(self), {}, self._rows(), parameters, {})
        return list(write_report(open_results(target), language))

    def _rows(self) -> list:
        from experiments.results.folder import RunRow
        from petition_pyramid.plots import NAME

        identity = runs_of(self.scenario, [0])[0].scenario_id
        return [RunRow(NAME, identity, seed, record) for seed, record in zip(self.seeds, self.records, strict=True)]


def simulate(
    scenario: Scenario,
    replicates: int = 10,
    seed: int = 0,
    workers: int = 0,
    executor: str = "threads",
    ensemble: str = "",
    progress: Show = None,
) -> Result:
    """Runs a scenario with seeds ``seed``, ``seed + 1``, …; see ``simulate_many``."""
    return simulate_many([scenario], replicates, seed, workers, executor, ensemble, progress)[0]


def simulate_many(
    scenarios: Sequence[Scenario],
    replicates: int = 10,
    seed: int = 0,
    workers: int = 0,
    executor: str = "threads",
    ensemble: str = "",
    progress: Show = None,
) -> list[Result]:
    """Runs several scenarios on the same seeds; scenarios that differ after the reform alone share a warm-up.

    ``workers`` 0 = as many as there are cores; ``ensemble`` is a set of behaviours, one a seed; ``progress``
    is shown on a terminal and in a notebook (None), always (True), never (False), or by a function that is called with
    the runs done and their total. Raises ``InputError`` for bad input, ``RuntimeError`` when a run fails.
    """
    choice = ExecutorChoice(ExecutorKind(executor), workers)
    ensembles = [ensemble_of(ensemble, each.behaviour) for each in scenarios]
    records, errors = run_scenarios(scenarios, replicates, seed, choice, progress=progress, ensembles=ensembles)
    if errors:
        raise RuntimeError(f"{len(errors)} runs failed; the first: {errors[0]}")
    seeds = tuple(range(seed, seed + replicates))
    return [Result(each, seeds, tuple(group)) for each, group in zip(scenarios, records, strict=True)]
