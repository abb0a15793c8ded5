"""Nothing needs what Windows lacks: neither at import nor on the way through a study to its report."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("sim", "experiments", "petition_pyramid")

MODULES = ("fcntl", "resource", "pwd", "grp", "termios")
"""Modules of Python that Windows lacks."""

OF_OS = (
    *("fork", "forkpty", "wait", "wait3", "wait4", "killpg", "nice", "register_at_fork", "getloadavg", "mkfifo"),
    *("geteuid", "getuid", "getegid", "getgid", "getgroups", "getpgid", "getpgrp", "setsid", "setuid", "setgid"),
    *("sched_getaffinity", "sched_setaffinity", "statvfs", "chown", "lchown", "fchown", "fchmod", "sendfile"),
    *("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "openpty", "ttyname", "pread", "pwrite"),
)
"""Parts of ``os`` that Windows lacks, but for those that Python itself needs elsewhere (``uname``, ``sysconf``)."""

OF_SIGNAL = (
    *("SIGKILL", "SIGHUP", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGQUIT", "SIGPIPE", "SIGCHLD", "SIGCONT", "SIGSTOP"),
    *("alarm", "setitimer", "getitimer", "pause", "pthread_kill", "pthread_sigmask", "sigwait", "siginterrupt"),
)

LIKE_WINDOWS = f"""
import asyncio, importlib, multiprocessing.popen_spawn_posix, os, pkgutil, signal, subprocess, sys

import matplotlib, mesa, numba, numpy, psutil, scipy  # these know which system they are on

class Lacking:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in {MODULES}:
            raise ImportError(f"No module named {{name!r}}")

def refuse(*_, **__):
    raise OSError(1314, "A required privilege is not held by the client")

sys.meta_path.insert(0, Lacking)
for name in {MODULES}:
    sys.modules.pop(name, None)
for module, names in ((os, {OF_OS}), (signal, {OF_SIGNAL})):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
os.symlink = refuse

from experiments.cli.main import main

code = main([
    "compare", "province=tiny", "calendar.start=2017-01-01", "replicates=1", "study.policies=[status_quo,one_stop]",
    "executor.workers=1", "results=" + sys.argv[1],
])
for package in {PACKAGES}:
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
sys.exit(code)
"""


@pytest.mark.long
def test_a_study_runs_to_its_report_without_what_windows_lacks(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LIKE_WINDOWS, str(tmp_path / "results")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (report,) = (tmp_path / "results").glob("comparison/*/report/report.en.html")
    assert report.stat().st_size > 10_000


def test_what_windows_lacks_is_only_used_where_it_is_there() -> None:
    """A name that is not everywhere is asked for by ``hasattr`` in the same module."""
    lacking = {"os": {*OF_OS, "uname", "sysconf"}, "signal": set(OF_SIGNAL)}
    found = []
    for path in (path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py"))):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
                found += [f"{path}: {name}" for name in names if name.partition(".")[0] in MODULES]
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module, name = node.value.id, node.attr
                if name in lacking.get(module, ()) and f'hasattr({module}, "{name}")' not in text:
                    found.append(f"{path}: {module}.{name}")
    assert found == []


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is taken away on Windows itself")
def test_the_test_would_notice() -> None:
    for use in ("import fcntl", "import os; os.geteuid()", "import signal; signal.SIGKILL"):
        code = LIKE_WINDOWS.partition("from experiments")[0] + use
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert done.returncode != 0 and "Error" in done.stderr
