"""Runs an attribution: every combination of groups of levers, what each brings, results and report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.configuration.schema import scenario_of
from experiments.report.attribution.shared_out import SharedOut
from experiments.report.attribution.stored import TABLES
from experiments.report.attribution.tables import apart_table, part_table, together_table, value_text, whole_table
from experiments.report.plain_text import table
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.tables import frame_like, plain_rows
from experiments.studies.attribution.plan import Attribution
from experiments.studies.attribution.shares import Figures, complete_seeds, rows_of
from experiments.studies.study import Contents, JournalRunner, KeptResult
from experiments.studies.years import finish
from sim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


def run(study: Attribution, runner: JournalRunner) -> AttributionResult:
    """Carries out the runs that the journal does not have; raises ``InputError`` where no seed has all worlds."""
    figures = finish(runner, (run for runs in study.runs for run in runs), study.kept_years)
    failures = [
        (f"the world of {', '.join(study.inside(coalition)) or 'no group'}, seed {run.seed}", runner.error(run))
        for coalition, runs in enumerate(study.runs)
        for run in runs
        if run.key not in figures
    ]
    if not figures:
        raise first_error([failures[0][1]])
    if not complete_seeds(study, figures):
        raise InputError(f"no seed has all {len(study.runs)} worlds; the first that failed: {': '.join(failures[0])}")
    return AttributionResult(study, figures, failures)


class AttributionResult(KeptResult):
    """What each group of levers brings."""

    def __init__(self, study: Attribution, figures: Figures, failures: Sequence[tuple[str, str]]) -> None:
        self.study: Attribution = study
        self.failures = failures
        self.runs = len(figures) + len(failures)
        rows, more = rows_of(study, figures), {"runs": dict.fromkeys(study.measures, "float")}
        self.tables: dict[str, pd.DataFrame] = {
            name: frame_like({**declared.kinds, **more.get(name, {})}, rows[name]) for name, declared in TABLES.items()
        }

    def contents(self) -> Contents:
        """The tables of ``experiments.report.attribution.stored``."""
        return Contents(self.tables, parameter_rows({"after": scenario_of(self.study.config)}, self.study.ensemble))

    def document(self) -> dict[str, Any]:
        """The study, the levers that differ, the whole difference, its parts and what groups do together."""
        told = ("levers", "whole", "parts", "together")
        return {**self.study.as_dict(), **{name: plain_rows(self.tables[name]) for name in told}}

    def table(self, language: str) -> str:
        """What each group brings, without intervals."""
        return _printed(part_table(SharedOut(self.tables), Words(language), value_text))

    def text(self, language: str) -> str:
        """The whole difference, what each group brings, over time its shares, and what two do together."""
        found, words, is_over_time = SharedOut(self.tables), Words(language), self.study.is_over_time
        tables = [whole_table(found, words, is_over_time), part_table(found, words)]
        tables += [apart_table(found, words)] * is_over_time + [together_table(found, words)]
        return "\n\n".join(_printed(each) for each in tables if each.rows)


def _printed(found: Table) -> str:
    return "\n".join([found.caption, table(found.header, found.rows)])
