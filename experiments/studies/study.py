"""What all studies do alike: they are composed and checked, carried out, kept, and say what came of it."""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from experiments.configuration.command import Invocation
from experiments.configuration.ensemble import Ensemble, ensemble_of
from experiments.configuration.schema import PART_MAX, PART_MIN, ExecutorChoice, Output, RunConfig, scenario_of
from experiments.report.answer import Answer
from experiments.report.text import Words
from experiments.results.folder import (
    LATEST,
)
from experiments.results.journal import Journal
from experiments.runs.execute import Parts, carry_out, check_provinces, run_groups
from experiments.runs.progress import Show, is_open, is_terminal
from experiments.runs.record import RunRecord
from experiments.runs.run import Batch, Outcome, Run, digest, model_version, runs_of
from sim.errors import InputError
from sim.scenario import Calendar, ProvinceChoice, Scenario
from sim.vocabulary import shown, suggestion

if TYPE_CHECKING:
    import pandas as pd

    from experiments.report.maps.outline import Outline


JOURNAL = "journal.sqlite"
"""The journal of finished runs, in the folder of all results."""

LONGEST_NAME = 200
"""Bytes of the name of a folder: file systems take 255, and a file that is being written has a suffix."""

UNCHANGED = "before"
"""The reference that keeps the policy before the reform, whichever a point has."""


class Settings(Protocol):
    """What a study's configuration must have for its results to be kept."""

    study: Any
    province: ProvinceChoice
    calendar: Calendar
    executor: ExecutorChoice
    output: Output
    results: str
    name: str
    language: str


class Runner:
    """Carries out the runs of a study."""

    def __init__(self, executor: ExecutorChoice, progress: Show = True) -> None:
        self.executor = executor
        self.progress = progress

    def say(self, text: str) -> None:
        """Says on stderr how far a study is, unless nothing is to be shown."""
        if is_open(sys.stderr) and self.progress is not False and (self.progress or is_terminal(sys.stderr)):
            print(text, file=sys.stderr, flush=True)

    def records(self, runs: Sequence[Sequence[Run]]) -> tuple[list[list[tuple[Run, RunRecord]]], list[tuple[str, str]]]:
        """Groups of runs with their records, less those that failed: which, and why.

        Raises ``InputError`` when every run failed.
        """
        return run_groups(runs, self.executor, progress=self.progress)


class JournalRunner(Runner):
    """Carries out the runs that a journal does not have, and keeps them there."""

    def __init__(self, journal: Journal, executor: ExecutorChoice, progress: Show = True) -> None:
        super().__init__(executor, progress)
        self.journal = journal

    def record(self, run: Run) -> RunRecord | None:
        """The record of a finished run; ``None`` for one that failed or was not carried out."""
        return self.journal.record(run.key)

    def error(self, run: Run) -> str:
        """Why a run failed."""
        return self.journal.error(run.key)

    def finish(
        self,
        runs: Sequence[Run],
        keep_ledger: bool = False,
        read: Callable[[str], object | None] | None = None,
        group: Callable[[Sequence[Run], int], list[Batch]] | None = None,
    ) -> None:
        """Carries out the runs that the journal does not have; interrupted, it says how to go on.

        ``read`` gives what is kept of a run by its key, ``None`` where it has to be run (default: its record);
        ``group`` is for ``carry_out``.
        """
        journal = self.journal
        kept_of = read or journal.record

        def is_missing(run: Run) -> bool:
            return kept_of(run.key) is None or (keep_ledger and journal.ledger(run.key) is None)

        distinct = {run.key: run for run in runs}.values()
        missing = [run for run in distinct if is_missing(run)]
        kept = 0

        def keep(run: Run, outcome: Outcome) -> None:
            nonlocal kept
            journal.add(run, outcome)
            kept += outcome.record is not None

        try:
            carry_out(
                missing,
                self.executor,
                keep,
                keep_ledger=keep_ledger,
                progress=self.progress,
                group=group,
                parts=JournalParts(journal),
            )
        except KeyboardInterrupt:
            done = len(distinct) - len(missing) + kept
            print(
                f"\n{done} of {len(distinct)} runs are kept in {journal.path}; the same command goes on from there",
                file=sys.stderr,
            )
            raise


class JournalParts(Parts):
    """Parts of national runs in the journal of finished runs."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def read(self, key: str) -> bytes | None:
        """See ``Parts.read``."""
        return self._journal.content(key)

    def keep(self, run: Run, outcome: Outcome) -> None:
        """See ``Parts.keep``."""
        self._journal.add(run, outcome)


@dataclass(frozen=True)
class Study[Config]:
    """A study, composed and checked; the configuration is that of its kind."""

    config: Config
    invocation: Invocation


@dataclass(frozen=True)
class ScenarioStudy[Config: RunConfig](Study[Config]):
    """A study of one scenario that keeps nothing, with its runs."""

    scenario: Scenario
    ensemble: Ensemble | None
    runs: list[Run]


def scenario_study[Config: RunConfig](config: Config, invocation: Invocation) -> ScenarioStudy[Config]:
    """Composes and checks such a study; raises ``InputError`` before anything runs."""
    scenario, ensemble = scenario_of(config), ensemble_of(config.ensemble, config.behaviour)
    check_provinces([scenario])
    seeds = range(config.seed, config.seed + config.replicates)
    return ScenarioStudy(config, invocation, scenario, ensemble, runs_of(scenario, seeds, ensemble))


@dataclass(frozen=True)
class KeptStudy[Config: Settings](Study[Config], ABC):
    """A study whose results are kept: ``results/<study>/<name>``."""

    @abstractmethod
    def as_dict(self) -> dict[str, Any]:
        """The resolved study: what ``study.yaml`` holds and what names the results."""

    @property
    @abstractmethod
    def identity(self) -> Any:
        """All that determines the results beside ``as_dict``, as plain values."""

    @property
    def name(self) -> str:
        """The study's name."""
        return self.config.study.name

    @property
    def outline(self) -> Outline | None:
        """Lines to be drawn behind the maps of its report."""
        return None

    @property
    def folder(self) -> Path:
        """Where the results go; the default name of the folder is made from all that determines them."""
        named = self.config.name or digest([[self.as_dict(), self.identity], model_version()])[:12]
        return Path(self.config.results) / self.name / named


class StudyResult(ABC):
    """What came of a study."""

    study: Study[Any]
    failures: Sequence[tuple[str, str]] = ()
    """Runs that failed: which, and why."""

    @property
    def succeeded(self) -> bool:
        """Whether the command's exit code is 0."""
        return not self.failures

    @property
    def complaints(self) -> list[str]:
        """What is said on stderr of what did not succeed; nothing where all did."""
        return [complaint_of(self.failures)] if self.failures else []

    def answer(self, words: Words) -> Answer:
        """What the study answers to its question, where no stored results are read for it."""
        raise NotImplementedError

    @abstractmethod
    def document(self) -> dict[str, Any]:
        """All figures as plain values for JSON."""

    @abstractmethod
    def text(self, language: str) -> str:
        """All figures in words and tables."""

    def table(self, language: str) -> str:
        """The figures that matter most as a table."""
        return self.text(language)

    def frame(self) -> pd.DataFrame:
        """All figures as a data frame, where nothing is kept that has one."""
        raise NotImplementedError


@dataclass(frozen=True)
class Contents:
    """What a results folder holds of a study.

    Attributes:
        tables: by name, those that the kind of report declares.
        parameters: rows of ``parameters.json``.
        study: beside the resolved study, in ``study.yaml``.
        manifest: beside what every manifest holds.
        timings: the only part that differs from run to run.
        units: of the measures in the tables.
        files: further files by their path in the folder.
    """

    tables: Mapping[str, pd.DataFrame]
    parameters: Sequence[Mapping[str, Any]]
    study: Mapping[str, Any] = field(default_factory=dict)
    manifest: Mapping[str, Any] = field(default_factory=dict)
    timings: Mapping[str, Any] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


class KeptResult(StudyResult):
    """What came of a study whose results are kept."""

    study: KeptStudy[Any]
    runs: int
    """Runs of the study, those that failed among them."""

    @abstractmethod
    def contents(self) -> Contents:
        """What the results folder holds, while the journal is still open."""

    @property
    def complaints(self) -> list[str]:
        """The first runs that failed, and how many did."""
        if not self.failures:
            return []
        first = [f"{what} failed: {error}" for what, error in self.failures[:5]]
        count = f"{len(self.failures)} of {self.runs} runs failed"
        return [*first, f"{count}; the same command tries them again"]

    def places(self) -> list[tuple[str, str]]:
        """What the terminal names before the results folder: ``console.<key>`` and its value."""
        return []


def complaint_of(failures: Sequence[tuple[str, str]]) -> str:
    """How many runs failed, in words; empty where none did."""
    if not failures:
        return ""
    what, error = failures[0]
    return f"{len(failures)} runs failed; the first: {what}: {error}"


def check_names(config: Settings, study: str) -> None:
    """Raises ``InputError`` for names of results that something else of the toolkit has."""
    if config.name == LATEST:
        raise InputError(f"name={LATEST} is not allowed: it is the link to the newest results of a study")
    if study.startswith(JOURNAL):
        raise InputError(f"study.name={study} is not allowed: results/{JOURNAL} is the journal of finished runs")
    for key, name in {"name": config.name, "study.name": study}.items():
        try:
            length = len(os.fsencode(name))
        except UnicodeEncodeError:
            lacks = f"{sys.getfilesystemencoding()}, the encoding of file names here, lacks some of its letters"
            raise InputError(f"{key}={name} is not allowed: {lacks}") from None
        if length > LONGEST_NAME:
            raise InputError(
                f"{key}={shown(name)} is not allowed: it has {length} bytes, and a folder's name at most {LONGEST_NAME}"
            )


def check_measures(names: Sequence[str], key: str = "study.measures") -> None:
    """Raises ``InputError`` for a measure that there is not."""
    from sim.measures import MEASURES

    for name in names:
        if name not in MEASURES:
            raise InputError(f"{key}: there is no measure {name!r}; {suggestion(name, MEASURES)}")


def check_shown(asked: Sequence[str], kept: Sequence[str]) -> None:
    """Raises ``InputError`` for a measure of ``measures=`` that a study does not keep."""
    for name in asked:
        if name not in kept:
            raise InputError(f"measures: this study keeps no {name!r}; {suggestion(name, kept)}")


def check_target(target: Sequence[float]) -> None:
    """Raises ``InputError`` for a target pyramid that is none."""
    if len(target) != 3 or not all(PART_MIN <= part <= PART_MAX for part in target):
        raise InputError(f"study.target={shown(list(target))} must be three positive numbers, province : city : county")
