"""Who works where under the policy in force: centres, stationed departments, mediators, grids and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.centre import CITY, COUNTY, STAFF_MIX, TOWNSHIP
from sim.agents.dispute_kind import MEDIATION_KINDS, MediationKind
from sim.agents.grid_worker import FULL_DAY, fit_visits
from sim.agents.service_hall import MINUTES_A_DAY
from sim.compilation import compiled_once
from sim.ledger import WORK_LEVELS
from sim.policy import StaffLevers

REFERENCE_SIZE = {TOWNSHIP: 18_000, COUNTY: 290_000, CITY: 1_800_000}
"""Residents of the place a staff lever is stated for (Gansu's means); staff grows with the residents served."""

REFERENCE_VILLAGE = 1_400

_VILLAGE = WORK_LEVELS.index("village")

FEATURE_LEVERS = ("womens_teams", "moral_bank", "praise_meetings", "first_contact", "early_warning")
"""Levers of ``village.FEATURES``."""

GOLDEN = (5**0.5 - 1) / 2
"""Multiples of the golden ratio's inverse, less their whole part, fill the unit interval evenly."""


def _heads(mean: float | NDArray, population: NDArray, reference: int) -> NDArray[np.int64]:
    """Staff of places: in proportion to residents, at least one where there is any."""
    heads = np.maximum(1, np.floor(mean * population / reference + 0.5)).astype(np.int64)
    return np.where(np.asarray(mean) > 0, heads, 0)


MIXED = {
    MediationKind.PEOPLE: "mix_people",
    MediationKind.ADMINISTRATIVE: "mix_administrative",
    MediationKind.JUDICIAL: "mix_judicial",
    MediationKind.PROFESSIONAL: "mix_professional",
}
"""Levers of the mix; pre-litigation and petition mediators have numbers of their own."""


def mix_of(level: int, levers: Any) -> NDArray[np.float64]:
    """Shares of the six kinds among a centre's mediators under the mix in force, shape (kinds,)."""
    weights = np.ones(MEDIATION_KINDS)
    for kind, name in MIXED.items():
        weights[kind] = getattr(levers, name)
    mix = STAFF_MIX[level] * weights
    return mix / mix.sum() if mix.sum() > 0 else STAFF_MIX[level]


def _split(heads: NDArray, mix: NDArray) -> NDArray[np.int64]:
    """Heads split by shares that sum to one, all alike or a row a place, largest remainders first; (places, kinds)."""
    exact = heads[:, None] * mix
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - whole), axis=1, kind="stable")
    missing = heads - whole.sum(axis=1)
    rank = np.argsort(order, axis=1, kind="stable")
    return whole + (rank < missing[:, None])


def heads_of_counties(mean: float | NDArray, population: NDArray) -> NDArray[np.int64]:
    """Staff of counties, in proportion to residents and at least one where there is any."""
    return _heads(mean, population, REFERENCE_SIZE[COUNTY])


def _mean_of(level: int, levers: Any) -> float:
    """Mediators of a centre of reference size."""
    return (levers.mediators_township, levers.mediators_county, levers.mediators_city)[level]


def staff_of_pools(centres: NDArray, villages: NDArray, levers: Any, is_built: NDArray) -> NDArray[np.int64]:
    """Mediators of every pool, centres' pools first, then the villages'.

    ``levers``: anything with the attributes of ``StaffLevers``; ``is_built``: bool per centre.
    """
    levels, population = centres["level"], centres["population"]
    heads = np.zeros(len(centres), np.int64)
    for level in (TOWNSHIP, COUNTY, CITY):
        mine = levels == level
        heads[mine] = _heads(float(_mean_of(level, levers)), population[mine], REFERENCE_SIZE[level])
    staff = _split(heads * is_built, np.array([mix_of(level, levers) for level in (TOWNSHIP, COUNTY, CITY)])[levels])
    counties = np.flatnonzero(levels == COUNTY)
    for kind, mean in (
        (MediationKind.ADMINISTRATIVE, levers.department_clerks),
        (MediationKind.PETITION, levers.petition_handlers),
        (MediationKind.PRELITIGATION, levers.prelitigation_mediators),
        (MediationKind.PROFESSIONAL, levers.enterprise_mediators),
    ):
        staff[counties, kind] += _heads(float(mean), population[counties], REFERENCE_SIZE[COUNTY])
    of_villages = _heads(float(levers.mediators_village), villages["population"], REFERENCE_VILLAGE)
    return np.concatenate([staff.ravel(), of_villages + informal_of(villages, levers)])


def informal_of(villages: NDArray, levers: Any) -> NDArray[np.int64]:
    """Informal mediators of every village: councils and peacemakers."""
    return _heads(float(levers.informal_mediators), villages["population"], REFERENCE_VILLAGE)


def room_needed(centres: NDArray, villages: NDArray, staffs: Sequence[StaffLevers]) -> NDArray[np.int64]:
    """Mediator rows every pool needs so that any of these levers, or a mixture of two of them, can be in force.

    A share of a mix is a ratio of linear functions on the way from one policy to another, hence never above the larger
    of the two ends; so is the number of heads. The product of both maxima, rounded up, is room enough.
    """
    most = SimpleNamespace(**{name: max(getattr(staff, name) for staff in staffs) for name in vars(staffs[0])})
    for name in MIXED.values():
        setattr(most, name, 1.0)
    everywhere = np.ones(len(centres), bool)
    room = staff_of_pools(centres, villages, most, everywhere)
    of_centres = room[: len(centres) * MEDIATION_KINDS].reshape(len(centres), MEDIATION_KINDS)
    for level in (TOWNSHIP, COUNTY, CITY):
        mine = centres["level"] == level
        usual = mix_of(level, most)
        largest = np.max([mix_of(level, staff) for staff in staffs], axis=0)
        heads = _heads(float(_mean_of(level, most)), centres["population"][mine], REFERENCE_SIZE[level])
        extra = np.ceil(heads[:, None] * largest).astype(np.int64) - _split(heads, usual)
        of_centres[mine] += np.maximum(0, extra)
    # Splitting fewer heads can round one kind up that more heads round down.
    of_centres += of_centres > 0
    of_centres[np.isinf(centres["build_rank"])] = 0  # no government stands there
    return room


def open_centres(centres: NDArray, departments: NDArray, regime: Any, known_first: float) -> None:
    """Builds, opens or closes the centres of a city, and stations departments, as the regime has it.

    Of the residents of a centre that opens, the share ``known_first`` knows it.
    """
    coverage = np.array([regime["coverage_township"], regime["coverage_county"], regime["coverage_city"]])
    centres["is_built"] = centres["build_rank"] < coverage[centres["level"]]
    was_working = centres["is_working"] == 1
    centres["is_working"] = (centres["is_built"] == 1) & (centres["work_rank"] < regime["working_share"])
    centres["known"][(centres["is_working"] == 1) & ~was_working] = known_first
    for post, lever in (("commissar", "commissars"), ("judge", "judge_contact_points")):
        centres[f"has_{post}"] = (centres["level"] == TOWNSHIP) & (centres[f"{post}_rank"] < regime[lever])
    departments["is_stationed"] = departments["station_rank"] < regime["colocation"]


def employ(pools: NDArray, mediators: NDArray, staff: NDArray, behaviour: Any, kept: float) -> None:
    """Gives every pool its mediators; who leaves finishes the cases in hand and takes none."""
    # Spread evenly, so that half of many small committees is half of their people and not all of them.
    turn = np.arange(len(staff)) * GOLDEN % 1.0
    wanted = np.minimum(np.floor(staff * kept + turn).astype(np.int64), pools["room"])
    pools["mediators"] = wanted
    if not len(mediators):
        return
    slots = np.full(len(pools), int(behaviour.slots_centre))
    slots[pools["level"] == _VILLAGE] = int(behaviour.slots_village)
    slots[pools["kind"] == MediationKind.PETITION] = int(behaviour.slots_petition)
    _give_slots(pools, mediators, wanted, slots)


@compiled_once
def _give_slots(pools: NDArray, mediators: NDArray, wanted: NDArray, slots: NDArray) -> None:
    """Gives the first ``wanted`` mediators of every pool its slots, and the others none."""
    m = 0
    for p in range(len(pools)):
        pool = pools[p]
        free = wanted[p] * slots[p]
        for ordinal in range(pool.room):
            is_employed = ordinal < wanted[p]
            mediators[m].slots = slots[p] if is_employed else 0
            if is_employed:
                free -= mediators[m].caseload
            m += 1
        pool.free_slots = free


OFFICIALS = (MediationKind.ADMINISTRATIVE, MediationKind.JUDICIAL, MediationKind.PETITION)
"""Kinds whose mediators are officials: all of them work full time."""


def part_time_minutes(behaviour: Any) -> int:
    """Minutes a day of who works part time."""
    return int(np.floor(60.0 * behaviour.caseloads.part_time_hours + 0.5))


def give_hours(pools: NDArray, mediators: NDArray, formal: NDArray, regime: NDArray, behaviour: Any) -> None:
    """Gives the mediators of a city's pools their minutes a day.

    The lever's share of a pool's posts is full time, by the posts' ranks; informal mediators, who come after the
    ``formal`` posts of a pool, never are. Part-time mediators of villages give more of theirs for pay by the case.
    """
    share = regime["full_time_share_centre"][pools["regime"]]
    of_villages = pools["level"] == _VILLAGE
    share[of_villages] = regime["full_time_share_village"][pools["regime"][of_villages]]
    share[np.isin(pools["kind"], OFFICIALS)] = 1.0
    pool = np.repeat(np.arange(len(pools)), pools["room"])
    ordinal = np.arange(len(mediators)) - (np.cumsum(pools["room"]) - pools["room"])[pool]
    is_full_time = (mediators["post_rank"] <= share[pool]) & (ordinal < formal[pool])
    part_time = np.full(len(pools), part_time_minutes(behaviour))
    added = 1.0 + behaviour.caseloads.pay_work * regime["case_pay"][pools["regime"][of_villages]] / 100.0
    part_time[of_villages] = np.floor(60.0 * behaviour.caseloads.part_time_hours * added + 0.5)
    minutes = np.where(is_full_time, int(MINUTES_A_DAY), np.minimum(part_time, int(MINUTES_A_DAY))[pool])
    is_employed = mediators["slots"] > 0
    mediators["minutes"] = np.where(is_employed, minutes, 0)
    pools["full_time"] = np.bincount(pool, is_full_time & is_employed, len(pools))


def minutes_of_pools(pools: NDArray, mediators: NDArray) -> NDArray[np.int64]:
    """Minutes a day of every pool's mediators, shape (pools,)."""
    pool_of_row = np.repeat(np.arange(len(pools)), pools["room"])
    return np.bincount(pool_of_row, mediators["minutes"], len(pools)).astype(np.int64)


def equip_villages(villages: NDArray, regime: Any, levers: Any) -> None:
    """Gives a city's villages their informal mediators and what else a share of villages has."""
    villages["informal_mediators"] = informal_of(villages, levers)
    shares = np.array([regime[name] for name in FEATURE_LEVERS])
    villages["has"] = villages["feature_rank"] < shares


def slots_of_pools(pools: NDArray, mediators: NDArray) -> NDArray[np.int64]:
    """Slots of every pool's mediators, shape (pools,); who has left has as many as there are cases in hand."""
    pool_of_row = np.repeat(np.arange(len(pools)), pools["room"])
    slots = np.maximum(mediators["slots"], mediators["caseload"])
    return np.bincount(pool_of_row, slots, len(pools)).astype(np.int64)


def divide_grids(villages: NDArray, grid_workers: NDArray, regime: Any, short_visits: float, today: int) -> None:
    """Divides a city's villages into grids; every worker's clock starts at zero, less the days still owed.

    ``regime``: the levers of grids by name, a number or one a village. A visit that discloses less counts as part of
    one.
    """
    room = np.append(villages["first_grid_worker"][1:], villages["first_grid_worker"][0] + len(grid_workers))
    room = room - villages["first_grid_worker"]
    grids = np.floor(villages["households"] / regime["households_per_grid"] + 0.5).astype(np.int64)
    grids = np.minimum(np.maximum(1, grids), room)
    villages["grid_workers"] = grids
    ordinal = np.arange(len(grid_workers)) - np.repeat(np.cumsum(room) - room, room)
    in_use = ordinal < np.repeat(grids, room)
    households = np.repeat(villages["households"] / grids, room)
    grid_workers["households"] = np.where(in_use, np.maximum(1, households), 0)
    full_days = regime["hours_per_day"] / FULL_DAY * (1.0 - regime["lockdown"])
    made, disclosed = fit_visits(regime, villages["is_alert"], short_visits)
    visits = np.repeat(regime["visits_per_day"] * full_days * (1.0 + villages["is_alert"]) * made * disclosed, room)
    rate = visits / np.maximum(1.0, households)
    owed = np.maximum(0.0, grid_workers["lost"] - (today - grid_workers["since"]))
    grid_workers["rate"] = np.where(in_use, rate, 0.0)
    grid_workers["lost"] = np.where(in_use, owed, 0.0)
    grid_workers["since"] = today
