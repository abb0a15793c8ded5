"""What is installed is what is locked, by hash, and fits together. Known vulnerabilities need a service: not asked."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = {name: ROOT / f"{name}.lock" for name in ("requirements", "requirements-bench")}
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==([^ ;\\]+)(.*?)(?=^[A-Za-z0-9]|\Z)", re.MULTILINE | re.DOTALL)


def pinned(lock: str) -> dict[str, tuple[str, str]]:
    """Version and the rest of the entry (marker, hashes) of every package of a lock."""
    return {name: (number, rest) for name, number, rest in _PINNED.findall(LOCKS[lock].read_text())}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_its_hashes(lock):
    packages = pinned(lock)
    assert len(packages) > 30
    for name, (_, rest) in packages.items():
        assert re.findall(r"--hash=sha256:[0-9a-f]{64}\b", rest), name
        assert "http" not in rest.replace("# via", ""), name


def test_the_locks_agree_but_for_the_peers_of_the_bench_and_what_they_need():
    main, bench = pinned("requirements"), pinned("requirements-bench")
    assert sorted(bench.keys() - main.keys()) == ["ciw", "setuptools", "simpy"]
    assert {name: main[name][0] for name in bench.keys() & main.keys()} == {
        name: bench[name][0] for name in bench.keys() & main.keys()
    }


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_installed_is_what_is_locked(lock):
    wrong = {}
    for name, (number, _) in pinned(lock).items():
        try:
            found = version(name)
        except PackageNotFoundError:
            continue  # of another platform or Python
        if found != number:
            wrong[name] = (number, found)
    assert not wrong


def test_the_packages_fit_together():
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
