"""Runs levers at work: both ends of every lever, effects, chains, verdicts, results and report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from experiments.configuration.schema import scenario_of
from experiments.report.levers_at_work.stored import TABLES
from experiments.report.levers_at_work.tables import chain_table, counted_table, verdict_table
from experiments.report.plain_text import table
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.results.provenance import parameter_rows
from experiments.runs.execute import first_error
from experiments.runs.tables import frame_like, plain_rows
from experiments.runs.year_figures import YearFigures
from experiments.studies.levers_at_work.effects import Arms, rows_of
from experiments.studies.levers_at_work.plan import ENDS, LeversAtWork
from experiments.studies.study import Contents, JournalRunner, KeptResult
from experiments.studies.years import finish

if TYPE_CHECKING:
    import pandas as pd


def run(study: LeversAtWork, runner: JournalRunner) -> LeversResult:
    """Carries out the runs that the journal does not have; raises ``InputError`` when every run failed."""
    everything = {run.key: run for runs in study.runs.values() for run in runs}
    figures = finish(runner, everything.values(), study.years)
    failures = [(_told(study, key), runner.error(run)) for key, run in everything.items() if key not in figures]
    if not figures:
        raise first_error([failures[0][1]])
    return LeversResult(study, figures, failures)


def _told(study: LeversAtWork, key: str) -> str:
    """Which arm a run belongs to, the first where several do."""
    for (base, lever, end), runs in study.runs.items():
        for each in runs:
            if each.key == key:
                return f"{base} with {lever} at its {ENDS[end]} end, seed {each.seed}"
    raise KeyError(key)


class LeversResult(KeptResult):
    """What became of the claims."""

    def __init__(
        self,
        study: LeversAtWork,
        figures: dict[str, dict[int, YearFigures]],
        failures: Sequence[tuple[str, str]],
    ) -> None:
        self.study: LeversAtWork = study
        self.failures = failures
        self.runs = len(figures) + len(failures)
        rows = rows_of(study, Arms(study, figures))
        self.tables: dict[str, pd.DataFrame] = {
            name: frame_like({**declared.kinds, **dict.fromkeys(_others(name, study), "float")}, rows[name])
            for name, declared in TABLES.items()
        }

    def contents(self) -> Contents:
        """The tables of ``experiments.report.levers_at_work.stored``."""
        study = self.study
        scenarios = {name: scenario_of(study.config).vary({"after": policy}) for name, policy in study.bases.items()}
        return Contents(self.tables, parameter_rows(scenarios, study.ensemble))

    def document(self) -> dict[str, Any]:
        """The study, its claims, verdicts, effects and links."""
        told = ("claims", "verdicts", "effects", "links")
        return {**self.study.as_dict(), **{name: plain_rows(self.tables[name]) for name in told}}

    def table(self, language: str) -> str:
        """How many levers have which verdict, and the verdicts of the last year."""
        words = Words(language)
        tables = [counted_table(self.tables, words)]
        tables += [verdict_table(self.tables, base, self.study.years[-1:], words) for base in self.study.bases]
        return "\n\n".join(map(_printed, tables))

    def text(self, language: str) -> str:
        """Verdicts of all years, and the count of every link in the last one."""
        words = Words(language)
        tables = [counted_table(self.tables, words)]
        tables += [verdict_table(self.tables, base, self.study.years, words) for base in self.study.bases]
        tables += [chain_table(self.tables, base, self.study.years[-1], words) for base in self.study.bases]
        return "\n\n".join(map(_printed, tables))


def _others(name: str, study: LeversAtWork) -> list[str]:
    """Columns that a table has beside those declared: of runs, the measures."""
    return study.measures if name == "runs" else []


def _printed(found: Table) -> str:
    """A table under its caption; its columns of words come first."""
    texts = next(place for place in range(len(found.header) + 1) if place not in found.text_columns)
    return "\n".join([found.caption, table(found.header, found.rows, left=texts)])
