"""Studies whose results are kept: carried out where the journal lacks runs, written into their folder, drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import TypeAdapter

from experiments.configuration.command import StudyKind
from experiments.configuration.primary import loaded
from experiments.report.kinds import open_results
from experiments.results.commit import commit
from experiments.results.folder import (
    Results,
    check_place,
    disk_errors,
    locked,
    own_folder,
    point_latest_at,
    write_atomically,
    write_study,
)
from experiments.results.journal import Journal
from experiments.results.places import stored_names
from experiments.results.provenance import package_versions, platform_of_results, recorded_command, recorded_overrides
from experiments.runs.executors import kept_open
from experiments.runs.progress import Show
from experiments.runs.run import model_version, tables_fingerprint
from experiments.studies.study import JOURNAL, JournalRunner, KeptResult, KeptStudy
from sim.errors import InputError
from sim.province import load_province
from sim.province.nation import parts_of_nation
from sim.scenario import check_seed

if TYPE_CHECKING:
    from experiments.report.maps.outline import Outline

WITHOUT_PART = ("executor", "output", "results", "name", "language", "measures", "report", "map")
"""Keys of a configuration that change where and how fast things happen, and no number."""


@dataclass(frozen=True)
class Kept:
    """A study that was carried out: what came of it, its results as they are stored, and the files of its report."""

    result: KeptResult
    results: Results
    pages: Sequence[Path]


def run_and_keep(kind: StudyKind, study: KeptStudy[Any], progress: Show = True, report: bool = True) -> Kept:
    """Carries out what the journal lacks of a study and keeps the results; draws their report, unless it is not to.

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
        with kept_open():
            result: KeptResult = loaded(kind.run)(study, runner)
        with locked(study.folder):
            _write(result)
            point_latest_at(study.folder)
            stored = open_results(study.folder)
            return Kept(result, stored, draw(stored, config.language, study.outline) if report else [])


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


def draw(results: Results, language: str, outline: Outline | None = None) -> list[Path]:
    """Draws the report of stored results, with lines behind its maps; gives its files, pages first."""
    from experiments.report.write import write_report

    with disk_errors(results.path):
        return list(write_report(results, language, outline=outline))


def study_manifest(study: KeptStudy[Any], runs: Mapping[str, int]) -> dict[str, Any]:
    """What every manifest holds: study, command, versions, commit, machine, province, and how many runs are done."""

    choice = study.config.province
    parts = parts_of_nation(choice.source, choice.codes)
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
            **stored_names(choice),
            "tables": tables_fingerprint(choice.source),
            "population": sum(load_province(*part).population for part in parts),
        },
    }
