"""``pyramid province``: what a folder says of a province, and making such folders."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from experiments.patterns.reported import patterns_of
from experiments.report.plain_text import table
from sim.errors import InputError
from sim.ledger import DISPUTE_KINDS
from sim.province import Tables, build_province, folder_of, read_tables
from sim.province.builder import TINY
from sim.province.names import province_named
from sim.province.province import COVARIATES
from sim.province.tables import ALL_FILES, REPORTS, UNKNOWN, Level
from sim.vocabulary import suggestion

if TYPE_CHECKING:
    from sim.province import Province


def province(arguments: Sequence[str]) -> int:
    """Checks or makes the folder of a province."""
    action, *rest = arguments or ("",)
    if action not in ACTIONS:
        hint = suggestion(action, ACTIONS) if action else "there are: " + ", ".join(ACTIONS)
        raise InputError(f"pyramid province takes check or make, not {action!r}; {hint}")
    return ACTIONS[action](rest)


def _check(arguments: Sequence[str]) -> int:
    """Prints what a province is: names, tiers, counts, what is stated and what is synthetic, and what is odd."""
    if len(arguments) != 1 or "=" in arguments[0] or arguments[0].startswith("-"):
        raise InputError(f"pyramid province check takes a folder, not {' '.join(arguments)!r}")
    folder = folder_of(arguments[0])
    tables = read_tables(folder, folder.name)
    found = build_province(tables)
    print("\n".join([*_summary(tables, found, folder), "", _stated(tables), *_warnings(found, folder)]))
    return 0


def _summary(tables: Tables, found: Province, folder: Path) -> list[str]:
    said = tables.metadata
    names = dict.fromkeys([said.name_zh, said.name_en, *([str(said.code)] if said.code else [])])
    level, row = tables.capital
    capital = f"{level.code[row]} {level.names_zh[row]} {level.names_en[row]}".rstrip()
    if not said.capital:
        capital += ", the first one, because province.yaml names none"
    lines = {
        "province": " ".join(names),
        "folder": str(folder),
        "places": f"{_number(found.cities['city_tier'].sum(), 'city', 'cities')}, "
        f"{_number(found.cities['county_tier'][found.counties['city']].sum(), 'county', 'counties')}, "
        f"{_number(len(found.townships), 'township', 'townships')}, "
        f"{_number(len(found.villages), 'village', 'villages')}",
        "residents": f"{found.population:,} in {found.villages['households'].sum():,} households",
        "capital": capital,
        "to the nation": f"{said.hours_to_nation:g} hours from the capital",
    }
    for name, which in (("without counties", ~tables.county_tier), ("without cities", ~tables.city_tier)):
        rows = np.flatnonzero(which).tolist()
        if rows:
            lines[name] = ", ".join(f"{tables.cities.code[each]} {tables.cities.names_zh[each]}" for each in rows)
    lines["region types"] = ", ".join(
        f"{word} {number}"
        for word, number in zip(tables.region_types, np.bincount(tables.city_region_type).tolist(), strict=True)
    )
    batches, numbers = np.unique(tables.city_pilot_batch, return_counts=True)
    lines["pilot batches"] = ", ".join(
        f"{batch}: {_number(number, 'city', 'cities')}" for batch, number in zip(batches, numbers, strict=True)
    )
    known = [(~np.isnan(tables.covariates[name])).sum() for name in COVARIATES]
    lines["covariates"] = f"{sum(map(bool, known))} of {len(COVARIATES)}"
    if any(known):
        least = min(number for number in known if number)
        lines["covariates"] += f", each known for {least:,} or more of {len(tables.counties):,} counties"
    if said.codes_of or said.census_of:
        lines["as of"] = ", ".join(
            f"{what} {year}" for what, year in (("codes", said.codes_of), ("census", said.census_of)) if year
        )
    for source in said.sources:
        licence = f" ({source.licence})" if source.licence else ""
        lines[f"source of {source.tables}"] = source.title + licence
    lines["seasons"] = ", ".join(
        name for name, season in zip(DISPUTE_KINDS, found.series.seasons, strict=True) if (season != 1.0).any()
    )
    lines["trends"] = ", ".join(
        f"{name} {found.series.first_year} to {found.series.first_year + len(index) - 1}"
        for name, index in found.series.trends.items()
    )
    own = [each for each in patterns_of(str(folder)) if not each.is_national]
    lines["reported of it"] = _number(len(own), "figure", "figures")
    unread = sorted(each.name for each in folder.iterdir() if each.name not in (*ALL_FILES, REPORTS))
    if unread:
        lines["not read"] = ", ".join(unread)
    return [f"{name + ':':<15} {text or 'none'}" for name, text in lines.items()]


def _number(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _stated(tables: Tables) -> str:
    """How many rows of each table state what."""
    levels: Mapping[str, Level] = {
        "cities": tables.cities,
        "counties": tables.counties,
        "townships": tables.townships,
        "villages": tables.villages,
    }
    rows = [
        [
            name,
            f"{len(level):,}",
            *(
                f"{int(stated.sum()):,}"
                for stated in (
                    level.population != UNKNOWN,
                    ~np.isnan(level.urban_share),
                    ~np.isnan(level.household_size),
                    ~np.isnan(level.latitude),
                    ~np.isnan(level.hours),
                )
            ),
        ]
        for name, level in levels.items()
    ]
    header = ["rows that state", "rows", "population", "urban share", "household size", "coordinates", "hours"]
    return table(header, rows) + "\nWhere no row states it, below or above, it is synthetic."


def _warnings(found: Province, folder: Path) -> list[str]:
    if not found.warnings:
        return ["", "no warnings"]
    shown = [f"  {each.removeprefix(f'{folder}/')}" for each in found.warnings]
    return ["", _number(len(shown), "warning:", "warnings:"), *shown]


CHOSEN = "province="


def _make(arguments: Sequence[str]) -> int:
    """Makes a copy of a shipped province that can be edited, or provinces from a folder of sources."""
    from sim.province.making import make_provinces, write_copy

    words = [each for each in arguments if not each.startswith(CHOSEN)]
    chosen = [name for each in arguments if each.startswith(CHOSEN) for name in each.removeprefix(CHOSEN).split(",")]
    if len(words) != 2 or any(each.startswith("-") or "=" in each for each in words) or "" in (*words, *chosen):
        given = " ".join(arguments)
        raise InputError(f"pyramid province make takes a province or a folder of sources, and a folder, not {given!r}")
    what, target = words
    name = what if what == TINY else province_named(what)
    if name is not None:
        if chosen:
            raise InputError(f"{CHOSEN}{','.join(chosen)} goes with a folder of sources; {what} is a province already")
        write_copy(name, Path(target))
        print(target)
        return 0
    if not Path(what).is_dir():
        raise InputError(
            f"{what!r}: must be a province of China by name or code, {TINY}, or a folder of sources such as data; "
            "pyramid list provinces shows all"
        )
    for made in make_provinces(Path(what), Path(target), chosen, _tell):
        print(Path(target) / made.name)
    return 0


def _tell(line: str) -> None:
    print(f"pyramid: {line}", file=sys.stderr, flush=True)


ACTIONS: Mapping[str, Callable[[Sequence[str]], int]] = {"check": _check, "make": _make}
"""What can be done with the folder of a province."""
