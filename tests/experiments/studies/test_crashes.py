"""A study that is killed, starved of disk or shut out loses nothing that was finished, and says what is wrong."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from experiments.cli.main import main
from experiments.report.kinds import open_results
from experiments.results import journal
from experiments.studies.study import JOURNAL
from tests.experiments.conftest import SHORT
from tests.long import IS_LONG

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
KILLS = 50 if IS_LONG else 5
STUDY = ("study.policies=[status_quo,rule_and_register,whistle]", "study.name=trial", "name=x", "replicates=2")
ONE_WORKER = "executor.workers=1"


def child(results: Path, *arguments: str) -> subprocess.Popen:
    """A study in a process of its own that is ready to begin."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.experiments.studies.crash_child", ONE_WORKER, f"results={results}", *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    STARTED.append(process)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


STARTED: list[subprocess.Popen] = []


@pytest.fixture(scope="module", autouse=True)
def nothing_stays() -> Iterator[None]:
    """Ends what a test that failed has left."""
    yield
    for process in STARTED:
        process.kill()
        process.wait()


def begin(process: subprocess.Popen) -> None:
    """Lets it begin."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def compare(results: Path, *arguments: str) -> int:
    """The same study in this process."""
    return main(["compare", *SHORT, ONE_WORKER, f"results={results}", *arguments])


def data(folder: Path) -> dict[str, str]:
    """Hashes of every file of a results folder but the timings; nothing else may lie about."""
    files = sorted(path for path in folder.iterdir() if path.name != "timings.json")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def finished(results: Path) -> dict[str, tuple[int, float, bytes]]:
    """Row number, seconds and record of every finished run: a run that is done again gets new ones."""
    if not (results / JOURNAL).exists():
        return {}
    with closing(sqlite3.connect(results / JOURNAL, timeout=30)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'runs'").fetchone():
            return {}
        rows = database.execute("SELECT key, rowid, seconds, record FROM runs WHERE status = 'done'").fetchall()
    return {key: (row, seconds, record) for key, row, seconds, record in rows}


def is_sound(results: Path) -> bool:
    """Whether SQLite finds nothing wrong with the journal, if there is one."""
    if not (results / JOURNAL).exists():
        return True
    with closing(sqlite3.connect(results / JOURNAL)) as database:
        return database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], float]:
    """The files of the study when nothing happens to it, and the seconds that it takes."""
    results = tmp_path_factory.mktemp("whole")
    process = child(results, *STUDY)
    began = time.monotonic()
    begin(process)
    assert process.wait(timeout=120) == 0, process.stderr
    return data(results / "trial" / "x"), time.monotonic() - began


def test_killed_at_any_moment_and_resumed_the_bytes_are_the_same(whole, tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.studies.keeping.draw", lambda *_: [])
    expected, seconds = whole
    moments = random.Random(20190101)
    kept = []
    for kill in range(KILLS):
        results = tmp_path / str(kill)
        process = child(results, *STUDY)
        begin(process)
        if kill % 3 == 2:  # anywhere: mostly while results are written
            time.sleep(seconds * moments.random())
        else:  # among the runs
            wanted = moments.randint(0, 5)
            while len(finished(results)) < wanted and process.poll() is None:
                time.sleep(0.005)
            time.sleep(0.02 * moments.random())  # six runs take a tenth of a second
        process.kill()
        process.communicate()
        before = finished(results)
        assert is_sound(results)
        kept.append(len(before))
        assert compare(results, *STUDY) == 0
        after = finished(results)
        assert {key: after[key] for key in before} == before  # nothing was run twice
        assert len(after) == 6
        assert data(results / "trial" / "x") == expected
    print(f"{KILLS} kills over {seconds:.2f} s; runs finished before: {kept}")
    assert 0 < sum(kept) < 6 * KILLS


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a quarter of a megabyte, where mounting is permitted."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)], capture_output=True)
    if done.returncode:
        pytest.skip("mounting is not permitted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.mark.usefixtures("no_report")
def test_a_full_disk_is_told_and_keeps_what_was_finished(small_disk, capsys):
    """The journal fits for some runs; then neither it nor the files do. With room again the study goes on."""
    assert compare(small_disk, *STUDY) == 2
    err = capsys.readouterr().err
    assert f"cannot write {small_disk}" in err
    assert "disk is full" in err or "No space left on device" in err or "disk I/O error" in err
    before = finished(small_disk)
    assert not list(small_disk.rglob("*.partial"))
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert compare(small_disk, *STUDY) == 0
    after = finished(small_disk)
    assert {key: after[key] for key in before} == before and len(after) == 6


@pytest.mark.usefixtures("no_report")
def test_a_read_only_disk_is_told(small_disk, capsys):
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert compare(small_disk, *STUDY) == 0
    before = data(small_disk / "trial" / "x")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    capsys.readouterr()
    assert compare(small_disk, *STUDY, "replicates=3") == 2
    err = capsys.readouterr().err
    assert err.startswith(f"pyramid: cannot write {small_disk / JOURNAL}") and err.count("\n") == 1
    assert main(["report", str(small_disk / "trial" / "x"), "figure=ratios", "language=en", "format=svg"]) == 2
    assert "Read-only file system" in capsys.readouterr().err
    assert data(small_disk / "trial" / "x") == before


@pytest.mark.usefixtures("no_report")
@pytest.mark.parametrize("room", [0, 1, 3])
def test_old_results_stay_whole_when_new_ones_do_not_fit(room, results, monkeypatch, capsys):
    """A disk that takes ``room`` more files: the folder of the study before stays as it was, byte by byte."""
    assert compare(results, *STUDY) == 0
    before = data(results / "trial" / "x")
    real, written = Path.open, []

    def full(path: Path, *arguments, **options):
        if path.name.endswith(".partial"):
            written.append(path)
            if len(written) > room:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", full)
    assert compare(results, *STUDY, "replicates=3") == 2
    err = capsys.readouterr().err
    assert "cannot write" in err and "No space left on device" in err
    assert data(results / "trial" / "x") == before
    assert open_results(results / "trial" / "x").manifest["seeds"] == [0, 1]
    monkeypatch.setattr(Path, "open", real)
    kept = finished(results)
    assert len(kept) == 9  # the new runs are not lost either
    assert compare(results, *STUDY, "replicates=3") == 0
    assert finished(results) == kept
    assert open_results(results / "trial" / "x").manifest["seeds"] == [0, 1, 2]


@pytest.mark.usefixtures("no_report")
def test_a_journal_that_is_full_is_told_and_keeps_its_runs(results, monkeypatch, capsys):
    real = journal.Journal.__init__

    def small(self, path):
        real(self, path)
        (pages,) = self._database.execute("PRAGMA page_count").fetchone()
        self._database.execute(f"PRAGMA max_page_count={pages + 6}")

    monkeypatch.setattr(journal.Journal, "__init__", small)
    assert compare(results, *STUDY) == 2
    err = capsys.readouterr().err
    assert f"cannot write {results / JOURNAL}: database or disk is full" in err
    kept = finished(results)
    assert 0 < len(kept) < 6
    monkeypatch.setattr(journal.Journal, "__init__", real)
    assert compare(results, *STUDY) == 0
    assert {key: finished(results)[key] for key in kept} == kept


@pytest.mark.usefixtures("no_report")
def test_two_studies_at_once_do_not_corrupt_one_folder(whole, tmp_path):
    """The same name for two studies that share some runs: the folder is one of them, whole; the journal has both."""
    together, alone = tmp_path / "together", tmp_path / "alone"
    other = ("study.policies=[status_quo,one_stop]", *STUDY[1:])
    studies = [child(together, *STUDY), child(together, *other), child(together, *STUDY)]
    for each in studies:
        begin(each)
    for each in studies:
        _, err = each.communicate(timeout=240)
        assert each.returncode == 0, err
    assert len(finished(together)) == 8 and is_sound(together)
    found = data(together / "trial" / "x")
    assert compare(alone, *other) == 0
    assert found in (whole[0], data(alone / "trial" / "x"))
    open_results(together / "trial" / "latest")
