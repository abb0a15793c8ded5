"""Mutation testing of rules and measures: ``python -m tools.mutation [file …]``.

Every file is tried on the tests that mirror it (``sim/agents/court.py`` on ``tests/sim/agents/test_court.py``), with
the rules as plain Python. Prints how many mutants each file has and how many are killed, and the survivors; exits with
1 when a survivor is not among the equivalent mutants of ``equivalent.csv``. What became of a mutant is kept in
``.mutation/`` and used again until its function, its tests or what they import beside them changes.
"""

from __future__ import annotations

import argparse
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

from tools.mutation.mutants import Mutant, mutants_of
from tools.mutation.trial import KILLED, SURVIVED, TIMED_OUT, be_quiet, try_alive, try_imported

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


def equivalent_mutants() -> dict[tuple[str, str], str]:
    """Why a mutant cannot be told from the original, by file and name."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as rows:
        return {(row["file"], row["mutant"]): row["why"] for row in csv.DictReader(rows)}


class Results:
    """What became of a file's mutants, kept on disk."""

    def __init__(self, path: Path, tests: Path) -> None:
        self._file = KEPT / f"{path.relative_to(ROOT).as_posix().replace('/', '.')}.json"
        helpers = [each for each in sorted(tests.parent.glob("*.py")) if not each.name.startswith("test_")]
        self._of_tests = "".join(each.read_text("utf-8") for each in (tests, *helpers))
        self._known: dict[str, str] = json.loads(self._file.read_text()) if self._file.exists() else {}
        self._used: dict[str, str] = {}

    def _key(self, mutant: Mutant) -> str:
        return hashlib.sha256("\0".join((mutant.name, mutant.text, self._of_tests)).encode()).hexdigest()[:24]

    def get(self, mutant: Mutant) -> str | None:
        """What became of a mutant, if it was tried."""
        outcome = self._known.get(self._key(mutant))
        if outcome:
            self._used[self._key(mutant)] = outcome
        return outcome

    def set(self, mutant: Mutant, outcome: str) -> None:
        """Notes what became of a mutant."""
        self._used[self._key(mutant)] = outcome
        self._known[self._key(mutant)] = outcome

    def save(self) -> None:
        """Writes what was used; what is out of date goes."""
        KEPT.mkdir(exist_ok=True)
        self._file.write_text(json.dumps(self._used))


def try_file(path: Path, mutants: Sequence[Mutant]) -> dict[str, str]:
    """What becomes of every mutant of a file, by name; what is known is not tried again."""
    tests = tests_of(path)
    if not tests.exists():
        sys.exit(f"{path.relative_to(ROOT)} has no tests: {tests.relative_to(ROOT)} is not there")
    results = Results(path, tests)
    if todo := [mutant for mutant in mutants if results.get(mutant) is None]:
        # In a process of its own: this one stays without the model's modules.
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(reading)
            status = 1
            try:
                be_quiet()
                found: dict[str, str] = {}
                trial = try_alive(tests, todo, path, lambda mutant, outcome: found.update({mutant.name: outcome}))
                with os.fdopen(writing, "w") as pipe:
                    json.dump([trial.seconds and trial.limit, found], pipe)
                status = 0
            finally:
                os._exit(status)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            sent = pipe.read()
        os.waitpid(pid, 0)
        limit, found = json.loads(sent or "[0, {}]")
        if not limit:
            sys.exit(f"{tests.relative_to(ROOT)} fails without any mutant (NUMBA_DISABLE_JIT=1 pytest says how)")
        for mutant in todo:
            results.set(mutant, found.get(mutant.name) or try_imported(tests, mutant, path, 10 + limit))
        results.save()
    return {mutant.name: results.get(mutant) or SURVIVED for mutant in mutants}


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
    for path in files_of(given.files):
        name = path.relative_to(ROOT).as_posix()
        mutants = list(mutants_of(path.read_text("utf-8"), str(path)))
        if not mutants:
            continue
        outcomes = try_file(path, mutants)
        alive = [mutant for mutant in mutants if outcomes[mutant.name] == SURVIVED]
        known = [mutant for mutant in alive if (name, mutant.name) in why]
        tried, killed = tried + len(mutants), killed + len(mutants) - len(alive)
        explained += len(known)
        dead = sum(outcome in (KILLED, TIMED_OUT) for outcome in outcomes.values())
        print(f"{name}: {dead} of {len(mutants)} killed, {len(known)} equivalent, {len(alive) - len(known)} survived")
        for mutant in alive:
            if mutant not in known:
                print(f"  {name}:{mutant.line} {mutant.name}")
        sys.stdout.flush()
    survived = tried - killed - explained
    print(
        f"all: {killed} of {tried} killed ({killed / max(tried, 1):.1%}), {explained} equivalent, {survived} survived"
    )
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
