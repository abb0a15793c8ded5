"""Models kept at the reform date: a change of a policy or stress runs from there and not from the first day."""

from __future__ import annotations

import gc
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace

from experiments.configuration.ensemble import Ensemble
from experiments.runs.build import years_beside
from experiments.runs.groups import record_groups
from experiments.runs.record import RunRecord
from experiments.runs.run import Cancelled
from sim.model import GovernanceModel, Snapshot
from sim.policy import Policy, StaffLevers
from sim.scenario import Scenario

CHUNK = 30
"""Days that run before it is looked whether anybody still wants the result."""

RESIDENTS_MAX = 30_000_000
"""Models of so many residents together are kept (a whole province takes 700 MB), and always the last one."""

PATIENCE = 0.05
"""Seconds between two looks of a run that waits for its turn."""

IsCancelled = Callable[[], bool]


def never() -> bool:
    """Nobody cancels."""
    return False


class BranchingModel(GovernanceModel):
    """A model that is branched to policies which nobody knew when it was founded, as far as its room allows."""

    def admit(self, scenario: Scenario) -> bool:
        """Whether the scenario can branch from here; staff below one that room was reserved for needs no more room."""
        for policy in self._policies(scenario):
            if policy.grid.households_per_grid < self._smallest_grid:
                return False
            if policy.staff not in self._staffs:
                if not any(_is_within(policy.staff, reserved) for reserved in self._staffs):
                    return False
                self._staffs.append(policy.staff)
        return True


def _is_within(staff: StaffLevers, reserved: StaffLevers) -> bool:
    """Whether staff has nowhere more people than another with the same mix of mediators."""
    for lever in fields(StaffLevers):
        mine, room = getattr(staff, lever.name), getattr(reserved, lever.name)
        if (mine != room) if lever.name.startswith("mix_") else (mine > room):
            return False
    return True


@dataclass(frozen=True)
class _Kept:
    model: BranchingModel
    snapshot: Snapshot
    status_quo: RunRecord


class WarmModels:
    """The years before the reform, simulated once a seed; one run at a time.

    Args:
        base: province, calendar, policy before the reform and behaviour of every run; its ``after`` is left aside.
        room: policies whose staff and grids room is reserved for; one that goes beyond gets a warm-up of its own.
        threads: threads over cities, 0 for as many as there are cores; no number depends on it.
        ensemble: whose members the seeds have as behaviours, if they do.
    """

    def __init__(
        self, base: Scenario, room: Sequence[Policy] = (), threads: int = 0, ensemble: Ensemble | None = None
    ) -> None:
        self.status_quo = replace(base, after=base.before)
        self.ensemble = ensemble
        self.threads = threads or os.cpu_count() or 1
        self._room = [replace(self.status_quo, after=policy) for policy in room]
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._turn = threading.Lock()
        self._closed = threading.Event()

    def close(self) -> None:
        """Gives up what runs and refuses what comes; returns when the run in hand has stopped."""
        self._closed.set()
        with self._turn:
            self._kept.clear()

    def records(self, scenario: Scenario, seed: int, is_cancelled: IsCancelled = never) -> tuple[RunRecord, RunRecord]:
        """Records of a scenario and of the status quo kept, the same as ``petition_pyramid.simulate`` gives.

        Under an ensemble both have the behaviour of the seed's member.

        The scenario may differ from the base in ``after`` and ``stress``. Raises ``Cancelled`` soon after
        ``is_cancelled`` says so; a warm-up, which others need too, is finished first.
        """
        scenario = self._of(scenario, seed)
        with self._my_turn(is_cancelled):
            kept = self._kept.get(seed)
            if kept is None or not kept.model.admit(scenario):
                del kept
                kept = self._warm(scenario, seed)
            self._kept.move_to_end(seed)
            if scenario == self._of(self.status_quo, seed):
                return kept.status_quo, kept.status_quo
            stop = self._either(is_cancelled)
            return _branch(kept.model, kept.snapshot, scenario, stop, kept.status_quo), kept.status_quo

    @contextmanager
    def _my_turn(self, is_cancelled: IsCancelled) -> Iterator[None]:
        stop = self._either(is_cancelled)
        while not self._turn.acquire(timeout=PATIENCE):
            if stop():
                raise Cancelled
        try:
            if stop():
                raise Cancelled
            yield
        finally:
            self._turn.release()

    def _either(self, is_cancelled: IsCancelled) -> IsCancelled:
        return lambda: self._closed.is_set() or is_cancelled()

    def _of(self, scenario: Scenario, seed: int) -> Scenario:
        return scenario if self.ensemble is None else self.ensemble.scenario(scenario, seed)

    def _warm(self, scenario: Scenario, seed: int) -> _Kept:
        self._kept.pop(seed, None)
        self._make_space()
        status_quo, calendar = self._of(self.status_quo, seed), self.status_quo.calendar
        room = [self._of(each, seed) for each in self._room]
        model = BranchingModel(status_quo, seed, self.threads, also=[scenario, *room])
        _run(model, calendar.day("reform"), self._closed.is_set)
        snapshot = model.snapshot()
        kept = _Kept(model, snapshot, _branch(model, snapshot, status_quo, self._closed.is_set))
        self._kept[seed] = kept
        return kept

    def _make_space(self) -> None:
        """Lets the models go that were not used for longest, until one more of their size may come."""
        while self._kept:
            residents = [int(kept.model.province.population) for kept in self._kept.values()]
            if sum(residents) + max(residents) <= RESIDENTS_MAX:
                break
            self._kept.popitem(last=False)
        gc.collect()  # a model refers to itself


def _branch(
    model: GovernanceModel,
    snapshot: Snapshot,
    scenario: Scenario,
    is_cancelled: IsCancelled,
    earlier: RunRecord | None = None,
) -> RunRecord:
    calendar = scenario.calendar
    model.branch(snapshot, scenario)
    _run(model, calendar.days - calendar.day("reform"), is_cancelled)
    model.check()
    known = None if earlier is None else earlier.before
    return record_groups(model.ledger(), calendar, (), known, years_beside(scenario))


def _run(model: GovernanceModel, days: int, is_cancelled: IsCancelled) -> None:
    last = model.today + days
    while model.today < last:
        if is_cancelled():
            raise Cancelled
        model.run_for(min(CHUNK, last - model.today))
