"""Carries out the runs of a study over an executor, and shows how far they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from experiments.configuration.ensemble import Ensemble
from experiments.configuration.schema import ExecutorChoice
from experiments.runs.executors import executor_for
from experiments.runs.memory import cheap_to_free
from experiments.runs.nation import Nation, batches_of_parts
from experiments.runs.progress import Progress, Show
from experiments.runs.record import RunRecord
from experiments.runs.run import Batch, Outcome, Run, batches, runs_of
from sim.errors import InputError
from sim.ledger import Ledger
from sim.places import may_be_of, whole_province, why_unknown
from sim.province.nation import is_nation, provinces_of_nation
from sim.scenario import Scenario


def check_provinces(scenarios: Sequence[Scenario]) -> None:
    """Reads the province of every scenario, so that a wrong table, or place of a policy, is told first, and so is a
    season or trend that the calendar or the behaviour does not go with.

    Places of other provinces are not looked for: a policy may be made for one and tried in another.
    """
    from sim.almanac import almanac_of, check_rates
    from sim.province import load_province

    load = cache(load_province)  # a folder is looked at once
    for scenario in scenarios:
        if is_nation(scenario.province.source):
            provinces_of_nation(scenario.province.codes)
        else:
            province = load(scenario.province.source, tuple(scenario.province.places))
            check_rates(almanac_of(scenario.calendar, scenario.behaviour.timing, province.series), scenario)
        for slot in ("before", "after"):
            for place in getattr(scenario, slot).places:
                if may_be_of(place, scenario.province.source):
                    check_known(f"{slot}.places.{place}", place, scenario.province.source)


def check_known(key: str, place: str, source: str) -> None:
    """Raises ``InputError`` for a place, by code or region type, that a whole province or the nation does not have."""
    if reason := why_unknown(place, whole_province(place, source)):
        raise InputError(f"{key}: {reason}")


def carry_out(
    runs: Sequence[Run],
    choice: ExecutorChoice,
    keep: Callable[[Run, Outcome], None],
    *,
    keep_ledger: bool = False,
    progress: Show = True,
    record: Callable[[Ledger, Scenario], bytes] | None = None,
    group: Callable[[Sequence[Run], int], list[Batch]] | None = None,
    parts: Parts | None = None,
) -> int:
    """Carries out runs and gives every outcome to ``keep`` as soon as it is there; returns how many failed.

    ``keep`` is called in this thread, in the order of finishing. Runs of the same content happen once. ``progress``
    says whether it is shown how far they are (``progress.Show``). ``record`` makes of a run what its outcome holds, a
    ``RunRecord`` unless it is given; ``group`` makes batches of its own of the runs, for a number of workers. ``parts``
    keeps the parts of national runs, in memory unless it is given.

    Raises:
        InputError: for runs of the nation where something else than a ``RunRecord`` is made of them.
    """
    if not runs:
        return 0
    from sim.compilation.progress import silent

    kept = parts or Parts()
    nation = Nation(runs, kept.read, keep_ledger)
    if nation.runs and (record or group):
        raise InputError("province=china: this command needs a province; the nation is run province by province")
    by_key = {run.key: run for run in runs}
    alone = [run for run in runs if run.key not in nation.runs]
    with Progress(len({run.key for run in alone}) + len(nation.left), show=progress) as shown, silent(shown.quiet):
        announce_compilation(shown.say)
        failed = 0
        for run, ended in nation.complete():
            keep(run, ended)
            failed += ended.record is None
        with cheap_to_free(), executor_for(choice) as executor:
            workers = executor.workers
            work: list[Any] = group(alone, workers) if group else batches(alone, workers, keep_ledger, record)
            work += batches_of_parts(nation.left, workers, together=executor.is_local)
            for outcome in executor.outcomes(work):
                if outcome is None:
                    shown.show(executor.ahead)
                    continue
                if outcome.key in by_key:
                    keep(by_key[outcome.key], outcome)
                    failed += outcome.record is None
                else:
                    kept.keep(nation.by_key[outcome.key], outcome)
                    for run, ended in nation.add(outcome):
                        keep(run, ended)
                        failed += ended.record is None
                shown.add(outcome.record is None, executor.ahead)
        return failed


class Parts:
    """Where the parts of national runs are kept: in memory, here."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def read(self, key: str) -> bytes | None:
        """What is kept of a part."""
        return self._kept.get(key)

    def keep(self, run: Run, outcome: Outcome) -> None:
        """Keeps a part that has ended."""
        if outcome.record is not None:
            self._kept[outcome.key] = outcome.record


COMPILING = "compiling the model, once for this version on this machine: some twenty to forty seconds …"


def announce_compilation(say: Callable[[str], None]) -> None:
    """Says that the model will be compiled, if it will."""
    from sim.compilation import is_cold

    if is_cold():
        say(COMPILING)


def first_error(errors: Sequence[str]) -> InputError:
    """The error of a study of which every run failed."""
    return InputError(f"every run failed; the first error: {errors[0]}")


def run_groups(
    runs: Sequence[Sequence[Run]], choice: ExecutorChoice, *, progress: Show = True
) -> tuple[list[list[tuple[Run, RunRecord]]], list[tuple[str, str]]]:
    """Groups of runs with their records, less those that failed: which, and why, each once.

    Raises ``InputError`` when every run failed.
    """
    outcomes: dict[str, Outcome] = {}

    def keep(run: Run, outcome: Outcome) -> None:
        outcomes[run.key] = outcome

    carry_out([run for group in runs for run in group], choice, keep, progress=progress)
    records, errors = [], {}
    for group in runs:
        finished = []
        for run in group:
            outcome = outcomes[run.key]
            if outcome.record is None:
                errors[run.key] = (f"seed {run.seed}", outcome.error)
            else:
                finished.append((run, RunRecord.from_bytes(outcome.record)))
        records.append(finished)
    if errors and not any(records):
        raise first_error([f"{what}: {error}" for what, error in errors.values()])
    return records, list(errors.values())


def run_scenarios(
    scenarios: Sequence[Scenario],
    replicates: int,
    seed: int,
    choice: ExecutorChoice,
    *,
    progress: Show = True,
    ensembles: Sequence[Ensemble | None] = (),
) -> tuple[list[list[RunRecord]], list[tuple[str, str]]]:
    """Records of each scenario's replicates, in the order of seeds, and which runs failed and why.

    All scenarios share the seeds (common random numbers); ``ensembles`` has one for each scenario, or is empty. Raises
    ``InputError`` when every run failed.
    """
    finished, errors = _by_seed(scenarios, replicates, seed, choice, progress, ensembles)
    return [[*group.values()] for group in finished], errors


def unchanged(scenario: Scenario) -> Scenario:
    """The scenario with the policy before the reform kept after it."""
    return replace(scenario, after=scenario.before)


def run_beside_unchanged(
    scenarios: Sequence[Scenario],
    replicates: int,
    seed: int,
    choice: ExecutorChoice,
    *,
    progress: Show = True,
    ensembles: Sequence[Ensemble | None] = (),
) -> tuple[list[dict[int, RunRecord]], list[dict[int, RunRecord]], list[tuple[str, str]]]:
    """Finished replicates by seed, the same with the policy before the reform kept, and what failed.

    Years before the reform are simulated once for both.
    """
    everything = [*scenarios, *map(unchanged, scenarios)]
    found, errors = _by_seed(everything, replicates, seed, choice, progress, [*ensembles, *ensembles])
    return found[: len(scenarios)], found[len(scenarios) :], errors


def _by_seed(
    scenarios: Sequence[Scenario],
    replicates: int,
    seed: int,
    choice: ExecutorChoice,
    progress: Show,
    ensembles: Sequence[Ensemble | None],
) -> tuple[list[dict[int, RunRecord]], list[tuple[str, str]]]:
    check_provinces(scenarios)
    seeds = range(seed, seed + replicates)
    given = ensembles or [None] * len(scenarios)
    runs = [runs_of(*each) for each in zip(scenarios, [seeds] * len(scenarios), given, strict=True)]
    finished, errors = run_groups(runs, choice, progress=progress)
    return [{run.seed: record for run, record in group} for group in finished], errors
