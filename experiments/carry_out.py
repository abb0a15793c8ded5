"""Carries out the runs of a study over an executor, with progress on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from experiments.executors import open_executor
from experiments.leftovers import cheap_to_free
from experiments.progress import Progress
from experiments.runs import Batch, Outcome, Run, batches
from experiments.schema import ExecutorChoice
from sim.errors import InputError
from sim.ledger import Ledger
from sim.scenario import Scenario


def check_provinces(scenarios: Sequence[Scenario]) -> None:
    """Reads the province of every scenario once, so that a wrong table or place is told first."""
    from sim.province import load_province

    seen = set()
    for scenario in scenarios:
        choice = scenario.province
        wanted = (choice.source, tuple(choice.places))
        if wanted not in seen:
            seen.add(wanted)
            load_province(*wanted)


def carry_out(
    runs: Sequence[Run],
    choice: ExecutorChoice,
    keep: Callable[[Run, Outcome], None],
    keep_ledger: bool = False,
    quiet: bool = False,
    record: Callable[[Ledger, Scenario], bytes] | None = None,
    group: Callable[[Sequence[Run], int], list[Batch]] | None = None,
) -> int:
    """Carries out runs and gives every outcome to ``keep`` as soon as it is there; returns how many failed.

    ``keep`` is called in this thread, in the order of finishing. Runs of the same content happen once.
    ``record`` makes of a run what its outcome holds, a ``RunRecord`` unless it is given; ``group`` makes batches of its
    own of the runs, for a number of workers.
    """
    if not runs:
        return 0
    by_key = {run.key: run for run in runs}
    announce_compilation(quiet)
    with Progress(len(by_key), quiet=quiet) as progress:
        with cheap_to_free(), open_executor(choice) as executor:
            workers = executor.workers
            work = group(runs, workers) if group else batches(runs, workers, keep_ledger, record)
            for outcome in executor.outcomes(work):
                if outcome is None:
                    progress.show(executor.ahead)
                    continue
                keep(by_key[outcome.key], outcome)
                progress.add(outcome.record is None, executor.ahead)
        return progress.failed


COMPILING = "compiling the model, once for this version on this machine: some twenty to forty seconds …"


def announce_compilation(quiet: bool) -> None:
    from sim.compilation import is_cold

    if not quiet and is_cold():
        print(COMPILING, file=sys.stderr, flush=True)


def first_error(errors: Sequence[str]) -> InputError:
    """The error of a study of which every run failed."""
    return InputError(f"every run failed; the first error: {errors[0]}")
