"""Builds the wheel and the source distribution and runs the main job from each: ``python -m tools.packages``.

Both are built twice, in two clean copies of the tracked files, and must be the same bytes; so must a wheel made from
the source distribution. Nothing may be missing in the wheel or too much. Each is then installed under every Python that
is asked for, in an environment of its own that holds nothing but what the package itself requires (at the locked
versions), and a study goes from there to its report, far from the checkout. Nothing is written outside a temporary
folder but pip's cache.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIND_PYTHON = ROOT / "tools" / "find_python.sh"
PYTHONS = ("3.12", "3.13")
PACKAGES = ("petition_pyramid", "experiments", "sim", "configs")
"""Tracked folders of which a wheel is made."""

ADDED = {"experiments/build.json"}
"""What a wheel holds and a checkout doesn't, beside its own description (``.dist-info``)."""

STUDY = ("study=configurations", "province=tiny", "replicates=1", "results=results", "name=tiny")
REPORT = "results/configurations/tiny/report/report.zh.html"
JOB: tuple[tuple[tuple[str, ...], str], ...] = (
    (("pyramid", "--version"), "petition-pyramid"),
    (("pyramid", "list", "levers"), "centre.coverage"),
    (("pyramid", "compare", *STUDY), REPORT),
    (("pyramid", "report", "results/configurations/tiny"), REPORT),
    (("python", "-c", "import petition_pyramid; print(petition_pyramid.__doc__)"), "Python"),
)
"""The main job: commands, and what each must print."""

_PIN = re.compile(r"^[A-Za-z0-9_.-]+==[^ \\]+", re.MULTILINE)


class PackageError(Exception):
    """Something is wrong with what was built."""


def run(*command: str | Path, cwd: Path, environment: dict[str, str] | None = None) -> str:
    """What a command prints on stdout; raises ``PackageError`` with all it said if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise PackageError(f"{' '.join(map(str, command))} failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def tracked_files(root: Path = ROOT) -> list[str]:
    """Names of the tracked files that are there."""
    names = run("git", "ls-files", "-z", cwd=root).split("\0")
    return [name for name in names if name and (root / name).is_file()]


def clean_copy(target: Path) -> Path:
    """The tracked files as they are now, with their history and nothing else; gives ``target``."""
    run("git", "clone", "--quiet", "--no-checkout", ROOT, target, cwd=ROOT)
    run("git", "reset", "--quiet", cwd=target)
    for name in tracked_files():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)
    return target


def build(source: Path, *targets: str) -> list[Path]:
    """Builds in a folder, in this environment and without network; gives the files in ``dist``, sorted."""
    before = set(source.rglob("*"))
    chosen = [part for target in targets for part in ("--target", target)]
    run(sys.executable, "-m", "hatchling", "build", *chosen, cwd=source)
    built = sorted((source / "dist").iterdir())
    if left := set(source.rglob("*")) - before - {source / "dist", *built}:
        raise PackageError(f"the build leaves {', '.join(map(str, left))}")
    return built


def unpacked(source_distribution: Path, folder: Path) -> Path:
    """The folder of an unpacked source distribution."""
    with tarfile.open(source_distribution) as archive:
        archive.extractall(folder, filter="data")
    (top,) = folder.iterdir()
    return top


def check_same(first: Sequence[Path], second: Sequence[Path]) -> None:
    """Raises ``PackageError`` unless two builds gave the same files, to the byte."""
    if [file.name for file in first] != [file.name for file in second]:
        raise PackageError(f"two builds give {first} and {second}")
    for one, other in zip(first, second, strict=True):
        if one.read_bytes() != other.read_bytes():
            raise PackageError(f"{one.name} differs between {one.parent} and {other.parent}")


def check_content(wheel: Path) -> None:
    """Raises ``PackageError`` unless a wheel holds every tracked file of the packages, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {re.sub("^configs/", "experiments/configs/", n) for n in tracked_files() if n.split("/")[0] in PACKAGES}
    if inside != wanted | ADDED:
        lacking, extra = sorted((wanted | ADDED) - inside), sorted(inside - wanted - ADDED)
        raise PackageError(f"{wheel.name} lacks {lacking} and should not have {extra}")


def python_of(version: str) -> str | None:
    """The interpreter of a version, or ``None`` if this machine has none."""
    environment = {**os.environ, "PYTHON": f"python{version}"}
    done = subprocess.run([FIND_PYTHON], env=environment, capture_output=True, text=True)
    return done.stdout.strip() or None


class Environment:
    """A virtual environment with what the package requires, at the locked versions."""

    def __init__(self, python: str, folder: Path) -> None:
        """Makes it in ``folder``, empty."""
        self._folder = folder
        run(python, "-m", "venv", folder / "venv", cwd=folder.parent)
        pins = folder / "pins.txt"
        pins.write_text("\n".join(_PIN.findall((ROOT / "requirements.lock").read_text("utf-8"))), "utf-8")
        constraint = str(pins)
        self._pip_settings = {**os.environ, "PIP_CONSTRAINT": constraint, "PIP_BUILD_CONSTRAINT": constraint}

    @contextlib.contextmanager
    def installed(self, package: Path) -> Iterator[None]:
        """Installs a package as a user does; takes it away again and raises ``PackageError`` if anything stays."""
        self._pip("install", "--no-compile", package)
        self._pip("check")
        yield
        self._pip("uninstall", "--yes", "petition-pyramid")
        (site,) = (self._folder / "venv" / "lib").glob("python*/site-packages")
        if left := [name for name in PACKAGES if (site / name).exists()]:
            raise PackageError(f"{package.name} leaves {left} when it is uninstalled")

    def carry_out(self, work: Path) -> None:
        """Does the main job in a new folder, knowing of nothing but this environment."""
        work.mkdir()
        binaries = self._folder / "venv" / "bin"
        environment = {
            "PATH": f"{binaries}:{os.defpath}",
            "HOME": str(self._folder),
            "PYRAMID_CACHE_DIR": str(self._folder / "cache"),
            "LC_ALL": "C.UTF-8",
        }
        for (command, *arguments), printed in JOB:
            said = run(binaries / command, *arguments, cwd=work, environment=environment)
            if printed not in said:
                raise PackageError(f"{command} {' '.join(arguments)} does not say {printed!r}:\n{said}")

    def _pip(self, *arguments: str | Path) -> None:
        pip = (self._folder / "venv" / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--no-input")
        run(*pip, *arguments, cwd=self._folder, environment=self._pip_settings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks everything; prints a line for each step, and returns 0 if all is well."""
    parser = argparse.ArgumentParser(prog="tools.packages", description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="*", default=PYTHONS, help=f"versions of Python (default: {PYTHONS})")
    parser.add_argument("--all", action="store_true", help="a Python that is not there is an error")
    options = parser.parse_args(arguments)
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"{time.monotonic() - began:5.0f} s  {text}", flush=True)

    try:
        with tempfile.TemporaryDirectory(prefix="pyramid-packages-") as name:
            folder = Path(name)
            wheel, source = built = build(clean_copy(folder / "first"))
            check_same(built, build(clean_copy(folder / "second")))
            check_same([wheel], build(unpacked(source, folder / "third"), "wheel"))
            check_content(wheel)
            say(f"{wheel.name} and {source.name}: complete, and the same bytes again")

            def try_with(version: str) -> bool:
                """Whether there is such a Python; if so, everything was right."""
                python = python_of(version)
                if python is None:
                    say(f"Python {version} is not on this machine: skipped")
                    return False
                home = folder / f"python{version}"
                home.mkdir()
                environment = Environment(python, home)
                for package in (source, wheel):
                    with environment.installed(package):
                        environment.carry_out(home / package.suffix)
                    say(f"Python {version}: {package.name} installed, study and report done, uninstalled")
                return True

            with ThreadPoolExecutor(len(options.pythons)) as threads:
                tried = list(threads.map(try_with, options.pythons))
    except PackageError as error:
        print(error, file=sys.stderr)
        return 1
    return int(options.all and not all(tried))


if __name__ == "__main__":
    sys.exit(main())
