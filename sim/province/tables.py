"""Reading the four tables of a province and refusing what is wrong with them, by file, row and column.

| file            | columns                                                                   |
|-----------------|---------------------------------------------------------------------------|
| `cities.csv`    | code (4 digits), name_zh, name_en, population_2020, pilot_batch, region_type |
| `counties.csv`  | code (6 digits), name_zh, city_code                                       |
| `townships.csv` | code (9 digits), name_zh, county_code                                     |
| `villages.csv`  | code (12 digits), name_zh, township_code, setting                         |

UTF-8 with or without a byte order mark, comma separated, any order of rows and columns; further columns are
ignored. A code begins with its parent's code. Every city has a county, every county a township, every
township a village: a city without a county tier has one county row `city code + 01` that stands for it.
"""

from __future__ import annotations

import csv
import io
import re
import stat
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np

from sim.errors import InputError
from sim.province.province import RegionType, Setting

FILES = ("cities.csv", "counties.csv", "townships.csv", "villages.csv")
LARGEST_CITY = 2_000_000_000  # keeps every village within int32

LARGEST_TABLE = 2**28  # bytes

_REGION_TYPES = {each.name.lower(): int(each) for each in RegionType}
_SETTINGS = {each.name.lower(): int(each) for each in Setting}
_INTEGER = re.compile(r"-?[0-9]+", re.ASCII)


@dataclass(frozen=True)
class Level:
    """One table: its rows ordered by code."""

    code: np.ndarray  # int64, shape (rows,), strictly increasing
    parent: np.ndarray  # int32, row in the level above; empty for cities
    names_zh: tuple[str, ...]


@dataclass(frozen=True)
class Tables:
    """The four tables, validated; columns of shape (rows of their level,)."""

    name: str
    cities: Level
    counties: Level
    townships: Level
    villages: Level
    city_names_en: tuple[str, ...]
    city_population: np.ndarray  # int64, census residents
    city_pilot_batch: np.ndarray  # int32, 1 or more
    city_region_type: np.ndarray  # int32, RegionType
    village_setting: np.ndarray  # int32, Setting


class _Table:
    """The cells of one file by column, with the line each row ends on, for messages."""

    def __init__(self, folder: Path | Traversable, name: str, columns: tuple[str, ...]) -> None:
        self.file = f"{folder}/{name}"
        header, self.lines, rows = self._rows(_text(folder, name, self.file), columns)
        if not rows:
            raise InputError(f"{self.file}: has a header but no rows; at least one is needed")
        cells = list(zip(*rows, strict=True))
        self.columns = {column: [cell.strip() for cell in cells[header.index(column)]] for column in columns}

    def _rows(self, text: str, columns: tuple[str, ...]) -> tuple[list[str], list[int], list[list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header: list[str] | None = None
        lines: list[int] = []
        rows: list[list[str]] = []
        try:
            for row in reader:
                if not row:
                    continue  # a blank line, usually at the end of the file
                if header is None:
                    header = [cell.strip() for cell in row]
                    self._check_header(header, columns)
                elif len(row) == len(header):
                    lines.append(reader.line_num)
                    rows.append(row)
                else:
                    raise InputError(
                        f"{self.file}: row {reader.line_num}: {len(row)} fields, but the header has {len(header)}"
                    )
        except csv.Error as error:
            raise InputError(f"{self.file}: row {reader.line_num}: not comma-separated values: {error}") from None
        if header is None:
            raise InputError(f"{self.file}: is empty; a header and at least one row are needed")
        return header, lines, rows

    def _check_header(self, header: list[str], columns: tuple[str, ...]) -> None:
        missing = [column for column in columns if column not in header]
        if missing:
            raise InputError(
                f"{self.file}: row 1: missing column {', '.join(map(repr, missing))}; "
                f"the header is {','.join(header)!r}, needed are {', '.join(columns)}"
            )
        for column in columns:
            if header.count(column) > 1:
                raise InputError(f"{self.file}: row 1: column {column!r} occurs {header.count(column)} times")

    def refuse(self, index: int, column: str, reason: str) -> InputError:
        value = self.columns[column][index]
        shown = repr(value) if value else "missing"
        return InputError(f"{self.file}: row {self.lines[index]}: {column} {shown}: {reason}")

    def text(self, column: str) -> list[str]:
        values = self.columns[column]
        for index, value in enumerate(values):
            if not value:
                raise self.refuse(index, column, "a text is needed")
            if not value.isprintable():
                raise self.refuse(index, column, "a text must be letters that can be printed")
        return values

    def integers(self, column: str, least: int, most: int, meaning: str) -> np.ndarray:
        allowed = f"{meaning} must be a whole number from {least} to {most}"
        values = self.columns[column]
        for index, value in enumerate(values):
            if not _INTEGER.fullmatch(value) or len(value) > 18 or not least <= int(value) <= most:
                raise self.refuse(index, column, allowed)
        return np.array([int(value) for value in values], dtype=np.int64)

    def choice(self, column: str, choices: dict[str, int]) -> np.ndarray:
        values = self.columns[column]
        try:
            return np.array([choices[value] for value in values], dtype=np.int32)
        except KeyError as error:
            index = values.index(error.args[0])
            raise self.refuse(index, column, f"must be one of {', '.join(choices)}") from None

    def codes(self, column: str, digits: int) -> np.ndarray:
        pattern = re.compile(f"[1-9][0-9]{{{digits - 1}}}", re.ASCII)
        for index, value in enumerate(self.columns[column]):
            if not pattern.fullmatch(value):
                raise self.refuse(index, column, f"a code must be {digits} digits, the first not 0")
        return np.array(self.columns[column], dtype=np.int64)

    def unique_codes(self, digits: int) -> np.ndarray:
        codes = self.codes("code", digits)
        if len(np.unique(codes)) != len(codes):
            first: dict[int, int] = {}
            for index, code in enumerate(codes.tolist()):
                if code in first:
                    reason = f"duplicate code, first seen in row {self.lines[first[code]]}"
                    raise self.refuse(index, "code", reason)
                first[code] = index
        return codes


def _text(folder: Path | Traversable, name: str, file: str) -> str:
    try:
        if isinstance(folder, Path):
            _require_file(folder / name, file)
        content = (folder / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(f"{file}: missing; a province needs {', '.join(FILES)}") from None
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise InputError(
            f"{file}: row {row}: byte 0x{byte:02x} is not UTF-8; save the table as UTF-8 (it may be GBK or UTF-16)"
        ) from None


def _require_file(path: Path, file: str) -> None:
    """Refuses what would never end or never come: a device, a pipe, a table larger than any country's."""
    status = path.stat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise InputError(f"{file}: cannot be read: it is no file")
    if status.st_size > LARGEST_TABLE:
        raise InputError(f"{file}: cannot be read: it has {status.st_size:,} bytes, at most {LARGEST_TABLE:,}")


def _children(
    table: _Table, parents: _Table, parent_codes: np.ndarray, column: str, digits: int, child: str
) -> tuple[np.ndarray, Level]:
    """Order of the rows by code, and the level; `parent_codes` are sorted."""
    codes = table.unique_codes(digits)
    names = table.text("name_zh")
    own = table.codes(column, len(str(parent_codes[0])))
    row = np.searchsorted(parent_codes, own)
    unknown = np.flatnonzero(parent_codes[np.minimum(row, len(parent_codes) - 1)] != own)
    if len(unknown):
        raise table.refuse(int(unknown[0]), column, f"no such code in {parents.file}")
    apart = np.flatnonzero(codes // 10 ** (digits - len(str(parent_codes[0]))) != own)
    if len(apart):
        index = int(apart[0])
        raise table.refuse(index, "code", f"must begin with its {column} {own[index]}")
    childless = np.flatnonzero(np.bincount(row, minlength=len(parent_codes)) == 0)
    if len(childless):
        code = int(parent_codes[childless[0]])
        index = parents.columns["code"].index(str(code))
        raise parents.refuse(index, "code", f"has no {child} in {table.file}; at least one is needed")
    order = np.argsort(codes, kind="stable")
    return order, Level(codes[order], row[order].astype(np.int32), tuple(names[index] for index in order.tolist()))


def read_tables(folder: Path | Traversable, name: str) -> Tables:
    """Read and validate the four CSV files of `folder`; `name` becomes the province's name.

    Raises `InputError` for the first defect, naming file, row (line of the file, the header is row 1),
    column, value and what is allowed.
    """
    city = _Table(folder, FILES[0], ("code", "name_zh", "name_en", "population_2020", "pilot_batch", "region_type"))
    county = _Table(folder, FILES[1], ("code", "name_zh", "city_code"))
    township = _Table(folder, FILES[2], ("code", "name_zh", "county_code"))
    village = _Table(folder, FILES[3], ("code", "name_zh", "township_code", "setting"))

    city_codes = city.unique_codes(4)
    names_zh, names_en = city.text("name_zh"), city.text("name_en")
    population = city.integers("population_2020", 1, LARGEST_CITY, "a population")
    pilot_batch = city.integers("pilot_batch", 1, 99, "a pilot batch")
    region_type = city.choice("region_type", _REGION_TYPES)
    order = np.argsort(city_codes, kind="stable")
    listed = order.tolist()
    cities = Level(city_codes[order], np.empty(0, np.int32), tuple(names_zh[index] for index in listed))
    _, counties = _children(county, city, cities.code, "city_code", 6, "county")
    _, townships = _children(township, county, counties.code, "county_code", 9, "township")
    village_order, villages = _children(village, township, townships.code, "township_code", 12, "village")
    setting = village.choice("setting", _SETTINGS)

    villages_of_city = np.bincount(counties.parent[townships.parent[villages.parent]], minlength=len(listed))
    too_few = np.flatnonzero(population[order] < villages_of_city)
    if len(too_few):
        least = villages_of_city[too_few[0]]
        reason = f"the city has {least} villages, so at least {least} residents are needed"
        raise city.refuse(listed[too_few[0]], "population_2020", reason)
    return Tables(
        name=name,
        cities=cities,
        counties=counties,
        townships=townships,
        villages=villages,
        city_names_en=tuple(names_en[index] for index in listed),
        city_population=population[order],
        city_pilot_batch=pilot_batch[order].astype(np.int32),
        city_region_type=region_type[order],
        village_setting=setting[village_order],
    )
