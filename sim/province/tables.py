"""Reading the tables of a province and refusing what is wrong with them, by file, row and column.

| file            | columns                                                                                      |
|-----------------|----------------------------------------------------------------------------------------------|
| `province.yaml` | names, code, capital, hours to the national capital, travel, sources (`sim.province.metadata`) |
| `cities.csv`    | code (4 digits), name_zh; may have pilot_batch, region_type, city_tier, county_tier, terrain  |
| `counties.csv`  | code (6 digits), name_zh, city_code; may have terrain and each of `COVARIATES`                |
| `townships.csv` | code (9 digits), name_zh, county_code                                                         |
| `villages.csv`  | code (12 digits), name_zh, township_code, setting; may have population, hours                 |

The first three may also have name_en, population, urban_share, household_size, latitude, longitude, elevation and
hours (to the seat above). UTF-8 with or without a byte order mark, comma separated, any order of rows and columns; a
table may be packed (`villages.csv.xz`). A code begins with its parent's code. Every city has a county, every county a
township, every township a village: a city without a county tier has one county row that stands for it, and counties
that are directly under the province have a city row without a city tier.

The folder may have seasons and trends besides (`sim.province.series`).

`province.yaml` may be missing, and so may the tiers: then a city whose only county row is its own code and 00 or 01 has
no county tier, and every city has a city tier. Without a capital it is the first city, or the first county where no
row of cities has a government.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.province.kinds import Setting, Terrain
from sim.province.metadata import FILE as METADATA
from sim.province.metadata import Metadata, read_metadata
from sim.province.province import COVARIATES
from sim.province.series import FILES as SERIES_FILES
from sim.province.series import Series, read_series
from sim.province.table import PACKED, Table

FILES = ("cities.csv", "counties.csv", "townships.csv", "villages.csv")

REPORTS = "patterns.csv"
"""What is reported of a province, beside its tables; no run rests on it (``experiments.patterns.reported``)."""

ALL_FILES = (METADATA, *(f"{name}{ending}" for ending in ("", PACKED) for name in (*FILES, *SERIES_FILES)))
"""Files that a province's folder may have, tables as they are and packed."""

LARGEST_PLACE = 2_000_000_000  # keeps every village within int32

UNKNOWN = -1
"""Population of a place that states none."""

_SETTINGS = {each.name.lower(): int(each) for each in Setting}
_TERRAINS = {each.name.lower(): int(each) for each in Terrain}
_YES_NO = {"no": 0, "yes": 1}

PLACE = ("name_en", "population", "urban_share", "household_size", "latitude", "longitude", "elevation", "hours")
"""Columns that a table of cities, counties or townships may have."""

COVARIATE_RANGE = {"schooling": (0.0, 25.0)}
"""Least and most of covariates that are no shares."""

PARTS_OF_A_WHOLE = (
    ("movers_within_county", "movers_within_province", "movers_from_other_provinces"),
    ("agriculture", "mining", "manufacturing", "construction", "trade", "transport", "real_estate", "health"),
    ("married", "divorced"),
)
"""Covariates that are shares of the same people, each of whom counts once."""

RENAMED = {"population_2020": "population"}


@dataclass(frozen=True)
class Level:
    """One table: its rows ordered by code; columns of shape (rows,)."""

    code: np.ndarray  # int64, strictly increasing
    parent: np.ndarray  # int32, row in the level above; empty for cities
    names_zh: tuple[str, ...]
    names_en: tuple[str, ...]  # empty texts where there are none
    population: np.ndarray  # int64, UNKNOWN where none is given
    urban_share: np.ndarray  # float64, as everything below: NaN where none is given
    household_size: np.ndarray
    latitude: np.ndarray
    longitude: np.ndarray
    hours: np.ndarray  # to the seat above
    terrain: np.ndarray  # int32, Terrain; UNKNOWN
    table: Table  # for messages
    order: np.ndarray  # row of the table of each row

    def __len__(self) -> int:
        return len(self.code)

    def refuse(self, row: int, column: str, reason: str) -> Exception:
        """The error of a row's cell."""
        return self.table.refuse(int(self.order[row]), column, reason)


@dataclass(frozen=True)
class Tables:
    """The tables, validated; columns of shape (rows of their level,)."""

    name: str
    metadata: Metadata
    cities: Level
    counties: Level
    townships: Level
    villages: Level
    city_pilot_batch: np.ndarray  # int32, 1 or more
    region_types: tuple[str, ...]
    city_region_type: np.ndarray  # int32, row of ``region_types``
    city_tier: np.ndarray  # bool
    county_tier: np.ndarray  # bool, by city
    village_setting: np.ndarray  # int32, Setting
    covariates: dict[str, np.ndarray]  # by county
    series: Series
    warnings: tuple[str, ...]

    @property
    def capital(self) -> tuple[Level, int]:
        """Where the province's government is: the level of its row, and the row."""
        code = self.metadata.capital
        if not code:
            tiers = np.flatnonzero(self.city_tier)
            return (self.cities, int(tiers[0])) if len(tiers) else (self.counties, 0)
        level = self.cities if code < 10_000 else self.counties
        return level, int(np.searchsorted(level.code, code))


def _level(table: Table, codes: np.ndarray, order: np.ndarray, parent: np.ndarray) -> Level:
    listed = order.tolist()
    latitude = table.decimals("latitude", -90, 90, "a latitude")
    longitude = table.decimals("longitude", -180, 180, "a longitude")
    _check_coordinates(table, latitude, longitude)
    table.decimals("elevation", -500, 9000, "an elevation in metres")
    population = table.integers("population", 1, LARGEST_PLACE, "a population", unknown=UNKNOWN)
    urban_share = table.decimals("urban_share", 0, 1, "an urban share")
    for index in np.flatnonzero(~np.isnan(urban_share) & (population == UNKNOWN))[:1]:
        raise table.refuse(int(index), "urban_share", "needs a population in the same row")
    return Level(
        code=codes[order],
        parent=parent,
        names_zh=tuple(_picked(table.names("name_zh"), listed)),
        names_en=tuple(_picked(table.names("name_en", optional=True), listed)),
        population=population[order],
        urban_share=urban_share[order],
        household_size=table.decimals("household_size", 1, 20, "a household size")[order],
        latitude=latitude[order],
        longitude=longitude[order],
        hours=table.decimals("hours", 0, 200, "hours")[order],
        terrain=table.choice("terrain", _TERRAINS, unknown=UNKNOWN)[order],
        table=table,
        order=order,
    )


def _picked(values: list[str], rows: Sequence[int]) -> list[str]:
    return [values[row] for row in rows]


def _check_coordinates(table: Table, latitude: np.ndarray, longitude: np.ndarray) -> None:
    for column, other in (("latitude", longitude), ("longitude", latitude)):
        mine = latitude if column == "latitude" else longitude
        for index in np.flatnonzero(np.isnan(other) & ~np.isnan(mine))[:1]:
            raise table.refuse(int(index), column, "latitude and longitude are given together or not at all")


def _children(table: Table, above: Level, column: str, digits: int, child: str) -> Level:
    codes = table.unique_codes(digits)
    own = table.codes(column, len(str(above.code[0])))
    row = np.searchsorted(above.code, own)
    unknown = np.flatnonzero(above.code[np.minimum(row, len(above) - 1)] != own)
    if len(unknown):
        raise table.refuse(int(unknown[0]), column, f"no such code in {above.table.file}")
    apart = np.flatnonzero(codes // 10 ** (digits - len(str(above.code[0]))) != own)
    if len(apart):
        index = int(apart[0])
        raise table.refuse(index, "code", f"must begin with its {column} {own[index]}")
    childless = np.flatnonzero(np.bincount(row, minlength=len(above)) == 0)
    if len(childless):
        raise above.refuse(int(childless[0]), "code", f"has no {child} in {table.file}; at least one is needed")
    order = np.argsort(codes, kind="stable")
    return _level(table, codes, order, row[order].astype(np.int32))


def read_tables(folder: Path | Traversable, name: str) -> Tables:
    """Read and validate what a folder says of a province, which goes by `name` where it says no names.

    Raises `InputError` for the first defect, naming file, row (line of the file, the header is row 1),
    column, value and what is allowed.
    """
    metadata = read_metadata(folder, name)
    tiers = ("city_tier", "county_tier")
    city = Table(
        folder, FILES[0], ("code", "name_zh"), (*PLACE, "pilot_batch", "region_type", *tiers, "terrain"), RENAMED
    )
    county = Table(folder, FILES[1], ("code", "name_zh", "city_code"), (*PLACE, "terrain", *COVARIATES), RENAMED)
    township = Table(folder, FILES[2], ("code", "name_zh", "county_code"), PLACE, RENAMED)
    needed = ("code", "name_zh", "township_code", "setting")
    village = Table(folder, FILES[3], needed, ("population", "hours"), RENAMED)

    codes = city.unique_codes(4)
    order = np.argsort(codes, kind="stable")
    cities = _level(city, codes, order, np.empty(0, np.int32))
    counties = _children(county, cities, "city_code", 6, "county")
    townships = _children(township, counties, "county_code", 9, "township")
    villages = _children(village, townships, "township_code", 12, "village")
    region_types, region_type = city.words("region_type", "other")
    covariates = {
        column: county.decimals(column, *COVARIATE_RANGE.get(column, (0.0, 1.0)), f"{column}")[counties.order]
        for column in COVARIATES
    }
    city_tier = city.choice("city_tier", _YES_NO, unknown=1)[order] == 1
    tables = Tables(
        name=name,
        metadata=metadata,
        cities=cities,
        counties=counties,
        townships=townships,
        villages=villages,
        city_pilot_batch=city.integers("pilot_batch", 1, 99, "a pilot batch", unknown=1)[order].astype(np.int32),
        region_types=region_types,
        city_region_type=region_type[order],
        city_tier=city_tier,
        county_tier=_county_tier(city, city_tier, cities, counties),
        village_setting=village.choice("setting", _SETTINGS)[villages.order],
        covariates=covariates,
        series=read_series(folder),
        warnings=tuple(warning for table in (city, county, township, village) for warning in table.warnings),
    )
    _check_parts(tables)
    _check_tiers(tables)
    _check_capital(tables, f"{folder}/province.yaml")
    return tables


def _county_tier(city: Table, city_tier: np.ndarray, cities: Level, counties: Level) -> np.ndarray:
    """Whether each city has counties below it; by its one row that ends on 00 or 01 where the table does not say."""
    number = np.bincount(counties.parent, minlength=len(cities))
    first = counties.code[np.searchsorted(counties.parent, np.arange(len(cities)))]
    guess = (number > 1) | (first % 100 > 1) | ~city_tier
    said = city.choice("county_tier", _YES_NO, unknown=UNKNOWN)[cities.order]
    return np.where(said == UNKNOWN, guess, said == 1)


def _check_parts(tables: Tables) -> None:
    for names in PARTS_OF_A_WHOLE:
        parts = np.nan_to_num([tables.covariates[name] for name in names])
        for row in np.flatnonzero(parts.sum(axis=0) > 1 + 1e-6)[:1]:
            largest = names[int(parts[:, row].argmax())]
            reason = f"with {', '.join(name for name in names if name != largest)} it is more than 1 of the same people"
            raise tables.counties.refuse(int(row), largest, reason)


def _check_tiers(tables: Tables) -> None:
    number = np.bincount(tables.counties.parent, minlength=len(tables.cities))
    for row in np.flatnonzero(~tables.county_tier & (number > 1))[:1]:
        reason = f"a city without counties has one row in counties.csv that stands for it, not {number[row]}"
        raise tables.cities.refuse(int(row), "county_tier", reason)
    for row in np.flatnonzero(~tables.county_tier & ~tables.city_tier)[:1]:
        raise tables.cities.refuse(int(row), "city_tier", "without a city and without counties no government is left")
    stands_for_city = ~tables.county_tier[tables.counties.parent]
    for row in np.flatnonzero(stands_for_city & ~np.isnan(tables.counties.hours))[:1]:
        reason = "the row stands for its city, whose way to the capital is the hours of cities.csv"
        raise tables.counties.refuse(int(row), "hours", reason)


def _check_capital(tables: Tables, file: str) -> None:
    capital = tables.metadata.capital
    if capital and capital not in tables.cities.code and capital not in tables.counties.code:
        raise InputError(f"{file}: capital: {capital} is no code of cities.csv or counties.csv")
    if capital in tables.cities.code[~tables.city_tier]:
        raise InputError(f"{file}: capital: {capital} only groups counties (city_tier no); give the code of a county")
    code = tables.metadata.code
    apart = tables.cities.code[tables.cities.code // 100 != code]
    if code and len(apart):
        raise InputError(
            f"{file}: code: {code}, but cities.csv has {apart[0]}; codes of cities begin with the province's"
        )
