"""Who works where under the policy in force: centres, stationed departments, mediators, grids and what they cost."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.centre import CITY, COUNTY, STAFF_MIX, TOWNSHIP
from sim.agents.dispute import MEDIATION_KINDS, MediationKind
from sim.ledger import WORK_LEVELS
from sim.policy import StaffLevers

REFERENCE_SIZE = {TOWNSHIP: 18_000, COUNTY: 290_000, CITY: 1_800_000}
"""Residents of the place a staff lever is stated for (Gansu's means); staff grows with the residents served."""

REFERENCE_VILLAGE = 1_400

GOLDEN = (5**0.5 - 1) / 2
"""Multiples of the golden ratio's inverse, less their whole part, fill the unit interval evenly."""


def _heads(mean: float, population: NDArray, reference: int) -> NDArray[np.int64]:
    """Staff of places: in proportion to residents, at least one where there is any."""
    if mean <= 0:
        return np.zeros(len(population), np.int64)
    return np.maximum(1, np.floor(mean * population / reference + 0.5)).astype(np.int64)


def _split(heads: NDArray, mix: NDArray) -> NDArray[np.int64]:
    """Heads split by shares that sum to one, largest remainders first; shape (places, kinds)."""
    exact = heads[:, None] * mix
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), axis=1, kind="stable")
    missing = heads - whole.sum(axis=1)
    rank = np.argsort(order, axis=1, kind="stable")
    return whole + (rank < missing[:, None])


def staff_of_pools(centres: NDArray, villages: NDArray, levers: Any, is_built: NDArray) -> NDArray[np.int64]:
    """Mediators of every pool, centres' pools first, then the villages'.

    ``levers``: anything with the attributes of ``StaffLevers``; ``is_built``: bool per centre.
    """
    means = {
        TOWNSHIP: levers.mediators_township,
        COUNTY: levers.mediators_county,
        CITY: levers.mediators_city,
    }
    staff = np.zeros((len(centres), MEDIATION_KINDS), np.int64)
    for level, mean in means.items():
        mine = centres["level"] == level
        heads = _heads(float(mean), centres["population"][mine], REFERENCE_SIZE[level]) * is_built[mine]
        staff[mine] = _split(heads, STAFF_MIX[level])
    counties = centres["level"] == COUNTY
    for kind, mean in (
        (MediationKind.ADMINISTRATIVE, levers.department_clerks),
        (MediationKind.PETITION, levers.petition_handlers),
        (MediationKind.PRELITIGATION, levers.prelitigation_mediators),
    ):
        staff[counties, kind] += _heads(float(mean), centres["population"][counties], REFERENCE_SIZE[COUNTY])
    of_villages = _heads(float(levers.mediators_village), villages["population"], REFERENCE_VILLAGE)
    return np.concatenate([staff.ravel(), of_villages])


def room_needed(centres: NDArray, villages: NDArray, most: StaffLevers) -> NDArray[np.int64]:
    """Mediator rows every pool needs so that any policy up to ``most``, or a mixture on the way, can be in force."""
    everywhere = np.ones(len(centres), bool)
    room = staff_of_pools(centres, villages, most, everywhere)
    # Splitting fewer heads can round one kind up that more heads round down.
    room[: len(centres) * MEDIATION_KINDS] += room[: len(centres) * MEDIATION_KINDS] > 0
    return room


def open_centres(centres: NDArray, departments: NDArray, regime: Any) -> None:
    """Builds, opens or closes the centres of a city, and stations departments, as the regime has it."""
    coverage = np.array([regime["coverage_township"], regime["coverage_county"], regime["coverage_city"]])
    centres["is_built"] = centres["build_rank"] < coverage[centres["level"]]
    centres["is_working"] = (centres["is_built"] == 1) & (centres["work_rank"] < regime["working_share"])
    departments["is_stationed"] = departments["station_rank"] < regime["colocation"]


def employ(pools: NDArray, mediators: NDArray, staff: NDArray, behaviour: Any, kept: float) -> None:
    """Gives every pool its mediators; who leaves finishes the cases in hand and takes none."""
    # Spread evenly, so that half of many small committees is half of their people and not all of them.
    turn = np.arange(len(staff)) * GOLDEN % 1.0
    wanted = np.minimum(np.floor(staff * kept + turn).astype(np.int64), pools["room"])
    pools["mediators"] = wanted
    if not len(mediators):
        return
    pool_of_row = np.repeat(np.arange(len(pools)), pools["room"])
    ordinal = np.arange(len(mediators)) - np.repeat(np.cumsum(pools["room"]) - pools["room"], pools["room"])
    slots = np.full(len(pools), int(behaviour.slots_centre))
    slots[pools["level"] == WORK_LEVELS.index("village")] = int(behaviour.slots_village)
    slots[pools["kind"] == MediationKind.PETITION] = int(behaviour.slots_petition)
    mediators["slots"] = np.where(ordinal < wanted[pool_of_row], slots[pool_of_row], 0)
    caseload = np.bincount(pool_of_row, mediators["caseload"], len(pools)).astype(np.int64)
    pools["free_slots"] = wanted * slots - caseload


def slots_of_pools(pools: NDArray, mediators: NDArray) -> NDArray[np.int64]:
    """Slots of every pool's mediators, shape (pools,)."""
    pool_of_row = np.repeat(np.arange(len(pools)), pools["room"])
    return np.bincount(pool_of_row, mediators["slots"], len(pools)).astype(np.int64)


def divide_grids(villages: NDArray, grid_workers: NDArray, regime: Any, today: int) -> None:
    """Divides a city's villages into grids; every worker's clock starts at zero, less the days still owed."""
    room = np.append(villages["first_grid_worker"][1:], villages["first_grid_worker"][0] + len(grid_workers))
    room = room - villages["first_grid_worker"]
    grids = np.floor(villages["households"] / float(regime["households_per_grid"]) + 0.5).astype(np.int64)
    grids = np.minimum(np.maximum(1, grids), room)
    villages["grid_workers"] = grids
    ordinal = np.arange(len(grid_workers)) - np.repeat(np.cumsum(room) - room, room)
    in_use = ordinal < np.repeat(grids, room)
    households = np.repeat(villages["households"] / grids, room)
    grid_workers["households"] = np.where(in_use, np.maximum(1, households), 0)
    rate = float(regime["visits_per_day"]) / np.maximum(1.0, households)
    owed = np.maximum(0.0, grid_workers["lost"] - (today - grid_workers["since"]))
    grid_workers["rate"] = np.where(in_use, rate, 0.0)
    grid_workers["lost"] = np.where(in_use, owed, 0.0)
    grid_workers["since"] = today
