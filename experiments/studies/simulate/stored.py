"""A simulation as a study whose results a report can read, though none are kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from experiments.configuration.ensemble import Ensemble
from experiments.configuration.stresses import acting
from experiments.results.folder import Results, RunRow, monthly_frame, runs_frame
from experiments.results.members import over_behaviours
from experiments.results.places import stored_names, stored_places
from experiments.runs.absent import stored_absent
from experiments.runs.build import stored_build
from experiments.runs.levels import stored_levels
from experiments.runs.record import RunRecord
from experiments.runs.run import model_version, runs_of
from experiments.statistics.intervals import MeasureSummary, summarise
from sim.prices import uncosted
from sim.scenario import Scenario

NAME = "simulated"
"""What the one scenario of a simulation is called in its tables."""


def results_of(
    scenario: Scenario,
    records: Mapping[int, RunRecord],
    kept: Mapping[int, RunRecord],
    ensemble: Ensemble | None = None,
) -> Results:
    """The finished replicates of a scenario by seed; ``kept`` are the same with the policy before the reform kept."""
    import pandas as pd

    identity = runs_of(scenario, [0])[0].scenario_id
    rows = [RunRow(NAME, identity, seed, record) for seed, record in records.items()]
    beside = [_kept_columns(kept[seed]) if seed in kept else {} for seed in records]
    frame = pd.concat([runs_frame(rows), pd.DataFrame(beside, dtype="float64")], axis=1)
    study = _study_of(scenario, list(records), ensemble)
    runs = {"done": len(rows), "failed": 0}
    manifest = {
        "study": study["name"],
        "model_version": model_version(),
        "seeds": list(records),
        "runs": runs,
        "province": stored_names(scenario.province),
    }
    return Results(Path("simulation"), study, manifest, frame, monthly_frame(rows), [])


def _kept_columns(record: RunRecord) -> dict[str, float]:
    """``kept_<name>``, and of single years ``first_year_kept_<name>`` and ``full_year_kept_<name>``."""
    windows = {"": record.after, **{f"{name}_": measures for name, measures in record.years.items()}}
    return {f"{year}kept_{name}": value for year, part in windows.items() for name, value in part.items()}


def _study_of(scenario: Scenario, seeds: list[int], ensemble: Ensemble | None) -> dict[str, Any]:
    """The study of one scenario, as a results folder would have it."""
    values = scenario.as_dict()
    return {
        "name": "simulation",
        "question": {},
        "worlds": {
            NAME: {"acting": acting(scenario.stress), "uncosted": list(uncosted(scenario.before, scenario.after))}
        },
        "reference": NAME,
        "measures": [],
        "target": [1.0, 2.0, 3.0],
        "replicates": len(seeds),
        "seeds": seeds,
        "province": values["province"],
        "calendar": values["calendar"],
        "stress": values["stress"],
        "places": stored_places(scenario.province),
        **stored_build([scenario]),
        **stored_levels([scenario]),
        **stored_absent([scenario]),
        **({"ensemble": ensemble.as_dict()} if ensemble else {}),
    }


def summaries_of(
    records: Mapping[int, RunRecord],
    kept: Mapping[int, RunRecord],
    ensemble: Ensemble | None = None,
) -> list[MeasureSummary]:
    """Every measure over replicates by seed, and over the same with the policy before the reform kept.

    Under an ensemble figures are medians over its members with the range of the middle 95 %.
    """
    average = partial(over_behaviours, seeds=[*records], members=len(ensemble)) if ensemble else None
    others = [kept.get(seed) for seed in records]
    return summarise([*records.values()], kept=others, average=average)
