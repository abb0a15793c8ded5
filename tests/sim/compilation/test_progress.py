"""What is said while the model is compiled, and that a whole compilation stays small."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from sim.compilation import IS_PLAIN, progress
from sim.compilation.progress import PARTS, PARTS_SHARE, line

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(IS_PLAIN, reason="nothing is compiled")


class Terminal(io.StringIO):
    """A stream that is looked at."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_the_line_says_how_far_and_that_it_happens_once():
    assert line(0) == "compiling the model, once for this version on this machine: 0 %"
    assert line(PARTS // 2).endswith(f": {round(50 * PARTS_SHARE)} %")
    assert line(10 * PARTS).endswith(f": {round(100 * PARTS_SHARE)} %")


def test_it_is_said_on_a_terminal_and_in_a_notebook_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)  # a test before may have brought it in
    assert not progress.is_watched()
    monkeypatch.setitem(sys.modules, "ipykernel", sys)
    assert progress.is_watched()
    monkeypatch.delitem(sys.modules, "ipykernel")
    monkeypatch.setattr(sys, "stderr", Terminal())
    assert progress.is_watched()
    with progress.silent(False):
        assert progress.is_watched()
    with progress.silent():
        assert not progress.is_watched()
    assert progress.is_watched()


COLD = """
from bench.case import peak
from petition_pyramid import scenario
from sim.compilation import cache_directory
from sim.model import run
run(scenario("province=tiny", "calendar.start=2018-01-01", "calendar.measures=2018-01-01",
             "calendar.reform=2018-07-01", "calendar.end=2018-12-31"), 1)
kept = sum(file.stat().st_size for file in cache_directory().rglob("*") if file.is_file())
print(round(peak()), kept)
"""


@pytest.mark.long
def test_a_whole_compilation_is_small_and_counts_to_its_end(tmp_path: Path):
    """On a terminal: at most 700 MB of memory and 5 MB of files, and the count ends where it says."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYRAMID_CACHE_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", COLD], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=theirs, text=True
    ) as process:
        os.close(theirs)
        said = bytearray()
        try:
            while piece := os.read(ours, 4096):
                said += piece
        except OSError:  # the other end is closed
            pass
        assert process.stdout is not None
        megabytes, kept = map(int, process.stdout.read().split())
    os.close(ours)
    assert process.returncode == 0, said.decode()
    assert megabytes <= 700 and 1_000_000 < kept <= 5_000_000
    shown = [each.strip() for each in said.decode().split("\r") if each.strip()]
    percents = [int(each.removesuffix(" %").rsplit(" ", 1)[1]) for each in shown]
    assert all(each == line(0).replace(" 0 ", f" {percent} ") for each, percent in zip(shown, percents, strict=True))
    assert percents == sorted(percents) and len(percents) >= 10
    assert 0.85 * 100 * PARTS_SHARE <= percents[-1] <= 100 * PARTS_SHARE
