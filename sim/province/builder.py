"""From tables to a province: distribute residents, set travel hours, select places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.province import population as people
from sim.province import travel
from sim.province.province import (
    CITY,
    COUNTY,
    COVARIATES,
    TOWNSHIP,
    VILLAGE,
    Province,
    Setting,
    TownshipKind,
    WholeProvince,
)
from sim.province.tables import FILES, Tables, read_tables

SHIPPED = ("gansu", "tiny")
"""Provinces that come with the package."""


def load_province(source: str | Path, places: Sequence[int] = ()) -> Province:
    """The province of `source`: "gansu", "tiny" or a folder with the four tables of `sim.province.tables`.

    `places` selects cities (4 digits) and counties (6 digits), mixed; none selects all. A place has the same
    villages, residents and hours whether it is loaded alone or with the rest. The result is shared and
    read-only; a folder is read again when one of its files changed.

    Raises `InputError` for an unknown source, a defect in a table, or an unknown place.
    """
    chosen = _checked(places)
    if str(source) in SHIPPED:
        return _load_shipped(str(source), chosen)
    folder = Path(source)
    try:
        is_folder = folder.is_dir() and str(source) != ""
    except OSError:  # a name that is too long, a folder that may not be entered
        is_folder = False
    if not is_folder:
        raise InputError(
            f"province {str(source)!r}: must be one of {', '.join(SHIPPED)} or a folder with {', '.join(FILES)}"
        )
    return _load_folder(str(folder.resolve()), _state(folder), chosen)


def build_province(tables: Tables, places: Sequence[int] = ()) -> Province:
    """Build the province of `tables`, restricted to `places` as in `load_province`.

    Every quantity is computed for the whole province first, so that a selection changes nothing in what it
    keeps.
    """
    chosen = _checked(places)
    cities, counties, townships, villages = tables.cities, tables.counties, tables.townships, tables.villages
    _require_known(chosen, tables)

    township_city = counties.parent[townships.parent]
    village_county = townships.parent[villages.parent]
    village_city = township_city[villages.parent]
    county_rank, county_siblings = _rank(counties.parent)
    township_rank, township_siblings = _rank(townships.parent)
    kind = _township_kind(townships.code)
    # A city whose only county row is `city code + 01` has no county tier: the row stands for the city itself.
    # (01 is the statistical unit "municipal districts"; where it is a real county it has siblings.)
    county_tier = np.bincount(counties.parent) > 1
    county_tier |= counties.code[np.searchsorted(counties.parent, np.arange(len(cities.code)))] % 100 != 1

    in_seat = township_rank[villages.parent] == 0
    weight = people.weights(villages.code, tables.village_setting, kind[villages.parent], in_seat)
    residents = np.empty(len(villages.code), np.int64)
    bounds = np.searchsorted(village_city, np.arange(len(cities.code) + 1))
    for city, total in enumerate(tables.city_population.tolist()):
        rows = slice(bounds[city], bounds[city + 1])
        residents[rows] = people.distribute(total, weight[rows])

    region = tables.city_region_type
    to_township = travel.village_leg(villages.code, tables.village_setting, region[village_city])
    to_county = travel.township_leg(townships.code, township_rank, township_siblings, region[township_city])
    to_city = travel.county_leg(
        counties.code, county_rank, county_siblings, region[counties.parent], county_tier[counties.parent]
    )
    to_province = travel.city_leg(cities.code, region)

    keep_county = np.isin(counties.code, chosen) | np.isin(cities.code, chosen)[counties.parent]
    if not chosen:
        keep_county[:] = True
    keep_township = keep_county[townships.parent]
    keep_village = keep_township[villages.parent]
    keep_city = np.zeros(len(cities.code), np.bool_)
    keep_city[counties.parent[keep_county]] = True
    new_city, new_county, new_township = (
        (np.cumsum(keep) - 1).astype(np.int32) for keep in (keep_city, keep_county, keep_township)
    )

    village = np.zeros(int(keep_village.sum()), VILLAGE)
    village["code"] = villages.code[keep_village]
    village["township"] = new_township[villages.parent[keep_village]]
    village["county"] = new_county[village_county[keep_village]]
    village["city"] = new_city[village_city[keep_village]]
    village["setting"] = tables.village_setting[keep_village]
    village["region_type"] = region[village_city[keep_village]]
    village["population"] = residents[keep_village]
    village["households"] = people.households(residents[keep_village])
    village["first_resident"] = np.cumsum(residents[keep_village]) - residents[keep_village]
    hours = to_township[keep_village]
    for level, leg in (
        ("hours_township", 0.0),
        ("hours_county", to_county[villages.parent[keep_village]]),
        ("hours_city", to_city[village_county[keep_village]]),
        ("hours_province", to_province[village_city[keep_village]]),
        ("hours_nation", travel.NATION_LEG),
    ):
        hours = hours + leg
        village[level] = hours

    township = np.zeros(int(keep_township.sum()), TOWNSHIP)
    township["code"] = townships.code[keep_township]
    township["county"] = new_county[townships.parent[keep_township]]
    township["city"] = new_city[township_city[keep_township]]
    township["kind"] = kind[keep_township]
    county = np.zeros(int(keep_county.sum()), COUNTY)
    county["code"] = counties.code[keep_county]
    county["city"] = new_city[counties.parent[keep_county]]
    city_rows = np.zeros(int(keep_city.sum()), CITY)
    city_rows["code"] = cities.code[keep_city]
    city_rows["pilot_batch"] = tables.city_pilot_batch[keep_city]
    city_rows["region_type"] = region[keep_city]
    city_rows["city_tier"] = True
    city_rows["county_tier"] = county_tier[keep_city]
    for rows in (city_rows, county):
        rows["latitude"] = rows["longitude"] = np.nan
    for above, below, name, first, number in (
        (township, village, "township", "first_village", "villages"),
        (county, village, "county", "first_village", "villages"),
        (county, township, "county", "first_township", "townships"),
        (city_rows, village, "city", "first_village", "villages"),
        (city_rows, township, "city", "first_township", "townships"),
        (city_rows, county, "city", "first_county", "counties"),
    ):
        above[number] = np.bincount(below[name], minlength=len(above))
        above[first] = np.cumsum(above[number]) - above[number]
    for above in (township, county, city_rows):
        above["population"] = np.add.reduceat(village["population"].astype(np.int64), above["first_village"])
    city_rows["first_resident"] = village["first_resident"][city_rows["first_village"]]

    return Province(
        name=tables.name,
        places=chosen,
        all_cities=tuple(cities.code.tolist()),
        cities=city_rows,
        counties=county,
        townships=township,
        villages=village,
        covariates={name: np.full(len(county), np.nan) for name in COVARIATES},
        whole=_whole(counties.code, village_county, tables.village_setting, residents),
        city_names_zh=_kept(cities.names_zh, keep_city),
        city_names_en=_kept(tables.city_names_en, keep_city),
        county_names_zh=_kept(counties.names_zh, keep_county),
        township_names_zh=_kept(townships.names_zh, keep_township),
    )


def _whole(
    codes: np.ndarray, village_county: np.ndarray, village_setting: np.ndarray, residents: np.ndarray
) -> WholeProvince:
    """All counties with their rural and urban residents, and what is known of them."""
    of_communities = residents * (village_setting == Setting.COMMUNITY)
    urban = np.bincount(village_county, of_communities, len(codes)).astype(np.int64)
    every = np.bincount(village_county, residents, len(codes)).astype(np.int64)
    covariates = {name: np.full(len(codes), np.nan) for name in COVARIATES}
    return WholeProvince(codes.astype(np.int64), every - urban, urban, covariates)


@lru_cache(maxsize=2)
def _shipped_tables(name: str) -> Tables:
    return read_tables(files("sim.province") / name, name)


@lru_cache(maxsize=16)
def _load_shipped(name: str, places: tuple[int, ...]) -> Province:
    return build_province(_shipped_tables(name), places)


@lru_cache(maxsize=16)
def _load_folder(folder: str, state: tuple[tuple[int, ...] | None, ...], places: tuple[int, ...]) -> Province:
    return build_province(read_tables(Path(folder), Path(folder).name), places)


def _state(folder: Path) -> tuple[tuple[int, ...] | None, ...]:
    """What tells a changed file: times, of which one may be set to anything, and size of each table, None without."""
    states: list[tuple[int, ...] | None] = []
    for name in FILES:
        try:
            status = (folder / name).stat()
        except OSError:
            states.append(None)
        else:
            states.append((status.st_mtime_ns, status.st_ctime_ns, status.st_size))
    return tuple(states)


def _checked(places: Sequence[int]) -> tuple[int, ...]:
    """`places` as ordered whole numbers without repeats, so that the order of a selection never matters."""
    if isinstance(places, str | bytes) or not isinstance(places, Sequence | np.ndarray):
        raise InputError(f"places {places!r}: must be a list of city (4 digits) and county (6 digits) codes")
    for place in places:
        if isinstance(place, bool) or not isinstance(place, int | np.integer):
            raise InputError(f"places {place!r}: must be a city (4 digits) or county (6 digits) code")
    return tuple(sorted({int(place) for place in places}))


def _require_known(places: tuple[int, ...], tables: Tables) -> None:
    names = dict(zip(tables.cities.code.tolist(), tables.cities.names_zh, strict=True))
    names |= dict(zip(tables.counties.code.tolist(), tables.counties.names_zh, strict=True))
    for place in places:
        if place not in names:
            near = sorted(names, key=partial(_distance, place))[:5]
            listed = ", ".join(f"{code} {names[code]}" for code in sorted(near))
            raise InputError(
                f"places {place}: no such city (4 digits) or county (6 digits) in province {tables.name!r}; "
                f"near ones: {listed}"
            )


def _distance(place: int, code: int) -> tuple[int, bool, int]:
    """How unlike two codes are: by their common beginning, then by length, then by value."""
    one, other = str(place), str(code)
    common = 0
    while common < min(len(one), len(other)) and one[common] == other[common]:
        common += 1
    return -common, len(one) != len(other), abs(place - code)


def _township_kind(codes: np.ndarray) -> np.ndarray:
    unit = codes % 1000
    return np.where(
        unit < 100, TownshipKind.SUBDISTRICT, np.where(unit < 400, TownshipKind.TOWN, TownshipKind.OTHER)
    ).astype(np.int32)


def _rank(parent: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Position of each row among its parent's children, and their number; `parent` is non-decreasing."""
    number = np.bincount(parent)
    first = np.cumsum(number) - number
    return np.arange(len(parent)) - first[parent], number[parent]


def _kept(names: tuple[str, ...], keep: np.ndarray) -> tuple[str, ...]:
    return tuple(name for name, kept in zip(names, keep.tolist(), strict=True) if kept)
