"""Runs bottlenecks: every pool with one post more beside the base, effects, results and report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.report.bottlenecks.stored import TABLES
from experiments.report.bottlenecks.tables import place_table, pool_table
from experiments.report.plain_text import table
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.run import Batch, Run, batches
from experiments.runs.tables import frame_like, plain_rows
from experiments.studies.bottlenecks.effects import rows_of
from experiments.studies.bottlenecks.figures import YearOfWork, read, recorded
from experiments.studies.bottlenecks.plan import Bottlenecks
from experiments.studies.study import Contents, JournalRunner, KeptResult

if TYPE_CHECKING:
    import pandas as pd


def run(study: Bottlenecks, runner: JournalRunner) -> BottlenecksResult:
    """Carries out the runs that the journal does not have; raises ``InputError`` when every run failed."""
    journal = runner.journal
    told = {run.key: f"{base}, seed {run.seed}" for base, runs in study.references.items() for run in runs}
    everything = {run.key: run for runs in study.references.values() for run in runs}
    for (base, pool, _), runs in study.runs.items():
        for each in runs:
            everything.setdefault(each.key, each)
            told.setdefault(each.key, f"{base} with one post more in {pool}, seed {each.seed}")

    def group(runs: Sequence[Run], workers: int) -> list[Batch]:
        return batches(runs, workers, record=recorded)

    runner.finish([*everything.values()], read=lambda key: read(journal.content(key)), group=group)
    figures = {key: found for key in everything if (found := read(journal.content(key))) is not None}
    failures = [(told[key], runner.error(run)) for key, run in everything.items() if key not in figures]
    if not figures:
        raise first_error([failures[0][1]])
    return BottlenecksResult(study, figures, failures)


class BottlenecksResult(KeptResult):
    """Which pools are short."""

    def __init__(self, study: Bottlenecks, figures: dict[str, YearOfWork], failures: Sequence[tuple[str, str]]) -> None:
        self.study: Bottlenecks = study
        self.failures = failures
        self.runs = len(figures) + len(failures)
        rows = rows_of(study, figures)
        self.tables: dict[str, pd.DataFrame] = {
            name: frame_like(declared.kinds, rows[name]) for name, declared in TABLES.items()
        }

    def contents(self) -> Contents:
        """The tables of ``experiments.report.bottlenecks.stored``."""
        scenarios = dict(zip(self.study.bases, self.study.worlds, strict=True))
        return Contents(self.tables, parameter_rows(scenarios, self.study.ensemble))

    def document(self) -> dict[str, Any]:
        """The study, and what one post more settles by pool, and by pool and place."""
        return {**self.study.as_dict(), **{name: plain_rows(self.tables[name]) for name in ("pools", "places")}}

    def table(self, language: str) -> str:
        """Every pool, under every base."""
        words = Words(language)
        return "\n\n".join(_printed(pool_table(self.tables, base, words)) for base in self.study.bases)

    def text(self, language: str) -> str:
        """The same, and every pool of every place."""
        words = Words(language)
        places = [_printed(place_table(self.tables, base, words)) for base in self.study.bases]
        return "\n\n".join([self.table(language), *places])


def _printed(found: Table) -> str:
    """A table under its caption; its columns of words come first."""
    texts = next(place for place in range(len(found.header) + 1) if place not in found.text_columns)
    return "\n".join([found.caption, table(found.header, found.rows, left=texts)])
