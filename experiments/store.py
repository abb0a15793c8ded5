"""Results on disk: ``results/<study>/<name>/`` with Parquet, JSON and YAML that anything can read."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from experiments.record import RunRecord
from sim.errors import InputError
from sim.ledger import EVENTS

if TYPE_CHECKING:
    import polars as pl

LAYOUT = 1
"""Version of the layout of a results folder, kept in its manifest."""

DATA_FILES = ("study.yaml", "parameters.json", "runs.parquet", "monthly.parquet")


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
    runs: pl.DataFrame
    monthly: pl.DataFrame
    parameters: list[dict[str, Any]]


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turns a full, read-only or forbidden disk into one clear ``InputError`` about ``path``."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot write {error.filename or path}: {reason}") from None


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a file so that readers see the old content or the new one, never a part of it."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def json_bytes(value: Any) -> bytes:
    """JSON with indents and the given order of keys, UTF-8."""
    return (json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def write_results(
    folder: Path,
    study: Mapping[str, Any],
    manifest: Mapping[str, Any],
    timings: Mapping[str, Any],
    runs: Sequence[RunRow],
    parameters: Sequence[Mapping[str, Any]],
    units: Mapping[str, str],
) -> None:
    """Writes (or replaces, file by file and whole) the results of a study; the manifest last.

    Everything but ``timings.json`` depends on the study, the code and the runs alone. ``units`` gives the
    unit of a measure by name. Raises ``InputError`` when the disk does not take it.
    """
    contents = {
        "study.yaml": yaml.safe_dump(dict(study), sort_keys=False, allow_unicode=True).encode(),
        "parameters.json": json_bytes(list(parameters)),
        "runs.parquet": _parquet(runs_frame(runs), units),
        "monthly.parquet": _parquet(monthly_frame(runs), dict.fromkeys(EVENTS, "events")),
    }
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    contents["timings.json"] = json_bytes(dict(timings))
    contents["manifest.json"] = json_bytes({"layout": LAYOUT, **manifest, "files": sums})
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            write_atomically(folder / name, content)


def point_latest_at(folder: Path) -> None:
    """Lets ``latest`` beside a results folder point at it (where the file system knows links)."""
    partial = folder.parent / f".latest.{os.getpid()}.partial"
    try:
        partial.unlink(missing_ok=True)
        partial.symlink_to(folder.name, target_is_directory=True)
        os.replace(partial, folder.parent / "latest")
    except OSError:
        partial.unlink(missing_ok=True)


def runs_frame(runs: Sequence[RunRow]) -> pl.DataFrame:
    """One row a run; measures after the reform under their names, before it as ``before_<name>``."""
    import polars as pl

    done = [run.record for run in runs if run.record is not None]
    after = list(dict.fromkeys(name for record in done for name in record.after))
    before = list(dict.fromkeys(name for record in done for name in record.before))
    columns: dict[str, Any] = {
        "scenario": pl.Series([run.scenario for run in runs], dtype=pl.String),
        "scenario_id": pl.Series([run.scenario_id for run in runs], dtype=pl.String),
        "seed": pl.Series([run.seed for run in runs], dtype=pl.Int64),
        "status": pl.Series([run.status for run in runs], dtype=pl.String),
    }
    for name in after:
        values = [None if run.record is None else run.record.after.get(name) for run in runs]
        columns[name] = pl.Series(values, dtype=pl.Float64)
    for name in before:
        values = [None if run.record is None else run.record.before.get(name) for run in runs]
        columns[f"before_{name}"] = pl.Series(values, dtype=pl.Float64)
    return pl.DataFrame(columns)


def monthly_frame(runs: Sequence[RunRow]) -> pl.DataFrame:
    """One row a finished run and month; one int64 column an event, summed over places and kinds."""
    import polars as pl

    done = [(run, run.record) for run in runs if run.record is not None]
    lengths = [len(record.months) for _, record in done]
    months = [record.months.astype("datetime64[D]") for _, record in done]
    counts = [record.monthly for _, record in done]
    table = np.concatenate(counts) if done else np.zeros((0, len(EVENTS)), np.int64)
    columns: dict[str, Any] = {
        "scenario": pl.Series(np.repeat([run.scenario for run, _ in done], lengths).tolist(), dtype=pl.String),
        "seed": pl.Series(np.repeat([run.seed for run, _ in done], lengths), dtype=pl.Int64),
        "month": pl.Series(np.concatenate(months) if done else [], dtype=pl.Date),
    }
    for column, name in enumerate(EVENTS):
        columns[name] = pl.Series(np.ascontiguousarray(table[:, column]), dtype=pl.Int64)
    return pl.DataFrame(columns)


def _parquet(frame: pl.DataFrame, units: Mapping[str, str]) -> bytes:
    import io

    known = {
        column: units[column.removeprefix("before_")]
        for column in frame.columns
        if column.removeprefix("before_") in units
    }
    buffer = io.BytesIO()
    frame.write_parquet(buffer, metadata={"units": json.dumps(known, ensure_ascii=False)})
    return buffer.getvalue()


def open_results(path: str | Path) -> Results:
    """Reads a results folder (``results/<study>/<name>`` or ``…/latest``).

    Raises ``InputError`` naming the folder or file when it is missing, foreign, damaged or of another layout.
    """
    import polars as pl

    folder = Path(path)
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder of results{_nearby(folder)}")
    for name in ("manifest.json", *DATA_FILES):
        if not (folder / name).is_file():
            raise InputError(f"{folder} is not a folder of results: {name} is missing{_nearby(folder)}")
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except ValueError as error:
        raise InputError(f"{folder / 'manifest.json'} is damaged: {error}") from None
    if not isinstance(manifest, dict):
        raise InputError(f"{folder / 'manifest.json'} is damaged: not an object")
    if manifest.get("layout", LAYOUT) != LAYOUT:
        raise InputError(f"{folder} has layout {manifest['layout']}, this version reads {LAYOUT}: run the study again")
    for name, expected in manifest.get("files", {}).items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest() if (folder / name).is_file() else ""
        if found != expected:
            raise InputError(f"{folder / name} is damaged: it is not what the manifest describes")
    readers = {
        "study.yaml": lambda file: yaml.safe_load(file.read_text("utf-8")),
        "parameters.json": lambda file: json.loads(file.read_bytes()),
        "runs.parquet": pl.read_parquet,
        "monthly.parquet": pl.read_parquet,
    }
    contents = {}
    for name, read in readers.items():
        try:
            contents[name] = read(folder / name)
        except (ValueError, OSError, yaml.YAMLError, pl.exceptions.PolarsError) as error:
            raise InputError(f"{folder / name} is damaged: {str(error).splitlines()[0]}") from None
    return Results(folder, contents["study.yaml"], manifest, *_tables(folder, contents))


def _tables(folder: Path, contents: Mapping[str, Any]) -> tuple[pl.DataFrame, pl.DataFrame, list[dict]]:
    for name, needed in (
        ("runs.parquet", ("scenario", "scenario_id", "seed", "status")),
        ("monthly.parquet", ("scenario", "seed", "month")),
    ):
        for column in needed:
            if column not in contents[name].columns:
                raise InputError(f"{folder / name} is damaged: column {column!r} is missing")
    return contents["runs.parquet"], contents["monthly.parquet"], contents["parameters.json"]


def _nearby(folder: Path) -> str:
    """Names results folders near a wrong path, if any."""
    for root in (folder, folder.parent):
        if root.is_dir():
            found = sorted(str(child.parent) for child in root.glob("*/manifest.json"))
            if found:
                return "; there are: " + ", ".join(found[:5])
    return ""
