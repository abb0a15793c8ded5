"""Scenarios and their simulation: finished replicates in memory."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path

from experiments.configuration.ensemble import Ensemble, shipped
from experiments.configuration.scenarios import simulate_config
from experiments.configuration.schema import SimulateConfig, scenario_of
from experiments.results.folder import write_study
from experiments.results.provenance import parameter_rows
from experiments.runs.record import RunRecord
from experiments.statistics.intervals import MeasureSummary
from experiments.studies.simulate.stored import NAME, results_of, summaries_of
from petition_pyramid.results import KeptResults
from sim.errors import InputError
from sim.scenario import Scenario

OF_RUNS = {part.name for part in fields(SimulateConfig)} - {part.name for part in fields(Scenario)}
"""Keys that say how a scenario is run."""

SETS = tuple(f"behaviour={name}" for name in shipped())
"""Options of ``behaviour`` that choose a set: a scenario has one behaviour, so they are about how it is run."""


def words_of(overrides: Iterable[object], of_runs: bool | None = None) -> list[str]:
    """Overrides, each a text; raises ``InputError`` for what is none.

    ``of_runs`` says that all must be about how a scenario is run, or that none may be.
    """
    words = []
    for each in overrides:
        if not isinstance(each, str) or each.startswith("-"):
            raise InputError(f"{each!r} is not an override: write key=value; flags are parameters of the function")
        is_of_runs = re.split(r"[.=]", each.lstrip("+~"))[0] in OF_RUNS
        if of_runs is not None and is_of_runs is not of_runs and not (of_runs and each in SETS):
            where = "the scenario says it: give it to scenario or vary" if of_runs else "give it to simulate"
            raise InputError(f"{each} is not allowed: a {'run' if of_runs else 'scenario'} has no such part; {where}")
        words.append(each)
    return words


def scenario(*overrides: str, config_directory: str | Path | None = None) -> Scenario:
    """A scenario by the overrides of the command line.

    Parameters
    ----------
    *overrides : str
        Options and keys as ``pyramid simulate`` takes them, such as ``"after=whistle"``.
    config_directory : str or pathlib.Path, optional
        A folder of options of your own.

    Returns
    -------
    Scenario
        The scenario; ``Scenario.vary`` gives others without composing again.

    Raises
    ------
    InputError
        For anything wrong, with the words of the command.

    Examples
    --------
    >>> import petition_pyramid as pp
    >>> place = pp.scenario("province=tiny", "after=whistle")
    >>> place.vary({"after.centre.coverage_county": 0.3}).after.centre.coverage_county
    0.3
    """
    words = words_of(overrides, of_runs=False)
    config = simulate_config(words, None if config_directory is None else str(config_directory))
    if config.ensemble:
        raise InputError(
            f"{config.ensemble} is a set of behaviours, and a scenario has one: give the set to simulate, as in "
            f'simulate(scenario, "behaviour={config.ensemble}")'
        )
    return scenario_of(config)


class Simulation(KeptResults):
    """Finished replicates of one scenario, in memory; ``kept`` are the same with the policy before the reform kept."""

    def __init__(
        self,
        scenario: Scenario,
        records: Mapping[int, RunRecord],
        kept: Mapping[int, RunRecord],
        ensemble: Ensemble | None = None,
    ) -> None:
        super().__init__(results_of(scenario, records, kept, ensemble))
        self._ensemble = ensemble
        self.scenario = scenario
        self.seeds = tuple(records)
        self.records = tuple(records.values())
        self.kept = tuple(kept.get(seed) for seed in records)

    def __repr__(self) -> str:
        return f"<simulation: {len(self.seeds)} runs, seeds {self.seeds[0]} to {self.seeds[-1]}>"

    def measures(self) -> dict[str, MeasureSummary]:
        """Every measure before and after the reform, its change, and the same with the policy before it kept.

        Returns
        -------
        dict of str to MeasureSummary
            By name: ``before``, ``after`` and the paired ``change``; ``kept``, when ``after`` is measured but without
            the reform, and the paired ``effect`` of it, after less kept. Each is a mean with its 95 % interval (over a
            set of behaviours the median, with the middle 95 % of them), in ``unit``: totals are those of a year.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.simulate("province=tiny", "replicates=2").measures()["durable_resolution"].after.n
        2
        """
        records, kept = dict(zip(self.seeds, self.records, strict=True)), dict(zip(self.seeds, self.kept, strict=True))
        found = summaries_of(records, {seed: each for seed, each in kept.items() if each}, self._ensemble)
        return {each.name: each for each in found}

    def report(self, language: str = "both", folder: str | Path | None = None) -> list[Path]:
        """Draws the report of the simulation.

        Parameters
        ----------
        language : str
            ``en``, ``zh`` or ``both``.
        folder : str or pathlib.Path, optional
            Where the results and their report go; a temporary folder by default.

        Returns
        -------
        list of pathlib.Path
            The files, pages first.

        Raises
        ------
        InputError
            For another language, and when the disk does not take the files.

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.simulate("province=tiny", "replicates=2").report("en")[0].name
        'report.en.html'
        """
        target = Path(tempfile.mkdtemp(prefix="pyramid-")) if folder is None else Path(folder).expanduser()
        parameters = parameter_rows({NAME: self.scenario})
        write_study(target, self._stored.kind, self._stored.study, self._stored.manifest, {}, self.tables, parameters)
        return KeptResults(replace(self._stored, path=target)).report(language)
