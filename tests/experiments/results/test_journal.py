"""The journal: whose it is, where it lies, and what is said of a disk that does not take it."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from experiments.results.journal import Journal
from sim.errors import InputError


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_a_journal_that_is_a_link_is_refused_and_not_followed(end: str, tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "other").write_bytes(b"")
    (tmp_path / "results" / f"journal.sqlite{end}").symlink_to(tmp_path / "other")
    with pytest.raises(InputError, match=f"journal.sqlite{end} is a link: nothing is written through it"):
        Journal(tmp_path / "results" / "journal.sqlite")
    assert (tmp_path / "other").read_bytes() == b"" and len(list((tmp_path / "results").iterdir())) == 1


def test_a_database_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as database, database:
        database.execute("CREATE TABLE songs (title TEXT)")
    before = (tmp_path / "journal.sqlite").read_bytes()
    with pytest.raises(InputError, match=r"journal.sqlite is somebody else's database \(tables songs\)"):
        Journal(tmp_path / "journal.sqlite")
    assert (tmp_path / "journal.sqlite").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["journal.sqlite"]


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file of this process may grow beyond a few pages."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("small_files")
def test_a_limit_of_files_is_named_where_sqlite_does_not(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot write .*journal.sqlite: File too large$"):
        Journal(tmp_path / "journal.sqlite")


def test_a_full_disk_is_named_where_sqlite_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(tmp_path / "journal.sqlite")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    with journal, monkeypatch.context() as patch:
        patch.setattr("experiments.results.journal.TemporaryFile", full)
        with pytest.raises(InputError, match=r"cannot write .*journal.sqlite: No space left on device$"), \
                journal._clear_errors():
            raise sqlite3.OperationalError("disk I/O error")
        with pytest.raises(InputError, match=r"journal.sqlite: database is locked$"), journal._clear_errors():
            raise sqlite3.OperationalError("database is locked")
