"""Tables on disk: nulls and no NaN, definite types, the same bytes for the same content, no pool that forks break."""

from __future__ import annotations

import hashlib
import io
import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.runs.tables import IN_MEMORY, frame_like, frame_of, parquet, plain_rows

MONTHS = np.array(["2018-12", "2019-01", "1969-12"], dtype="datetime64[ms]")


def a_frame() -> pd.DataFrame:
    """A column of every kind, with what may be undefined."""
    return pd.DataFrame(
        {
            "name": pd.Series(["a", None, "民"], dtype="str"),
            "seed": [1, 2, 2**62],
            "share": [0.5, math.nan, -0.0],
            "undefined": [math.nan] * 3,
            "holds": [True, False, True],
            "month": MONTHS,
        }
    )


def test_what_is_undefined_is_null_and_no_nan_on_disk():
    file = pq.ParquetFile(io.BytesIO(parquet(a_frame(), {"units": "{}"})))
    assert [str(kind) for kind in file.schema_arrow.types] == [
        "string", "int64", "double", "double", "bool", "date32[day]"
    ]  # fmt: skip
    assert file.metadata.metadata == {b"units": b"{}"}
    parts = [file.metadata.row_group(0).column(place) for place in range(6)]
    assert [part.statistics.null_count for part in parts] == [1, 0, 1, 3, 0, 0]
    table = file.read()
    assert [column.null_count for column in table.columns] == [1, 0, 1, 3, 0, 0]
    assert table["share"].to_pylist() == [0.5, None, 0.0] and table["undefined"].to_pylist() == [None] * 3
    assert pa.compute.mean(table["share"]).as_py() == 0.25  # as other readers would have it


@pytest.mark.parametrize("texts", [[], ["name"]], ids=["as texts", "as dictionaries"])
def test_what_is_read_back_has_the_types_and_values_that_were_written(texts):
    table = pq.ParquetFile(io.BytesIO(parquet(a_frame(), {})), read_dictionary=texts).read()
    back = frame_of(table)
    assert [str(dtype) for dtype in back.dtypes] == [
        IN_MEMORY[kind] for kind in ("text", "int", "float", "float", "bool", "date")
    ]
    pd.testing.assert_frame_equal(back, a_frame())
    assert pd.read_parquet(io.BytesIO(parquet(a_frame(), {})))["share"].tolist()[::2] == [0.5, -0.0]


def test_rows_are_plain_and_have_none_for_what_is_undefined():
    rows = plain_rows(a_frame())
    assert rows[1] == {
        "name": None, "seed": 2, "share": None, "undefined": None, "holds": False, "month": pd.Timestamp("2019-01-01")
    }  # fmt: skip
    assert [type(value) for value in rows[0].values()][:5] == [str, int, float, type(None), bool]


def test_a_frame_without_rows_has_its_types():
    kinds = {"a": "text", "b": "int", "c": "float", "d": "bool", "e": "date"}
    empty = frame_like(kinds)
    back = frame_of(pq.read_table(io.BytesIO(parquet(empty, {}))))
    pd.testing.assert_frame_equal(back, empty)


def test_a_column_of_no_kind_is_not_written():
    with pytest.raises(KeyError, match="object"):
        parquet(pd.DataFrame({"mixed": [1, "a"]}), {})


PROGRAM = """
import hashlib
from tests.experiments.runs.test_tables import a_frame, parquet
print(hashlib.sha256(parquet(a_frame(), {"units": "{}", "b": "二"})).hexdigest())
"""


def test_another_process_writes_the_same_bytes():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    content = parquet(a_frame(), {"units": "{}", "b": "二"})
    assert done.stdout.strip() == hashlib.sha256(content).hexdigest()


FORKED = """
import io, multiprocessing, sys, warnings
warnings.simplefilter("ignore")
import pyarrow as pa, pyarrow.parquet as pq
from experiments.runs.tables import frame_of, parquet
from tests.experiments.runs.test_tables import a_frame
content = parquet(a_frame(), {})

def again(_):
    frame = frame_of(pq.ParquetFile(io.BytesIO(content)).read(use_threads=False))
    return len(parquet(frame[frame["seed"] > 1], {}))

again(0)
with multiprocessing.get_context("fork").Pool(2) as pool:
    print(sorted(set(pool.map_async(again, range(8)).get(timeout=60))) == [again(0)])
"""


def test_a_forked_pool_reads_and_writes_tables_after_its_parent_did():
    done = subprocess.run([sys.executable, "-c", FORKED], capture_output=True, text=True, timeout=120)
    assert done.stdout == "True\n", done.stderr


LIGHT = """
import sys
from experiments.cli.lazy_imports import start_lightly
start_lightly()
import experiments.results.folder, experiments.runs.ledger_table, experiments.studies.simulate.study
import petition_pyramid, sim.model
print([name in sys.modules for name in ("pandas.core", "pyarrow")])
"""


def test_who_touches_no_table_reads_neither_pandas_nor_arrow():
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout == "[False, False]\n"
