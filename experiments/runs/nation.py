"""Runs of the nation, made of runs of its provinces: they are independent but for the office in the capital.

A province's part is its ledger summed to one row: some hundred kilobytes. Parts are kept like runs, so
that an interrupted study goes on from them; when all parts of a run are there they are its ledger, with a row a
province. Petitions to the nation are the sum of all provinces': one office registers them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from experiments.runs.build import years_beside
from experiments.runs.groups import record_groups
from experiments.runs.run import Batch, Outcome, Run, batches, digest, identities, model_version
from sim.ledger import Ledger
from sim.province.nation import is_nation, provinces_of_nation
from sim.scenario import ProvinceChoice, Scenario

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Part(Run):
    """What one province adds to a run of the nation."""

    @cached_property
    def key(self) -> str:
        """Hash of scenario, seed and model; another than that of the same province's own run."""
        return digest([self.scenario_id, self.seed, model_version(), "part of the nation"])


def is_national(run: Run) -> bool:
    """Whether a run is of the nation."""
    return is_nation(run.scenario.province.source)


def parts_of(run: Run) -> list[Part]:
    """A run of every province of a national run, the most populous first, so that workers end together."""
    parts = []
    provinces = provinces_of_nation(run.scenario.province.codes)
    for province in sorted(provinces, key=lambda each: (-each.residents, each.code)):
        scenario = replace(run.scenario, province=ProvinceChoice(province.slug))
        whole, warm_up = identities(scenario)
        parts.append(Part(scenario, run.seed, whole[:24], warm_up))
    return parts


def summed_to_one_row(ledger: Ledger, code: int) -> Ledger:
    """A province's ledger as one row: counts summed, trust and surveys weighed by residents, governments averaged."""
    people = ledger.county_population.astype(np.float64)

    def added(values: NDArray) -> NDArray:
        return values.sum(axis=0, keepdims=True, dtype=values.dtype)

    def weighed(values: NDArray) -> NDArray:
        return np.tensordot(people / people.sum(), values, axes=1)[None]

    tiers = ledger.city_tier
    government = ledger.government[tiers] if tiers.any() else ledger.government
    return replace(
        ledger,
        county_codes=np.array([code]),
        county_city=np.zeros(1, np.int32),
        city_codes=np.array([code]),
        city_tier=np.array([tiers.any()]),
        county_tier=np.array([ledger.county_tier.any()]),
        county_population=added(ledger.county_population),
        county_urban_population=added(ledger.county_urban_population),
        **{name: added(getattr(ledger, name)) for name in ("counts", "durations", "work", "groups", "monthly", "cost")},
        trust=weighed(ledger.trust),
        survey=weighed(ledger.survey),
        government=government.mean(axis=0, keepdims=True),
    )


def part_bytes(ledger: Ledger, scenario: Scenario) -> bytes:
    """What is kept of a province's run for the nation."""
    (province,) = [each for each in provinces_of_nation() if each.slug == scenario.province.source]
    row = summed_to_one_row(ledger, province.code)
    packed = io.BytesIO()
    np.savez_compressed(packed, **{part.name: getattr(row, part.name) for part in fields(Ledger)})
    return packed.getvalue()


def nation_of(parts: Iterable[bytes]) -> Ledger:
    """The nation's ledger of the parts of its provinces, by code; raises ``ValueError`` for a damaged part."""
    rows = []
    for part in parts:
        try:
            with np.load(io.BytesIO(part), allow_pickle=False) as arrays:
                rows.append(Ledger(**{each.name: arrays[each.name] for each in fields(Ledger)}))
        except Exception as error:  # a damaged archive fails in many ways
            raise ValueError(f"not the part of a run: {error}") from None
    rows.sort(key=lambda row: int(row.city_codes[0]))
    together = {
        each.name: np.concatenate([getattr(row, each.name) for row in rows])
        for each in fields(Ledger)
        if each.name != "months"
    }
    together["county_city"] = np.arange(len(rows), dtype=np.int32)
    return Ledger(months=rows[0].months, **together)


@dataclass(frozen=True)
class Chain:
    """Batches one after another, as one task: provinces that together would need too much memory."""

    batches: tuple[Batch, ...]

    def without(self, done: set[str]) -> Chain | None:
        """See ``Batch.without``."""
        left = tuple(rest for batch in self.batches if (rest := batch.without(done)) is not None)
        return Chain(left) if left else None

    def carry_out(self, emit: Callable[[Outcome], None], is_cancelled: Callable[[], bool]) -> None:
        """See ``Batch.carry_out``."""
        for batch in self.batches:
            batch.carry_out(emit, is_cancelled)


def batches_of_parts(parts: Sequence[Part], workers: int, *, together: bool) -> list[Batch | Chain]:
    """The parts in batches; ``together`` on one machine, where one province at a time has all workers."""
    grouped = batches(parts, 1, record=part_bytes)
    if not together:
        return [*grouped]
    return [Chain(tuple(replace(batch, threads=workers) for batch in grouped))] if grouped else []


class Nation:
    """National runs of a study while their parts come in.

    Args:
        runs: all runs of the study; others than national ones are left alone.
        read: gives what is kept of a part by its key, or ``None``.
        keep_ledger: whether the ledgers are kept beside the records.
    """

    def __init__(self, runs: Sequence[Run], read: Callable[[str], bytes | None], keep_ledger: bool = False) -> None:
        self.keep_ledger = keep_ledger
        self.runs = {run.key: run for run in runs if is_national(run)}
        self.read = read
        self.parts: dict[str, list[Part]] = {key: parts_of(run) for key, run in self.runs.items()}
        self.by_key = {part.key: part for parts in self.parts.values() for part in parts}
        self.missing = {key for key in self.by_key if read(key) is None}
        self.failed: dict[str, str] = {}
        self._users: dict[str, list[str]] = {}
        for key, parts in self.parts.items():
            for part in parts:
                self._users.setdefault(part.key, []).append(key)

    @property
    def left(self) -> list[Part]:
        """Parts that are not there yet."""
        return [part for key, part in self.by_key.items() if key in self.missing]

    def complete(self) -> list[tuple[Run, Outcome]]:
        """National runs all of whose parts were there from the start."""
        return [self._outcome(key) for key, parts in self.parts.items() if not self._waits(parts)]

    def add(self, outcome: Outcome) -> list[tuple[Run, Outcome]]:
        """Takes in a part's outcome; gives the national runs that end with it."""
        self.missing.discard(outcome.key)
        if outcome.record is None:
            self.failed[outcome.key] = f"{self.by_key[outcome.key].scenario.province.source}: {outcome.error}"
        return [self._outcome(key) for key in self._users[outcome.key] if not self._waits(self.parts[key])]

    def _waits(self, parts: Sequence[Part]) -> bool:
        return any(part.key in self.missing for part in parts)

    def _outcome(self, key: str) -> tuple[Run, Outcome]:
        run, keys = self.runs[key], [part.key for part in self.parts[key]]
        errors = [self.failed[each] for each in keys if each in self.failed]
        if errors:
            return run, Outcome(key, 0.0, None, error=errors[0])
        ledger = nation_of(part for each in keys if (part := self.read(each)) is not None)
        years = years_beside(run.scenario)
        record = record_groups(ledger, run.scenario.calendar, run.groups, years=years).to_bytes()
        kept = Batch.kept_ledger(ledger, run) if self.keep_ledger else None
        return run, Outcome(key, 0.0, record, kept)
