"""Mutation testing of rules and measures: ``python -m tools.mutation [file …]``.

Every file is tried on the tests that mirror it (``sim/agents/court.py`` on ``tests/sim/agents/test_court.py``), with
the rules as plain Python. Prints how many mutants each file has and how many are killed, and the survivors; exits with
1 when a survivor is not among the equivalent mutants of ``equivalent.csv``. What became of a mutant is kept in
``.mutation/`` (delete it to try all anew).
"""

from __future__ import annotations

import argparse
import ast
import csv
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ["NUMBA_DISABLE_JIT"] = "1"  # before anything imports numba

import hypothesis
import mesa
import numba
import pydantic
import scipy.stats
import yaml

from tools.mutation.agreement import WORLDS
from tools.mutation.mutants import Mutant, mutants_of
from tools.mutation.trial import SURVIVED, Work, be_quiet, try_alive, try_imported

IMPORTED_ONCE = (hypothesis, mesa, numba, pydantic, scipy.stats, yaml)
"""What the tests import and no mutant changes: imported here, it is there in every fork."""

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".mutation"
EQUIVALENT = Path(__file__).parent / "equivalent.csv"
PACKAGES = ("sim/agents", "sim/measures")


def tests_of(path: Path) -> Path:
    """The tests that mirror a file of the model; those of a package's own file are named after the package."""
    relative = path.relative_to(ROOT)
    stem = relative.parent.name if relative.stem == "__init__" else relative.stem
    return ROOT / "tests" / relative.parent / f"test_{stem}.py"


def worlds_of(path: Path) -> Sequence[str]:
    """Worlds on which the second implementation is asked about a file's mutants."""
    return WORLDS.get(path.relative_to(ROOT).as_posix(), ())


def equivalent_mutants() -> dict[tuple[str, str], str]:
    """Why a mutant cannot be told from the original, by file and name."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as rows:
        return {(row["file"], row["mutant"]): row["why"] for row in csv.DictReader(rows)}


class Results:
    """What became of a file's mutants, kept on disk.

    A killed mutant stays so until its function or the test that killed it changes; one that survived is tried again
    when any of its tests has changed.
    """

    def __init__(self, path: Path, tests: Path) -> None:
        self._file = KEPT / f"{path.relative_to(ROOT).as_posix().replace('/', '.')}.json"
        helpers = "".join(each.read_text("utf-8") for each in _helpers(tests, bool(worlds_of(path))))
        self._of_all = _digest(tests.read_text("utf-8"), helpers)
        tree = ast.parse(tests.read_text("utf-8"))
        self._of_one = {
            node.name: _digest(ast.unparse(node)) for node in tree.body if isinstance(node, ast.FunctionDef)
        }
        self._known: dict[str, list[str]] = json.loads(self._file.read_text()) if self._file.exists() else {}
        self._used: dict[str, list[str]] = {}

    def _tests(self, outcome: str) -> str:
        """What has to stay as it is for an outcome to stand."""
        killer = outcome.partition(" by ")[2].partition("[")[0]
        return self._of_one.get(killer, self._of_all)

    def get(self, mutant: Mutant) -> str | None:
        """What became of a mutant, if it is known."""
        key = _digest(mutant.name, mutant.text)
        outcome, tests = self._known.get(key, ("", ""))
        if not outcome or tests != self._tests(outcome):
            return None
        self._used[key] = [outcome, tests]
        return outcome

    def set(self, mutant: Mutant, outcome: str) -> None:
        """Notes what became of a mutant."""
        key = _digest(mutant.name, mutant.text)
        self._known[key] = self._used[key] = [outcome, self._tests(outcome)]

    def save(self) -> None:
        """Writes what was used; what is out of date goes."""
        KEPT.mkdir(exist_ok=True)
        self._file.write_text(json.dumps(self._used))


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]


def _helpers(tests: Path, is_compared: bool) -> list[Path]:
    reference = sorted((ROOT / "tests" / "reference").rglob("*.py")) if is_compared else []
    return [each for each in (*sorted(tests.parent.glob("*.py")), *reference) if not each.name.startswith("test_")]


def try_alive_apart(works: Sequence[Work], kept: dict[Path, Results]) -> None:
    """Tries mutants in a process of its own, so that this one stays without the model's modules."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        status = 1
        try:
            be_quiet()
            with os.fdopen(writing, "w", buffering=1) as pipe:

                def send(*words: str) -> None:
                    pipe.write(json.dumps(words) + "\n")

                trial = try_alive(works, lambda work, mutant, outcome: send(str(work.path), mutant.name, outcome))
                for tests in trial.unsound:
                    send(str(tests))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    mutants = {(str(work.path), mutant.name): mutant for work in works for mutant in work.mutants}
    unsound: list[str] = []
    with os.fdopen(reading) as pipe:
        for line in pipe:
            words = json.loads(line)
            if len(words) == 1:
                unsound.append(Path(words[0]).relative_to(ROOT).as_posix())
                continue
            path, name, outcome = words
            kept[Path(path)].set(mutants[path, name], outcome)
            kept[Path(path)].save()
    _, status = os.waitpid(pid, 0)
    if unsound or status:
        sys.exit(
            f"fails without any mutant (NUMBA_DISABLE_JIT=1 pytest says how): {', '.join(unsound) or 'collection'}"
        )


def try_files(mutants: dict[Path, list[Mutant]]) -> dict[Path, dict[str, str]]:
    """What becomes of every mutant, by file and name; what is known is not tried again."""
    kept = {}
    works = []
    for path in mutants:
        tests = tests_of(path)
        if not tests.exists():
            sys.exit(f"{path.relative_to(ROOT)} has no tests: {tests.relative_to(ROOT)} is not there")
        kept[path] = Results(path, tests)
        if todo := [mutant for mutant in mutants[path] if kept[path].get(mutant) is None]:
            works.append(Work(path, tests, todo, worlds_of(path)))
    if works:
        try_alive_apart(works, kept)
    for work in works:
        for mutant in work.mutants:
            if kept[work.path].get(mutant) is None:
                kept[work.path].set(mutant, try_imported(work, mutant))
        kept[work.path].save()
    return {path: {mutant.name: kept[path].get(mutant) or "" for mutant in mutants[path]} for path in mutants}


def files_of(given: Sequence[str]) -> Iterator[Path]:
    """The files to try: those given, or every one of ``PACKAGES``."""
    for name in given or PACKAGES:
        path = (ROOT / name).resolve()
        if not path.exists():
            sys.exit(f"{name} is not there")
        yield from sorted(path.glob("*.py")) if path.is_dir() else [path]


def main(arguments: Sequence[str] | None = None) -> int:
    """Tries the files and prints what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutation", description=__doc__.split("\n\n")[0])
    parser.add_argument("files", nargs="*", help=f"files or folders of sim/; default {' '.join(PACKAGES)}")
    given = parser.parse_args(arguments)
    why = equivalent_mutants()
    tried = killed = explained = 0
    of_files = {path: list(mutants_of(path.read_text("utf-8"), str(path))) for path in files_of(given.files)}
    of_files = {path: mutants for path, mutants in of_files.items() if mutants}
    for path, outcomes in try_files(of_files).items():
        name, mutants = path.relative_to(ROOT).as_posix(), of_files[path]
        alive = [mutant for mutant in mutants if outcomes[mutant.name] == SURVIVED]
        new = [mutant for mutant in alive if (name, mutant.name) not in why]
        dead, known = len(mutants) - len(alive), len(alive) - len(new)
        print(f"{name}: {dead} of {len(mutants)} killed, {known} equivalent, {len(new)} survived")
        for mutant in new:
            print(f"  {name}:{mutant.line} {mutant.name}")
        tried, killed, explained = tried + len(mutants), killed + dead, explained + known
    survived, part = tried - killed - explained, killed / max(tried, 1)
    print(f"all: {killed} of {tried} killed ({part:.1%}), {explained} equivalent, {survived} survived")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
