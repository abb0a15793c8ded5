"""Results folders of strangers: every figure that a report may read, one at a time, made into something else."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from tests.bad_input.cases_results import MANIFEST, PARAMETERS, STUDY, Damage, Edit, stored

MISSING = object()
"""In place of a value: its key is taken away."""

WIDEST = 12
"""Columns of a table that are changed, one at a time; of more, as many evenly spread."""


def changes(folder: Path) -> list[Damage]:
    """Every change of a sound folder, sealed so that only what is read can give it away."""
    return [*_of_documents(folder), *_of_tables(folder)]


def _paths_of(node: Any, path: tuple = ()) -> list[tuple]:
    """Paths into nested mappings and lists; of many values of one type into the first and the last."""
    inner = [*node.items()] if isinstance(node, dict) else [*enumerate(node)] if isinstance(node, list) else []
    if len(inner) > 2 and len({type(value) for _, value in inner}) == 1:
        inner = [inner[0], inner[-1]]
    return [each for key, value in inner for each in ((*path, key), *_paths_of(value, (*path, key)))]


def _of_documents(folder: Path) -> Iterator[Damage]:
    for name in (STUDY, MANIFEST, PARAMETERS):
        tree = _read(name, (folder / name).read_bytes())
        for path in _paths_of(tree):
            for what, value in _strange(_at(tree, path)).items():
                yield Damage(f"{name} {'.'.join(map(str, path))} {what}", name, _put(name, path, value), ())


def _read(name: str, content: bytes) -> Any:
    return yaml.safe_load(content) if name == STUDY else json.loads(content)


def _at(tree: Any, path: tuple) -> Any:
    for part in path:
        tree = tree[part]
    return tree


def _strange(old: Any) -> Mapping[str, Any]:
    """What stands in place of a value; never something equal to it of its own type."""
    found = {
        "missing": MISSING, "null": None, "a text": "strange\x1b", "a list": ["strange"], "a mapping": {"strange": 1},
        "zero": 0, "negative": -1, "no number": math.nan, "huge": 1e300, "empty": "",
    }  # fmt: skip
    if isinstance(old, dict | list):
        found["empty"] = type(old)()
    if isinstance(old, list):
        found["doubled"] = old * 2
    return {what: new for what, new in found.items() if new is MISSING or type(new) is not type(old) or new != old}


def _put(name: str, path: tuple, value: Any) -> Edit:
    def edit(old: bytes) -> bytes:
        tree = _read(name, old)
        node = _at(tree, path[:-1])
        if value is MISSING:
            del node[path[-1]]
        else:
            node[path[-1]] = value
        text = yaml.safe_dump(tree, sort_keys=False, allow_unicode=True) if name == STUDY else json.dumps(tree)
        return text.encode()

    return edit


def _of_tables(folder: Path) -> Iterator[Damage]:
    for file in sorted(folder.glob("*.parquet")):
        table = pq.read_table(io.BytesIO(file.read_bytes()))
        name = file.name
        yield Damage(f"{name} without rows", name, stored(lambda t: t.slice(0, 0)), ())
        if not table.num_rows:
            continue
        yield Damage(f"{name} of one row", name, stored(lambda t: t.slice(0, 1)), ())
        yield Damage(f"{name} without its first row", name, stored(lambda t: t.slice(1)), ())
        yield Damage(f"{name} doubled", name, stored(lambda t: pa.concat_tables([t, t])), ())
        yield Damage(f"{name} with a row doubled", name, stored(lambda t: pa.concat_tables([t, t.slice(0, 1)])), ())
        step = max(1, math.ceil(table.num_columns / WIDEST))
        for column in table.column_names[::step] if step > 1 else table.column_names:
            for what, change in _of_column(table.schema.field(column).type).items():
                yield Damage(f"{name} {column} {what}", name, _with_column(column, change), ())


Change = Callable[[list], list | pa.Array | None]
"""New values of a column for the old; ``None`` takes the column away."""


def _of_column(kind: pa.DataType) -> Mapping[str, Change]:
    found: dict[str, Change] = {
        "missing": lambda old: None,
        "null": lambda old: [None, *old[1:]],
        "all null": lambda old: pa.nulls(len(old), kind),
        "like the next": lambda old: [*old[1:2], *old[1:]],
        "all alike": lambda old: old[:1] * len(old),
    }
    if pa.types.is_string(kind):
        found |= {"strange": lambda old: ["strange", *old[1:]], "empty": lambda old: ["", *old[1:]]}
        return found | {"of numbers": lambda old: pa.array(range(len(old)))}
    found |= {"of texts": lambda old: pa.array(["strange"] * len(old))}
    if pa.types.is_boolean(kind):
        return found | {
            "turned over": lambda old: [not old[0], *old[1:]],
            "of numbers": lambda old: pa.array([0.5] * len(old)),
        }
    if pa.types.is_date(kind):
        return found
    for what, value in {"zero": 0, "negative": -1, "large": 10**14}.items():
        found[what] = lambda old, value=value: [value, *old[1:]]
    found["all zero"] = lambda old: [0] * len(old)
    if pa.types.is_floating(kind):
        return found | {"no number": lambda old: pa.array([math.nan, *old[1:]], kind, from_pandas=False)}
    return found | {"halves": lambda old: pa.array([0.5] * len(old))}


def _with_column(name: str, change: Change) -> Edit:
    def edit(table: pa.Table) -> pa.Table:
        place, kind = table.column_names.index(name), table.schema.field(name).type
        new = change(table[name].to_pylist())
        if new is None:
            return table.remove_column(place)
        return table.set_column(place, name, new if isinstance(new, pa.Array) else pa.array(new, kind))

    return stored(edit)
