"""The studies as functions: what a command line does, from Python."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.configuration.ensemble import ensemble_of
from experiments.configuration.primary import loaded
from experiments.configuration.scenarios import simulate_config
from experiments.configuration.schema import SimulateConfig, scenario_of
from experiments.configuration.short_forms import quoted
from experiments.runs.execute import run_beside_unchanged
from experiments.runs.executors import joined
from experiments.runs.progress import Show
from experiments.studies.command import composed
from experiments.studies.keeping import run_and_keep
from experiments.studies.kinds import study_kinds
from experiments.studies.study import Runner
from petition_pyramid.results import KeptResults, TableResults
from petition_pyramid.simulation import Simulation, words_of
from sim.errors import InputError
from sim.scenario import Scenario

if TYPE_CHECKING:
    from distributed import Client

type Where = str | Path | None
"""A folder, or where it is by default."""

type Over = str | Client | None
"""What runs things: the name of an executor, or a client of a Dask cluster."""

PARAMETERS = """\
Parameters
    ----------
    *overrides : {given}
        Options and keys as the command takes them, such as ``"study=NAME"`` or ``"replicates=10"``.
    config_directory : str or pathlib.Path, optional
        A folder of options of your own.
    {results}executor : str or distributed.Client, optional
        ``threads`` (the default), ``processes``, ``dask``, or a client of a Dask cluster that is there.
    progress : bool or callable, optional
        Whether progress is shown (by default on a terminal and in a notebook), or what is called with the runs that
        are done and their total."""

RESULTS = """\
results : str or pathlib.Path, optional
        The folder of all results, ``results`` here by default; a study that was interrupted goes on from there.
    """

SCENARIOS = """\
    scenarios : sequence of Scenario
        What is simulated.
"""

RAISES = """\
Raises
    ------
    InputError
        For anything wrong, with the words of the command, and when every run failed."""


def _documented[Function: Callable[..., Any]](function: Function) -> Function:
    """Fills in what the docstrings of all studies say."""
    given = "str or Scenario" if function.__name__ == "simulate" else "str"
    results = RESULTS if "results" in function.__annotations__ else ""
    said = (function.__doc__ or "").replace("{parameters}", PARAMETERS.format(results=results, given=given))
    if "scenarios" in function.__annotations__:
        said = said.replace(
            "    *overrides", "    scenarios : sequence of Scenario\n        What is simulated.\n    *overrides", 1
        )
    function.__doc__ = said.replace("{raises}", RAISES)
    return function


@_documented
def simulate(
    *overrides: str | Scenario,
    config_directory: Where = None,
    executor: Over = None,
    progress: Show = None,
) -> Simulation:
    """Simulates one scenario some times, and beside it the policy before the reform kept, on the same seeds.

    A ``Scenario`` may stand before the overrides.

    {parameters}

    Returns
    -------
    Simulation
        The finished replicates, in memory.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> result = pp.simulate("province=tiny", "after=whistle", "replicates=4")
    >>> result.measures()["durable_resolution"].after.n
    4
    >>> pp.simulate(pp.scenario("province=tiny"), "seed=7").seeds
    (7,)
    """
    given = [each for each in overrides if isinstance(each, Scenario)]
    if len(given) > 1:
        raise InputError(f"{len(given)} scenarios are given: simulate takes one, simulate_many several")
    words = words_of([each for each in overrides if not isinstance(each, Scenario)], of_runs=bool(given) or None)
    config = _config(words, config_directory, executor)
    return _simulated(given or [scenario_of(config)], config, executor, progress)[0]


@_documented
def simulate_many(
    scenarios: Sequence[Scenario],
    *overrides: str,
    config_directory: Where = None,
    executor: Over = None,
    progress: Show = None,
) -> list[Simulation]:
    """Simulates scenarios on the same seeds; those that differ after the reform alone share what was before.

    {parameters}

    Returns
    -------
    list of Simulation
        One a scenario, in their order.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> place = pp.scenario("province=tiny")
    >>> worlds = [place.vary({"behaviour.patience": days}) for days in (10, 20)]
    >>> [len(each.frame()) for each in pp.simulate_many(worlds, "replicates=2")]
    [2, 2]
    """
    config = _config(words_of(overrides, of_runs=True), config_directory, executor)
    return _simulated(list(scenarios), config, executor, progress)


def _simulated(
    scenarios: Sequence[Scenario], config: SimulateConfig, executor: Over, progress: Show
) -> list[Simulation]:
    ensembles = [ensemble_of(config.ensemble, each.behaviour) for each in scenarios]
    with _on(executor):
        records, kept, failures = run_beside_unchanged(
            scenarios, config.replicates, config.seed, config.executor, progress=progress, ensembles=ensembles
        )
    if failures:
        what, error = failures[0]
        raise InputError(f"{len(failures)} runs failed; the first: {what}: {error}")
    return [Simulation(*each) for each in zip(scenarios, records, kept, ensembles, strict=True)]


@_documented
def compare(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Compares policies and stresses on the same seeds.

    {parameters}

    Returns
    -------
    KeptResults
        Worlds side by side; ``effects`` are paired differences from the reference.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.compare("province=tiny", "study.policies=[status_quo,whistle]", "replicates=2")
    >>> sorted(set(study.frame()["world"]))
    ['status_quo', 'whistle']
    """
    return _kept("compare", overrides, config_directory, results, executor, progress)


@_documented
def sweep(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Varies keys of a scenario over a design and ranks the points.

    {parameters}

    Returns
    -------
    KeptResults
        The points; ``effects`` are paired differences from ``study.reference``.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.sweep("province=tiny", "after=status_quo,whistle", "replicates=2")
    >>> study.frame().groupby("after")["seed"].count().to_dict()
    {'status_quo': 2, 'whistle': 2}
    """
    return _kept("sweep", overrides, config_directory, results, executor, progress)


@_documented
def sensitivity(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Tells which uncertainties a measure depends on, chance among them.

    {parameters}

    Returns
    -------
    KeptResults
        ``effects`` are Sobol indices, or Morris's elementary effects, by measure and factor.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.sensitivity(
    ...     "province=tiny",
    ...     "study.uncertainties=[patience]",
    ...     "study.size=16",
    ...     "study.measures=[petitions_total]",
    ... )
    >>> list(study.effects()["factor"])
    ['behaviour.patience', 'chance']
    """
    return _kept("sensitivity", overrides, config_directory, results, executor, progress)


@_documented
def levers_at_work(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Moves every lever over its range: whether it does what is claimed of it, and where along its chain it ends.

    {parameters}

    Returns
    -------
    KeptResults
        ``effects`` are each lever's, from each base and in each year, on the measure that is claimed and beside it.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.levers_at_work("province=tiny", "study.levers=[grid.visits_per_day]", "replicates=2")
    >>> len(study.frame())
    16
    """
    return _kept("levers-at-work", overrides, config_directory, results, executor, progress)


@_documented
def bottlenecks(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Adds one post to one pool at a time: which pools are short, and what a post settles and costs there.

    {parameters}

    Returns
    -------
    KeptResults
        ``effects`` are those of one post more in each pool of each place, under each base.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.bottlenecks("province=tiny", "study.pools=[petition_handlers]", "replicates=2")
    >>> set(study.effects()["pool"])
    {'petition_handlers'}
    """
    return _kept("bottlenecks", overrides, config_directory, results, executor, progress)


@_documented
def attribution(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Shares the difference between the policies before and after the reform out among groups of levers.

    {parameters}

    Returns
    -------
    KeptResults
        ``effects`` are what each group brings (its Shapley value), in each measure and year.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.attribution(
    ...     "province=tiny",
    ...     "after=grid_first",
    ...     "study.groups={size: [grid.households*], visits: [grid.visits*]}",
    ...     "replicates=2",
    ... )
    >>> list(study.effects()["group"].unique())
    ['size', 'visits']
    """
    return _kept("attribution", overrides, config_directory, results, executor, progress)


@_documented
def calibrate(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Finds sets of assumptions that meet what is reported; ``ensemble.csv`` in the folder holds them.

    {parameters}

    Returns
    -------
    KeptResults
        ``effects`` are the figures, reported beside simulated; ``tables["members"]`` is the ensemble.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.calibrate(
    ...     "province=tiny",
    ...     "study.fitted={intercept_mediation: {figure: durable_success, tolerance: 0.2}}",
    ...     "study.steps=1",
    ...     "study.batch=2",
    ...     "study.members=2",
    ...     "study.candidates=4",
    ... )
    >>> list(study.effects()["figure"])
    ['durable_success']
    """
    return _kept("calibrate", overrides, config_directory, results, executor, progress)


@_documented
def optimise(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Searches levers for several objectives at once under constraints; ``config/`` in the folder has the policies.

    {parameters}

    Returns
    -------
    KeptResults
        ``effects`` are the points of the front on fresh seeds, with differences from the reference.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.optimise(
    ...     "province=tiny",
    ...     "study.levers=[staff.mediators_county]",
    ...     "study.objectives={cost_total: low, durable_resolution: high}",
    ...     "study.constraints={durable_resolution: {no_worse_than_reference: true}}",
    ...     "study.population=8",
    ...     "study.generations=1",
    ...     "study.fresh_replicates=2",
    ... )
    >>> len(study.frame())
    8
    """
    return _kept("optimise", overrides, config_directory, results, executor, progress)


@_documented
def robustness(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Sets policies against many futures: regret, satisficing, and when a policy fails.

    {parameters}

    Returns
    -------
    KeptResults
        ``effects`` are each policy's differences from the reference over the futures.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.robustness(
    ...     "province=tiny",
    ...     "study.policies=[status_quo,whistle]",
    ...     "study.uncertainties=[patience]",
    ...     "study.futures=3",
    ...     "study.thresholds={durable_resolution: {at_least: 0.6}}",
    ... )
    >>> len(study.frame())
    6
    """
    return _kept("robustness", overrides, config_directory, results, executor, progress)


@_documented
def counterfactual(
    *overrides: str, config_directory: Where = None, results: Where = None, executor: Over = None, progress: Show = None
) -> KeptResults:
    """Follows every dispute under two policies: where it ended under one and under the other.

    {parameters}

    Returns
    -------
    KeptResults
        ``effects`` are what each transition adds to durable settlement and to disputes before the province.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> study = pp.counterfactual("province=tiny", "replicates=2")
    >>> len(study.frame())
    2
    """
    return _kept("counterfactual", overrides, config_directory, results, executor, progress)


@_documented
def index(
    *overrides: str, config_directory: Where = None, executor: Over = None, progress: Show = None
) -> TableResults:
    """Scores every city and month of one scenario by the tree of an index; illustrative.

    {parameters}

    Returns
    -------
    Table
        A row a replicate, city, month and indicator.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> sorted(pp.index("province=tiny").frame().columns)
    ['city', 'indicator', 'level', 'month', 'score', 'seed', 'value']
    """
    return _table("index", overrides, config_directory, executor, progress)


@_documented
def patterns(
    *overrides: str, config_directory: Where = None, executor: Over = None, progress: Show = None
) -> TableResults:
    """Sets reported patterns beside what the model gives.

    {parameters}

    Returns
    -------
    Table
        A row a pattern: reported, simulated, residual, and whether it is met.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> pp.patterns("province=tiny", "replicates=1").frame()["id"].iloc[-1]
    'P9'
    """
    return _table("patterns", overrides, config_directory, executor, progress)


@_documented
def verify(
    *overrides: str, config_directory: Where = None, executor: Over = None, progress: Show = None
) -> TableResults:
    """Checks the model against theory and against itself.

    {parameters}

    Returns
    -------
    Table
        A row a finding: expected, observed, and whether it passed.

    {raises}

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> pp.verify("checks=[mm3]", "replicates=2").succeeded
    True
    """
    return _table("verify", overrides, config_directory, executor, progress)


def _config(overrides: Sequence[str], config_directory: Where, executor: Over) -> SimulateConfig:
    given = _arguments(overrides, None, executor)
    return simulate_config(given, None if config_directory is None else str(config_directory))


def _kept(
    kind: str, overrides: Sequence[str], config_directory: Where, results: Where, executor: Over, progress: Show
) -> KeptResults:
    given = [*overrides, *([] if results is None else [f"results={quoted(os.path.expanduser(results))}"])]
    study: Any = composed(study_kinds()[kind], _arguments(given, config_directory, executor))
    with _on(executor):
        kept = run_and_keep(study_kinds()[kind], study, progress, report=False)
    return KeptResults(replace(kept.results, path=kept.results.path.absolute()))


def _table(
    kind: str,
    overrides: Sequence[str],
    config_directory: Where,
    executor: Over,
    progress: Show,
) -> TableResults:
    study = composed(study_kinds()[kind], _arguments(overrides, config_directory, executor))
    with _on(executor):
        return TableResults(loaded(study_kinds()[kind].run)(study, Runner(study.config.executor, progress)))


def _arguments(overrides: Sequence[str], config_directory: Where, executor: Over) -> list[str]:
    """The command line that says the same."""
    chosen = [f"executor={executor}"] if isinstance(executor, str) else []
    return [*([f"--config-dir={config_directory}"] if config_directory else []), *words_of(overrides), *chosen]


def _on(executor: Over) -> AbstractContextManager[None]:
    if executor is None or isinstance(executor, str):
        return nullcontext()
    if not hasattr(executor, "scheduler"):
        raise InputError(f"executor={executor!r} is not allowed: it must be threads, processes, dask or a Dask client")
    if executor.status != "running" or executor.asynchronous:
        raise InputError(f"executor={executor!r} is not allowed: a client must be running, and not asynchronous")
    return joined(executor)
