"""What all studies do alike: where results go, runs that are carried out once, and the manifest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from experiments.configuration.schema import PART_MAX, PART_MIN, ExecutorChoice, Output
from experiments.configuration.vocabulary import shown, suggestion
from experiments.results.commit import commit
from experiments.results.folder import LATEST, disk_errors, finite, locked, open_results, point_latest_at
from experiments.results.journal import Journal
from experiments.results.provenance import platform_of_results, recorded_command, versions
from experiments.runs.execute import carry_out, first_error
from experiments.runs.run import Batch, Outcome, Run, digest, model_version, tables_fingerprint
from sim.errors import InputError
from sim.scenario import ProvinceChoice

if TYPE_CHECKING:
    from experiments.runs.record import RunRecord

JOURNAL = "journal.sqlite"
"""The journal of finished runs, in the folder of all results."""

UNCHANGED = "before"
"""The reference that keeps the policy before the reform, whichever a point has."""


class Settings(Protocol):
    """What a study's configuration must have for its results to be kept."""

    province: ProvinceChoice
    executor: ExecutorChoice
    output: Output
    results: str
    name: str
    language: str


def check_names(config: Settings, study: str) -> None:
    """Raises ``InputError`` for names of results that something else of the toolkit has."""
    if config.name == LATEST:
        raise InputError(f"name={LATEST} is not allowed: it is the link to the newest results of a study")
    if study.startswith(JOURNAL):
        raise InputError(f"study.name={study} is not allowed: results/{JOURNAL} is the journal of finished runs")


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


def folder_of(config: Settings, study: str, content: Any) -> Path:
    """``results/<study>/<name>``; the default name is made from ``content``, all that determines the results."""
    return Path(config.results) / study / (config.name or digest([content, model_version()])[:12])


@contextmanager
def journal_of(config: Settings) -> Iterator[Journal]:
    """The journal of the folder of all results."""
    with Journal(Path(config.results) / JOURNAL) as journal:
        yield journal


def finish(
    runs: Sequence[Run],
    journal: Journal,
    executor: ExecutorChoice,
    keep_ledger: bool = False,
    read: Callable[[str], object | None] | None = None,
    group: Callable[[Sequence[Run], int], list[Batch]] | None = None,
) -> None:
    """Carries out the runs that the journal does not have; interrupted, it says how to go on.

    ``read`` gives what is kept of a run by its key, ``None`` where it has to be run (default: its record); ``group`` is
    for ``carry_out``.
    """
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
        carry_out(missing, executor, keep, keep_ledger=keep_ledger, group=group)
    except KeyboardInterrupt:
        done = len(distinct) - len(missing) + kept
        print(
            f"\n{done} of {len(distinct)} runs are kept in {journal.path}; the same command goes on from there",
            file=sys.stderr,
        )
        raise


def finished(runs: Sequence[Run], journal: Journal, executor: ExecutorChoice) -> dict[str, RunRecord]:
    """Records of runs by key, carried out unless the journal has them; failed runs are missing.

    Raises ``InputError`` when every run failed.
    """
    finish(runs, journal, executor)
    keys = dict.fromkeys(run.key for run in runs)
    records = {key: record for key in keys if (record := journal.record(key)) is not None}
    if runs and not records:
        raise first_error([journal.error(runs[0].key)])
    return records


def manifest_of(
    config: Settings, command: str, arguments: Sequence[str], study: str, folder: Path, runs: Mapping[str, int]
) -> dict[str, Any]:
    """What every manifest holds: study, command, versions, commit, machine, province, and how many runs are done."""
    from sim.province import load_province

    choice = config.province
    province = load_province(choice.source, tuple(choice.places))
    return {
        "study": study,
        "name": folder.name,
        "command": recorded_command(command, arguments),
        "model_version": model_version(),
        "versions": versions(),
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


def keep(folder: Path, write: Callable[[], None], language: str) -> list[Path]:
    """Writes results (``write``), lets ``latest`` point at them and draws their report; gives the report's files."""
    with locked(folder):
        write()
        point_latest_at(folder)
        return draw(folder, language)


def draw(folder: Path, language: str) -> list[Path]:
    """Draws the report of a results folder; gives its files, pages first."""
    from experiments.report.write import write_report

    with disk_errors(folder):
        return list(write_report(open_results(folder), language))


def print_document(name: str, folder: Path, pages: Sequence[Path], parts: Mapping[str, Any]) -> None:
    """A study's answer as one JSON document: where its results and reports are, the model, and its ``parts``."""
    document = {
        "study": name,
        "results": str(folder),
        "report": [str(page) for page in pages if page.suffix == ".html"],
        "model_version": model_version(),
        **{key: value for key, value in parts.items() if key not in ("name", "question")},
    }
    print(json.dumps(finite(document), indent=2, ensure_ascii=False))


def say_where(folder: Path, pages: Sequence[Path]) -> None:
    """The last lines of a study's answer."""
    print(f"results  {folder}")
    for page in pages:
        if page.suffix == ".html":
            print(f"report   {page}")


def say_failures(failures: Sequence[tuple[str, str]], total: int) -> int:
    """Says on stderr which runs failed, as (what, error); returns the exit code of the study."""
    for what, error in failures[:5]:
        print(f"pyramid: {what} failed: {error}", file=sys.stderr)
    if failures:
        print(f"pyramid: {len(failures)} of {total} runs failed; the same command tries them again", file=sys.stderr)
    return 1 if failures else 0
