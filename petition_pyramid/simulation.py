"""Scenarios and their simulation: finished replicates in memory."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path

from experiments.configuration.scenarios import simulate_config
from experiments.configuration.schema import SimulateConfig, scenario_of
from experiments.results.city_tiles import cities_of
from experiments.results.folder import Results, RunRow, monthly_frame, runs_frame, write_study
from experiments.results.provenance import parameter_rows
from experiments.runs.build import stored_build
from experiments.runs.rates import lengths_beside
from experiments.runs.record import RunRecord
from experiments.runs.run import model_version, runs_of
from experiments.statistics.intervals import MeasureSummary, summarise
from petition_pyramid.results import KeptResults
from sim.errors import InputError
from sim.scenario import Scenario

NAME = "simulated"
"""What the one scenario of a simulation is called in its tables."""


OF_RUNS = {part.name for part in fields(SimulateConfig)} - {part.name for part in fields(Scenario)}
"""Keys that say how a scenario is run."""


def words_of(overrides: Iterable[object], of_runs: bool | None = None) -> list[str]:
    """Overrides, each a text; raises ``InputError`` for what is none.

    ``of_runs`` says that all must be about how a scenario is run, or that none may be.
    """
    words = []
    for each in overrides:
        if not isinstance(each, str) or each.startswith("-"):
            raise InputError(f"{each!r} is not an override: write key=value; flags are parameters of the function")
        if of_runs is not None and (re.split(r"[.=]", each.lstrip("+~"))[0] in OF_RUNS) is not of_runs:
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
        raise InputError(f"ensemble={config.ensemble}: a scenario has one behaviour; give simulate the set")
    return scenario_of(config)


class Simulation(KeptResults):
    """Finished replicates of one scenario, in memory; ``kept`` are the same with the policy before the reform kept."""

    def __init__(
        self, scenario: Scenario, seeds: Sequence[int], records: Sequence[RunRecord], kept: Sequence[RunRecord]
    ) -> None:
        identity = runs_of(scenario, [0])[0].scenario_id
        rows = [RunRow(NAME, identity, seed, record) for seed, record in zip(seeds, records, strict=True)]
        study = _study_of(scenario, seeds)
        runs = {"done": len(rows), "failed": 0}
        manifest = {"study": study["name"], "model_version": model_version(), "seeds": list(seeds), "runs": runs}
        import pandas as pd

        beside = pd.DataFrame([each.after for each in kept], dtype="float64").add_prefix("kept_")
        frame = pd.concat([runs_frame(rows), beside], axis=1)
        stored = Results(Path("simulation"), study, manifest, frame, monthly_frame(rows), [])
        super().__init__(stored)
        self.scenario = scenario
        self.seeds = tuple(seeds)
        self.records = tuple(records)
        self.kept = tuple(kept)

    def __repr__(self) -> str:
        return f"<simulation: {len(self.seeds)} runs, seeds {self.seeds[0]} to {self.seeds[-1]}>"

    def measures(self) -> dict[str, MeasureSummary]:
        """Every measure before and after the reform, its change, and the same with the policy before it kept.

        Returns
        -------
        dict of str to MeasureSummary
            By name: ``before``, ``after`` and the paired ``change``; ``kept``, when ``after`` is measured but without
            the reform, and the paired ``effect`` of it, after less kept. Each is a mean with its 95 % interval, in
            ``unit``: totals of windows that are not equally long are those of a year (``petitions/year``).

        Examples
        --------
        >>> import petition_pyramid as pp
        >>> pp.simulate("province=tiny", "replicates=2").measures()["durable_resolution"].after.n
        2
        """
        (lengths,) = lengths_beside([self.scenario.calendar])
        return {each.name: each for each in summarise(self.records, kept=self.kept, lengths=lengths)}

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


def _study_of(scenario: Scenario, seeds: Sequence[int]) -> dict[str, object]:
    """The study of one scenario, as a results folder would have it."""
    values = scenario.as_dict()
    return {
        "name": "simulation",
        "question": {},
        "policies": [NAME],
        "reference": NAME,
        "measures": [],
        "target": [1.0, 2.0, 3.0],
        "replicates": len(seeds),
        "seeds": list(seeds),
        "province": values["province"],
        "calendar": values["calendar"],
        "stress": values["stress"],
        "cities": cities_of(scenario.province),
        **stored_build([scenario]),
    }
