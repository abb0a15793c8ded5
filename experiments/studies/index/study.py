"""An illustrative index of every city and month of one scenario, with its colour."""

from __future__ import annotations

import math
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.configuration.command import Invocation
from experiments.configuration.schema import scenario_of
from experiments.report import numbers
from experiments.report.plain_text import table
from experiments.runs.execute import carry_out, first_error
from experiments.runs.run import Outcome, Run, model_version, runs_of
from experiments.statistics.intervals import estimate
from experiments.studies.index.result import BESIDE, BESIDE_MONTHS, NOTE_EN, NOTE_ZH, IndexResult, record_index
from experiments.studies.index.schema import IndexConfig
from experiments.studies.study import Runner, Study, StudyResult
from sim.measures import MEASURES
from sim.measures.index import Index
from sim.measures.index_reader import read_index
from sim.province import Province, load_province
from sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 100
"""Columns of running text."""


@dataclass(frozen=True)
class Scoring(Study[IndexConfig]):
    """An index of a scenario, composed, with the scenario's runs."""

    index: Index
    province: Province
    scenario: Scenario
    runs: list[Run]


def plan(config: IndexConfig, invocation: Invocation) -> Scoring:
    """Composes and checks an index; raises ``InputError`` for a tree that is not sound, before anything runs."""
    index = read_index(config.index, MEASURES)
    scenario = scenario_of(config)
    province = load_province(scenario.province.source, tuple(scenario.province.places))
    runs = runs_of(scenario, range(config.seed, config.seed + config.replicates))
    return Scoring(config, invocation, index, province, scenario, runs)


def run(study: Scoring, runner: Runner) -> IndexAnswer:
    """Runs the scenario and scores every city and month; raises ``InputError`` when every run failed."""
    outcomes: dict[int, Outcome] = {}

    def keep(run: Run, outcome: Outcome) -> None:
        outcomes[run.seed] = outcome

    record = partial(record_index, index=study.index)
    carry_out(study.runs, runner.executor, keep, progress=runner.progress, record=record)
    in_order = {run.seed: outcomes[run.seed] for run in study.runs}
    failures = [(f"seed {seed}", outcome.error) for seed, outcome in in_order.items() if outcome.record is None]
    records = {seed: outcome.record for seed, outcome in in_order.items() if outcome.record is not None}
    if not records:
        raise first_error([f"{what}: {error}" for what, error in failures])
    return IndexAnswer(study, IndexResult.of(study.index, study.scenario, records, study.province), failures)


class IndexAnswer(StudyResult):
    """The scores of every city and month; with ``export=FOLDER`` their data are written there."""

    def __init__(self, study: Scoring, result: IndexResult, failures: Sequence[tuple[str, str]]) -> None:
        self.study: Scoring = study
        self.result = result
        self.failures = failures
        if study.config.export:
            for path in result.export(Path(study.config.export), self._about()):
                print(f"wrote {path}", file=sys.stderr)

    def _about(self) -> dict[str, Any]:
        return {
            "command": "index",
            "model_version": model_version(),
            "seeds": list(self.result.seeds),
            "failed": [f"{what}: {error}" for what, error in self.failures],
        }

    def document(self) -> dict[str, Any]:
        """Scores with their intervals, true beside recorded."""
        return {**self._about(), **self.result.document()}

    def frame(self) -> pd.DataFrame:
        """A row a replicate, city, month and indicator."""
        return self.result.frame()

    def text(self, language: str) -> str:
        """A table a year, and what the index is not."""
        return index_text(self.result)


def index_text(result: IndexResult) -> str:
    """The result as plain text: a table a year, true beside recorded, and what it is not."""
    root = result.index.root
    short = shortened([name for name, _ in result.index.colours])
    limits = ", ".join(f"{short[name]} {name} from {lowest:g}" for name, lowest in result.index.colours)
    parts = [f"{root.name_en} {root.name_zh}, 0 to 100 ({limits})"]
    years = result.months.astype("datetime64[Y]")
    for year in np.unique(years):
        parts.append(_year(result, np.flatnonzero(years == year), str(year), short))
    parts += [_beside(result), textwrap.fill(NOTE_EN, WIDTH), NOTE_ZH, _of_replicates(result)]
    return "\n\n".join(parts)


def _year(result: IndexResult, columns: np.ndarray, year: str, short: dict[str, str]) -> str:
    def cell(city: int, month: int) -> str:
        mean = result.score(result.index.root.name, city, month).mean
        if np.isnan(mean):
            return "–"
        return f"{math.floor(10 * mean) / 10:.1f}{short[result.index.colour(mean)]}"  # rounding up could cross a limit

    header = [year, *(str(result.months[column])[5:] for column in columns)]
    rows = [[name, *(cell(city, month) for month in columns)] for city, (_, name, _) in enumerate(result.cities)]
    return table(header, rows)


def _beside(result: IndexResult) -> str:
    last = result.months[-1]
    header = [f"{BESIDE_MONTHS} months to {last}", *(name for pair in BESIDE for name in pair)]
    rows = []
    for city, (_, name, _) in enumerate(result.cities):
        columns = result.beside[:, city].reshape(len(result.seeds), -1).T
        rows.append([name, *(numbers.amount(estimate(column.tolist()).mean) for column in columns)])
    return table(header, rows)


def _of_replicates(result: IndexResult) -> str:
    if len(result.seeds) == 1:
        return f"One replicate (seed {result.seeds[0]})."
    return f"Means of {len(result.seeds)} replicates; output=json has the intervals."


def shortened(names: list[str]) -> dict[str, str]:
    """Each name by the shortest beginning that no other has."""
    short = {}
    for name in names:
        others = [other for other in names if other != name]
        lengths = (n for n in range(1, len(name)) if not any(other.startswith(name[:n]) for other in others))
        short[name] = name[: next(lengths, len(name))]
    return short
