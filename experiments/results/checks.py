"""What the files of a results folder must hold before anything is made of them: a folder may come from strangers.

Nothing here runs, follows or believes what a file says: bytes are read once, from regular files of the folder itself,
and every value that a report prints or draws is checked for type and size first.
"""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from sim.vocabulary import shown
from experiments.configuration.renamed import explained
from experiments.configuration.schema import PART_MAX, PART_MIN, validate
from experiments.runs.tables import frame_of, kind_on_disk
from sim.errors import InputError
from sim.stress import Stress

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

LARGEST_FILE = 2**30
"""Bytes; a file of results that is larger is not read."""

LARGEST_TABLE = 200_000_000
"""Cells; a small file may unfold to more than any memory holds."""

LONGEST_TEXT = 300
"""Letters of a text in a table, or of the name of a column."""

LARGEST_NUMBER = 1e15
"""No measure or count of a simulated province comes near it; greater ones overflow in sums and figures."""

COMPARISON = "compare"
"""Kind of the results of worlds side by side; manifests that name no kind are of this one."""

_LAX = ConfigDict(extra="ignore", allow_inf_nan=False)


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it must be text that can be printed")
    return text


Text = Annotated[str, AfterValidator(_printable)]
Label = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_printable)]
Part = Annotated[float, Field(ge=PART_MIN, le=PART_MAX)]


@dataclass(config=_LAX)
class StoredWorld:
    """One world of ``study.yaml``."""

    after: Text = ""
    stress: Text | None = None
    acting: dict[Label, float] = field(default_factory=dict)


@dataclass(config=_LAX)
class StoredProvince:
    """The province of ``study.yaml``."""

    source: str = ""
    places: list[int] = field(default_factory=list)


Place = Annotated[int, Field(ge=1, le=100)]


@dataclass(config=_LAX)
class StoredCity:
    """A city of ``study.yaml``: names, and its tile on a map, counted from the north and west."""

    code: Annotated[int, Field(ge=1, le=999_999)]
    en: Label
    zh: Label
    row: Place
    column: Place


@dataclass(config=_LAX)
class StoredStudy:
    """What a report reads of ``study.yaml``; the calendar has checks of its own (``experiments.report.windows``)."""

    name: Label = "comparison"
    question: dict[str, str] = field(default_factory=dict)
    worlds: dict[Label, StoredWorld] = field(default_factory=dict)
    policies: list[Label] = field(default_factory=list)
    reference: Label | None = None
    target: Annotated[list[Part], Field(min_length=3, max_length=3)] = field(default_factory=lambda: [1.0, 2.0, 3.0])
    margin: Annotated[float, Field(gt=0, le=1e6)] | None = None
    province: StoredProvince | None = None
    cities: list[StoredCity] = field(default_factory=list)
    stress: Stress = field(default_factory=Stress)


@dataclass(config=_LAX)
class StoredParameter:
    """What a report reads of a row of ``parameters.json``."""

    name: Text = ""
    group: Text = ""
    scenario: Text | None = None
    value: bool | int | float | Text | None = None
    unit: Text = ""
    low: float | None = None
    high: float | None = None
    choices: list[Text] = field(default_factory=list)
    tag: Text = ""
    source: Text = ""
    meaning: Text = ""


@dataclass(config=_LAX)
class StoredManifest:
    """What is read of ``manifest.json``: its layout, and the SHA-256 of every file of data."""

    files: dict[str, str]
    layout: int = 1
    kind: Text = COMPARISON
    model_version: Text = ""


@dataclass(config=_LAX)
class _Parameters:
    parameters: list[StoredParameter]


@contextmanager
def damage_of(file: Path) -> Iterator[None]:
    """Whatever goes wrong while a file is read is damage of that file."""
    try:
        yield
    except InputError as error:
        raise InputError("\n".join(f"{file} is damaged: {line}" for line in str(error).splitlines())) from None
    except RecursionError:
        raise InputError(f"{file} is damaged: nested too deeply") from None
    except Exception as error:
        reason = next(iter(str(error).splitlines()), "") or type(error).__name__
        raise InputError(f"{file} is damaged: {shown(reason)}") from None


def content_of(file: Path) -> bytes:
    """The bytes of a regular file of a reasonable size; raises ``InputError`` for anything else."""
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{file} cannot be read: it is no file")
        if status.st_size > LARGEST_FILE:
            raise InputError(f"{file} cannot be read: it has {status.st_size:,} bytes, at most {LARGEST_FILE:,}")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}") from None


def manifest_of(file: Path, content: bytes) -> dict[str, Any]:
    """The manifest, checked but for its kind, layout and sums."""
    with damage_of(file):
        manifest = json.loads(content)
        if not isinstance(manifest, dict):
            raise InputError("not an object")
        if not isinstance(manifest.get("layout", 1), int):
            raise InputError(f"layout={shown(manifest['layout'])} must be a whole number")
        return manifest


def kind_of(file: Path, manifest: Mapping[str, Any], kinds: Collection[str]) -> str:
    """The kind of results that a manifest names; those that name none are of a comparison."""
    with damage_of(file):
        kind = manifest.get("kind", COMPARISON)
        if kind not in kinds:
            raise InputError(explained("kind", str(kind)) or f"kind={shown(kind)} must be one of {', '.join(kinds)}")
        return str(kind)


def check_sums(file: Path, manifest: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """The sum of every file of data by name, as the manifest has them."""
    with damage_of(file):
        sums = validate(StoredManifest, {"files": {}, **manifest}).files
        for name in sums:
            if name not in names:
                raise InputError(f"files names {name!r}; there are: {', '.join(names)}")
        for name in names:
            if name not in sums:
                raise InputError(f"files lacks {name}")
        return sums


def mapping_of(file: Path, content: bytes) -> dict[str, Any]:
    """A file of YAML that holds a mapping."""
    with damage_of(file):
        found = yaml.safe_load(content.decode())
        if not isinstance(found, dict):
            raise InputError("not a mapping")
        return found


def study_of(file: Path, content: bytes) -> dict[str, Any]:
    """``study.yaml``, checked."""
    with damage_of(file):
        study = mapping_of(file, content)
        validate(
            StoredStudy, {key: value for key, value in study.items() if isinstance(key, str) and value is not None}
        )
        return study


def parameters_of(file: Path, content: bytes) -> list[dict[str, Any]]:
    """``parameters.json``, checked."""
    with damage_of(file):
        parameters = json.loads(content)
        validate(_Parameters, {"parameters": parameters})
        return parameters


RUNS = {"scenario": "text", "scenario_id": "text", "seed": "int", "status": "text"}
MONTHLY = {"scenario": "text", "seed": "int", "month": "date"}
"""Columns that the tables of a results folder have at least, with their types; all others are numbers."""


def table_of(file: Path, content: bytes, needed: Mapping[str, str]) -> pd.DataFrame:
    """A table of runs or months, checked: names, one row a key, and numbers of a credible size."""
    with damage_of(file):
        frame = _frame(content, needed, ("int", "float"))
        for label in frame["scenario"].unique():
            if not label or len(label) > 100 or not label.isprintable():
                raise InputError(f"scenario {shown(label)!r} must be a name of 1 to 100 letters that can be printed")
        if "status" in needed and (odd := set(frame["status"].unique()) - {"done", "failed"}):
            raise InputError(f"status {shown(min(odd))!r} must be one of done, failed")
        key = [name for name in ("scenario", "seed", "month") if name in needed]
        if frame.duplicated(key).any():
            raise InputError(f"two rows have the same {', '.join(key)}")
        return frame


Columns = Mapping[str, str]
"""Columns that a table has at least, with the kinds of ``experiments.runs.tables``."""


def study_table_of(file: Path, content: bytes, needed: Columns) -> pd.DataFrame:
    """A table of a study, checked: its columns, printable texts, and numbers of a credible size."""
    with damage_of(file):
        frame = _frame(content, needed, ("int", "float", "bool", "text"))
        for name in frame.select_dtypes(["str"]).columns:
            for text in frame[name].dropna().unique():
                if len(text) > LONGEST_TEXT or not text.isprintable():
                    raise InputError(f"{shown(name)} holds {shown(text)!r}, which is too long or cannot be printed")
        return frame


def _frame(content: bytes, needed: Columns, others: Collection[str]) -> pd.DataFrame:
    """A Parquet table with the columns that it needs, others of some kinds, and credible numbers."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(io.BytesIO(content))
    columns = {field.name: kind_on_disk(field.type) for field in file.schema_arrow}
    if len(columns) < len(file.schema_arrow):
        raise InputError("two columns have the same name")
    for name, kind in needed.items():
        if name not in columns:
            raise InputError(f"column {name!r} is missing")
        if columns[name] != kind:
            raise InputError(f"column {name!r} is of type {shown(columns[name])}, not {kind}")
    for name, kind in columns.items():
        if name not in needed and kind not in others:
            raise InputError(f"column {shown(name)!r} is of type {shown(kind)}, not of numbers")
        if len(name) > LONGEST_TEXT or not name.isprintable():
            raise InputError(f"column {shown(name)!r} cannot be printed")
    _check_cells(file.metadata.num_rows, len(columns))  # no more of the metadata: Arrow may die of a damaged column's
    texts = [name for name, kind in columns.items() if kind == "text"]
    file = pq.ParquetFile(io.BytesIO(content), read_dictionary=texts)
    table = pa.Table.from_batches(_unfolded(file, texts), file.schema_arrow)
    for name, kind in columns.items():
        if (name in needed or kind not in ("text", "float")) and table[name].null_count:
            raise InputError(f"column {name!r} has a row without a value")
    frame = frame_of(table)
    for name in frame.select_dtypes("number").columns:
        largest = frame[name].astype(float).abs().max()
        if largest > LARGEST_NUMBER:
            raise InputError(f"{shown(name)} has {largest:g}; at most {LARGEST_NUMBER:g} is credible")
    return frame


def _check_cells(rows: int, columns: int) -> None:
    if rows * columns > LARGEST_TABLE:
        raise InputError(f"{rows:,} rows of {columns} columns are more than {LARGEST_TABLE:,} cells")


def _unfolded(file: pq.ParquetFile, texts: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Some rows at a time, counted with their texts as they come: a file may hold more of them than its head says."""
    import pyarrow.compute as pc

    rows = size = 0
    for part in file.iter_batches(use_threads=False):
        rows += part.num_rows
        _check_cells(rows, part.num_columns)
        for name in texts:
            size += pc.sum(pc.binary_length(part[name].dictionary).take(part[name].indices)).as_py() or 0
        if size > LARGEST_FILE:
            raise InputError(f"its texts unfold to {size:,} bytes or more; at most {LARGEST_FILE:,} are read")
        yield part
