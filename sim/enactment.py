"""How a policy comes into force in a city on the first of a month: centres, staff, grids, effort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.agents.centre import COUNTY, pool_of_centre, pool_of_village
from sim.agents.dispute_kind import DEPARTMENTS, MEDIATION_KINDS
from sim.agents.grid_worker import FULL_DAY, fit_visits
from sim.behaviour import Behaviour
from sim.centre_use import spread_word
from sim.early_warning import watch
from sim.ledger import CENTRE_WORK
from sim.phases.notice_clock import start_clocks, stop_clocks
from sim.province import Province
from sim.regime import numbers
from sim.staff import (
    divide_grids,
    employ,
    equip_villages,
    give_hours,
    heads_of_counties,
    minutes_of_pools,
    open_centres,
    slots_of_pools,
    staff_of_pools,
)
from sim.state import State
from sim.world import MINUTES, SLOTS, World

GRID_LEVERS = ("households_per_grid", "visits_per_day", "hours_per_day", "overtime", "lockdown")


@dataclass(frozen=True)
class CityRows:
    """Rows of a city in the arrays of its province's state.

    ``centres`` by level; ``pools`` of centres by level, then of villages; ``of_centres`` all rows of its centres, an
    array.
    """

    counties: slice
    villages: slice
    centres: tuple[slice, ...]
    pools: tuple[slice, ...]
    of_centres: NDArray[np.intp]


@lru_cache(maxsize=1024)
def rows_of(province: Province, city: int) -> CityRows:
    """Where the places of a city and their staff are found; the same for every run of a province."""
    place = province.cities[city]
    townships, counties, cities = len(province.townships), len(province.counties), len(province.cities)

    def span(first: str, number: str, offset: int = 0) -> slice:
        return slice(int(place[first]) + offset, int(place[first] + place[number]) + offset)

    centres = (
        span("first_township", "townships"),
        span("first_county", "counties", townships),
        slice(townships + counties + city, townships + counties + city + 1),
    )
    villages = span("first_village", "villages")
    pool, of_village = pool_of_centre.py_func, pool_of_village.py_func
    number = townships + counties + cities
    pools = [slice(pool(rows.start, 0), pool(rows.stop, 0)) for rows in centres]
    pools.append(slice(of_village(number, villages.start), of_village(number, villages.stop)))
    of_centres = np.concatenate([np.arange(rows.start, rows.stop) for rows in centres])
    return CityRows(span("first_county", "counties"), villages, centres, tuple(pools), of_centres)


def _segments(state: State, pools: Sequence[slice]) -> Iterator[tuple[NDArray, NDArray]]:
    """Views of pools and of the mediators who belong to them."""
    for rows in pools:
        part = state.pools[rows]
        first = int(part["first_mediator"][0])
        yield part, state.mediators[first : first + int(part["room"].sum())]


def enact(
    state: State, province: Province, world: World, regime: NDArray, behaviour: Behaviour, today: int, month: int
) -> None:
    """Puts regimes, one for each of the city's localities, into force on the first day of a month of the run.

    Unchanged ones, such as the city's own (``state.regimes``), change nothing but the alerts of villages.
    """
    city = world.city
    old, villages = state.regimes[city], rows_of(province, city).villages
    is_changed = grids_change = today == 0
    if not (is_changed or regime is old):
        is_changed = not np.array_equal(numbers(old), numbers(regime))
        grids_change = any((old[name] != regime[name]).any() for name in GRID_LEVERS)
    if month % 12 == 0:
        state.governments["conceded"][rows_of(province, city).counties] = 0.0
    alerts_change = False
    if month > state.states[city]["month"][0]:
        state.states[city]["month"] = month
        alerts_change = watch(state.villages[villages], behaviour, month)
        working = rows_of(province, city).of_centres
        working = working[state.centres["is_working"][working] == 1]
        state.centres["known"][working] = spread_word(state.centres["known"][working], behaviour.centres)
    if is_changed:
        _put_into_force(state, province, world, regime, behaviour)
    if alerts_change or grids_change:
        local = state.villages[villages]
        first_worker = int(local["first_grid_worker"][0])
        after = state.villages["first_grid_worker"][villages.stop : villages.stop + 1]
        stop_worker = int(after[0]) if len(after) else len(state.grid_workers)
        stop_clocks(world, today)
        levers = {name: regime[name][local["regime"]] for name in GRID_LEVERS}
        divide_grids(local, state.grid_workers[first_worker:stop_worker], levers, behaviour.short_visits, today)
        start_clocks(world, today)


def _put_into_force(state: State, province: Province, world: World, regime: NDArray, behaviour: Behaviour) -> None:
    """Opens centres, fills posts, employs staff and equips villages."""
    city = world.city
    numbers(state.regimes[city])[:] = numbers(regime)
    rows = rows_of(province, city)
    staff = np.concatenate([np.zeros(each.stop - each.start, np.int64) for each in rows.pools])
    of_centres = staff[: len(rows.of_centres) * MEDIATION_KINDS].reshape(-1, MEDIATION_KINDS)
    of_villages = staff[of_centres.size :]
    for row, record in enumerate(regime):
        centres = np.flatnonzero(state.centres["regime"][rows.of_centres] == row)
        villages = np.flatnonzero(state.villages["regime"][rows.villages] == row)
        counties = rows.counties.start + np.flatnonzero(state.centres["regime"][rows.centres[COUNTY]] == row)
        first = behaviour.centres.known_first
        heads = _equip(state, rows.of_centres[centres], rows.villages.start + villages, counties, record, first)
        of_centres[centres] = heads[: centres.size * MEDIATION_KINDS].reshape(-1, MEDIATION_KINDS)
        of_villages[villages] = heads[centres.size * MEDIATION_KINDS :]
    formal = staff.copy()
    formal[of_centres.size :] -= state.villages["informal_mediators"][rows.villages]
    state.staffing[rows.counties, :, SLOTS] = state.staffing[rows.counties, :, MINUTES] = 0
    used, minutes = 0, []
    for part, mediators in _segments(state, rows.pools):
        mine = slice(used, used + len(part))
        employ(part, mediators, staff[mine], behaviour, float(regime["staff_kept"][0]))
        give_hours(part, mediators, formal[mine], regime, behaviour)
        minutes.append(minutes_of_pools(part, mediators))
        for figure, of_pools in ((SLOTS, slots_of_pools(part, mediators)), (MINUTES, minutes[-1])):
            np.add.at(state.staffing[:, :, figure], (part["county"], part["level"]), of_pools)
        used += len(part)
    for centres_of_level, pools, of_pools in zip(rows.centres, rows.pools, minutes, strict=False):
        is_there = np.isin(state.pools["level"][pools], CENTRE_WORK)  # not at a court or a petition office
        of_each = np.where(is_there, of_pools, 0).reshape(-1, MEDIATION_KINDS).sum(axis=1)
        state.centres["minutes"][centres_of_level] = of_each
    wake(state, rows.pools, world)


def _equip(
    state: State, centres: NDArray, villages: NDArray, counties: NDArray, regime: np.void, known_first: float
) -> NDArray[np.int64]:
    """Opens centres and equips villages, departments and halls of counties that have a regime (rows of each).

    Gives the staff that the regime has for these centres' and villages' pools.
    """
    local_centres, local_villages, levers = state.centres[centres], state.villages[villages], _Levers(regime)
    offices = (counties[:, None] * len(DEPARTMENTS) + np.arange(len(DEPARTMENTS))).ravel()
    departments = state.departments[offices]
    open_centres(local_centres, departments, regime, known_first)
    equip_villages(local_villages, regime, levers)
    state.centres[centres], state.villages[villages] = local_centres, local_villages
    state.departments[offices] = departments
    state.halls["clerks"][counties] = heads_of_counties(levers.service_clerks, state.halls["population"][counties])
    return staff_of_pools(local_centres, local_villages, levers, local_centres["is_built"] == 1)


def wake(state: State, pools: Sequence[slice], world: World) -> None:
    """Lists pools that have both a queue and free slots, so that today's work phase serves them."""
    listed = world.state[0]
    for rows in pools:
        part = state.pools[rows]
        for pool in np.flatnonzero((part["queued"] > 0) & (part["free_slots"] > 0) & (part["is_listed"] == 0)):
            world.listed[listed["listed"]] = rows.start + pool
            listed["listed"] += 1
            part["is_listed"][pool] = 1


class _Levers:
    """A regime record read like ``StaffLevers``."""

    def __init__(self, record: np.void) -> None:
        self._record = record

    def __getattr__(self, name: str) -> float:
        return float(self._record[name])


def staff_of_villages(state: State, province: Province, city: int) -> NDArray[np.float64]:
    """Grid workers of a city's counties, the visits and minutes of visiting that a day has of them while they have
    nothing else to do, and villages' mediators; shape (counties, 4)."""
    rows = rows_of(province, city)
    local, regimes = state.villages[rows.villages], state.regimes[city]
    levers = {name: regimes[name][local["regime"]] for name in GRID_LEVERS}
    made, _ = fit_visits(levers, local["is_alert"], 0.0)
    hours = local["grid_workers"] * (1.0 - levers["lockdown"])
    visits = hours * (levers["visits_per_day"] * levers["hours_per_day"] / FULL_DAY * (1.0 + local["is_alert"]) * made)
    minutes = hours * (60.0 * (levers["hours_per_day"] + levers["overtime"]))
    place, counties = local["county"] - rows.counties.start, rows.counties.stop - rows.counties.start
    pools = state.pools[rows.pools[-1]]
    figures = [np.bincount(place, each, counties) for each in (local["grid_workers"], visits, minutes)]
    figures.append(np.bincount(pools["county"] - rows.counties.start, pools["mediators"], counties))
    return np.stack(figures, axis=1)
