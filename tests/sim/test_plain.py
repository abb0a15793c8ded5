"""Rules as plain Python: what they see of records and arrays, and that a run gives the bytes of a compiled one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from sim.plain import Cells, Row, shown, uncompiled

RECORD = np.dtype([("level", np.uint8), ("share", np.float32), ("room", np.int32), ("failures", np.uint8, (3,))])


@pytest.fixture
def records() -> np.ndarray:
    made = np.zeros(2, RECORD)
    made[1] = (250, 0.1, 2**30, (1, 2, 255))
    return made


def test_fields_are_attributes_read_in_64_bits(records) -> None:
    row = shown(records)[1]
    assert isinstance(row, Row)
    assert row.level - 251 == -1  # a byte would wrap
    assert row.room * 4 == 2**32
    assert row.share * 0.5 == np.float64(np.float32(0.1)) * 0.5  # in double precision
    assert [row.failures[n] + 1 for n in range(len(row.failures))] == [2, 3, 256]


def test_what_is_written_is_written_to_the_record(records) -> None:
    rows = shown(records)
    rows[0].room = 7
    rows[0].failures[2] += 3
    assert records[0]["room"] == 7 and records["failures"].tolist() == [[0, 0, 3], [1, 2, 255]]
    rows[0] = rows[1]
    assert records[0] == records[1]


def test_an_unknown_field_is_no_attribute(records) -> None:
    with pytest.raises(AttributeError, match="no field of name rooms"):
        _ = shown(records)[0].rooms


def test_arrays_of_arrays_are_shown_as_they_are_reached() -> None:
    counts = np.zeros((2, 3), np.int8)
    cells = shown(counts)
    cells[1, 2] = 5
    line = cells[1]
    line[0] += 4
    assert isinstance(line, Cells) and (len(cells), line.shape) == (2, (3,))
    assert counts.tolist() == [[0, 0, 0], [4, 0, 5]]
    assert np.asarray(cells).sum() == 9


class Pair(NamedTuple):
    rows: np.ndarray
    city: int


def test_tuples_keep_their_kind_and_all_else_stays_as_it_is(records) -> None:
    pair = shown(Pair(records, 3))
    assert isinstance(pair, Pair) and isinstance(pair.rows, Cells) and pair.city == 3
    assert shown((np.float32(0.5), None, "word")) == (0.5, None, "word")
    word = np.uint64(2**63)
    assert shown(word) is word
    assert shown(np.bool_(True)) == np.True_


def test_an_uncompiled_function_divides_as_compiled_ones_do(records) -> None:
    @uncompiled
    def part(row):
        """A share of a room."""
        return row.level / row.room

    assert np.isnan(part(records[0]))
    assert part(records[1]) == 250 / 2**30
    assert part.py_func(records[1]) == part(records[1])
    assert part.__doc__ == "A share of a room."


RUN = """
import hashlib
import numpy as np
from sim.model import GovernanceModel
from sim.policy import CentreLevers, Policy
from sim.scenario import Calendar, ProvinceChoice, Scenario

calendar = Calendar(start="2019-01-01", end="2019-12-31", reform="2019-02-01", measures="2019-01-01")
after = Policy(centre=CentreLevers(coverage_township=1.0, coverage_county=1.0, working_share=1.0))
model = GovernanceModel(Scenario(province=ProvinceChoice("tiny"), calendar=calendar, after=after), seed=3)
model.run_for(60)
digest = hashlib.sha256()
for name, value in vars(model.state).items():
    for array in value if isinstance(value, list) else [value]:
        digest.update(name.encode() + np.ascontiguousarray(array).tobytes())
print(digest.hexdigest(), int(model.state.counts.sum()))
"""


def test_a_run_as_plain_python_gives_the_bytes_of_a_compiled_one() -> None:
    printed = []
    for switch in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", RUN],
            env=os.environ | {"NUMBA_DISABLE_JIT": switch},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        printed.append(done.stdout.split())
    assert printed[0] == printed[1]
    assert int(printed[0][1]) > 100  # something happened
