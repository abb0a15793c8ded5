"""The journal of finished runs: SQLite, written by the parent process, a row a run, addressed by content.

A run that is in the journal is never run again. Every row is committed at once, so a killed study loses
nothing that was finished.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from experiments.runs.record import RunRecord
from experiments.runs.run import Outcome, Run, model_version
from experiments.results.folder import disk_errors, refuse_links
from sim.errors import InputError

_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    key TEXT PRIMARY KEY, scenario_id TEXT NOT NULL, seed INTEGER NOT NULL, model_version TEXT NOT NULL,
    status TEXT NOT NULL, error TEXT NOT NULL, seconds REAL NOT NULL, record BLOB
);
CREATE TABLE IF NOT EXISTS ledgers (key TEXT PRIMARY KEY, ledger BLOB NOT NULL);
"""

PROBE = 2**17
"""Bytes that are tried where SQLite does not say what is wrong with a disk."""


class Journal:
    """Finished runs of all studies of a results folder; a context manager."""

    def __init__(self, path: str | Path) -> None:
        """Opens or creates the journal; raises ``InputError`` when the disk or the file does not allow it."""
        self.path = Path(path)
        with disk_errors(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            refuse_links(*(self.path.with_name(self.path.name + end) for end in ("", "-wal", "-shm", "-journal")))
        with self._clear_errors():
            self._database = sqlite3.connect(self.path, timeout=30)
            tables = {name for (name,) in self._database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if tables - {"runs", "ledgers"}:
                raise InputError(f"{self.path} is somebody else's database (tables {', '.join(sorted(tables)[:5])})")
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            with self._database:
                self._database.executescript(_TABLES)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            is_foreign = "no such" in str(error) or "has no column" in str(error)
            if isinstance(error, sqlite3.OperationalError) and not is_foreign:
                raise InputError(f"cannot write {self.path}: {self._reason(error)}") from None
            raise InputError(f"{self.path} is damaged ({error}): move it away to start afresh") from None

    def _reason(self, error: sqlite3.Error) -> str:
        """SQLite's words, or the system's where SQLite has none but that something is wrong with the disk."""
        if "disk I/O error" not in str(error):
            return str(error)
        try:
            with TemporaryFile(dir=self.path.parent) as probe:
                probe.seek(self.path.stat().st_size)
                probe.write(bytes(PROBE))
                probe.flush()
        except OSError as reason:
            return reason.strerror or str(reason)
        return str(error)

    def add(self, run: Run, outcome: Outcome) -> None:
        """Writes down how a run ended, for good."""
        status = "failed" if outcome.record is None else "done"
        row = (run.key, run.scenario_id, run.seed, model_version(), status, outcome.error, outcome.seconds)
        with self._clear_errors(), self._database:
            self._database.execute("INSERT OR REPLACE INTO runs VALUES (?,?,?,?,?,?,?,?)", (*row, outcome.record))
            if outcome.ledger is not None:
                self._database.execute("INSERT OR REPLACE INTO ledgers VALUES (?,?)", (run.key, outcome.ledger))

    def content(self, key: str) -> bytes | None:
        """What is kept of a finished run, as it was written down; ``None`` where there is none."""
        with self._clear_errors():
            row = self._database.execute("SELECT record FROM runs WHERE key = ? AND status = 'done'", (key,)).fetchone()
        return None if row is None else row[0]

    def record(self, key: str) -> RunRecord | None:
        """The record of a finished run, or ``None`` (also for a damaged one, which is then run again)."""
        content = self.content(key)
        if content is None:
            return None
        try:
            return RunRecord.from_bytes(content)
        except ValueError:
            return None

    def ledger(self, key: str) -> bytes | None:
        """The ledger kept of a run, or ``None``."""
        with self._clear_errors():
            row = self._database.execute("SELECT ledger FROM ledgers WHERE key = ?", (key,)).fetchone()
        return None if row is None else row[0]

    def error(self, key: str) -> str:
        """Why a run failed; empty when it did not."""
        with self._clear_errors():
            row = self._database.execute("SELECT error FROM runs WHERE key = ?", (key,)).fetchone()
        return "" if row is None else row[0]

    def seconds(self, keys: Iterable[str]) -> dict[str, float]:
        """Seconds that finished runs took, by key."""
        with self._clear_errors():
            rows = self._database.execute("SELECT key, seconds FROM runs").fetchall()
        wanted = set(keys)
        return {key: seconds for key, seconds in rows if key in wanted}
