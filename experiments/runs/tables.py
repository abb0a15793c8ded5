"""Tables in memory and on disk: data frames of pandas, and Parquet that anything can read.

A column is of one of five kinds. What is undefined is NaN in a frame and null in a file, never a NaN there, so that
averages of other readers leave it out; only texts and floats (and an ``Int64`` that is written and not read) have any.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

IN_MEMORY = {"text": "str", "int": "int64", "float": "float64", "bool": "bool", "date": "datetime64[ms]"}
"""Kinds of columns, with pandas' names of their types."""

ON_DISK = {"text": "string", "int": "int64", "float": "double", "bool": "bool", "date": "date32[day]"}
"""The same, with Arrow's."""

_KINDS_IN_MEMORY = {dtype: kind for kind, dtype in IN_MEMORY.items()}
_KINDS_ON_DISK = {name: kind for kind, name in ON_DISK.items()}


def frame_like(kinds: Mapping[str, str], rows: Any = ()) -> pd.DataFrame:
    """A frame with these columns by kind, of rows or of columns as ``pandas.DataFrame`` takes them; none by default."""
    import pandas as pd

    return pd.DataFrame(rows, columns=[*kinds]).astype({name: IN_MEMORY[kind] for name, kind in kinds.items()})


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values by column; what is undefined is ``None``."""
    return cast(list[dict[str, Any]], frame.astype(object).where(frame.notna(), None).to_dict("records"))


def parquet(frame: pd.DataFrame, about: Mapping[str, str]) -> bytes:
    """A table as Parquet, with words about it: the same bytes whenever the same release of Arrow writes it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {str(name): kind_in_memory(dtype) for name, dtype in frame.dtypes.items()}
    schema = pa.schema([(name, pa.type_for_alias(ON_DISK[kind])) for name, kind in kinds.items()])
    table = pa.Table.from_pandas(frame, schema, preserve_index=False, nthreads=1)
    buffer = io.BytesIO()
    with pq.ParquetWriter(buffer, schema, compression="zstd", store_schema=False) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata(about)
    return buffer.getvalue()


def kind_in_memory(dtype: Any) -> str:
    """The kind of a column of a frame."""
    return _KINDS_IN_MEMORY[str(dtype).lower()]


def kind_on_disk(found: pa.DataType) -> str:
    """The kind of a column of a file, or Arrow's name of a type that is of no kind."""
    return _KINDS_ON_DISK.get(str(found), str(found))


def frame_of(table: pa.Table) -> pd.DataFrame:
    """A table of Arrow as a frame; its texts may have been read as dictionaries, which take the least memory."""
    import pyarrow as pa

    kinds = [(each.name, getattr(each.type, "value_type", each.type)) for each in table.schema]
    return table.cast(pa.schema(kinds)).to_pandas(date_as_object=False, use_threads=False, ignore_metadata=True)
