"""Functions compiled once: called from Python, from one another and from a user's own; ordinary compilation instead."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import NamedTuple

import numba
import numpy as np
import pytest
from numba.core.errors import TypingError
from numpy.typing import NDArray

from sim.chance import philox
from sim.compilation import IS_PLAIN, by_reference, compiled, compiled_once, local
from sim.compilation.part import COVERED, IS_ORDINARY, is_covered
from sim.numerics import exponential_of
from tests.long import IS_LONG

pytestmark = pytest.mark.skipif(IS_PLAIN, reason="nothing is compiled")


@by_reference
class Town(NamedTuple):
    """A small world."""

    heights: NDArray
    sums: NDArray
    street: int


@compiled
def height_at(town, at):
    return town.heights[at] + town.street


@compiled
def add_up(town):
    for at in range(len(town.heights)):
        town.sums[0] += height_at(town, at)


@compiled_once
def twice_added_up(town):
    town = local(town)
    add_up(town)
    add_up(town)
    return town.sums[0]


def town() -> Town:
    """Three houses of heights 1, 2, 3 in street 10."""
    return Town(np.array([1.0, 2.0, 3.0]), np.zeros(1), 10)


def test_functions_call_one_another_and_python_calls_each():
    here = town()
    assert twice_added_up(here) == 2 * (6 + 30) and here.sums[0] == 72
    add_up(here)
    assert here.sums[0] == 108
    assert height_at(here, 2) == 13 and height_at.py_func(here, 2) == 13
    assert height_at.__name__ == "height_at" and height_at.__module__ == __name__


def test_a_plain_function_of_numbas_calls_rules():
    """Two rules that share what is below them, from two functions of a user's own, one in the other."""

    @numba.njit
    def inner(here, x):
        return exponential_of(x) + height_at(here, 0)

    @numba.njit
    def outer(here, x):
        add_up(here)
        return inner(here, x) + exponential_of(0.0) + here.sums[0]

    here = town()
    assert outer(here, 0.0) == 1 + 11 + 1 + 36
    assert outer(here, 1.0) == pytest.approx(np.e + 11 + 1 + 72, rel=1e-15)

    @numba.njit
    def words(key):
        return philox(np.uint64(key), np.uint64(2), np.uint64(3), np.uint64(4), np.uint64(5), np.uint64(6))

    assert tuple(map(int, words(1))) == tuple(map(int, philox(*map(np.uint64, range(1, 7)))))


def test_a_users_own_rule_may_count_an_index_from_the_end():
    @compiled
    def last(town):
        return town.heights[-1]

    @compiled_once
    def caller(town, n):
        return last(town) * 100 + town.heights[n]

    assert caller(town(), -2) == 3 * 100 + 2


COUNTED = """
from sim.compilation import compiled_once

@compiled_once
def at(numbers, n):
    return numbers[n]
"""

CALLED = """
import importlib.util, sys
import numpy as np
found = importlib.util.spec_from_file_location("sim.counted", sys.argv[1])
module = importlib.util.module_from_spec(found)
sys.modules[found.name] = module
found.loader.exec_module(module)
print(module.at(np.arange(5), 4))
module.at(np.arange(5), int(sys.argv[2]))
"""


@pytest.mark.skipif(IS_ORDINARY, reason="every index is Numba's")
@pytest.mark.parametrize("wrong", [-1, 5])
def test_a_rule_of_the_model_that_counts_from_the_end_is_found_when_bounds_are_checked(wrong: int, tmp_path):
    (tmp_path / "counted.py").write_text(COUNTED)
    environment = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "PYRAMID_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", CALLED, str(tmp_path / "counted.py"), str(wrong)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "4\n")
    assert "IndexError" in done.stderr.splitlines()[-1]


def test_only_fields_of_a_reference_can_be_read():
    @numba.njit
    def first(here):
        return here[0]

    @numba.njit
    def no_field(here):
        return here.height

    with pytest.raises(TypingError, match=r"getitem.*Reference\(Town\)"):
        first(town())
    with pytest.raises(TypingError, match=r"Unknown attribute 'height' of type Reference\(Town\)"):
        no_field(town())


def test_a_mistake_in_a_rule_names_its_line():
    @compiled
    def mistaken(town):
        return town.heights + "a"

    @compiled_once
    def caller(town):
        return mistaken(town)

    with pytest.raises(TypingError, match=r"test_part\.py"):
        caller(town())


def test_versions_that_were_not_seen_are_compiled_in_the_ordinary_way():
    assert is_covered(numba.__version__) == (".".join(numba.__version__.split(".")[:2]) in COVERED)
    assert is_covered(f"{COVERED[0]}.9") and not is_covered("0.99.0") and not is_covered("1.0")


FOUND = """
import hashlib
from petition_pyramid import scenario
from sim.compilation import IS_ORDINARY
from sim.model import GovernanceModel, run
begun = scenario("province=tiny", "calendar.start=2018-01-01", "calendar.measures=2018-01-01",
                 "calendar.reform=2018-07-01", "calendar.end=2018-12-31")
WHOLE = {whole}
digest = hashlib.sha256()
if WHOLE:
    ledger = run(begun, 1)
    for name in sorted(vars(ledger)):
        value = getattr(ledger, name)
        digest.update(value.tobytes() if hasattr(value, "tobytes") else b"")
else:
    model = GovernanceModel(begun, 1)
    for name in ("residents", "mediators", "pools", "governments"):
        digest.update(getattr(model.state, name).tobytes())
print(IS_ORDINARY, digest.hexdigest())
"""


@pytest.mark.long
@pytest.mark.parametrize("setting", ["PYRAMID_ORDINARY_COMPILATION", "NUMBA_BOUNDSCHECK"])
@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.skipif(not IS_LONG, reason="minutes"))])
def test_ordinary_compilation_and_bounds_that_are_checked_give_the_same_bytes(whole: bool, setting: str, tmp_path):
    """A province as it is founded; in the long form, a run, in which no rule takes an index from outside its array."""
    found = {}
    for value in ("", "1"):
        environment = {**os.environ, setting: value}
        if value:
            environment["PYRAMID_CACHE_DIR"] = str(tmp_path)
        command = [sys.executable, "-c", FOUND.format(whole=whole)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        is_ordinary, found[value] = done.stdout.split()
        assert is_ordinary == str(value == "1" and setting == "PYRAMID_ORDINARY_COMPILATION")
    assert found[""] == found["1"] != hashlib.sha256().hexdigest()
