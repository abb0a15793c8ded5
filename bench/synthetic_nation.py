"""A synthetic nation to try large machines with: 31 provinces, each made of Gansu's places.

Only the provinces' totals are real (``nation_2020.csv``: seventh national population census, 2020, communiqué no. 3;
31 provinces without Hong Kong, Macao, Taiwan and the armed forces). A province of more people than Gansu has Gansu's
counties several times, one of fewer has some of them, so that villages keep a plausible size. Nothing else is known
about any of them here, and no figure of such a province is a finding.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, groupby
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.province import folder_of, load_province
from sim.province.table import PACKED, file_of

TOTALS = Path(__file__).with_name("nation_2020.csv")


@dataclass(frozen=True)
class ProvinceTotal:
    """A province of the census: code of two digits, names, residents in 2020."""

    code: int
    name_en: str
    name_zh: str
    residents: int


def province_totals() -> list[ProvinceTotal]:
    """The 31 provinces by code."""
    rows = _rows(TOTALS)
    return [ProvinceTotal(int(r["code"]), r["name_en"], r["name_zh"], int(r["population_2020"])) for r in rows]


def write_nation(folder: str | Path, share: float = 1.0) -> dict[str, Path]:
    """Writes the tables of every province, with a share of its residents, into folders of their own.

    Gives the folders by English name, to be used as ``province=FOLDER``; the whole nation takes about 80 MB. Raises
    ``InputError`` for a share that is not above 0 and at most 1.
    """
    if not 0 < share <= 1:
        raise InputError(f"a share of the nation must be above 0 and at most 1, not {share}")
    folders = {}
    for total in province_totals():
        folders[total.name_en] = Path(folder) / f"synthetic_{total.name_en.lower().replace(' ', '_')}"
        write_province(folders[total.name_en], total, max(1, round(share * total.residents)))
    return folders


def write_province(folder: str | Path, total: ProvinceTotal, residents: int) -> None:
    """Writes the four tables of one synthetic province of so many residents."""
    cities: list[dict[str, Any]] = []
    below: dict[str, list[dict[str, Any]]] = {"counties.csv": [], "townships.csv": [], "villages.csv": []}
    chosen = list(_counties_for(residents))
    usual = sum(county.residents for _, county in chosen)
    reached = given = 0
    for number, group in groupby(chosen, key=lambda each: each[0]):
        counties = [county for _, county in group]
        code = f"{total.code}{number:02}"
        reached += sum(county.residents for county in counties)
        upto = residents * reached // usual  # what is rounded off goes on to the next city: the total is met
        origin = counties[0].city
        cities.append(
            {
                "code": code,
                "name_zh": f"合成{total.name_zh}{number:02}",
                "name_en": f"Synthetic {total.name_en} {number:02}",
                "population": upto - given,
                "pilot_batch": origin["pilot_batch"],
                "region_type": "capital" if number == 1 else origin["region_type"].replace("capital", "other"),
            }
        )
        given = upto
        for county in counties:
            for file, rows in county.rows.items():
                below[file] += [_moved(row, code) for row in rows]
    Path(folder).mkdir(parents=True, exist_ok=True)
    for file, rows in {"cities.csv": cities, **below}.items():
        with (Path(folder) / file).open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


@dataclass(frozen=True)
class _County:
    """A county of Gansu: its city's row, its residents in the model, and its rows in the three tables below."""

    city: dict[str, str]
    residents: int
    rows: dict[str, list[dict[str, str]]]

    def code(self) -> str:
        """Of Gansu's, six digits."""
        return self.rows["counties.csv"][0]["code"]


STRIDE = 53
"""Step through the 88 counties by which some of them are chosen, so that few stand for all."""


def _counties_for(residents: int) -> Iterator[tuple[int, _County]]:
    """Counties of Gansu that suffice for so many residents, with the number of their new city from 1 on.

    All of them as often as they are needed whole, then some from all over the province.
    """
    counties = _gansu()
    scattered = [counties[(step + 1) * STRIDE % len(counties)] for step in range(len(counties))]
    number = count(1)
    while residents > 0:
        chosen = []
        for county in scattered:
            chosen.append(county)
            residents -= county.residents
            if residents <= 0:
                break
        for _, of_city in groupby(sorted(chosen, key=_County.code), key=lambda county: county.city["code"]):
            new = next(number)
            yield from ((new, county) for county in of_city)


def _gansu() -> list[_County]:
    province = load_province("gansu", ())
    residents = dict(zip(province.counties["code"].tolist(), province.counties["population"].tolist(), strict=True))
    folder = folder_of("gansu")
    cities = {row["code"]: row for row in _rows(folder / "cities.csv")}
    townships = _by_county(folder, "townships.csv", "county_code")
    villages = _by_county(folder, "villages.csv", "township_code", "setting")
    return [
        _County(
            cities[row["city_code"]],
            residents[int(row["code"])],
            {
                "counties.csv": [_only(row, "city_code")],
                "townships.csv": townships[row["code"]],
                "villages.csv": villages[row["code"]],
            },
        )
        for row in sorted(_rows(folder / "counties.csv"), key=lambda row: row["code"])
    ]


def _only(row: dict[str, str], *columns: str) -> dict[str, str]:
    """What of a row is not of its place alone: neither its people nor where it lies."""
    return {column: row[column] for column in ("code", "name_zh", *columns)}


def _by_county(folder: Path, table: str, *columns: str) -> dict[str, list[dict[str, str]]]:
    rows = sorted((_only(row, *columns) for row in _rows(file_of(folder, table))), key=lambda row: row["code"])
    return {county: list(group) for county, group in groupby(rows, key=lambda row: row["code"][:6])}


def _moved(row: dict[str, str], city: str) -> dict[str, str]:
    """A row of a table in another city: its codes begin with that city's, and its name is no real place's."""
    codes = {key: city + value[4:] for key, value in row.items() if key.endswith("code")}
    return {**row, **codes, "name_zh": f"合成{codes['code']}"}


def _rows(path: Path) -> list[dict[str, str]]:
    with (lzma.open if path.suffix == PACKED else open)(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
