"""Results on disk: ``results/<study>/<name>/`` with Parquet, JSON and YAML that anything can read."""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import filelock
import numpy as np
import yaml

from experiments.runs.rates import measure_of
from experiments.runs.record import RunRecord
from experiments.results.checks import (
    COMPARISON,
    StoredParameter,
    StoredStudy,
    StoredTable,
    check_names,
    check_study,
    check_sums,
    content_of,
    damage_of,
    kind_of,
    manifest_of,
    mapping_of,
    parameters_of,
    table_of,
)
from experiments.runs.tables import parquet
from sim.errors import InputError
from sim.ledger import EVENTS

if TYPE_CHECKING:
    import pandas as pd

LAYOUT = 3
"""Version of the layout of a results folder, kept in its manifest."""

READ_BY = {1: "0.1", 2: "0.2"}
"""Versions of this package that read an older layout."""

LATEST = "latest"
"""Link beside the results of a study that points at the newest."""

SILENCE = 1.0
"""Seconds that a folder is waited for without a word."""

DATA_FILES = ("study.yaml", "configuration.yaml", "parameters.json")
"""Files of data that every folder has; the others are the tables of its kind."""


@dataclass(frozen=True)
class RunRow:
    """One run of a study: ``status`` is ``done`` with a record, or ``failed`` with an ``error``."""

    scenario: str
    scenario_id: str
    seed: int
    record: RunRecord | None
    error: str = ""

    @property
    def status(self) -> str:
        """``done`` or ``failed``."""
        return "failed" if self.record is None else "done"


@dataclass(frozen=True)
class Results:
    """A results folder, read."""

    path: Path
    study: dict[str, Any]
    manifest: dict[str, Any]
    runs: pd.DataFrame
    monthly: pd.DataFrame
    parameters: list[StoredParameter]
    configuration: Mapping[str, Any] = field(default_factory=dict)
    kind: str = COMPARISON
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    """Tables of a study that is no comparison, by name; ``runs`` and ``monthly`` are empty then."""


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turns a full, read-only or forbidden disk into one clear ``InputError`` about ``path``."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot write {error.filename or path}: {reason}") from None


def write_atomically(contents: Mapping[Path, bytes]) -> None:
    """Writes files so that readers see the old content or the new one, never a part of it.

    All are written beside their places first, so that a disk that is full leaves every old file as it was. A link in
    a place is replaced, never followed. What a process that was killed has left of the same files is removed.
    """
    _remove_leavings(contents)
    partials = {path.with_name(f".{path.name}.{os.getpid()}.partial"): path for path in contents}
    try:
        for partial, path in partials.items():
            partial.unlink(missing_ok=True)
            with partial.open("xb") as file:
                file.write(contents[path])
        for partial, path in partials.items():
            os.replace(partial, path)
    finally:
        for partial in partials:
            partial.unlink(missing_ok=True)


def _remove_leavings(paths: Iterable[Path]) -> None:
    """Removes the partial files that processes which are no more have left of some paths."""
    from psutil import pid_exists

    names = {(path.parent, path.name) for path in paths}
    for folder in {folder for folder, _ in names}:
        for partial in folder.glob(".*.partial"):
            found = re.fullmatch(r"\.(.+)\.(\d{1,9})\.partial", partial.name)
            if found is not None and (folder, found[1]) in names and not pid_exists(int(found[2])):
                partial.unlink(missing_ok=True)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Makes a folder and keeps other processes that write to it waiting until this one is done."""
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(folder.with_name(f".{folder.name}.lock"))
    with suppress(OSError, NotImplementedError):  # a file system without locks
        try:
            lock.acquire(timeout=SILENCE)
        except filelock.Timeout:
            print(f"waiting for another study that writes to {folder}", file=sys.stderr, flush=True)
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def own_folder(folder: Path, *parts: str) -> Path:
    """A folder below ``folder``, made if need be; raises ``InputError`` where a link leads out of it."""
    below = folder
    for part in parts:
        below = below / part
        refuse_links(below)
        below.mkdir(exist_ok=True)
    return below


def refuse_links(*paths: Path) -> None:
    """Raises ``InputError`` for a path that is a link: what is written through it would land elsewhere."""
    for path in paths:
        if path.is_symlink():
            raise InputError(f"{path} is a link: nothing is written through it; remove it first")


def check_place(folder: Path) -> None:
    """Raises ``InputError`` where results in ``folder`` would land elsewhere or in the place of something else."""
    with disk_errors(folder):
        refuse_links(folder.parent, folder)
        for path in (folder.parent, folder):
            if path.exists() and not path.is_dir():
                raise InputError(f"{path} is no folder: results go there; move it away")
        latest = folder.parent / LATEST
        if latest.exists() and not latest.is_symlink():
            raise InputError(f"{latest} is in the place of the link to the newest results: move it away")


def json_bytes(value: Any) -> bytes:
    """JSON with indents and the given order of keys, UTF-8."""
    return (json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def yaml_bytes(value: Mapping[str, Any]) -> bytes:
    """YAML in the given order of keys, UTF-8."""
    return yaml.dump(dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True).encode()


class _Dumper(yaml.SafeDumper):
    """Puts texts such as ``1e3`` in quotes, which are numbers to readers of YAML 1.2."""


_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+"), [*"-+0123456789"])


def write_study(
    folder: Path,
    kind: str,
    study: Mapping[str, Any],
    manifest: Mapping[str, Any],
    timings: Mapping[str, Any],
    tables: Mapping[str, pd.DataFrame],
    parameters: Sequence[Mapping[str, Any]],
    units: Mapping[str, str] | None = None,
    configuration: Mapping[str, Any] | None = None,
) -> None:
    """Writes (or replaces, file by file and whole) the results of a study; the manifest last.

    The ``tables`` are those that the kind of report declares, each with the columns it needs; ``units`` gives the unit
    of a measure by name, ``configuration`` is what was composed. Everything but ``timings.json`` depends on the study,
    the code and the runs alone. Raises ``InputError`` when the disk does not take it.
    """
    units_of = {"monthly": dict.fromkeys(EVENTS, "events")}
    contents = {
        "study.yaml": yaml_bytes(study),
        "configuration.yaml": yaml_bytes(configuration or {}),
        "parameters.json": json_bytes(list(parameters)),
        **{f"{name}.parquet": _parquet(table, units_of.get(name, units or {})) for name, table in tables.items()},
    }
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    contents["timings.json"] = json_bytes(dict(timings))
    contents["manifest.json"] = json_bytes({"layout": LAYOUT, "kind": kind, **manifest, "files": sums})
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically({folder / name: content for name, content in contents.items()})


def point_latest_at(folder: Path) -> None:
    """Lets ``latest`` beside a results folder point at it (where the file system knows links)."""
    partial = folder.parent / f".{LATEST}.{os.getpid()}.partial"
    try:
        _remove_leavings([folder.parent / LATEST])
        partial.unlink(missing_ok=True)
        partial.symlink_to(folder.name, target_is_directory=True)
        os.replace(partial, folder.parent / LATEST)
    except OSError:
        partial.unlink(missing_ok=True)


def runs_frame(runs: Sequence[RunRow]) -> pd.DataFrame:
    """One row a run; measures after the reform under their names, before it as ``before_<name>``.

    Runs that have further windows have their measures as ``first_year_<name>`` and ``full_year_<name>``.
    """
    import pandas as pd

    parts = [{} if run.record is None else run.record.windows for run in runs]
    columns: dict[str, Any] = {
        "scenario": pd.Series([run.scenario for run in runs], dtype="str"),
        "scenario_id": pd.Series([run.scenario_id for run in runs], dtype="str"),
        "seed": pd.Series([run.seed for run in runs], dtype="int64"),
        "status": pd.Series([run.status for run in runs], dtype="str"),
    }
    for window in dict.fromkeys(name for part in parts for name in part):
        for name in dict.fromkeys(name for part in parts for name in part.get(window, ())):
            values = [part.get(window, {}).get(name) for part in parts]
            columns[name if window == "after" else f"{window}_{name}"] = pd.Series(values, dtype="float64")
    return pd.DataFrame(columns)


def monthly_frame(runs: Sequence[RunRow]) -> pd.DataFrame:
    """One row a finished run and month; one int64 column an event, summed over places and kinds."""
    import pandas as pd

    done = [(run, run.record) for run in runs if run.record is not None]
    lengths = [len(record.months) for _, record in done]
    months = [record.months.astype("datetime64[ms]") for _, record in done]
    counts = [record.monthly for _, record in done]
    table = np.concatenate(counts) if done else np.zeros((0, len(EVENTS)), np.int64)
    columns: dict[str, Any] = {
        "scenario": pd.Series(np.repeat([run.scenario for run, _ in done], lengths), dtype="str"),
        "seed": pd.Series(np.repeat([run.seed for run, _ in done], lengths), dtype="int64"),
        "month": pd.Series(np.concatenate(months) if done else [], dtype="datetime64[ms]"),
    }
    for column, name in enumerate(EVENTS):
        columns[name] = pd.Series(np.ascontiguousarray(table[:, column]), dtype="int64")
    return pd.DataFrame(columns)


def _parquet(frame: pd.DataFrame, units: Mapping[str, str]) -> bytes:
    measures = {column: measure_of(column) for column in frame.columns}
    known = {column: units[measure] for column, measure in measures.items() if measure in units}
    return parquet(frame, {"units": json.dumps(known, ensure_ascii=False)})


Stored = tuple[type[StoredStudy], Mapping[str, StoredTable]]
"""What a report reads of a study, and the tables by name."""


def read_results(path: str | Path, kinds: Mapping[str, Stored]) -> Results:
    """Reads a results folder (``results/<study>/<name>`` or ``…/latest``); ``kinds`` say what each holds.

    Raises ``InputError`` naming the folder or file when it is missing, foreign, damaged or of another layout.
    """
    folder = Path(path).expanduser()
    if not _is_folder(folder):
        raise InputError(f"{folder} is not a folder of results{_nearby(folder)}")
    if not (folder / "manifest.json").is_file():
        raise InputError(f"{folder} is not a folder of results: manifest.json is missing{_nearby(folder)}")
    manifest = manifest_of(folder / "manifest.json", content_of(folder / "manifest.json"))
    if (layout := manifest.get("layout", LAYOUT)) != LAYOUT:
        older = f", or open it with version {READ_BY[layout]}" if layout in READ_BY else ""
        raise InputError(f"{folder / 'manifest.json'} has layout {layout}, this version reads {LAYOUT}: run the study again{older}")
    kind = kind_of(folder / "manifest.json", manifest, kinds)
    schema, declared = kinds[kind]
    names = (*DATA_FILES, *(f"{table}.parquet" for table in declared))
    for name in names:
        if not (folder / name).is_file():
            raise InputError(f"{folder} is not a folder of results: {name} is missing{_nearby(folder)}")
    files = {name: folder / name for name in ("manifest.json", *names)}
    sums = check_sums(files["manifest.json"], manifest, names)
    contents = {name: content_of(files[name]) for name in names}
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != sums[name]:
            raise InputError(f"{files[name]} is damaged: it is not what the manifest describes")
    study = mapping_of(files["study.yaml"], contents["study.yaml"])
    with damage_of(files["study.yaml"]):
        settings = check_study(schema, study)
    tables = {}
    for name, each in declared.items():
        tables[name] = table_of(files[f"{name}.parquet"], contents[f"{name}.parquet"], each)
    for name, each in declared.items():
        check_names(files[f"{name}.parquet"], tables[name], each, settings, tables)
    own = (tables.pop(name) for name in ("runs", "monthly")) if kind == COMPARISON else (runs_frame([]), monthly_frame([]))
    runs, monthly = own
    return Results(
        path=folder,
        study=study,
        manifest=manifest,
        runs=runs,
        monthly=monthly,
        parameters=parameters_of(files["parameters.json"], contents["parameters.json"]),
        configuration=mapping_of(files["configuration.yaml"], contents["configuration.yaml"]),
        kind=kind,
        tables=tables,
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def _nearby(folder: Path) -> str:
    """Names results folders near a wrong path, if any."""
    for root in (folder, folder.parent):
        if _is_folder(root):
            found = sorted(str(child.parent) for child in root.glob("*/manifest.json"))
            if found:
                return "; there are: " + ", ".join(found[:5])
    return ""


def finite(value: Any) -> Any:
    """Plain values for JSON: what is no finite number becomes ``None``."""
    if isinstance(value, dict):
        return {key: finite(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [finite(inner) for inner in value]
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.integer):
        return int(value)
    return value
