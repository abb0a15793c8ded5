"""Reading the tables of the whole country from which provinces are made.

| file | columns |
|---|---|
| `divisions/{provinces,cities,counties,townships,villages}.csv.xz` | code, name |
| `census/county_2020.csv.xz` | code, population, … (`data/README.md`) |
| `places/seats.csv.xz` | code, name_zh, longitude, latitude in GCJ-02 |
| `places/added.csv` | code, longitude, latitude in WGS 84, of seats that the table above lacks |
| `places/towns.csv.xz` | names_zh (several, by `|`), latitude, longitude in WGS 84, elevation_m |
| `provinces.csv` | code, slug (the folder's name), name_en, short_zh, aliases (by `|`) |
| `names.csv` | code, name_en |
| `crosswalk.csv` | code of a county, the census's codes of the same people (by `+`), population (`rest`: what other counties leave of the city), note |
| `regions.csv` | code of a city, pilot_batch, region_type |
| `patterns/<code>.csv` | what is reported of a province, copied as it is |
"""  # noqa: E501

from __future__ import annotations

import csv
import io
import itertools
import lzma
import math
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.errors import InputError
from sim.province.making.datum import to_wgs84

Row = dict[str, str]


class Town(NamedTuple):
    """A place with a name, in WGS 84; elevation in metres, NaN where unknown."""

    latitude: float
    longitude: float
    elevation: float


@dataclass(frozen=True)
class Sources:
    """The tables, by code."""

    folder: Path
    provinces: dict[str, Row]
    divisions: dict[str, dict[str, str]]  # level -> code -> name
    census: dict[str, Row]
    seats: dict[str, tuple[float, float]]  # six digits -> latitude and longitude in WGS 84
    seat_names: dict[str, str]
    towns: dict[str, list[Town]]  # by name and by name without its class
    all_towns: np.ndarray  # shape (towns, 3): latitude, longitude, elevation
    names_en: dict[str, str]
    crosswalk: dict[str, Row]
    regions: dict[str, Row]


NATIONAL_CAPITAL = "110000"
"""Code of the seat of the national government."""

UNKNOWN_ELEVATION = -9999.0
"""What the table of towns has where it knows no elevation."""

LEVELS = ("provinces", "cities", "counties", "townships", "villages")

CLASSES = ("民族乡", "街道", "苏木", "地区", "镇", "乡", "市", "县", "区", "旗")
"""Endings that say what kind of place a name is of, the longer first."""


def stem(name: str) -> str:
    """A name without its class: 甘州区 → 甘州; names of two letters are kept."""
    for ending in CLASSES:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return name


def rows_of(folder: Path, name: str, needed: tuple[str, ...]) -> list[Row]:
    """The rows of a table, packed or not, by column.

    Raises:
        InputError: when it is missing, cannot be read or lacks a column.
    """
    path = folder / name
    packed = path.with_name(path.name + ".xz")
    try:
        content = lzma.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: missing; the sources of provinces need it, as it is or packed (.xz)") from None
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in needed if column not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"{path}: row 1: missing column {', '.join(map(repr, missing))}")
    rows = []
    try:
        for row in reader:
            if None in row or None in row.values():
                raise InputError(f"{path}: row {reader.line_num}: has more or fewer fields than the header")
            rows.append(row)
    except csv.Error as error:
        raise InputError(f"{path}: row {reader.line_num}: not comma-separated values: {error}") from None
    return rows


def number(row: Row, column: str, table: str) -> float:
    """A cell as a number, NaN where it is empty; raises ``InputError`` for anything else."""
    text = row.get(column, "").strip()
    try:
        value = float(text or "nan")
    except ValueError:
        value = math.inf
    if math.isinf(value):
        raise InputError(f"{table}: code {row.get('code', '?')}: {column} {text!r}: must be a number")
    return value


def read_sources(folder: Path) -> Sources:
    """All tables of a folder of sources; raises ``InputError`` for one that is missing or damaged."""
    divisions = {
        level: {row["code"]: row["name"] for row in rows_of(folder / "divisions", f"{level}.csv", ("code", "name"))}
        for level in LEVELS
    }
    seat_rows = rows_of(folder / "places", "seats.csv", ("code", "name_zh", "longitude", "latitude"))
    seats = {row["code"]: to_wgs84(*_place(row, f"{folder}/places/seats.csv")) for row in seat_rows}
    for row in rows_of(folder / "places", "added.csv", ("code", "longitude", "latitude")):
        seats[row["code"]] = _place(row, f"{folder}/places/added.csv")
    towns: dict[str, list[Town]] = defaultdict(list)
    every: list[Town] = []
    for row in rows_of(folder / "places", "towns.csv", ("names_zh", "latitude", "longitude", "elevation_m")):
        elevation = number(row, "elevation_m", f"{folder}/places/towns.csv")
        elevation = math.nan if elevation == UNKNOWN_ELEVATION else elevation
        town = Town(*_place(row, f"{folder}/places/towns.csv"), elevation)
        every.append(town)
        for name in {each for full in row["names_zh"].split("|") for each in (full, stem(full))}:
            towns[name].append(town)

    def by_code(name: str, *needed: str) -> dict[str, Row]:
        return {row["code"]: row for row in rows_of(folder, name, ("code", *needed))}

    sources = Sources(
        folder=folder,
        provinces=by_code("provinces.csv", "slug", "name_en", "short_zh", "aliases"),
        divisions=divisions,
        census={row["code"]: row for row in rows_of(folder / "census", "county_2020.csv", ("code", "population"))},
        seats=seats,
        seat_names={row["code"]: row["name_zh"] for row in seat_rows},
        towns=dict(towns),
        all_towns=np.array(every),
        names_en={row["code"]: row["name_en"] for row in rows_of(folder, "names.csv", ("code", "name_en"))},
        crosswalk=by_code("crosswalk.csv", "census", "population"),
        regions=by_code("regions.csv", "pilot_batch", "region_type"),
    )
    _check(sources)
    return sources


def _place(row: Row, table: str) -> tuple[float, float]:
    """Latitude and longitude of a row."""
    latitude, longitude = number(row, "latitude", table), number(row, "longitude", table)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise InputError(f"{table}: code {row.get('code', '?')}: {latitude:g}, {longitude:g} is no latitude, longitude")
    return latitude, longitude


def _check(sources: Sources) -> None:
    """That tables know what others speak of."""
    folder, divisions = sources.folder, sources.divisions
    for above, below in itertools.pairwise(LEVELS):
        digits = len(next(iter(divisions[above]), ""))
        for code in divisions[below]:
            if code[:digits] not in divisions[above]:
                raise InputError(f"{folder}/divisions/{below}.csv: code {code}: {above}.csv has no {code[:digits]}")
    for code, row in sources.provinces.items():
        if re.fullmatch("[a-z][a-z_]{0,49}", row["slug"]) is None:
            reason = "a folder's name must be small letters a to z and underscores"
            raise InputError(f"{folder}/provinces.csv: code {code}: slug {row['slug']!r}: {reason}")
        if code not in divisions["provinces"]:
            raise InputError(f"{folder}/provinces.csv: code {code}: divisions/provinces.csv has no such code")
        if f"{code}0000" not in sources.seats:
            raise InputError(f"{folder}/places/seats.csv: has no seat {code}0000 of the province {code}")
    if NATIONAL_CAPITAL not in sources.seats:
        raise InputError(f"{folder}/places/seats.csv: has no seat {NATIONAL_CAPITAL} of the national government")
    for code in (*divisions["cities"], *divisions["counties"]):
        if code not in sources.names_en:
            raise InputError(f"{folder}/names.csv: has no English name of {code}")
