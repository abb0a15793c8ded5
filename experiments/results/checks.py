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
from dataclasses import MISSING, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import yaml
from pydantic import AfterValidator, ConfigDict, Field
from pydantic.dataclasses import dataclass

from experiments.configuration.renamed import explained
from experiments.configuration.schema import MARGIN, PART_MAX, PART_MIN, validate
from experiments.runs.tables import frame_of, kind_in_memory, kind_on_disk
from experiments.statistics.thresholds import SUCCESS_GAP
from sim.errors import InputError
from sim.scenario import Calendar
from sim.stress import Stress
from sim.vocabulary import shown, suggestion

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

DEEPEST = 50
"""Lists and mappings within each other in a document."""

LARGEST_NUMBER = 1e15
"""No measure or count of a simulated province comes near it; greater ones overflow in sums and figures."""

COMPARISON = "compare"
"""Kind of the results of worlds side by side; manifests that name no kind are of this one."""

LAX = ConfigDict(extra="ignore", allow_inf_nan=False)
"""Of schemas of what is stored: what no report reads may be anything."""


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it must be text that can be printed")
    return text


def _scalar(value: Any) -> Any:
    if not isinstance(value, str | bool | int | float):
        raise ValueError("it must be text, a number, true or false")
    if isinstance(value, str):
        return _printable(value)
    if not abs(value) <= LARGEST_NUMBER:
        raise ValueError(f"it must be a number of at most {LARGEST_NUMBER:g}")
    return value


def _measure(name: str) -> str:
    from sim.measures import MEASURES

    if name.partition("@")[0] not in (*MEASURES, SUCCESS_GAP):
        raise ValueError(f"there is no such measure; {suggestion(name, MEASURES)}")
    return _printable(name)


Text = Annotated[str, AfterValidator(_printable)]
Label = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_printable)]
Title = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_printable)]
Scalar = Annotated[Any, AfterValidator(_scalar)]
Measure = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_measure)]
Number = Annotated[float, Field(strict=True, ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
Count = Annotated[int, Field(strict=True, ge=0, le=10**9)]
Seed = Annotated[int, Field(strict=True, ge=0, le=2**32)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Month = Annotated[str, Field(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")]
Part = Annotated[float, Field(strict=True, ge=PART_MIN, le=PART_MAX)]


@dataclass(config=LAX)
class StoredFactor:
    """What was varied, but for its key: over an interval, or some values."""

    values: list[Scalar] = field(default_factory=list)
    low: Number | None = None
    high: Number | None = None
    unit: Text = ""

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None) or (self.low is not None and self.low >= (self.high or 0.0)):
            raise ValueError("it must have low below high, or neither")


@dataclass(config=LAX)
class StoredOrigin:
    """Where the members of an ensemble come from (``experiments.configuration.ensemble.Origin``)."""

    province: Title
    name_en: Title
    name_zh: Title
    model_version: Title


@dataclass(config=LAX)
class StoredEnsemble:
    """The ensemble of ``study.yaml``."""

    name: Label
    members: Annotated[int, Field(strict=True, ge=1, le=10**9)]
    origin: StoredOrigin | None = None


@dataclass(config=LAX)
class StoredNames:
    """What province and places of ``manifest.json`` are called; empty in results from before this was told."""

    name_en: Title = ""
    name_zh: Title = ""
    places_en: Title = ""
    places_zh: Title = ""


@dataclass(config=LAX)
class StoredProvince:
    """The province of ``study.yaml``."""

    source: Text = ""
    places: list[Count] = field(default_factory=list)


@dataclass(config=LAX)
class StoredBuild:
    """What ``study.yaml`` says of policies that its windows show unfinished (``experiments.runs.build.stored_build``)."""

    first: Month
    last: Month
    full: Month
    low: Share
    high: Share
    end: Annotated[str, Field(pattern="^[0-9]{4}-12-31$")]


@dataclass(config=LAX, kw_only=True)
class StoredStudy:
    """What every report reads of ``study.yaml``; each kind adds its own."""

    name: Label
    calendar: Calendar
    question: dict[str, str] = field(default_factory=dict)
    reference: Label | None = None
    measures: list[Measure] = field(default_factory=list)
    target: Annotated[list[Part], Field(min_length=3, max_length=3)] = field(default_factory=lambda: [1.0, 2.0, 3.0])
    margin: Annotated[float, Field(strict=True, gt=0, le=1e6)] = MARGIN
    replicates: Annotated[int, Field(strict=True, ge=1, le=10**9)] = 1
    seeds: Annotated[list[Seed], Field(min_length=1)] = field(default_factory=lambda: [0])
    province: StoredProvince | None = None
    stress: Stress = field(default_factory=Stress)
    ensemble: StoredEnsemble | None = None
    build: StoredBuild | None = None
    missing_levels: Annotated[list[Literal["county", "city"]], Field(max_length=2)] = field(default_factory=list)
    absent_places: list[Title] = field(default_factory=list)


@dataclass(config=LAX)
class StoredParameter:
    """What a report reads of a row of ``parameters.json``."""

    name: Text = ""
    group: Text = ""
    scenario: Text | None = None
    value: Scalar | None = None
    unit: Text = ""
    low: Number | None = None
    high: Number | None = None
    choices: list[Text] = field(default_factory=list)
    tag: Text = ""
    source: Text = ""
    meaning: Text = ""

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError("it must have low and high, or neither")


@dataclass(config=LAX)
class StoredCounts:
    """How many runs a study has."""

    done: Count = 0
    failed: Count = 0


@dataclass(config=LAX)
class StoredManifest:
    """What is read of ``manifest.json``: its layout, and the SHA-256 of every file of data."""

    files: dict[str, str] = field(default_factory=dict)
    layout: int = 1
    kind: Text = COMPARISON
    model_version: Text = ""
    runs: StoredCounts = field(default_factory=StoredCounts)
    province: StoredNames = field(default_factory=StoredNames)


@dataclass(config=LAX)
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
        if type(manifest.get("layout", 1)) is not int:
            raise InputError(f"layout={shown(manifest['layout'])} must be a whole number")
        _check_texts(manifest)
        return manifest


def _check_texts(value: Any, depth: int = 0, seen: set[int] | None = None) -> None:
    """Raises ``InputError`` for what cannot be written out again: half a letter, or what is nested too deeply."""
    seen = set() if seen is None else seen
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise InputError(f"'{shown(value)}' is no text") from None
    if not isinstance(value, dict | list) or id(value) in seen:
        return
    if depth > DEEPEST:
        raise InputError("nested too deeply")
    seen.add(id(value))
    for each in [*value, *value.values()] if isinstance(value, dict) else value:
        _check_texts(each, depth + 1, seen)


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
        sums = validate(StoredManifest, manifest).files
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
        _check_texts(found)
        return found


def check_study[S: StoredStudy](schema: type[S], study: Mapping[str, Any]) -> S:
    """What a report reads of a study; a key without a value counts as left out."""
    given = {key: value for key, value in study.items() if isinstance(key, str) and value is not None}
    for each in fields(schema):
        if each.default is each.default_factory is MISSING and each.name not in given:
            raise InputError(f"{each.name} is missing")
    return validate(schema, given)


def parameters_of(file: Path, content: bytes) -> list[StoredParameter]:
    """``parameters.json``, checked."""
    with damage_of(file):
        parameters = json.loads(content)
        _check_texts(parameters)
        return validate(_Parameters, {"parameters": parameters}).parameters


class StoredTable(NamedTuple):
    """What a table holds.

    Attributes:
        columns: columns that it has at least, by name; see ``KINDS``. Texts with ``|`` between them are a choice, and a
            kind with ``?`` may lack values, and the column where there are no rows.
        others: kinds of ``experiments.runs.tables`` that further columns may have; texts and floats may lack values.
        named: keys of the study that name further columns which the table has.
        key: columns that no two rows have the same values of.
        known: columns whose values all stand elsewhere: under a key of the study, or in ``table.column``.
        is_filled: whether it has a row at least.
    """

    columns: Mapping[str, str]
    others: Sequence[str] = ("int", "float", "bool", "text")
    named: Sequence[str] = ()
    key: Sequence[str] = ()
    known: Mapping[str, str] = {}
    is_filled: bool = True

    @property
    def kinds(self) -> dict[str, str]:
        """The kinds of ``experiments.runs.tables`` of its columns, by name."""
        return {name: _kind(kind)[0] for name, kind in self.columns.items()}


KINDS = {
    "label": ("text", 1, 100),
    "text": ("text", 0, LONGEST_TEXT),
    "count": ("int", 0, LARGEST_NUMBER),
    "int": ("int", -LARGEST_NUMBER, LARGEST_NUMBER),
    "share": ("float", 0, 1),
    "size": ("float", 0, LARGEST_NUMBER),
    "float": ("float", -LARGEST_NUMBER, LARGEST_NUMBER),
    "bool": ("bool", 0, 1),
    "date": ("date", 0, 0),
}
"""Kinds of columns: the kind of ``experiments.runs.tables``, and bounds of its numbers or of its texts' lengths."""

RUNS = StoredTable(
    {"scenario": "label", "scenario_id": "text", "seed": "count", "status": "done|failed"},
    others=("int", "float"),
    key=("scenario", "seed"),
    is_filled=False,
)
"""Runs; all further columns are measures."""


def table_of(file: Path, content: bytes, declared: StoredTable) -> pd.DataFrame:
    """A table, checked by itself: columns, one row a key, texts that can be printed, numbers of a credible size."""
    with damage_of(file):
        frame = _frame(content, declared)
        if frame.empty and declared.is_filled:
            raise InputError("it has no row")
        for name, kind in declared.columns.items():
            if not kind.endswith("?") and frame[name].isna().any():
                raise InputError(f"column {name!r} has a row without a value")
        for name in frame.columns:
            _check_values(frame[name].dropna(), declared.columns.get(name) or kind_in_memory(frame[name].dtype))
        if declared.key and frame.duplicated([*declared.key]).any():
            raise InputError(f"two rows have the same {', '.join(declared.key)}")
        return frame


def _kind(kind: str) -> tuple[str, float, float]:
    return KINDS["text" if "|" in kind else kind.rstrip("?")]


def _check_values(values: pd.Series[Any], kind: str) -> None:
    name, (disk, low, high) = shown(values.name), _kind(kind)
    if disk != "text":
        for number in () if disk == "date" or values.empty else (values.min(), values.max()):
            if not low <= number <= high:
                raise InputError(f"{name} has {number:g}; it must be from {low:g} to {high:g}")
        return
    for text in values.unique():
        if "|" in kind and text not in kind.split("|"):
            raise InputError(f"{name} '{shown(text)}' must be one of {kind.replace('|', ', ')}")
        if not low <= len(text) <= high or not text.isprintable():
            raise InputError(f"{name} '{shown(text)}' must be {low} to {high} letters that can be printed")


def check_names(file: Path, frame: pd.DataFrame, declared: StoredTable, study: Any, tables: Mapping[str, Any]) -> None:
    """Raises ``InputError`` where a table does not fit its study or another table."""
    with damage_of(file):
        for key in declared.named:
            found = getattr(study, key)
            for name in found:
                if name not in frame.columns:
                    raise InputError(f"column '{shown(name)}' is missing; study.yaml has it under {key}")
                factor = found[name] if isinstance(found, dict) else None
                is_factor = isinstance(factor, StoredFactor)
                is_listed = isinstance(factor, StoredFactor) and factor.low is None
                if kind_in_memory(frame[name].dtype) == "text" and not is_listed:
                    raise InputError(f"column '{shown(name)}' is of text, not of numbers")
                if is_factor and frame[name].isna().any():
                    raise InputError(f"column '{shown(name)}' has a row without a value")
        for column, place in declared.known.items():
            table, _, key = place.rpartition(".")
            allowed = set(tables[table][key] if table else getattr(study, key))
            for value in frame[column].unique():
                if value not in allowed:
                    where = f"{table}.parquet" if table else "study.yaml"
                    raise InputError(f"{column} '{shown(value)}' is not under {key} of {where}")


def _frame(content: bytes, declared: StoredTable) -> pd.DataFrame:
    """A Parquet table whose columns are of the kinds that it declares."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(io.BytesIO(content))
    columns = {field.name: kind_on_disk(field.type) for field in file.schema_arrow}
    if len(columns) < len(file.schema_arrow):
        raise InputError("two columns have the same name")
    needed = {name: _kind(kind)[0] for name, kind in declared.columns.items()}
    for name, kind in needed.items():
        if name not in columns and not declared.columns[name].endswith("?"):
            raise InputError(f"column {name!r} is missing")
        if columns.get(name, kind) != kind:
            raise InputError(f"column {name!r} is of type {shown(columns[name])}, not {kind}")
    for name, kind in columns.items():
        if name not in needed and kind not in declared.others:
            raise InputError(f"column '{shown(name)}' is of type {shown(kind)}, not of {' or '.join(declared.others)}")
        if len(name) > LONGEST_TEXT or not name.isprintable():
            raise InputError(f"column '{shown(name)}' cannot be printed")
    _check_cells(file.metadata.num_rows, len(columns))  # no more of the metadata: Arrow may die of a damaged column's
    texts = [name for name, kind in columns.items() if kind == "text"]
    file = pq.ParquetFile(io.BytesIO(content), read_dictionary=texts)
    table = pa.Table.from_batches(_unfolded(file, texts), file.schema_arrow)
    if table.num_rows and (lacking := [name for name in needed if name not in columns]):
        raise InputError(f"column {lacking[0]!r} is missing")
    for name, kind in columns.items():
        if kind not in ("text", "float") and table[name].null_count:
            raise InputError(f"column {name!r} has a row without a value")
    return frame_of(table)


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
