"""What stops a command from outside is told in one line: settings of libraries, memory, files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from experiments.cli.surroundings import reason_of
from tests import processes

ROOT = Path(__file__).parents[3]
TINY = ("simulate", "province=tiny", "calendar.start=2018-01-01", "calendar.measures=2018-01-01", "executor.workers=1")


def said(folder: Path, *arguments: str, **variables: str) -> tuple[int, list[str]]:
    """Exit code and lines on stderr of a command run in a folder."""
    done = processes.run(
        [sys.executable, "-m", "experiments.cli.main", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
    )
    return done.returncode, done.stderr.splitlines()


def test_settings_that_numba_cannot_read_are_named_with_their_file(tmp_path: Path):
    (tmp_path / ".numba_config.yaml").write_text(": : [garbage")
    code, (line,) = said(tmp_path, *TINY)
    assert code == 2
    assert line.startswith("pyramid: Numba cannot be used as it is set up (.numba_config.yaml): ")


@pytest.mark.parametrize("value", ["0", "many"])
def test_a_variable_that_numba_cannot_take_is_named(value: str, tmp_path: Path):
    code, (line,) = said(tmp_path, *TINY, NUMBA_NUM_THREADS=value)
    assert code == 2
    assert line.startswith(f"pyramid: Numba cannot be used as it is set up (NUMBA_NUM_THREADS={value}): ")


@pytest.mark.long
def test_matplotlib_reads_no_settings_of_the_working_folder(tmp_path: Path):
    (tmp_path / "matplotlibrc").write_text("axes.grid: garbage\nbackend: nonsense\n")
    study = ("compare", *TINY[1:], "study.policies=[status_quo,one_stop]", "results=results", "language=en")
    code, lines = said(tmp_path, *study, MPLBACKEND="nonsense")
    assert (code, [line for line in lines if "matplotlib" in line.lower() or "Traceback" in line]) == (0, [])
    assert list(tmp_path.glob("results/comparison/latest/report/report.en.html"))


class PanicException(BaseException):
    """What a library in Rust raises."""


MEMORY = "memory is short: fewer workers (executor.workers=1) and fewer places take less"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (MemoryError(), MEMORY),
        (PanicException("called unwrap on None"), f"{MEMORY} (called unwrap on None)"),
        (OSError(12, "Cannot allocate memory"), f"{MEMORY} ([Errno 12] Cannot allocate memory)"),
        (RuntimeError("can't start new thread"), f"{MEMORY} (can't start new thread)"),
        (ImportError("x.so: failed to map segment\nfrom shared object"), None),
        (ImportError("libgomp.so.1: cannot open shared object file: No such file or directory"), ""),
        (OSError(28, "No space left on device", "a.csv"), "a.csv cannot be used: No space left on device"),
        (OSError(30, "Read-only file system"), "Read-only file system"),
        (ValueError("a fault of our own"), ""),
        (RuntimeError("another"), ""),
        (KeyError("third"), ""),
    ],
)
def test_reasons(error: BaseException, line: str | None):
    expected = f"{MEMORY} (x.so: failed to map segment from shared object)" if line is None else line
    assert reason_of(error) == expected


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
def test_short_memory_is_told_in_one_line(tmp_path: Path):
    """Between what Python needs and what the model does, every limit ends in one line and none in a traceback."""
    codes = []
    for kibibytes in (300_000, 600_000, 900_000):
        command = f"ulimit -v {kibibytes}; exec {sys.executable} -m experiments.cli.main {' '.join(TINY)}"
        done = processes.run(["bash", "-c", command], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
        codes.append(done.returncode)
        told = [line for line in done.stderr.splitlines() if line.startswith("pyramid: ")]
        assert "Traceback" not in done.stderr and bool(told) == bool(done.returncode), done.stderr
    assert codes[0] == 2 and set(codes) <= {0, 2}
