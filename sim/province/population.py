"""How residents and households are distributed over villages, so that every total that is given is met exactly.

A total (of a city, county, township or village) and a share of urban residents are facts of the tables. Below them
everything is synthetic: assumed weights by setting and kind of township, and a spread keyed by the village's code.
Residents of communities are urban, all others rural. Without an urban share the weights alone decide: they were set
so that 52 % of a province like Gansu live in communities (census 2020).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.province.kinds import Setting
from sim.province.spread import Purpose, lognormal
from sim.province.tables import UNKNOWN, Level, Tables

HOUSEHOLD_SIZE = 2.85
"""Persons per household where no table says. Assumed: Gansu 2020 about 2.8 to 2.9."""

SMALLEST_VILLAGE = 50
"""Residents every village has at least, where the total allows it. Assumed."""

SPREAD = {Setting.VILLAGE: 0.45, Setting.COMMUNITY: 0.50, Setting.OTHER: 0.60}
"""Standard deviation of the logarithm of village sizes around their weight. Assumed."""


class ByTownship(NamedTuple):
    """A number for each kind of township, in the order of ``TownshipKind``."""

    town: float
    subdistrict: float
    other: float


_WEIGHT = {
    Setting.VILLAGE: ByTownship(town=1.00, subdistrict=1.40, other=0.60),
    Setting.COMMUNITY: ByTownship(town=7.15, subdistrict=9.70, other=2.00),
    Setting.OTHER: ByTownship(town=0.25, subdistrict=0.40, other=0.20),  # parks, farms, enterprises, camps
}

WEIGHT = np.array([_WEIGHT[setting] for setting in Setting])
"""Expected size relative to an ordinary village (assumed), by setting and kind of township."""

SEAT_BONUS = 1.3
"""Factor on villages and communities of the county seat's township. Assumed."""

_GRAIN = 65_536  # weights are rounded to integers, so that the division below is exact on every machine


def weights(
    codes: np.ndarray, setting: np.ndarray, township_kind: np.ndarray, in_county_seat: np.ndarray
) -> np.ndarray:
    """Integer weights of villages, int64, positive.

    `weight = WEIGHT[setting, kind of township] · SEAT_BONUS if in the county seat · keyed lognormal`; a
    function of each village alone, hence independent of what else is loaded. All arguments have shape
    (villages,).
    """
    sigma = np.array([SPREAD[each] for each in Setting])[setting]
    relative = WEIGHT[setting, township_kind] * lognormal(codes, Purpose.POPULATION, sigma)
    relative = np.where(in_county_seat & (setting != Setting.OTHER), relative * SEAT_BONUS, relative)
    return np.maximum(np.rint(relative * _GRAIN), 1).astype(np.int64)


def distribute(total: int, shares: np.ndarray, smallest: int = SMALLEST_VILLAGE) -> np.ndarray:
    """Divide `total` persons over villages by integer weights, summing exactly to it; int64, shape of
    `shares`.

    Every village first gets `smallest` (or an equal floor where the total is too small), the rest is
    divided in proportion by largest remainders (Hamilton's method), ties to the earlier row.
    """
    floor = min(smallest, total // len(shares))
    rest = total - floor * len(shares)
    whole = int(shares.sum())
    if whole > 2**62 // max(rest, 1):  # the product below would not fit
        shares = np.maximum(shares >> 20, 1)
        whole = int(shares.sum())
    quotient, remainder = np.divmod(rest * shares, whole)
    left = rest - int(quotient.sum())
    quotient[np.argsort(-remainder, kind="stable")[:left]] += 1
    return quotient + floor


class Owners(NamedTuple):
    """Which place each village's figure comes from: the lowest of its places that states one.

    Places of all levels are numbered one after another: cities, counties, townships, villages.
    """

    village: np.ndarray  # shape (villages,), number of the place, or UNKNOWN
    above: np.ndarray  # shape (places,), the nearest higher place that states one, or UNKNOWN
    is_stated: np.ndarray  # shape (places,)


def owners(levels: tuple[Level, ...], stated: tuple[np.ndarray, ...]) -> Owners:
    """Who states a figure for whom, from what each level states (bool by row; levels from the cities down)."""
    above: list[np.ndarray] = []
    lowest = np.full(len(levels[0]), UNKNOWN)
    first = 0
    for n, (level, has) in enumerate(zip(levels, stated, strict=True)):
        inherited = lowest[level.parent] if n else lowest
        above.append(inherited)
        lowest = np.where(has, first + np.arange(len(level)), inherited)
        first += len(level)
    return Owners(lowest, np.concatenate(above), np.concatenate(stated))


def _rest(totals: np.ndarray, owner: Owners) -> np.ndarray:
    """What is left of each place's total for villages for which no lower place states one."""
    rest = np.where(owner.is_stated, totals, 0)
    nested = np.flatnonzero(owner.is_stated & (owner.above != UNKNOWN))
    np.subtract.at(rest, owner.above[nested], totals[nested])
    return rest


def _place(tables: Tables, number: int) -> tuple[Level, int]:
    for level in (tables.cities, tables.counties, tables.townships, tables.villages):
        if number < len(level):
            return level, number
        number -= len(level)
    raise IndexError(number)


def residents(tables: Tables, weight: np.ndarray) -> np.ndarray:
    """Residents of villages, int64, which meet every population and urban share of the tables exactly.

    An urban share is missed by as much as every village needs at least one resident, and where a place has no
    community, or nothing but communities.

    Raises:
        InputError: where totals of two levels disagree, or a place has fewer residents than villages, or none is
            given for a village.
    """
    levels = (tables.cities, tables.counties, tables.townships, tables.villages)
    totals = np.concatenate([level.population for level in levels])
    owner = owners(levels, tuple(level.population != UNKNOWN for level in levels))
    orphans = np.flatnonzero(owner.village == UNKNOWN)
    if len(orphans):
        township = tables.townships.parent[tables.villages.parent[orphans[0]]]
        city = int(tables.counties.parent[township])
        reason = "needs a population, here or in every row below it"
        raise tables.cities.refuse(city, "population" if tables.cities.table.has("population") else "code", reason)
    rest = _rest(totals, owner)
    number = np.bincount(owner.village, minlength=len(rest))
    for place in np.flatnonzero(owner.is_stated & ((rest < number) | ((number == 0) & (rest != 0)))).tolist():
        raise _disagreement(tables, place, int(totals[place]), int(rest[place]), int(number[place]))

    is_urban = tables.village_setting == Setting.COMMUNITY
    urban = _urban_totals(tables, totals, owner, rest, weight, is_urban)
    order = np.argsort(owner.village, kind="stable")
    bounds = np.searchsorted(owner.village[order], np.arange(len(rest) + 1))
    people = np.empty(len(weight), np.int64)
    for place in np.flatnonzero(number).tolist():
        rows = order[bounds[place] : bounds[place + 1]]
        if urban[place] == UNKNOWN:
            people[rows] = distribute(int(rest[place]), weight[rows])
            continue
        for total, mine in (
            (int(urban[place]), rows[is_urban[rows]]),
            (int(rest[place] - urban[place]), rows[~is_urban[rows]]),
        ):
            if len(mine):
                people[mine] = distribute(total, weight[mine])
    return people


def _disagreement(tables: Tables, place: int, total: int, rest: int, number: int) -> Exception:
    level, row = _place(tables, place)
    if rest == total:
        reason = f"it has {number} villages, so at least {number} residents are needed"
    elif rest < 0 and number:
        reason = f"rows below it sum to {total - rest:,}, more than it has"
    elif number:
        reason = (
            f"rows below it sum to {total - rest:,}, which leaves {rest:,} residents for {number} villages whose rows "
            "give none; each needs one"
        )
    else:
        reason = f"rows below it sum to {total - rest:,}; totals of two levels must agree"
    return level.refuse(row, "population", reason)


def urban_residents(level: Level) -> np.ndarray:
    """Urban residents that each row states, int64; 0 where it states none."""
    return np.where(np.isnan(level.urban_share), 0, np.rint(level.urban_share * level.population)).astype(np.int64)


def _urban_totals(
    tables: Tables, totals: np.ndarray, owner: Owners, rest: np.ndarray, weight: np.ndarray, is_urban: np.ndarray
) -> np.ndarray:
    """Urban residents among those whom each place's total leaves for its own villages; UNKNOWN where none is said."""
    levels = (tables.cities, tables.counties, tables.townships, tables.villages)
    group = owners(levels, tuple(~np.isnan(level.urban_share) for level in levels))
    given = np.concatenate([urban_residents(level) for level in levels])
    left = _rest(given, group)
    own = np.bincount(owner.village, minlength=len(rest)) > 0
    group_of = np.full(len(rest), UNKNOWN)
    group_of[owner.village] = group.village
    urban = np.full(len(rest), UNKNOWN, np.int64)

    def sums(values: np.ndarray) -> np.ndarray:
        return np.bincount(owner.village, values, minlength=len(rest))

    communities, others = sums(is_urban).astype(np.int64), sums(~is_urban).astype(np.int64)
    urban_weight, rural_weight = sums(weight * is_urban), sums(weight * ~is_urban)
    for share in np.flatnonzero(group.is_stated).tolist():
        cells = np.flatnonzero(own & (group_of == share))
        people = rest[cells]
        if not 0 <= left[share] <= people.sum():
            raise _urban_disagreement(tables, share, int(given[share]), int(left[share]), int(people.sum()))
        if not len(cells):
            continue
        least = np.where(others[cells] == 0, people, communities[cells])
        most = np.where(communities[cells] == 0, 0, people - others[cells])
        urban[cells] = _split(int(left[share]), people, urban_weight[cells], rural_weight[cells], least, most)
    return urban


def _urban_disagreement(tables: Tables, share: int, given: int, left: int, people: int) -> Exception:
    level, row = _place(tables, share)
    reason = f"means {given:,} urban residents, but rows below it state {given - left:,}"
    if people:
        reason += f" and leave {people:,} residents"
    else:
        reason += "; where all of them state a share, leave this one empty"
    return level.refuse(row, "urban_share", reason)


def _split(
    total: int, people: np.ndarray, urban: np.ndarray, rural: np.ndarray, least: np.ndarray, most: np.ndarray
) -> np.ndarray:
    """Urban residents of cells, int64, within their bounds and, as far as these allow, summing to ``total``.

    One factor on the weights of all communities is sought by bisection; what rounding leaves goes to the largest
    remainders.
    """
    most = np.maximum(most, least)

    def shared(factor: float) -> np.ndarray:
        return np.clip(people * (factor * urban / (factor * urban + rural)), least, most)

    low, high = 2.0**-40, 2.0**40
    for _ in range(200):
        middle = low * 2 if high / low > 4 else 0.5 * (low + high)
        if shared(middle).sum() < total:
            low = middle
        else:
            high = middle
    exact = shared(high)
    whole = np.clip(np.floor(exact), least, most).astype(np.int64)
    step = 1 if whole.sum() < total else -1
    order = np.argsort(-step * (exact - whole), kind="stable")
    while (missing := abs(total - int(whole.sum()))) > 0:
        room = (most - whole) if step > 0 else (whole - least)
        able = order[room[order] > 0][:missing]
        if not len(able):
            break
        whole[able] += step
    return whole


def households(tables: Tables, people: np.ndarray) -> np.ndarray:
    """Households of villages, int64, at least one and no more than residents.

    Where a row gives a household size, its villages have its residents over that size, rounded, divided by
    residents; elsewhere each has its residents over `HOUSEHOLD_SIZE`, rounded.
    """
    levels = (tables.cities, tables.counties, tables.townships, tables.villages)
    sizes = np.concatenate([level.household_size for level in levels])
    owner = owners(levels, tuple(~np.isnan(level.household_size) for level in levels))
    number = np.maximum(np.rint(people / HOUSEHOLD_SIZE), 1).astype(np.int64)
    order = np.argsort(owner.village, kind="stable")
    bounds = np.searchsorted(owner.village[order], np.arange(len(sizes) + 1))
    for place in np.unique(owner.village[owner.village != UNKNOWN]).tolist():
        rows = order[bounds[place] : bounds[place + 1]]
        total = int(np.rint(people[rows].sum() / sizes[place]))
        number[rows] = np.minimum(distribute(max(total, len(rows)), people[rows], 1), people[rows])
    return number
