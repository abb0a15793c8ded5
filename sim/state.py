"""The state of a run: every array there is, and one city's view of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agenda import PAGE_NUMBERS, pages_needed
from sim.agents.dispute import FORUM_COUNT, Opponent
from sim.agents.resident import CHOICE_ROWS
from sim.almanac import Almanac
from sim.ledger import TRUST_LEVELS
from sim.memory import aligned_zeros
from sim.province import Province
from sim.world import BATCH, BATCH_DRAWS, BATCH_KEYS, GRIEVANCE, OUTCOME, World, duration_bins

BY_DISPUTE = ("disputes", "free_rows", "causes")
"""Arrays with a row for every dispute that a city may have; there are never more causes than disputes."""


@dataclass
class State:
    """Every array of a run. Per-city arrays are lists with one entry a city."""

    residents: NDArray
    villages: NDArray
    grid_workers: NDArray
    centres: NDArray
    pools: NDArray
    mediators: NDArray
    departments: NDArray
    courts: NDArray
    offices: NDArray
    governments: NDArray
    halls: NDArray
    kinds: NDArray
    profiles: NDArray
    learned: NDArray
    counts: NDArray
    durations: NDArray
    work: NDArray
    groups: NDArray
    monthly: NDArray
    trust: NDArray
    survey: NDArray
    government_years: NDArray
    cost: NDArray
    staffing: NDArray
    near_news: NDArray
    far_news: NDArray
    disputes: NDArray
    free_rows: NDArray
    causes: NDArray
    first_dispute: NDArray  # a city's rows of the three above are first_dispute[city] up to first_dispute[city + 1]
    regimes: list[NDArray]
    agendas: list[NDArray]
    pages: list[NDArray]
    states: list[NDArray]

    def disputes_of(self, city: int) -> slice:
        """Rows that disputes of a city may take."""
        return slice(int(self.first_dispute[city]), int(self.first_dispute[city + 1]))

    def used_disputes_of(self, city: int) -> slice:
        """Rows that disputes of a city have ever taken."""
        first = int(self.first_dispute[city])
        return slice(first, first + int(self.states[city]["used"][0]))

    def copy(self) -> State:
        """An independent copy; of the disputes only rows ever used are copied."""
        values: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in BY_DISPUTE:
                values[field.name] = self._moved(value, self.first_dispute)
            elif isinstance(value, list):
                values[field.name] = [array.copy() for array in value]
            else:
                values[field.name] = value.copy()
        return State(**values)

    def becomes(self, other: State) -> State:
        """A copy of another state of the same model, in the memory of this one where that is as large."""
        if not np.array_equal(self.first_dispute, other.first_dispute):
            return other.copy()
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            if field.name in BY_DISPUTE:
                for city in range(len(other.states)):
                    used = other.used_disputes_of(city)
                    mine[used] = theirs[used]
            elif field.name == "regimes":  # of which another scenario has more or fewer
                mine[:] = [array.copy() for array in theirs]
            elif isinstance(theirs, list):
                for one, another in zip(mine, theirs, strict=True):
                    np.copyto(one, another)
            else:
                np.copyto(mine, theirs)
        return self

    def make_room(self, cities: Sequence[int]) -> None:
        """Doubles the rows for disputes of some cities; where a dispute stands has no effect on what happens."""
        rows = np.diff(self.first_dispute)
        rows[list(cities)] *= 2
        first = np.concatenate([[0], np.cumsum(rows)])
        self.disputes = self._moved(self.disputes, first)
        self.free_rows = self._moved(self.free_rows, first)
        self.causes = self._moved(self.causes, first)
        self.first_dispute = first
        for city in cities:
            pages = aligned_zeros((pages_needed(int(rows[city])), PAGE_NUMBERS), np.int32)
            pages[: len(self.pages[city])] = self.pages[city]
            self.pages[city] = pages

    def _moved(self, array: NDArray, first: NDArray) -> NDArray:
        moved = aligned_zeros(int(first[-1]), array.dtype)
        for city in range(len(self.states)):
            used = self.used_disputes_of(city)
            moved[first[city] : first[city] + used.stop - used.start] = array[used]
        return moved


class Scratch:
    """Working memory of one city's day: lists that are empty between days."""

    def __init__(self, rows: int, pools: int, villages: int, counties: int) -> None:
        self.keys = np.empty((2, rows), np.int64)
        self.counters = np.empty(villages + 1, np.int32)
        self.entrants = np.empty(rows, np.int64)
        self.listed = np.empty(pools, np.int32)
        self.outcomes = np.empty(4 * rows, OUTCOME)
        self.candidates, self.arisen, self.shared = np.empty((3, BATCH), GRIEVANCE)
        self.batch_keys = np.empty((BATCH_KEYS, BATCH), np.int64)
        self.draws = np.empty((BATCH_DRAWS, BATCH))
        self.choosers = np.empty((4, BATCH), np.int64)
        self.choice = np.empty((CHOICE_ROWS, BATCH))
        self.confidence = np.empty((len(TRUST_LEVELS), BATCH))
        self.appeal = np.empty((counties, len(Opponent), FORUM_COUNT))


def world_of(state: State, province: Province, city: int, seed: int, behaviour: NDArray, almanac: Almanac) -> World:
    """One city's view of the state, with working memory of its own."""
    place = province.cities[city]
    rows = state.disputes_of(city)
    scratch = Scratch(rows.stop - rows.start, len(state.pools), int(place["villages"]), len(province.counties))
    return World(
        residents=state.residents,
        villages=state.villages,
        grid_workers=state.grid_workers,
        centres=state.centres,
        pools=state.pools,
        mediators=state.mediators,
        departments=state.departments,
        courts=state.courts,
        offices=state.offices,
        governments=state.governments,
        halls=state.halls,
        learned=state.learned,
        counts=state.counts,
        durations=state.durations,
        work=state.work,
        groups=state.groups,
        monthly=state.monthly,
        staffing=state.staffing,
        near_news=state.near_news,
        far_news=state.far_news,
        behaviour=behaviour,
        kinds=state.kinds,
        profiles=state.profiles,
        duration_bin=_DURATION_BIN,
        month_of_day=almanac.month_of_day,
        open_on=almanac.open_on,
        months=almanac.months,
        regime=state.regimes[city],
        disputes=state.disputes[rows],
        free_rows=state.free_rows[rows],
        causes=state.causes[rows],
        agenda=state.agendas[city],
        pages=state.pages[city],
        keys=scratch.keys,
        counters=scratch.counters,
        entrants=scratch.entrants,
        listed=scratch.listed,
        outcomes=scratch.outcomes,
        candidates=scratch.candidates,
        arisen=scratch.arisen,
        shared=scratch.shared,
        batch_keys=scratch.batch_keys,
        draws=scratch.draws,
        choosers=scratch.choosers,
        choice=scratch.choice,
        confidence=scratch.confidence,
        appeal=scratch.appeal,
        state=state.states[city],
        seed=seed,
        city=city,
        first_village=int(place["first_village"]),
        last_village=int(place["first_village"] + place["villages"]),
        first_county=int(place["first_county"]),
        last_county=int(place["first_county"] + place["counties"]),
        first_township=int(place["first_township"]),
        last_township=int(place["first_township"] + place["townships"]),
        townships=len(province.townships),
        counties=len(province.counties),
        cities=len(province.cities),
    )


_DURATION_BIN = duration_bins()
