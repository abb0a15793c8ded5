"""How a province and a seed become the first day's state: every record array of the model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim import chance
from sim.agenda import NOWHERE, PAGE_NUMBERS, VILLAGE_BITS, empty_agenda, pages_needed
from sim.agents.centre import CITY, COUNTY, TOWNSHIP, WAIT_UNIT, Centre, Pool
from sim.agents.court import Court
from sim.agents.department import Department
from sim.agents.dispute import FORUM_COUNT, NEVER, Dispute, Forum, key_of
from sim.agents.dispute_kind import DEPARTMENTS, MEDIATION_KINDS, MediationKind, kinds_of
from sim.agents.government import Government
from sim.agents.grid_worker import GridWorker
from sim.agents.mediator import Mediator
from sim.agents.petition_office import PetitionOffice
from sim.agents.resident import Resident
from sim.agents.service_hall import ServiceHall
from sim.agents.village import FEATURES, FIRST_REPUTATION, LESSON, NEAR_FORUMS, Village
from sim.behaviour import Behaviour
from sim.causes import CAUSE
from sim.chance import Purpose
from sim.compilation import compiled_once
from sim.county_profile import county_profiles
from sim.errors import InputError
from sim.ledger import (
    DISPUTE_KINDS,
    DURATION_CLOCKS,
    DURATION_EDGES,
    DURATION_OUTCOMES,
    EVENTS,
    GOVERNMENT_FIGURES,
    GROUP_FIGURES,
    GROUPS,
    MONTHLY_FIGURES,
    SURVEY_FIGURES,
    TRUST_LEVELS,
    WORK_FIGURES,
    WORK_LEVELS,
)
from sim.memory import aligned_zeros
from sim.past import rows_of_past
from sim.phases.arise import highest_rate
from sim.policy import StaffLevers
from sim.province import Province, Setting
from sim.staff import GOLDEN, room_needed
from sim.state import State
from sim.world import CITY_STATE

FIRST_WAIT = 10.0
"""Published wait of every pool on the first day, days (assumed; the warm-up replaces it)."""

FIRST_MET = 0.5
"""Share of service requests met before the first day (assumed; the warm-up replaces it)."""

FIRST_POST = 100
"""Number of a township's first post among the draws of ``FEATURE``; villages' features come before."""

ROWS_PER_RESIDENT = 0.06
"""Rows for disputes at first, per resident: about three times what is open at once; untouched rows cost nothing."""

SPARE_ROWS = 4096


@compiled_once
def _first_candidates(villages: NDArray, rate: float, profiles: NDArray, seed: int) -> None:
    for v in range(len(villages)):
        village = villages[v]
        u = chance.uniform(seed, Purpose.GAP, key_of(village.code, 0), 0)
        highest = rate * profiles[village.county].rate[village.urban]
        village.next_candidate = chance.exponential(u) / (highest * village.population)
        village.candidates = 1


@compiled_once
def _drawn(keys: NDArray, seed: int, purpose: int, nth: int) -> NDArray[np.float64]:
    draws = np.empty(len(keys))
    for n in range(len(keys)):
        draws[n] = chance.uniform(seed, purpose, keys[n], nth)
    return draws


def _draws(keys: NDArray, seed: int, purpose: Purpose, nth: int) -> NDArray[np.float64]:
    """A uniform number of every key; to tell the type of an enum's member takes Numba longer than drawing."""
    return _drawn(keys, seed, int(purpose), nth)


def _ranks(keys: NDArray, seed: int, purpose: Purpose, nth: int) -> NDArray[np.float64]:
    """(rank + ½) / n of every place by a keyed draw."""
    ranks = np.empty(len(keys))
    ranks[np.argsort(_draws(keys, seed, purpose, nth))] = (np.arange(len(keys)) + 0.5) / len(keys)
    return ranks


def _ranks_within(keys: NDArray, groups: NDArray, seed: int, nth: int) -> NDArray[np.float64]:
    """(rank + ½) / n of every place among the places of its group (a city), by a keyed draw."""
    draws = _draws(keys, seed, Purpose.FEATURE, nth)
    order = np.lexsort((draws, groups))
    sizes = np.bincount(groups)
    first = np.cumsum(sizes) - sizes
    ranks = np.empty(len(keys))
    ranks[order] = (np.arange(len(keys)) - first[groups[order]] + 0.5) / sizes[groups[order]]
    return ranks


@compiled_once
def _posts(mediators: NDArray, first: NDArray, keys: NDArray, mean: float, spread: float, seed: int) -> None:
    """Skill of every mediator as a beginner, keyed by pool and ordinal; and which posts are full time first."""
    for pool in range(len(first) - 1):
        turn = chance.uniform(seed, Purpose.FULL_TIME, keys[pool], 0)
        for m in range(first[pool], first[pool + 1]):
            a, b, _, _ = chance.quad(seed, Purpose.SKILL, keys[pool], m - first[pool])
            mediators[m].talent = min(1.0, max(0.0, mean + spread * chance.normal(a, b)))
            mediators[m].post_rank = (turn + (m - first[pool]) * GOLDEN) % 1.0


def _villages(province: Province, seed: int) -> NDArray:
    source = province.villages
    villages = aligned_zeros(len(source), Village.record)
    for name in (
        "code",
        "first_resident",
        "township",
        "county",
        "city",
        "population",
        "households",
        "region_type",
    ):
        villages[name] = source[name]
    villages["urban"] = source["setting"] == Setting.COMMUNITY
    villages["reputation"] = FIRST_REPUTATION[:NEAR_FORUMS]
    hours = {
        Forum.TOWNSHIP: "hours_township",
        Forum.COUNTY: "hours_county",
        Forum.COURT: "hours_county",
        Forum.PETITION_COUNTY: "hours_county",
        Forum.PETITION_CITY: "hours_city",
        Forum.PETITION_PROVINCE: "hours_province",
        Forum.PETITION_NATION: "hours_nation",
    }
    for forum, name in hours.items():
        villages["log_hours"][:, forum] = np.log1p(source[name])
    for feature in range(len(FEATURES)):
        villages["feature_rank"][:, feature] = _ranks_within(source["code"], source["city"], seed, feature)
    return villages


def _has_city(province: Province) -> NDArray[np.bool_]:
    """Whether a city's government stands above each county."""
    return province.cities["city_tier"][province.counties["city"]]


def _centres(province: Province, seed: int) -> NDArray:
    levels = ((TOWNSHIP, province.townships), (COUNTY, province.counties), (CITY, province.cities))
    townships, counties = len(province.townships), len(province.counties)
    parts = []
    for level, places in levels:
        centres = np.zeros(len(places), Centre.record)
        centres["code"], centres["level"], centres["population"] = places["code"], level, places["population"]
        if level == TOWNSHIP:
            centres["county"], centres["city"] = places["county"], places["city"]
            centres["above"] = townships + places["county"]
        elif level == COUNTY:
            centres["county"], centres["city"] = np.arange(counties), places["city"]
            centres["above"] = np.where(_has_city(province), townships + counties + places["city"], -1)
        else:
            centres["county"], centres["city"], centres["above"] = (
                places["first_county"],
                np.arange(len(places)),
                -1,
            )
        stands = places["city_tier"] if level == CITY else np.ones(len(places), np.bool_)
        for name, purpose in (("build_rank", Purpose.COVERAGE), ("work_rank", Purpose.WORKING)):
            centres[name] = np.inf  # above any coverage: where no government stands no centre is ever built
            centres[name][stands] = _ranks(places["code"][stands], seed, purpose, level)
        if level == TOWNSHIP:
            for nth, name in enumerate(("commissar_rank", "judge_rank"), FIRST_POST):
                centres[name] = _ranks_within(places["code"], places["city"], seed, nth)
        parts.append(centres)
    return np.concatenate(parts)


def _pools(centres: NDArray, villages: NDArray) -> NDArray:
    pools = np.zeros(len(centres) * MEDIATION_KINDS + len(villages), Pool.record)
    of_centres = pools[: len(centres) * MEDIATION_KINDS]
    work_level = {TOWNSHIP: "township", COUNTY: "county", CITY: "city"}
    levels = np.array([WORK_LEVELS.index(work_level[level]) for level in range(3)])
    of_centres["level"] = np.repeat(levels[centres["level"]], MEDIATION_KINDS)
    of_centres["kind"] = np.tile(np.arange(MEDIATION_KINDS), len(centres))
    of_centres["county"] = np.repeat(centres["county"], MEDIATION_KINDS)
    at_county = of_centres["level"] == WORK_LEVELS.index("county")
    for kind, name in ((MediationKind.PRELITIGATION, "prelitigation"), (MediationKind.PETITION, "petition")):
        of_centres["level"][at_county & (of_centres["kind"] == kind)] = WORK_LEVELS.index(name)
    of_villages = pools[len(of_centres) :]
    of_villages["level"] = WORK_LEVELS.index("village")
    of_villages["kind"] = MediationKind.PEOPLE
    of_villages["county"] = villages["county"]
    pools["head"] = pools["tail"] = -1
    pools["first_deadline"] = NEVER
    pools["wait"] = FIRST_WAIT
    pools["log_wait"] = np.log1p(FIRST_WAIT / WAIT_UNIT)
    return pools


def _departments(province: Province, seed: int) -> NDArray:
    departments = np.zeros(len(province.counties) * len(DEPARTMENTS), Department.record)
    departments["county"] = np.repeat(np.arange(len(province.counties)), len(DEPARTMENTS))
    departments["subject"] = np.tile(np.arange(len(DEPARTMENTS)), len(province.counties))
    for row, code in enumerate(province.counties["code"]):
        keys = code * 100 + np.arange(len(DEPARTMENTS))
        mine = slice(row * len(DEPARTMENTS), (row + 1) * len(DEPARTMENTS))
        departments["station_rank"][mine] = _ranks(keys, seed, Purpose.STATIONED, 0)
    return departments


def _courts(province: Province, behaviour: Behaviour) -> NDArray:
    courts = np.zeros(len(province.counties), Court.record)
    courts["code"], courts["county"] = province.counties["code"], np.arange(len(courts))
    daily = province.counties["population"] / 1000.0 / 365.0
    courts["capacity"], courts["background"] = (
        daily * behaviour.court_capacity,
        daily * behaviour.court_background,
    )
    return courts


def _offices(province: Province) -> NDArray:
    counties, cities = len(province.counties), len(province.cities)
    offices = np.zeros(counties + 3 * cities, PetitionOffice.record)
    offices["level"] = np.repeat([0, 1, 2, 3], [counties, cities, cities, cities])
    offices["city"] = np.concatenate([province.counties["city"], np.tile(np.arange(cities), 3)])
    offices["county"] = np.concatenate([np.arange(counties), np.full(3 * cities, -1)])
    return offices


def _governments(province: Province) -> NDArray:
    counties, cities = len(province.counties), len(province.cities)
    governments = np.zeros(counties + cities + 1, Government.record)
    governments["level"] = np.repeat([0, 1, 2], [counties, cities, 1])
    above_counties = np.where(_has_city(province), counties + province.counties["city"], counties + cities)
    governments["above"] = np.concatenate([above_counties, np.full(cities, counties + cities), [-1]])
    governments["reputation"] = FIRST_REPUTATION
    return governments


def _halls(province: Province) -> NDArray:
    halls = np.zeros(len(province.counties), ServiceHall.record)
    halls["code"], halls["county"] = province.counties["code"], np.arange(len(halls))
    halls["population"], halls["met"] = province.counties["population"], FIRST_MET
    halls["first_village"], halls["villages"] = province.counties["first_village"], province.counties["villages"]
    return halls


def _first_state() -> NDArray:
    state = np.zeros(1, CITY_STATE)
    state["free_page"] = state["free_cause"] = NOWHERE
    return state


def found(
    province: Province,
    behaviour: Behaviour,
    seed: int,
    staffs: Sequence[StaffLevers],
    grid: float,
    months: int,
) -> State:
    """The state at the start of the first day.

    Args:
        staffs: the staff levers between any two of which a regime may lie; rows are reserved for all.
        grid: the smallest number of households in a grid that may come into force.
        months: months of the calendar.
    """
    if int(province.cities["villages"].max()) >= 1 << VILLAGE_BITS:
        raise InputError(f"a city of province {province.name} has more than {(1 << VILLAGE_BITS) - 1:,} villages")
    profiles = county_profiles(province, behaviour, seed)
    villages, centres = _villages(province, seed), _centres(province, seed)
    rate = highest_rate.py_func(behaviour)
    _first_candidates(villages, rate, profiles, seed)
    pools = _pools(centres, villages)
    pools["room"] = room_needed(centres, villages, staffs)
    first = np.concatenate([[0], np.cumsum(pools["room"])])
    pools["first_mediator"] = first[:-1]
    mediators = np.zeros(int(first[-1]), Mediator.record)
    mediators["pool"] = np.repeat(np.arange(len(pools)), pools["room"])
    mediators["kind"] = np.repeat(pools["kind"], pools["room"])
    place = np.concatenate([np.repeat(centres["code"], MEDIATION_KINDS), villages["code"]])
    _posts(mediators, first, place * 10 + pools["kind"], behaviour.skill_mean, behaviour.skill_spread, seed)
    grids = np.maximum(1, np.ceil(villages["households"] / grid).astype(np.int32))
    villages["first_grid_worker"] = np.concatenate([[0], np.cumsum(grids)[:-1]])
    grid_workers = np.zeros(int(grids.sum()), GridWorker.record)
    grid_workers["village"] = np.repeat(np.arange(len(villages)), grids)
    counties, cities, years = len(province.counties), len(province.cities), months // 12
    rows = [
        int(city["population"] * ROWS_PER_RESIDENT)
        + SPARE_ROWS
        + rows_of_past(behaviour.past, int(city["population"]), int(city["villages"]))
        for city in province.cities
    ]
    return State(
        residents=aligned_zeros(province.population, Resident.record),
        villages=villages,
        grid_workers=grid_workers,
        centres=centres,
        pools=pools,
        mediators=mediators,
        departments=_departments(province, seed),
        courts=_courts(province, behaviour),
        offices=_offices(province),
        governments=_governments(province),
        halls=_halls(province),
        kinds=kinds_of(behaviour.kinds, behaviour.causes),
        profiles=profiles,
        learned=np.zeros((counties, len(TRUST_LEVELS)), np.int64),
        counts=np.zeros((counties, months, len(DISPUTE_KINDS), len(EVENTS)), np.int32),
        durations=np.zeros(
            (counties, months, len(DURATION_CLOCKS), len(DURATION_OUTCOMES), len(DURATION_EDGES)), np.int32
        ),
        work=np.zeros((counties, months, len(WORK_LEVELS), len(WORK_FIGURES)), np.int64),
        groups=np.zeros((counties, months, len(GROUPS), len(GROUP_FIGURES)), np.int64),
        monthly=np.zeros((counties, months, len(MONTHLY_FIGURES))),
        trust=np.zeros((counties, years, len(TRUST_LEVELS))),
        survey=np.zeros((counties, years, len(SURVEY_FIGURES))),
        government_years=np.zeros((cities, years, len(GOVERNMENT_FIGURES))),
        cost=np.zeros((counties, months)),
        staffing=np.zeros((counties, len(WORK_LEVELS), 4), np.int64),
        near_news=np.zeros((len(villages), LESSON + 1, 2), np.int32),
        far_news=np.zeros((counties, FORUM_COUNT, 2), np.int32),
        disputes=aligned_zeros(sum(rows), Dispute.record),
        free_rows=aligned_zeros(sum(rows), np.int32),
        causes=aligned_zeros(sum(rows), CAUSE),
        first_dispute=np.concatenate([[0], np.cumsum(rows)]),
        regimes=[],
        agendas=[empty_agenda() for _ in rows],
        pages=[aligned_zeros((pages_needed(number), PAGE_NUMBERS), np.int32) for number in rows],
        states=[_first_state() for _ in rows],
    )
