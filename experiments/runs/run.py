"""Runs of a study: what identifies them, which share a warm-up, and how a batch of them is carried out."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter

from experiments.runs.build import years_beside
from experiments.runs.groups import Groups, record_groups
from experiments.runs.memory import free
from sim.errors import InputError
from sim.ledger import Ledger
from sim.scenario import Scenario, check_seed

if TYPE_CHECKING:
    from experiments.configuration.ensemble import Ensemble


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:
    """SHA-256 of plain JSON values, independent of the order of keys."""
    return _sha256(_canonical(value))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def tables_fingerprint(source: str) -> str:
    """SHA-256 over the tables of a province, so that a changed table is another scenario; of the nation, of all."""
    from sim.province import folder_of
    from sim.province.nation import parts_of_nation
    from sim.province.tables import ALL_FILES

    files = []
    for province, _ in parts_of_nation(source, ()):
        folder = folder_of(province)
        for name in ALL_FILES:
            path = os.path.join(folder, name)
            try:
                status = os.stat(path)
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                files.append((path, status.st_mtime_ns, status.st_ctime_ns, status.st_size))
    return _fingerprint(tuple(files))


@lru_cache(maxsize=64)
def _fingerprint(files: tuple[tuple[str, int, int, int], ...]) -> str:
    """Of files as they were last changed: a notebook may change a table between two studies."""
    total = hashlib.sha256()
    for file, *_ in files:
        total.update(Path(file).name.encode() + b"\0" + Path(file).read_bytes())
    return total.hexdigest()


@cache
def _writers() -> dict[str, Callable[[Any], bytes]]:
    """What writes each part of a scenario, in the order of names."""
    hints = get_type_hints(Scenario)
    return {name: TypeAdapter(hints[name]).dump_json for name in sorted(each.name for each in fields(Scenario))}


@lru_cache(maxsize=256)
def _canonical_of(written: bytes, source: str) -> str:
    """The canonical form of a part; thousands of scenarios of a sweep have most of their parts in common."""
    values = json.loads(written)
    return _canonical(values | {"source": source} if source else values)


def identities(scenario: Scenario) -> tuple[str, str]:
    """Digests of all that determines a scenario's numbers, and of that which does so before the reform.

    They are those of ``Scenario.as_dict``, without ``after`` and ``stress`` the second, with the content of the
    province's tables in the place of where they lie.
    """
    parts = {}
    for name, write in _writers().items():
        source = tables_fingerprint(scenario.province.source) if name == "province" else ""
        parts[name] = f'"{name}":{_canonical_of(write(getattr(scenario, name)), source)}'
    before = ",".join(text for name, text in parts.items() if name not in ("after", "stress"))
    return _sha256("{" + ",".join(parts.values()) + "}"), _sha256("{" + before + "}")


RECORDED_BY = ("build.py", "groups.py", "record.py", "windows.py")
"""Modules beside this one that make the stored record of a run from its ledger."""


@cache
def model_version() -> str:
    """Versions of the model and of all that measures it, joined: what is the same gives the same stored figures."""
    from sim.compilation import MEASURES_VERSION, MODEL_VERSION
    from sim.compilation.version import LENGTH, version_of

    here = Path(__file__).parent
    measured = _sha256(MEASURES_VERSION + version_of(here, [here / name for name in RECORDED_BY]))
    return f"{MODEL_VERSION}-{measured[:LENGTH]}"


@dataclass(frozen=True)
class Run:
    """One replicate of one scenario; ``key`` addresses its content."""

    scenario: Scenario
    seed: int
    scenario_id: str
    warm_up: str
    groups: Groups = ()

    @cached_property
    def key(self) -> str:
        """Hash of scenario, seed and model, and of the groups that are measured apart."""
        return digest([self.scenario_id, self.seed, model_version(), *([self.groups] if self.groups else [])])


def runs_of(
    scenario: Scenario, seeds: Iterable[int], ensemble: Ensemble | None = None, groups: Groups = ()
) -> list[Run]:
    """One run a seed; under an ensemble each with the behaviour of its member.

    ``groups`` of places are measured apart, beside the whole (``experiments.runs.groups``).
    """
    if ensemble is None:
        return _alike(scenario, seeds, groups)
    from experiments.configuration.ensemble import seeds_by_member

    members = seeds_by_member(seeds, len(ensemble))
    runs = [run for group in members.values() for run in _alike(ensemble.scenario(scenario, group[0]), group, groups)]
    return sorted(runs, key=lambda run: run.seed)


def _alike(scenario: Scenario, seeds: Iterable[int], groups: Groups) -> list[Run]:
    whole, warm_up = identities(scenario)
    return [Run(scenario, check_seed(seed), whole[:24], warm_up, groups) for seed in seeds]


@dataclass(frozen=True)
class Outcome:
    """How a run ended: a record (and the ledger, if asked for) or an error; ``seconds`` it took."""

    key: str
    seconds: float
    record: bytes | None
    ledger: bytes | None = None
    error: str = ""


class Cancelled(Exception):
    """The user interrupted; the run in hand is given up."""


@dataclass(frozen=True)
class Batch:
    """Runs with one seed and one warm-up: simulated to the reform once, every run branches from there.

    ``record`` makes of a run's ledger and scenario what is kept of it (a ``RunRecord`` unless given); worker processes
    import it by name.
    """

    runs: tuple[Run, ...]
    threads: int = 1
    keep_ledger: bool = False
    record: Callable[[Ledger, Scenario], bytes] | None = None

    def without(self, done: set[str]) -> Batch | None:
        """The batch less the runs whose keys are done; ``None`` when nothing is left."""
        left = tuple(run for run in self.runs if run.key not in done)
        return replace(self, runs=left) if left else None

    def carry_out(self, emit: Callable[[Outcome], None], is_cancelled: Callable[[], bool]) -> None:
        """Simulates the runs and emits an outcome for each as soon as it is there.

        An error of one run is its outcome; the others go on (with a warm-up of their own).
        """
        left = list(self.runs)
        before: dict[Groups, Mapping[str, float]] = {}
        while left:
            ledgers = self._ledgers(left, is_cancelled)
            began = time.perf_counter()
            try:
                for ledger in ledgers:
                    run = left[0]
                    record = self._record(ledger, run, before)
                    kept = self.kept_ledger(ledger, run) if self.keep_ledger else None
                    now = time.perf_counter()
                    left.pop(0)
                    emit(Outcome(run.key, now - began, record, kept))
                    began = now
                if left:
                    raise RuntimeError(f"the model gave no ledger for {len(left)} runs")
            except Cancelled:
                raise
            except Exception as error:
                seconds = time.perf_counter() - began
                emit(Outcome(left.pop(0).key, seconds, None, error=described_error(error)))
            finally:
                del ledgers
                free()

    def _ledgers(self, runs: Sequence[Run], is_cancelled: Callable[[], bool]) -> Iterator[Any]:
        from sim.model import run_branches

        def progress(days_done: int, days_total: int) -> None:
            if is_cancelled():
                raise Cancelled

        scenarios = [run.scenario for run in runs]
        yield from run_branches(scenarios, runs[0].seed, threads=self.threads, progress=progress)

    def _record(self, ledger: Ledger, run: Run, before: dict[Groups, Mapping[str, float]]) -> bytes:
        """What is kept of a run; ``before`` keeps what its branches have in common, measured once."""
        if self.record is not None:
            return self.record(ledger, run.scenario)
        years = years_beside(run.scenario)
        record = record_groups(ledger, run.scenario.calendar, run.groups, before.get(run.groups), years)
        before[run.groups] = record.before
        return record.to_bytes()

    @staticmethod
    def kept_ledger(ledger: Any, run: Run) -> bytes:
        """The measured months of a run's ledger as a table."""
        from experiments.runs.ledger_table import ledger_bytes

        calendar = run.scenario.calendar
        return ledger_bytes(ledger.window(calendar.measures[:7], calendar.end[:7]))


def described_error(error: Exception) -> str:
    """What the outcome of a run that failed says."""
    if isinstance(error, MemoryError):
        return "memory is short"
    return str(error) if isinstance(error, InputError) else f"{type(error).__name__}: {error}"


BRANCHES_MIN = 4
"""A batch is split among idle workers into parts of at least this many runs: each part warms up anew."""


def batches(
    runs: Sequence[Run],
    workers: int,
    keep_ledger: bool = False,
    record: Callable[[Ledger, Scenario], bytes] | None = None,
) -> list[Batch]:
    """Groups runs by seed and warm-up, so that the workers are busy and warm-ups are few.

    With fewer groups than workers, large groups are split, and workers left over become threads over cities.
    The grouping never changes a result.
    """
    groups: dict[tuple[int, str], list[Run]] = {}
    seen: set[str] = set()
    for run in runs:
        if run.key not in seen:
            seen.add(run.key)
            groups.setdefault((run.seed, run.warm_up), []).append(run)
    parts: list[tuple[Run, ...]] = []
    for group in groups.values():
        split = max(1, min(workers // len(groups), len(group) // BRANCHES_MIN))
        parts += [tuple(group[part::split]) for part in range(split)]
    threads = max(1, workers // len(parts)) if parts else 1
    return [Batch(part, threads, keep_ledger, record) for part in parts]
