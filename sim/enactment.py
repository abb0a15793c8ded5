"""How a policy comes into force in a city on the first of a month: centres, staff, grids, effort, costs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.agents.centre import pool_of_centre, pool_of_village
from sim.agents.dispute import DEPARTMENTS
from sim.agents.village import WATCHED
from sim.behaviour import Behaviour
from sim.early_warning import watch
from sim.ledger import WORK_LEVELS
from sim.phases.notice_clock import start_clocks, stop_clocks
from sim.province import Province
from sim.staff import (
    divide_grids,
    employ,
    equip_villages,
    heads_of_counties,
    open_centres,
    slots_of_pools,
    staff_of_pools,
)
from sim.state import State
from sim.world import SLOTS, World

GRID_LEVERS = ("households_per_grid", "visits_per_day", "hours_per_day", "lockdown")


def _rows(state: State, province: Province, city: int) -> tuple[list[slice], slice, list[slice]]:
    """Rows of a city: its centres by level, its villages, and its pools (of centres by level, then of villages)."""
    place = province.cities[city]
    townships, counties = len(province.townships), len(province.counties)

    def span(first: str, number: str, offset: int = 0) -> slice:
        return slice(int(place[first]) + offset, int(place[first] + place[number]) + offset)

    centres = [
        span("first_township", "townships"),
        span("first_county", "counties", townships),
        slice(townships + counties + city, townships + counties + city + 1),
    ]
    villages = span("first_village", "villages")
    pool = pool_of_centre.py_func
    pools = [slice(pool(rows.start, 0), pool(rows.stop, 0)) for rows in centres]
    of_village = pool_of_village.py_func
    number = len(state.centres)
    pools.append(slice(of_village(number, villages.start), of_village(number, villages.stop)))
    return centres, villages, pools


def _segments(state: State, pools: list[slice]) -> Iterator[tuple[NDArray, NDArray]]:
    """Views of pools and of the mediators who belong to them."""
    for rows in pools:
        part = state.pools[rows]
        first = int(part["first_mediator"][0])
        yield part, state.mediators[first : first + int(part["room"].sum())]


def enact(
    state: State, province: Province, world: World, regime: NDArray, behaviour: Behaviour, today: int, month: int
) -> None:
    """Puts a regime into force in the world's city on the first day of a month of the run.

    An unchanged regime, such as the city's own (``state.regimes``), changes nothing but the alerts of villages.
    """
    city = world.city
    is_changed = today == 0 or not (regime is state.regimes[city] or np.array_equal(state.regimes[city], regime))
    grids_change = today == 0 or any(state.regimes[city][name][0] != regime[name][0] for name in GRID_LEVERS)
    place = province.cities[city]
    villages = slice(int(place["first_village"]), int(place["first_village"] + place["villages"]))
    alerts_change = False
    if month > state.states[city]["month"][0]:
        state.states[city]["month"] = month
        alerts_change = watch(state.villages[villages], behaviour, month)
    if is_changed:
        _put_into_force(state, province, world, regime, behaviour)
    elif not alerts_change:
        return
    if alerts_change or grids_change:
        local = state.villages[villages]
        first_worker = int(local["first_grid_worker"][0])
        after = state.villages["first_grid_worker"][villages.stop : villages.stop + 1]
        stop_worker = int(after[0]) if len(after) else len(state.grid_workers)
        stop_clocks(world, today)
        divide_grids(local, state.grid_workers[first_worker:stop_worker], regime[0], today)
        start_clocks(world, today)


def _put_into_force(state: State, province: Province, world: World, regime: NDArray, behaviour: Behaviour) -> None:
    """Opens centres, fills posts, employs staff and equips villages."""
    city = world.city
    state.regimes[city][:] = regime
    record = regime[0]
    centres, villages, pools = _rows(state, province, city)
    place = province.cities[city]
    first, stop = int(place["first_county"]), int(place["first_county"] + place["counties"])
    departments = state.departments[first * len(DEPARTMENTS) : stop * len(DEPARTMENTS)]
    for rows in centres:
        open_centres(state.centres[rows], departments, record)
    mine = np.concatenate([state.centres[rows] for rows in centres])
    levers = _Levers(record)
    equip_villages(state.villages[villages], record, levers)
    staff = staff_of_pools(mine, state.villages[villages], levers, mine["is_built"] == 1)
    state.staffing[first:stop, :, SLOTS] = 0
    used = 0
    for part, mediators in _segments(state, pools):
        employ(part, mediators, staff[used : used + len(part)], behaviour, float(record["staff_kept"]))
        np.add.at(state.staffing[:, :, SLOTS], (part["county"], part["level"]), slots_of_pools(part, mediators))
        used += len(part)
    halls = state.halls[first:stop]
    halls["clerks"] = heads_of_counties(float(record["service_clerks"]), halls["population"])
    wake(state, pools, world)


def wake(state: State, pools: list[slice], world: World) -> None:
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


def monthly_cost(state: State, province: Province, city: int, behaviour: Behaviour) -> NDArray[np.float64]:
    """Yuan this month by county of a city, shape (counties of the city,); a city's staff is booked on its first."""
    place = province.cities[city]
    first, counties = int(place["first_county"]), int(place["counties"])
    centres, villages, pools = _rows(state, province, city)
    yearly = np.zeros(counties)
    regime = state.regimes[city][0]
    training = float(regime["training"]) * behaviour.cost_training
    for part, _ in _segments(state, pools):
        is_village = part["level"] == WORK_LEVELS.index("village")
        wage = training + np.where(is_village, behaviour.cost_village_mediator, behaviour.cost_mediator)
        yearly += np.bincount(part["county"] - first, part["mediators"] * wage, counties)
    local = state.villages[villages]
    yearly += np.bincount(local["county"] - first, local["grid_workers"] * float(behaviour.cost_grid_worker), counties)
    less = (behaviour.cost_informal_mediator - behaviour.cost_village_mediator) * float(regime["staff_kept"])
    yearly += np.bincount(local["county"] - first, local["informal_mediators"] * float(less), counties)
    programmes = local["has"].sum(axis=1) - local["has"][:, WATCHED]  # watching is the platform's cost
    yearly += np.bincount(local["county"] - first, programmes * float(behaviour.cost_programme), counties)
    halls = state.halls[first : first + counties]
    yearly += halls["clerks"] * behaviour.cost_service_clerk
    further = float(regime["subsystems"]) - 1.0  # the first is what there always was
    yearly += halls["population"] / 1e6 * further * behaviour.cost_subsystem
    for rows in centres:
        part = state.centres[rows]
        each = part["is_working"] * float(behaviour.cost_centre)
        each = each + (part["has_commissar"] + 1.0 * part["has_judge"]) * behaviour.cost_post
        yearly += np.bincount(part["county"] - first, each, counties)
    return yearly / 12
