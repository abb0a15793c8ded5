"""Batches that need no model, for the tests of executors; importable by worker processes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from experiments.results.folder import RunRow, monthly_frame, runs_frame, write_study
from experiments.runs.run import Cancelled, Outcome


@dataclass(frozen=True)
class CountingBatch:
    """Emits one outcome a key, its content the key in bytes.

    ``die_once`` names a file: the first worker that comes to the key ``"fatal"`` makes it and kills itself.
    ``patient`` waits until it is cancelled; ``pace`` is seconds that a key takes.
    """

    keys: tuple[str, ...]
    die_once: str = ""
    patient: bool = False
    pace: float = 0.0

    def without(self, done: set[str]) -> CountingBatch | None:
        """What is left."""
        left = tuple(key for key in self.keys if key not in done)
        return replace(self, keys=left) if left else None

    def carry_out(self, emit: Callable[[Outcome], None], is_cancelled: Callable[[], bool]) -> None:
        """Emits an outcome for each key."""
        for key in self.keys:
            if key == "fatal" and self.die_once and not Path(self.die_once).exists():
                Path(self.die_once).write_text(str(os.getpid()))
                time.sleep(0.2)  # what was sent before gets through
                os.kill(os.getpid(), signal.SIGKILL)
            if key == "always fatal":
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(self.pace)
            emit(Outcome(key, 0.0, key.encode()))
            deadline = time.monotonic() + 20
            while self.patient and time.monotonic() < deadline:
                if is_cancelled():
                    raise Cancelled
                time.sleep(0.01)


@dataclass(frozen=True)
class LongBatch:
    """Writes its worker's process id to a file and then sleeps for a minute."""

    path: str

    def without(self, done: set[str]) -> LongBatch:
        """Nothing is ever done."""
        return self

    def carry_out(self, emit: Callable[[Outcome], None], is_cancelled: Callable[[], bool]) -> None:
        """Sleeps."""
        Path(self.path).write_text(str(os.getpid()))
        time.sleep(60)


def write_results(
    folder: Path,
    study: dict[str, Any],
    manifest: dict[str, Any],
    timings: dict[str, Any],
    runs: Sequence[RunRow],
    parameters: Sequence[dict[str, Any]],
    units: dict[str, str],
) -> None:
    """Results of a comparison, from its runs."""
    tables = {"runs": runs_frame(runs), "monthly": monthly_frame(runs)}
    write_study(folder, "compare", study, manifest, timings, tables, parameters, units)
