"""A script whose workers would run it again is refused in one line; one that is guarded runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import processes

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[4]
EXECUTORS = ("processes", "dask")

CALLS = """
result = simulate(scenario("province=tiny", "calendar.start=2017-01-01"), "replicates=2", executor={executor!r})
print(len(result.records))
"""
IMPORTS = "from petition_pyramid import scenario, simulate\n"
GUARDED = IMPORTS + "if __name__ == '__main__':\n" + CALLS.replace("\n", "\n    ").rstrip() + "\n"
IN_A_THREAD = (
    "import threading\n"
    + IMPORTS
    + "def study():"
    + CALLS.replace("\n", "\n    ").rstrip()
    + "\nthread = threading.Thread(target=study)\nthread.start()\nthread.join()\n"
)
IN_A_FUNCTION = IMPORTS + "def study():" + CALLS.replace("\n", "\n    ").rstrip() + "\nstudy()\n"


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *(arguments or [str(script)])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return processes.run(command, cwd=script.parent, env=environment)


@pytest.mark.parametrize("executor", EXECUTORS)
@pytest.mark.parametrize("text", [IMPORTS + CALLS, IN_A_FUNCTION], ids=["at the top", "in a function"])
def test_a_script_without_a_guard_is_refused_in_one_line(executor: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "study.py").write_text(text.format(executor=executor))
    done = run(tmp_path / "study.py")
    last = f"a script that uses executor={executor} needs its calls under  if __name__ == '__main__':"
    assert done.stderr.splitlines()[-1] == f"sim.errors.InputError: {last}"
    assert done.stderr.count("Traceback") == 1 and "memory" not in done.stderr
    assert (done.returncode, done.stdout) == (1, "")


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_script_without_a_guard_is_refused_in_a_thread(executor: str, tmp_path: Path) -> None:
    (tmp_path / "study.py").write_text(IN_A_THREAD.format(executor=executor))
    done = run(tmp_path / "study.py")
    last = f"a script that uses executor={executor} needs its calls under  if __name__ == '__main__':"
    assert done.stderr.splitlines()[-1] == f"sim.errors.InputError: {last}"
    assert done.stderr.count("Traceback") == 1 and done.stdout == ""


def test_a_guarded_script_runs_in_a_thread(tmp_path: Path) -> None:
    head, tail = IN_A_THREAD.split("thread = ")
    (tmp_path / "study.py").write_text(
        head.format(executor="processes") + "if __name__ == '__main__':\n    thread = " + tail.replace("\n", "\n    ")
    )
    done = run(tmp_path / "study.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2\n", "")


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_script_that_is_no_file_is_refused(executor: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_text((IMPORTS + CALLS).format(executor=executor))
    with (tmp_path / "text").open() as text:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = processes.run([sys.executable, "-"], cwd=tmp_path, env=environment, stdin=text)
    assert done.stderr.splitlines()[-1].endswith("must be a file that its workers can read, which <stdin> is not")
    assert done.returncode == 1 and done.stderr.count("Traceback") == 1


@pytest.mark.parametrize("executor", EXECUTORS)
def test_a_guarded_script_runs(executor: str, tmp_path: Path) -> None:
    (tmp_path / "study.py").write_text(GUARDED.format(executor=executor))
    done = run(tmp_path / "study.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2\n", "")


def test_an_import_without_a_guard_is_refused(tmp_path: Path) -> None:
    (tmp_path / "calls.py").write_text((IMPORTS + CALLS).format(executor="processes"))
    (tmp_path / "study.py").write_text("import calls\n")
    assert "needs its calls under" in run(tmp_path / "study.py").stderr.splitlines()[-1]


@pytest.mark.parametrize("way", ["-c", "-m package"])
def test_what_workers_do_not_import_needs_no_guard(way: str, tmp_path: Path) -> None:
    text = (IMPORTS + CALLS).format(executor="processes")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__main__.py").write_text(text)
    done = run(tmp_path / "study.py", *(["-c", text] if way == "-c" else ["-m", "package"]))
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr


def test_another_kind_of_guard_is_one(tmp_path: Path) -> None:
    text = GUARDED.replace("__name__ == '__main__'", "multiprocessing.current_process().name == 'MainProcess'")
    (tmp_path / "study.py").write_text("import multiprocessing\n" + text.format(executor="processes"))
    assert run(tmp_path / "study.py").stdout == "2\n"
