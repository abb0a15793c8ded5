"""What all studies do alike: they are composed and checked, carried out, kept, and say what came of it."""

from __future__ import annotations

import os
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import yaml
from pydantic import TypeAdapter

from experiments.configuration.application import run_application
from experiments.configuration.command import Invocation, StudyKind
from experiments.configuration.ensemble import Ensemble, ensemble_of
from experiments.configuration.primary import loaded
from experiments.configuration.schema import PART_MAX, PART_MIN, ExecutorChoice, Output, SimulateConfig, scenario_of
from experiments.configuration.stresses import LABEL, acting
from experiments.report import numbers
from experiments.report.kinds import open_results, report_kinds
from experiments.report.plain_text import document, fitted
from experiments.report.text import Words
from experiments.report.warm_up import warm_up_notes
from experiments.results.commit import commit
from experiments.results.folder import (
    LATEST,
    check_place,
    disk_errors,
    finite,
    locked,
    own_folder,
    point_latest_at,
    write_atomically,
    write_study,
)
from experiments.results.journal import Journal
from experiments.results.provenance import package_versions, platform_of_results, recorded_command, recorded_overrides
from experiments.runs.execute import carry_out, check_city, check_provinces, run_groups
from experiments.runs.progress import Show, is_open, is_terminal
from experiments.runs.record import RunRecord
from experiments.runs.run import Batch, Outcome, Run, digest, model_version, runs_of, tables_fingerprint
from sim.errors import InputError
from sim.province import load_province
from sim.scenario import Calendar, ProvinceChoice, Scenario, check_seed
from sim.vocabulary import shown, suggestion

if TYPE_CHECKING:
    import pandas as pd

    from experiments.configuration.multirun import MultirunPoint

JOURNAL = "journal.sqlite"
"""The journal of finished runs, in the folder of all results."""

WITHOUT_PART = ("executor", "output", "results", "name", "language")
"""Keys of a configuration that change where and how fast things happen, and no number."""

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
            carry_out(missing, self.executor, keep, keep_ledger=keep_ledger, progress=self.progress, group=group)
        except KeyboardInterrupt:
            done = len(distinct) - len(missing) + kept
            print(
                f"\n{done} of {len(distinct)} runs are kept in {journal.path}; the same command goes on from there",
                file=sys.stderr,
            )
            raise


@dataclass(frozen=True)
class Study[Config]:
    """A study, composed and checked; the configuration is that of its kind."""

    config: Config
    invocation: Invocation


@dataclass(frozen=True)
class ScenarioStudy[Config: SimulateConfig](Study[Config]):
    """A study of one scenario that keeps nothing, with its runs."""

    scenario: Scenario
    ensemble: Ensemble | None
    runs: list[Run]


def scenario_study[Config: SimulateConfig](config: Config, invocation: Invocation) -> ScenarioStudy[Config]:
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
    def complaint(self) -> str:
        """What is said on stderr of what did not succeed; empty where all did."""
        return complaint_of(self.failures)

    @abstractmethod
    def document(self) -> dict[str, Any]:
        """The answer as plain values for JSON."""

    @abstractmethod
    def text(self, language: str) -> str:
        """The answer in words and tables; not every kind has it in both languages."""

    def frame(self) -> pd.DataFrame:
        """The answer as a table, where nothing is kept that has one."""
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

    def last_lines(self) -> list[str]:
        """What the answer ends with, before the results folder."""
        return []


def run_kind(
    kind: StudyKind, arguments: Sequence[str], many: Callable[[list[MultirunPoint]], int] | None = None
) -> int:
    """Composes, checks and carries out a study, and says what came of it; returns the exit code.

    ``many`` carries out all points of a multirun, where the kind has one.
    """
    return _with_study(kind, arguments, lambda study: run_and_print(kind, study), many)


def composed(kind: StudyKind, arguments: Sequence[str]) -> Study[Any]:
    """The study of a command line, composed and checked; nothing has run."""
    found: list[Study[Any]] = []

    def take(study: Study[Any]) -> int:
        found.append(study)
        return 0

    _with_study(kind, arguments, take)
    return found[0]


def _with_study(
    kind: StudyKind,
    arguments: Sequence[str],
    do: Callable[[Study[Any]], int],
    many: Callable[[list[MultirunPoint]], int] | None = None,
) -> int:
    invocation = Invocation(kind.name, tuple(arguments))
    given, prepared = loaded(kind.prepare)(arguments) if kind.prepare else (arguments, None)

    def with_config(config: Any) -> int:
        if prepared is not None:
            prepared(config)
        _check_typed_cities(arguments, config)
        return do(loaded(kind.plan)(config, invocation))

    from experiments.configuration.user_folder import recording

    with recording(invocation.files):
        return run_application(kind.name, given, with_config, many)


def _check_typed_cities(arguments: Sequence[str], config: Any) -> None:
    """A policy of another province may name cities that are not there; what is typed here must act here."""
    for argument in arguments:
        if found := re.match(r"\+*((?:before|after)\.cities\.(\d+))\b", argument):
            check_city(found[1], int(found[2]), load_province(config.province.source))


def run_and_print(kind: StudyKind, study: Study[Any]) -> int:
    """Carries out a study and prints its answer; returns 0, or 1 where it did not succeed."""
    as_json = study.config.output is Output.json
    language = "zh" if getattr(study.config, "language", "en") == "zh" else "en"
    if not isinstance(study, KeptStudy):
        result = loaded(kind.run)(study, Runner(study.config.executor))
        print(document(finite(result.document())) if as_json else fitted(result.text(language)))
        if result.complaint:
            print(f"pyramid: {result.complaint}", file=sys.stderr)
        return 0 if result.succeeded else 1
    kept, pages = run_and_keep(kind, study)
    pages = [page for page in pages if page.suffix == ".html"]
    has_change = report_kinds()[kind.name].has_change
    warnings = warm_up_notes(study.config.calendar, Words("en")) if has_change else []
    if as_json:
        answer = {
            "study": study.name,
            "results": str(study.folder),
            "report": [str(page) for page in pages],
            "model_version": model_version(),
            **{key: value for key, value in kept.document().items() if key not in ("name", "question")},
            **({"warnings": warnings} if has_change else {}),
        }
        print(document(finite(answer)))
    else:
        where = [*kept.last_lines(), f"results  {study.folder}", *(f"report   {page}" for page in pages)]
        print("\n".join([fitted("\n".join([kept.text(language), *warnings])), "", *where]))
    for what, error in kept.failures[:5]:
        print(f"pyramid: {what} failed: {error}", file=sys.stderr)
    if kept.failures:
        count = f"{len(kept.failures)} of {kept.runs} runs failed"
        print(f"pyramid: {count}; the same command tries them again", file=sys.stderr)
    return 0 if kept.succeeded else 1


def complaint_of(failures: Sequence[tuple[str, str]]) -> str:
    """How many runs failed, in words; empty where none did."""
    if not failures:
        return ""
    what, error = failures[0]
    return f"{len(failures)} runs failed; the first: {what}: {error}"


def harm_note(scenario: Scenario) -> str:
    """Says so where a stress acts; empty where none does."""
    stresses = acting(scenario.stress)
    named = ", ".join(f"{name} {numbers.amount(value)}" for name, value in stresses.items())
    return f" Under a {LABEL}: {named}." if stresses else ""


def run_and_keep(
    kind: StudyKind, study: KeptStudy[Any], progress: Show = True, report: bool = True
) -> tuple[KeptResult, list[Path]]:
    """Carries out what the journal lacks of a study and keeps the results; gives them and the files of the report.

    Raises ``InputError`` when every run failed and when the disk does not take the results; finished runs are kept in
    any case.
    """
    config = study.config
    if not config.results.strip():
        raise InputError("results= is empty: name the folder of all results, such as results=results")
    check_seed(config.seed + config.replicates - 1)
    check_place(study.folder)
    with Journal(Path(config.results) / JOURNAL) as journal:
        runner = JournalRunner(journal, config.executor, progress)
        if _holds_another(study):
            runner.say(f"{study.folder} holds another study: this one replaces it")
        result: KeptResult = loaded(kind.run)(study, runner)
        with locked(study.folder):
            _write(result)
            point_latest_at(study.folder)
            pages = draw(study.folder, config.language) if report else []
    return result, pages


def _holds_another(study: KeptStudy[Any]) -> bool:
    """Whether the results folder has a study of another configuration; more or fewer replicates are none."""
    try:
        kept = yaml.safe_load((study.folder / "configuration.yaml").read_bytes())
    except (OSError, yaml.YAMLError):
        return False
    return not isinstance(kept, dict) or {**kept, "replicates": 0} != {
        **_configuration_of(study.config),
        "replicates": 0,
    }


def _write(result: KeptResult) -> None:
    study, contents = result.study, result.contents()
    folder = study.folder
    runs = {"done": result.runs - len(result.failures), "failed": len(result.failures)}
    manifest = {**study_manifest(study, runs), **contents.manifest}
    own = {f"options/{path}": text.encode() for path, text in study.invocation.files.items()}
    with disk_errors(folder):
        for path, content in {**contents.files, **own}.items():
            *parts, name = path.split("/")
            write_atomically({own_folder(folder, *parts) / name: content})
    resolved = {**study.as_dict(), **contents.study}
    kind = study.invocation.command
    write_study(
        folder, kind, resolved, manifest, contents.timings, contents.tables, contents.parameters, contents.units,
        _configuration_of(study.config),
    )  # fmt: skip


def _configuration_of(config: Any) -> dict[str, Any]:
    """The composed configuration as plain values, less what has no part in the numbers."""
    values: dict[str, Any] = TypeAdapter(type(config)).dump_python(config, mode="json")
    return {key: value for key, value in values.items() if key not in WITHOUT_PART}


def draw(folder: Path, language: str) -> list[Path]:
    """Draws the report of a results folder; gives its files, pages first."""
    from experiments.report.write import write_report

    with disk_errors(folder):
        return list(write_report(open_results(folder), language))


def study_manifest(study: KeptStudy[Any], runs: Mapping[str, int]) -> dict[str, Any]:
    """What every manifest holds: study, command, versions, commit, machine, province, and how many runs are done."""
    from sim.province import load_province

    choice = study.config.province
    province = load_province(choice.source, tuple(choice.places))
    return {
        "study": study.name,
        "name": study.folder.name,
        "command": recorded_command(study.invocation.command, study.invocation.arguments),
        "overrides": recorded_overrides(study.invocation.arguments),
        "model_version": model_version(),
        "versions": package_versions(),
        "git": commit(),
        **platform_of_results(),
        "runs": dict(runs),
        "province": {
            "source": choice.source,
            "places": list(choice.places),
            "tables": tables_fingerprint(choice.source),
            "population": int(province.population),
        },
    }


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


def check_target(target: Sequence[float]) -> None:
    """Raises ``InputError`` for a target pyramid that is none."""
    if len(target) != 3 or not all(PART_MIN <= part <= PART_MAX for part in target):
        raise InputError(f"study.target={shown(list(target))} must be three positive numbers, province : city : county")
