"""Levers by place from a file: a planner's table with a row for each place and lever, ``place,lever,value``."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.guidance import A_PLACE, LEVELS, REGION_TYPE, level_of, near_levers, why_not, why_not_there
from sim.parameters import declarations
from sim.province import Province, load_province
from sim.province.names import Place, codes_of
from sim.province.nation import is_nation, provinces_of_nation
from sim.province.table import Table

COLUMNS = ("place", "lever", "value")

_CODE = re.compile(r"([0-9]+)(\.0*)?", re.ASCII)
"""A code, also as spreadsheets write it (``620102.0``)."""


class PlacesFile:
    """A file of levers by place, checked row by row as far as that goes without its province.

    Args:
        path: a CSV file in UTF-8 with the header ``place,lever,value``.
        policy: the class of policies, which declares the levers.

    Raises:
        InputError: naming file, row, column and value, and what is allowed.
    """

    def __init__(self, path: str, policy: type) -> None:
        file = Path(path)
        try:
            is_there = file.exists()
        except OSError:  # a name that is too long, a folder that may not be entered
            is_there = False
        if not is_there:
            raise InputError(f"places={path}: there is no such file; it is a CSV file with {', '.join(COLUMNS)}")
        self._policy = policy
        self._table = Table(file.parent, file.name, COLUMNS)
        self._levers = {each.name: each for each in declarations(policy)}
        self._places = [_code(word) for word in self._table.columns["place"]]
        self._values = [self._checked(row) for row in range(len(self._places))]
        self._refuse_twice(self._places)

    def _checked(self, row: int) -> Any:
        """The value of a row: a number, or the name of a choice."""
        place, lever, text = self._places[row], self._table.columns["lever"][row], self._table.columns["value"][row]
        if not level_of(place):
            raise self._table.refuse(row, "place", f"a place is {A_PLACE}, or a name")
        if lever not in self._levers:
            raise self._table.refuse(row, "lever", f"there is no such lever; {near_levers(lever, self._policy)}")
        if reason := why_not_there(lever, level_of(place)):
            raise self._table.refuse(row, "lever", reason)
        value = text if self._levers[lever].choices else _number(text)
        if reason := why_not(lever, value, self._policy):
            raise self._table.refuse(row, "value", f"{lever}: {reason}")
        return value

    def _refuse_twice(self, places: list[str]) -> None:
        first: dict[tuple[str, str], int] = {}
        for row, key in enumerate(zip(places, self._table.columns["lever"], strict=True)):
            if first.setdefault(key, row) != row:
                line = self._table.lines[first[key]]
                raise self._table.refuse(row, "lever", f"it is set twice for {key[0]}, first in row {line}")

    def in_province(self, source: str) -> dict[str, dict[str, dict[str, Any]]]:
        """The levers by code or region type: what ``Policy.places`` holds; ``source`` is a province's or the nation's.

        Raises ``InputError`` for a place that the whole province does not have, a name of several, a place whose level
        is not that of the lever, and one that is set twice under different names.
        """
        places = [self._found(row, source) for row in range(len(self._places))]
        self._refuse_twice(places)
        levers: dict[str, dict[str, dict[str, Any]]] = {}
        for place, name, value in zip(places, self._table.columns["lever"], self._values, strict=True):
            group, _, lever = name.partition(".")
            levers.setdefault(place, {}).setdefault(group, {})[lever] = value
        return levers

    def _found(self, row: int, source: str) -> str:
        place = self._places[row]
        try:
            code = code_of(place, whole_province(place, source))
        except InputError as error:
            raise self._table.refuse(row, "place", str(error)) from None
        if reason := why_not_there(self._table.columns["lever"][row], level_of(code)):
            raise self._table.refuse(row, "lever", reason)
        return code


def _code(word: str) -> str:
    found = _CODE.fullmatch(word)
    return found[1] if found else word


def _number(text: str) -> float | int | str:
    """A number as it is written; any other text as it is."""
    try:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else float(text)
    except ValueError:
        return text


def whole_province(place: str, source: str) -> Province:
    """The whole province in which a place is looked for.

    Raises ``InputError`` for a place of the nation without a code: provinces have places of the same names.
    """
    if not is_nation(source):
        return load_province(source)
    slugs = {str(each.code): each.slug for each in provinces_of_nation()}
    slug = slugs.get(place[: LEVELS["province"]])
    if slug is None or not place.isdigit():
        raise InputError(f"of the nation, places are named by code, which begins with a province's: {', '.join(slugs)}")
    return load_province(slug)


@lru_cache(maxsize=16)
def _places(province: Province) -> dict[str, Place]:
    """The places of a province by code: itself, cities, counties and townships.

    What only stands for another level is left out: a row of counties directly under the province, the county row of a
    city without counties.
    """
    metadata = province.metadata
    code = str(province.cities["code"][0])[: LEVELS["province"]]
    found = [Place(int(code), metadata.name_zh, metadata.name_en)]
    cities = zip(province.cities["code"].tolist(), province.city_names_zh, province.city_names_en, strict=True)
    found += [Place(*city) for city, has in zip(cities, province.cities["city_tier"], strict=True) if has]
    counties = zip(province.counties["code"].tolist(), province.county_names_zh, province.county_names_en, strict=True)
    has_counties = province.cities["county_tier"][province.counties["city"]]
    found += [Place(*county) for county, has in zip(counties, has_counties, strict=True) if has]
    townships = zip(province.townships["code"].tolist(), province.township_names_zh, strict=True)
    found += [Place(code, name, "") for code, name in townships]
    return {str(place.code): place for place in found}


def may_be_of(place: str, source: str) -> bool:
    """Whether a place of a policy is one of a province or the nation, by its code's first digits, or a region type."""
    if is_nation(source):  # whose provinces have region types of their own
        return place[: LEVELS["province"]] in {str(each.code) for each in provinces_of_nation()}
    code = str(load_province(source).cities["code"][0])
    return level_of(place) == REGION_TYPE or place.startswith(code[: LEVELS["province"]])


def why_unknown(place: str, province: Province) -> str:
    """Why a whole province does not have a place of this code or region type, with near ones; empty where it does."""
    known = _places(province)
    if place in known or place in province.region_types:
        return ""
    level = level_of(place)
    if level == REGION_TYPE:
        types = ", ".join(province.region_types)
        return f"there is no such region type in province {province.name!r}; there are: {types}"
    if not level:
        return f"a place is {A_PLACE}"
    length = len(place)
    above = max((digits for digits in LEVELS.values() if digits < length and place[:digits] in known), default=0)
    of_level = [code for code in known if len(code) == length and code.startswith(place[:above])]
    if not of_level:  # a city without counties, or counties without a city
        return f"there is no {level} {place} in province {province.name!r}: {place[:above]} has none of this level"
    is_short = len(of_level) <= 16  # else the nearest ones are listed
    listed = of_level if is_short else difflib.get_close_matches(place, of_level, n=8, cutoff=0)
    more = f" and {len(of_level) - len(listed)} more" if len(listed) < len(of_level) else ""
    return f"there is no {level} {place} in province {province.name!r}; there are: {', '.join(sorted(listed))}{more}"


def code_of(word: str, province: Province) -> str:
    """The code or region type that a code, a region type or a name means in a whole province.

    Raises ``InputError`` for a word that means no place, with near ones, or several.
    """
    if not level_of(word) or word.isdigit() or word in province.region_types:
        if reason := why_unknown(word, province):
            raise InputError(reason)
        return word
    try:
        return str(codes_of([word], list(_places(province).values()), province.name)[0])
    except InputError as error:
        raise InputError(str(error).partition(": ")[2]) from None  # the word is named by whoever asks
