"""Places by name: which shipped province a word means, and which city or county of a province."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sim.errors import InputError

INDEX = "provinces.csv"
"""The table of all shipped provinces."""

CLASSES_ZH = ("自治州", "自治县", "自治旗", "地区", "新区", "林区", "特区", "市", "县", "区", "旗", "盟", "省")
CLASSES_EN = (
    "autonomous prefecture",
    "autonomous county",
    "autonomous banner",
    "prefecture",
    "district",
    "county",
    "banner",
    "league",
    "city",
)
"""Endings of names that a word may leave out."""


_PEOPLES = re.compile(
    "(?:蒙古族?|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族"
    "|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族?|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|普米族|塔吉克"
    "|怒族|鄂温克族?|鄂伦春|保安族|裕固族|独龙族|各族)+$"
)
"""Peoples in the official names of autonomous places, which everyday names leave out: 临夏回族自治州, 临夏."""


class Shipped(NamedTuple):
    """A shipped province: its folder, names and size."""

    slug: str
    code: int
    name_zh: str
    short_zh: str
    name_en: str
    aliases: tuple[str, ...]
    cities: int
    counties: int
    residents: int


@cache
def shipped() -> tuple[Shipped, ...]:
    """All provinces that come with the package, by code."""
    text = (files("sim.province") / "shipped" / INDEX).read_text("utf-8")
    return tuple(
        Shipped(
            row["slug"],
            int(row["code"]),
            row["name_zh"],
            row["short_zh"],
            row["name_en"],
            tuple(each for each in row["aliases"].split("|") if each),
            *(int(row[name]) for name in ("cities", "counties", "residents")),
        )
        for row in csv.DictReader(text.splitlines())
    )


def province_named(word: str) -> str | None:
    """The folder of the shipped province that a word means: ``63``, ``qinghai``, ``Qinghai``, ``青海``, ``青海省``.

    A path (``./qinghai``) is the user's own folder and never a name.
    """
    if any(sign in word for sign in "./\\~"):
        return None
    plain = _plain(word)
    for each in shipped():
        names = (each.slug, str(each.code), each.name_zh, each.short_zh, each.name_en, *each.aliases)
        if plain in {_plain(name) for name in names}:
            return each.slug
    return None


class Place(NamedTuple):
    """A city or county: its code and names."""

    code: int
    name_zh: str
    name_en: str


def codes_of(words: Iterable[int | str], places: Sequence[Place], province: str) -> list[int]:
    """Codes of the places that words mean, by code, Chinese or English name, with or without its class.

    A name in full comes before one without its class; what still means several places is refused.

    Raises:
        InputError: for a word that means no place of the province, or several; near ones are named.
    """
    return [_code_of(word, places, province) for word in words]


def _code_of(word: int | str, places: Sequence[Place], province: str) -> int:
    text = str(word).strip()
    if text.isdecimal():
        return int(text)
    plain = _plain(text)
    for spelling in (_full_names, _short_names):
        found = [each for each in places if plain in spelling(each)]
        if len(found) == 1:
            return found[0].code
        if found:
            listed = ", ".join(f"{each.code} {each.name_zh} {each.name_en}".rstrip() for each in found)
            raise InputError(f"places {text!r}: means several places of province {province!r}: {listed}; give the code")
    names = {name: each for each in places for name in (*_full_names(each), *_short_names(each))}
    near = {names[name] for name in difflib.get_close_matches(plain, names, n=5, cutoff=0.5)}
    listed = ", ".join(f"{each.code} {each.name_zh} {each.name_en}".rstrip() for each in sorted(near))
    hint = f"; near ones: {listed}" if near else "; pyramid list places shows all"
    raise InputError(f"places {text!r}: no such place in province {province!r}{hint}")


def _full_names(place: Place) -> set[str]:
    return {_plain(place.name_zh), _plain(place.name_en)} - {""}


def _short_names(place: Place) -> set[str]:
    chinese = _without(place.name_zh, CLASSES_ZH, 2)
    everyday = _PEOPLES.sub("", chinese)
    english = _without(place.name_en.lower(), CLASSES_EN, 1)
    return {_plain(chinese), _plain(everyday if len(everyday) > 1 else chinese), _plain(english)} - {""}


def _without(name: str, endings: Sequence[str], least: int) -> str:
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) >= least:
            return name[: -len(ending)]
    return name


def _plain(word: str) -> str:
    """A word by its letters alone: case, blanks, apostrophes and the like make no difference."""
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def everyday_name(name: str) -> str:
    """A place's name as people say it, without its class and peoples: 临夏回族自治州, 临夏; Linxia County, Linxia."""
    if province := next((each for each in shipped() if name == each.name_zh), None):
        return province.short_zh
    chinese = _without(name, CLASSES_ZH, 2)
    if chinese != name:
        plain = _PEOPLES.sub("", chinese)
        return plain if len(plain) > 1 else chinese
    short = _without(name.lower(), CLASSES_EN, 1).strip()
    return name[: len(short)] if short else name
