"""An edit costs what it touches: what changes which version, on a copy of the sources, and what then happens."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.compilation.cache import DIRECTORY, PARENT, VERSIONS
from sim.compilation.version import SOURCES, Versions, kernel_of, significant, versions

ROOT = SOURCES.parent


def test_tokens_without_comments_docstrings_and_blank_lines():
    source = b'"""About."""\n\nX = 1  # one\n"""About X."""\n\n\ndef f(a):\n    """About f."""\n    return "text", a\n'
    tokens = ["X", "=", "1", "\n", "def", "f", "(", "a", ")", ":", "\n", "\1", "return", '"text"', ",", "a", "\n", "\2"]
    assert significant(source).replace("\0", "") == "".join(tokens)
    assert significant(source) == significant(b'X=1\ndef f(a):\n\n\t# why\n\treturn "text",a\n')


@pytest.mark.parametrize(
    "other",
    [b"X = 2\n", b"Y = 1\n", b"X = 1\nX\n", b'X = "1"\n', b"X = 1,\n", b'X = 1\nf("""About.""")\n'],
)
def test_what_python_reads_makes_a_difference(other: bytes):
    assert significant(other) != significant(b'X = 1  # one\n"""About X."""\n')


def test_layout_that_nests_makes_a_difference():
    nested = b"if a:\n    if b:\n        c\n    d\n"
    assert significant(nested) != significant(b"if a:\n    if b:\n        c\n        d\n")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package."""
    shutil.copytree(SOURCES, tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "sim"


def edited(file: Path, old: str, new: str) -> None:
    """Edits a file once."""
    text = file.read_text("utf-8")
    assert text.count(old) >= 1
    file.write_text(text.replace(old, new, 1), "utf-8")


DOCSTRING = ("phases/settle.py", '"""', '"""Edited. ')
COMMENT = ("phases/work.py", "from __future__", "# edited\nfrom __future__")
MEASURE = ("measures/cost.py", "from sim.ledger", "EDITED = 1\nfrom sim.ledger")
RULE = ("phases/outcome.py", "DURABLE_AFTER = 365", "DURABLE_AFTER = 366")
SCENARIO = ("scenario.py", "YEARS_MAX = 80", "YEARS_MAX = 79")


@pytest.mark.long
@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        (DOCSTRING, ()),
        (COMMENT, ()),
        (MEASURE, ("measures",)),
        (RULE, ("kernel", "model")),
        (SCENARIO, ("model",)),
    ],
    ids=["docstring", "comment", "measure", "rule", "model"],
)
def test_an_edit_changes_the_versions_it_touches(edit: tuple[str, str, str], changes: tuple[str, ...], copy: Path):
    assert versions(copy) == VERSIONS
    edited(copy / edit[0], *edit[1:])
    found = versions(copy)
    assert {name for name in Versions._fields if getattr(found, name) != getattr(VERSIONS, name)} == set(changes)


def test_the_kernel_is_what_compiled_code_reaches():
    files = {path: path.read_bytes() for path in SOURCES.rglob("*.py")}
    kernel = {path.relative_to(SOURCES).as_posix() for path in kernel_of(SOURCES, files)}
    assert {"day.py", "world.py", "numerics.py", "ledger.py", "phases/arise.py", "compilation/part.py"} <= kernel
    assert not {name for name in kernel if name.startswith("measures/")}
    assert "scenario.py" not in kernel and "model.py" not in kernel


@pytest.mark.long
def test_versions_are_remembered_by_the_bytes_and_a_damaged_note_is_made_anew(copy: Path, tmp_path: Path):
    first = versions(copy, kept=tmp_path)
    (note,) = tmp_path.glob("versions-*.json")
    assert Versions(**json.loads(note.read_text())) == first
    note.write_text(json.dumps({"kernel": "k", "model": "m", "measures": "s"}))
    assert versions(copy, kept=tmp_path) == ("k", "m", "s")
    for damaged in ("", "{", "[]", '{"kernel": "k"}'):
        note.write_text(damaged)
        assert versions(copy, kept=tmp_path) == first
    edited(copy / RULE[0], *RULE[1:])
    assert versions(copy, kept=tmp_path) != first
    assert versions(copy, kept=tmp_path / "missing") == versions(copy)


LOOK = """
import sys
from experiments.runs.run import model_version
from sim.compilation import is_cold
print(is_cold(), model_version())
"""


def look(root: Path, *command: str, cache: Path = PARENT) -> str:
    """What a process of a copy of the whole toolkit prints."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYRAMID_CACHE_DIR": str(cache)}
    done = subprocess.run(
        [sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def toolkit(tmp_path: Path) -> Path:
    """A copy of the toolkit."""
    for name in ("sim", "experiments", "petition_pyramid", "configs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


SMALL = ("-m", "experiments.cli.main", "compare", "province=tiny", "study.policies=[status_quo,whistle]",
         "study.measures=[durable_resolution]", "study.name=edits", "name=edits", "replicates=1", "language=en",
         "calendar.start=2018-01-01", "calendar.measures=2018-01-01", "calendar.reform=2018-07-01",
         "calendar.end=2018-12-31")  # fmt: skip
"""A study of two runs."""


@pytest.mark.long
def test_what_an_edit_makes_happen_again(toolkit: Path):
    """A docstring: nothing. A measure: the runs. A rule: compilation and the runs."""

    def state() -> list[str]:
        return look(toolkit, "-c", LOOK).split()

    def runs() -> int:
        import sqlite3

        with sqlite3.connect(toolkit / "results" / "journal.sqlite") as journal:
            return journal.execute("SELECT count(*) FROM runs").fetchone()[0]

    no_report = "\nimport experiments.studies.keeping\nexperiments.studies.keeping.draw = lambda *_: []\n"
    with (toolkit / "experiments" / "studies" / "compare" / "study.py").open("a", encoding="utf-8") as file:
        file.write(no_report)
    look(toolkit, *SMALL)
    cold, version = state()
    compiled = sorted(DIRECTORY.glob("*.nbc"))
    assert (cold, runs()) == ("False", 2)
    edited(toolkit / "sim" / DOCSTRING[0], *DOCSTRING[1:])
    look(toolkit, *SMALL)
    assert (state(), runs()) == (["False", version], 2)
    assert sorted(DIRECTORY.glob("*.nbc")) == compiled
    edited(toolkit / "sim" / MEASURE[0], *MEASURE[1:])
    assert state()[0] == "False" and state()[1] != version
    look(toolkit, *SMALL)
    assert runs() == 4
    edited(toolkit / "sim" / RULE[0], *RULE[1:])
    assert state()[0] == "True" and state()[1] != version
