"""Compiled code on disk: damaged, full, read-only, foreign, and two who compile at once."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
import stat
import subprocess
import sys
import textwrap
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from llvmlite.binding import parse_bitcode

from sim.chance import uniform
from sim.compilation import IS_PLAIN, cache
from sim.compilation.cache import DIRECTORY, CacheWarning, Whole
from sim.compilation.part import IS_ORDINARY

pytestmark = pytest.mark.skipif(IS_PLAIN, reason="nothing is compiled")


def double(x):
    return x + x


def thrice(x):
    return 3 * x


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the code of these functions; nobody was warned yet."""
    monkeypatch.setattr(cache, "OTHERS", tmp_path / "kept")
    monkeypatch.setattr(cache, "_warned", set())
    return tmp_path / "kept"


def whole(function: Callable = double) -> Whole:
    """As a process that has just begun finds a function."""
    return Whole(function, {"nogil": True})


def only_file(folder: Path) -> Path:
    """The one file of compiled code."""
    (file,) = folder.glob("*.nbc")
    return file


def test_code_is_kept_and_read(kept: Path):
    first = whole()
    assert first(21) == 42 and sum(first.stats.cache_misses.values()) == 1
    file = only_file(kept)
    assert file.name.startswith("test_cache.double-") and not list(kept.glob("*.partial"))
    again = whole()
    assert again(21) == 42 and sum(again.stats.cache_hits.values()) == 1
    assert again(2.5) == 5.0 and len(list(kept.glob("*.nbc"))) == 2


@pytest.mark.skipif(IS_ORDINARY, reason="functions are linked into others")
def test_of_llvms_code_only_the_entry_is_kept(kept: Path):
    """As it is read, of the day some fifty megabytes would be of no use."""
    assert whole()(21) == 42
    (_, kind, (machine_code, names)), *_ = pickle.loads(only_file(kept).read_bytes()[cache.CHECKSUM :])
    (entry,) = parse_bitcode(names).functions
    assert kind == "object" and len(machine_code) > len(names)
    assert "double" in entry.name and len(list(entry.blocks)) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:10],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: bytes(len(content)),
        lambda content: content[:-4096] + bytes(4096),
        lambda content: content[:100] + bytes([content[100] ^ 1]) + content[101:],
        lambda content: content + b"\0",
    ],
    ids=["empty", "ten bytes", "half", "a byte short", "zeros", "zeros at the end", "a bit", "a byte more"],
)
def test_a_damaged_file_is_compiled_anew(damage: Callable[[bytes], bytes], kept: Path):
    assert whole()(21) == 42
    file = only_file(kept)
    sound = file.read_bytes()
    file.write_bytes(damage(sound))
    again = whole()
    assert again(21) == 42 and sum(again.stats.cache_misses.values()) == 1
    assert sum(whole().stats.cache_hits.values()) == 0
    third = whole()
    assert third(21) == 42 and sum(third.stats.cache_hits.values()) == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_what_cannot_be_kept_stays_in_memory_and_is_said_once(number: int, kept: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.warns(CacheWarning) as said:
        assert (whole()(21), whole(thrice)(21)) == (42, 63)
    (message,) = [str(each.message) for each in said]
    assert str(kept) in message and os.strerror(number) in message and "some 2 MB" in message
    assert list(kept.glob("*.nbc")) == [] and list(kept.glob("*.partial")) == []


def test_a_folder_that_is_none(kept: Path):
    kept.write_text("a file")
    with pytest.warns(CacheWarning, match="cannot be kept"):
        assert whole()(21) == 42


def test_a_directory_that_others_can_write_to_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Compiled code is run as it is found."""
    monkeypatch.setattr(cache, "_warned", set())
    monkeypatch.setattr(cache.tempfile, "gettempdir", lambda: str(tmp_path))
    given = tmp_path / "given"
    monkeypatch.setenv("PYRAMID_CACHE_DIR", str(given))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert cache.parent_directory() == given and given.is_dir()
        given.chmod(0o775)  # as a umask of 002 makes it
        assert cache.parent_directory() == given
    given.chmod(0o777)
    with pytest.warns(CacheWarning, match=f"{given} cannot be used for compiled code .others can write to it."):
        instead = cache.parent_directory()
    assert instead.parent == tmp_path and stat.S_IMODE(instead.stat().st_mode) == 0o700
    given.chmod(0o755)
    given.rmdir()
    given.write_text("a file")
    with pytest.warns(CacheWarning, match="File exists"):
        assert cache.parent_directory() == instead
    if os.getuid() == 0:
        given.unlink()
        given.mkdir()
        os.chown(given, 12345, -1)
        monkeypatch.setattr(cache, "_warned", set())
        with pytest.warns(CacheWarning, match="others can write to it"):
            assert cache.parent_directory() == instead


def test_a_directory_that_cannot_be_made_is_told_and_another_one_taken(tmp_path: Path):
    command = [sys.executable, "-c", "from sim.compilation import cache; print(cache.PARENT)"]
    environment = {**os.environ, "PYRAMID_CACHE_DIR": "/proc/no", "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{tmp_path / f'petition-pyramid-{os.getuid()}'}\n")
    assert "CacheWarning: /proc/no cannot be used for compiled code" in done.stderr and "Traceback" not in done.stderr


OLD = f"{'0' * 16}-python3.12-numba0.61.0-numpy2.1.0"


def test_code_of_a_version_unused_for_a_month_is_removed_and_nothing_else(tmp_path: Path):
    names = [OLD, f"{OLD}-ordinary", OLD.replace("0", "1", 1), OLD.replace("0", "f", 1), "0123-python3.12", "mine"]
    for name in names:
        (tmp_path / name / "others").mkdir(parents=True)
        for file in ("day.nbc", "day.12.partial", "compiling.lock", "others/own.nbc"):
            (tmp_path / name / file).touch()
    (tmp_path / names[3] / "notes.txt").touch()
    for name in (f"versions-{'a' * 16}.json", f"versions-{'b' * 16}.77", "versions-mine.json", "mine.nbc"):
        (tmp_path / name).touch()
    (tmp_path / OLD.replace("0", "2", 1)).symlink_to(tmp_path / "mine")
    month_ago = time.time() - 31 * 24 * 3600
    for path in tmp_path.iterdir():
        os.utime(path, (month_ago, month_ago), follow_symlinks=False)
    os.utime(tmp_path / names[2])  # in use
    cache.remove_unused.__wrapped__(tmp_path)
    found = {path.name for path in tmp_path.iterdir()}
    expected = {names[2], names[3], *names[4:], OLD.replace("0", "2", 1), "versions-mine.json", "mine.nbc"}
    assert found == expected
    assert [path.name for path in (tmp_path / names[3]).iterdir()] == ["notes.txt"]
    assert len(list((tmp_path / names[2]).rglob("*"))) == len(list((tmp_path / "mine").rglob("*"))) == 5


def test_the_code_in_use_is_marked_as_used_and_stays(tmp_path: Path):
    script = "import os, time; from sim.compilation.cache import DIRECTORY, remove_unused; print(DIRECTORY)\n"
    environment = {**os.environ, "PYRAMID_CACHE_DIR": str(tmp_path)}

    def directory(more: str = "") -> Path:
        command = [sys.executable, "-c", script + more]
        return Path(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip())

    used = directory()
    used.mkdir()
    os.utime(used, (0, 0))
    assert directory() == used and time.time() - used.stat().st_mtime < 600
    directory("os.utime(DIRECTORY, (0, 0)); remove_unused()")
    assert used.is_dir()


HOLD = """
import sys, time, filelock
with filelock.FileLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(1)
"""


def test_who_compiles_is_alone(kept: Path, capsys: pytest.CaptureFixture[str]):
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    holder = [sys.executable, "-c", HOLD, str(DIRECTORY / "compiling.lock")]
    with subprocess.Popen(holder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        assert whole()(21) == 42
        assert process.wait() == 0
    assert capsys.readouterr().err == "another process is compiling the model: waiting for it …\n"
    assert whole(thrice)(21) == 63
    assert capsys.readouterr().err == ""


def test_where_no_lock_can_be_had_everybody_compiles(kept: Path, monkeypatch: pytest.MonkeyPatch):
    class NoLock:
        def acquire(self, timeout: float) -> None:
            raise NotImplementedError

    monkeypatch.setattr(cache, "_lock", NoLock())
    assert whole()(21) == 42


@pytest.mark.long
@pytest.mark.skipif(IS_ORDINARY, reason="Numba's own way gets ready to compile")
def test_code_that_is_kept_runs_without_what_compiling_needs_which_comes_when_asked_for():
    """The runtime that Numba compiles for itself is there once a function of one's own is compiled, not before."""
    run = """
        import numba
        from numba.core.runtime import rtsys
        from petition_pyramid import scenario
        from sim.chance import uniform
        from sim.model import run
        run(scenario("province=tiny", "calendar.start=2018-01-01", "calendar.measures=2018-01-01",
                     "calendar.reform=2018-07-01", "calendar.end=2018-12-31"), 1)
        print(rtsys._init, numba.njit(lambda seed: uniform(seed, 1, 2, 3))(4), rtsys._init)
    """
    for _ in range(2):  # the first may have to compile
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(run)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    before, drawn, afterwards = done.stdout.split()
    assert (before, float(drawn), afterwards) == ("False", uniform(4, 1, 2, 3), "True")


@pytest.mark.long
def test_a_whole_model_mends_its_cache(tmp_path: Path):
    """A copy of the cache in which every small file is cut: a run goes well, and the files are whole afterwards."""
    run = """
        from petition_pyramid import scenario
        from sim.model import run
        print(int(run(scenario("province=tiny", "calendar.start=2018-01-01", "calendar.measures=2018-01-01",
                               "calendar.reform=2018-07-01", "calendar.end=2018-12-31"), 1).counts.sum()))
    """

    def events(parent: Path) -> int:
        environment = {**os.environ, "PYRAMID_CACHE_DIR": str(parent)}
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(run)], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    usual = events(DIRECTORY.parent)
    copy = tmp_path / DIRECTORY.name
    shutil.copytree(DIRECTORY, copy, ignore=shutil.ignore_patterns("others"))
    small = [file for file in copy.glob("*.nbc") if file.stat().st_size < 60_000]
    sizes = {file: file.stat().st_size for file in small}
    for file in small:
        file.write_bytes(file.read_bytes()[: sizes[file] // 2])
    assert events(tmp_path) == usual
    mended = [file for file in small if file.stat().st_size != sizes[file] // 2]
    assert len(mended) >= 4 and all(file.stat().st_size > 0.9 * sizes[file] for file in mended)
