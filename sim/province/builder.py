"""From tables to a province: distribute residents, set travel hours, select places."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.province import population as people
from sim.province.kinds import Setting, TownshipKind
from sim.province.names import Place, province_named, shipped
from sim.province.nation import is_nation
from sim.province.oddities import oddities
from sim.province.province import CITY, COUNTY, TOWNSHIP, VILLAGE, Province, WholeProvince
from sim.province.tables import ALL_FILES, FILES, Level, Tables, read_tables
from sim.province.ways import hours_of, ranks

TINY = "tiny"
"""The invented province for trials."""


def shipped_names() -> tuple[str, ...]:
    """Names of the provinces that come with the package: all of China's by code, and the tiny one."""
    return (*(each.slug for each in shipped()), TINY)


def load_province(source: str | Path, places: Sequence[int] = ()) -> Province:
    """The province of `source`: a shipped one ("gansu", "Qinghai", "青海", "tiny") or a folder with the tables of
    `sim.province.tables`.

    `places` selects cities (4 digits) and counties (6 digits), mixed; none selects all. A place has the same
    villages, residents and hours whether it is loaded alone or with the rest. The result is shared and
    read-only; a folder is read again when one of its files changed.

    Raises `InputError` for an unknown source, a defect in a table, or an unknown place.
    """
    chosen = _checked(places)
    found = _found(source)
    return _load_shipped(found, chosen) if isinstance(found, str) else _load_folder(*found, chosen)


def folder_of(source: str | Path) -> Path:
    """Where the tables of a province are; raises ``InputError`` for an unknown source."""
    found = _found(source)
    return Path(str(files("sim.province") / "shipped" / found)) if isinstance(found, str) else Path(found[0])


def places_of(source: str | Path) -> list[Place]:
    """All cities and counties of a province; a city's one row that stands for it in `counties.csv` is left out."""
    found = _found(source)
    tables = _shipped_tables(found) if isinstance(found, str) else _folder_tables(*found)
    cities, counties = tables.cities, tables.counties
    rows = [*zip(cities.code.tolist(), cities.names_zh, cities.names_en, strict=True)]
    own = tables.county_tier[counties.parent]
    rows += [
        row for row, has in zip(zip(counties.code.tolist(), counties.names_zh, counties.names_en, strict=True), own,
                                strict=True) if has
    ]  # fmt: skip
    return [Place(*row) for row in rows]


def _found(source: str | Path) -> str | tuple[str, State]:
    """The name of a shipped province, or a folder and what tells whether it changed."""
    if str(source) == TINY:
        return TINY
    if is_nation(str(source)):
        raise InputError("province=china: this needs a single province; the nation is simulated province by province")
    folder = Path(source)
    try:
        is_folder = folder.is_dir() and str(source) != ""
    except OSError:  # a name that is too long, a folder that may not be entered
        is_folder = False
    name = None if isinstance(source, Path) else province_named(source)
    if name is not None:
        return name
    if not is_folder:
        near = difflib.get_close_matches(str(source).lower(), shipped_names(), n=3, cutoff=0.6)
        hint = f"did you mean {' or '.join(near)}?" if near else "pyramid list provinces shows all"
        raise InputError(
            f"province {str(source)!r}: must be a province of China by name or code, tiny, or a folder with "
            f"{', '.join(FILES)}; {hint}"
        )
    return str(folder.resolve()), _state(folder)


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
    township_rank, _ = ranks(townships.parent)
    kind = _township_kind(townships.code)
    in_seat = township_rank[villages.parent] == 0
    weight = people.weights(villages.code, tables.village_setting, kind[villages.parent], in_seat)
    residents = people.residents(tables, weight)
    households = people.households(tables, residents)
    hours = hours_of(tables)
    region = tables.city_region_type

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
    village["households"] = households[keep_village]
    village["first_resident"] = np.cumsum(residents[keep_village]) - residents[keep_village]
    for level, way in hours.items():
        village[level] = way[keep_village]

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
    city_rows["city_tier"] = tables.city_tier[keep_city]
    city_rows["county_tier"] = tables.county_tier[keep_city]
    for rows, places_of_level, keep in ((city_rows, cities, keep_city), (county, counties, keep_county)):
        rows["latitude"], rows["longitude"] = places_of_level.latitude[keep], places_of_level.longitude[keep]
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
        metadata=tables.metadata,
        places=chosen,
        all_cities=tuple(cities.code.tolist()),
        region_types=tables.region_types,
        cities=city_rows,
        counties=county,
        townships=township,
        villages=village,
        whole=_whole(tables, village_county, residents),
        series=tables.series,
        city_names_zh=_kept(cities.names_zh, keep_city),
        city_names_en=_kept(named_in_english(cities), keep_city),
        county_names_zh=_kept(counties.names_zh, keep_county),
        county_names_en=_kept(named_in_english(counties), keep_county),
        township_names_zh=_kept(townships.names_zh, keep_township),
        warnings=oddities(tables, residents),
    )


def named_in_english(level: Level) -> tuple[str, ...]:
    """English names of places, Chinese ones where there are none."""
    return tuple(english or chinese for english, chinese in zip(level.names_en, level.names_zh, strict=True))


def _whole(tables: Tables, village_county: np.ndarray, residents: np.ndarray) -> WholeProvince:
    """All counties with their rural and urban residents, and what is known of them."""
    number = len(tables.counties)
    of_communities = residents * (tables.village_setting == Setting.COMMUNITY)
    urban = np.bincount(village_county, of_communities, number).astype(np.int64)
    every = np.bincount(village_county, residents, number).astype(np.int64)
    return WholeProvince(tables.counties.code, every - urban, urban, tables.covariates)


State = tuple[tuple[int, ...] | None, ...]


@lru_cache(maxsize=2)
def _shipped_tables(name: str) -> Tables:
    return read_tables(files("sim.province") / "shipped" / name, name)


@lru_cache(maxsize=2)
def _folder_tables(folder: str, state: State) -> Tables:
    return read_tables(Path(folder), Path(folder).name)


@lru_cache(maxsize=16)
def _load_shipped(name: str, places: tuple[int, ...]) -> Province:
    return build_province(_shipped_tables(name), places)


@lru_cache(maxsize=16)
def _load_folder(folder: str, state: State, places: tuple[int, ...]) -> Province:
    return build_province(_folder_tables(folder, state), places)


def _state(folder: Path) -> State:
    """What tells a changed file: times, of which one may be set to anything, and size of each table, None without."""
    states: list[tuple[int, ...] | None] = []
    for name in ALL_FILES:
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


def _kept(names: tuple[str, ...], keep: np.ndarray) -> tuple[str, ...]:
    return tuple(name for name, kept in zip(names, keep.tolist(), strict=True) if kept)
