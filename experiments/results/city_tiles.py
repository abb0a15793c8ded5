"""Where a map of tiles puts the cities of a province: ``tiles.csv`` beside its tables, for reports alone.

The file has a row for every city: ``code``, ``row`` (1 = the north) and ``column`` (1 = the west), and may have short
names, ``name_zh`` and ``name_en``. A province without the file gets its cities in the order of their codes. No number
of a run depends on it.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.vocabulary import shown
from experiments.results.checks import content_of
from sim.errors import InputError
from sim.province import folder_of, load_province
from sim.scenario import ProvinceChoice

FILE = "tiles.csv"
COLUMNS = ("code", "row", "column")

LARGEST = 30
"""Rows and columns of a map: more could not be read."""

LONGEST_NAME = 20
"""Letters of a name on a tile."""


@dataclass(frozen=True)
class Tile:
    """Row and column, from 1, and names where the file has them."""

    row: int
    column: int
    zh: str = ""
    en: str = ""


def cities_of(choice: ProvinceChoice) -> list[dict[str, Any]]:
    """Code, names, row and column of every city that is simulated, in the order of codes.

    Raises ``InputError`` for a ``tiles.csv`` that does not put every city of the province on a tile of its own.
    """
    province = load_province(choice.source, tuple(choice.places))
    codes = [int(code) for code in province.cities["code"]]
    tiles = _tiles(choice.source) or _in_order(codes)
    names = zip(codes, province.city_names_en, province.city_names_zh, strict=True)
    return [
        {"code": code, "en": tile.en or english, "zh": tile.zh or chinese, "row": tile.row, "column": tile.column}
        for code, english, chinese in names
        for tile in [tiles[code]]
    ]


def _in_order(codes: Sequence[int]) -> dict[int, Tile]:
    """Cities in rows of a map that is about square."""
    width = math.ceil(math.sqrt(len(codes)))
    return {code: Tile(place // width + 1, place % width + 1) for place, code in enumerate(codes)}


def _tiles(source: str) -> dict[int, Tile] | None:
    """Tiles by city as the file has them; ``None`` where the province has no such file."""
    file = folder_of(source) / FILE
    if not file.exists():
        return None
    try:
        return _read(
            content_of(file).decode("utf-8-sig"), file, [int(code) for code in load_province(source).cities["code"]]
        )
    except UnicodeDecodeError:
        raise InputError(f"{file}: is not UTF-8; save the table as UTF-8") from None


def _read(text: str, file: Path, codes: Sequence[int]) -> dict[int, Tile]:
    found: dict[int, Tile] = {}
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(f"{file}: row 1: missing column {missing[0]!r}; needed are {', '.join(COLUMNS)}")
        for line in reader:
            where = f"{file}: row {reader.line_num}"
            code = _whole(line["code"], where, "code", 9999)
            if code not in codes:
                raise InputError(f"{where}: code {code}: there is no such city in cities.csv")
            if code in found:
                raise InputError(f"{where}: code {code}: the city has a tile already")
            row, column = (_whole(line[name], where, name, LARGEST) for name in ("row", "column"))
            taken = next((other for other, tile in found.items() if (tile.row, tile.column) == (row, column)), None)
            if taken is not None:
                raise InputError(f"{where}: row {row}, column {column}: that is the tile of {taken}")
            found[code] = Tile(row, column, *(_name(line.get(f"name_{each}"), where) for each in ("zh", "en")))
    except csv.Error as error:
        raise InputError(f"{file}: not comma-separated values: {error}") from None
    lacking = [code for code in codes if code not in found]
    if lacking:
        raise InputError(f"{file}: the city {lacking[0]} has no tile; every city of cities.csv needs one")
    return found


def _whole(text: str | None, where: str, column: str, most: int) -> int:
    given = (text or "").strip()
    if not (given.isascii() and given.isdigit() and len(given) <= 9 and 1 <= int(given) <= most):
        raise InputError(f"{where}: {column} '{shown(given)}': must be a whole number from 1 to {most}")
    return int(given)


def _name(text: str | None, where: str) -> str:
    given = (text or "").strip()
    if len(given) > LONGEST_NAME or not given.isprintable():
        raise InputError(f"{where}: name '{shown(given)}': must be at most {LONGEST_NAME} letters that can be printed")
    return given
