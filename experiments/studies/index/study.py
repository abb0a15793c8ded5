"""An illustrative index of every city and month of one scenario, with its colour."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.configuration.command import Invocation
from experiments.report.answer import Answer
from experiments.report.text import Words
from experiments.runs.execute import carry_out, first_error
from experiments.runs.run import Outcome, Run, model_version
from experiments.studies.index.answer import answer_of
from experiments.studies.index.result import IndexResult, record_index
from experiments.studies.index.schema import IndexConfig
from experiments.studies.index.text import last_year_table, tables
from experiments.studies.study import Runner, ScenarioStudy, StudyResult, scenario_study
from sim.measures import MEASURES
from sim.measures.index import Index
from sim.measures.index_reader import read_index
from sim.province import Province, load_province

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Scoring(ScenarioStudy[IndexConfig]):
    """An index of a scenario, composed, with the scenario's runs."""

    index: Index
    province: Province


def plan(config: IndexConfig, invocation: Invocation) -> Scoring:
    """Composes and checks an index; raises ``InputError`` for a tree that is not sound, before anything runs."""
    index = read_index(config.index, MEASURES)
    scored = scenario_study(config, invocation)
    province = load_province(scored.scenario.province.source, scored.scenario.province.codes)
    return Scoring(**vars(scored), index=index, province=province)


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
    result = IndexResult.of(study.index, study.scenario, records, study.province, study.ensemble)
    return IndexAnswer(study, result, failures)


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

    def answer(self, words: Words) -> Answer:
        """That the index is illustrative, and what it rests on."""
        return answer_of(self.result, words)

    def table(self, language: str) -> str:
        """A row a city: the index of the last twelve months, and true beside recorded."""
        return last_year_table(self.result, Words(language))

    def text(self, language: str) -> str:
        """A table a year with colours, and true beside recorded."""
        return tables(self.result, Words(language))
