"""What a province says of itself: ``province.yaml`` beside its tables."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.province.table import LONGEST_NAME
from sim.province.travel import Travel

FILE = "province.yaml"

PLAIN_TRAVEL = Travel()

LARGEST = 2**20
"""Bytes of the largest file that is read."""


@dataclass(frozen=True)
class Source:
    """Where tables come from, for attribution: which tables, what it is, and its licence."""

    tables: str
    title: str
    licence: str = ""


@dataclass(frozen=True)
class Metadata:
    """A province in words and by its place in the country.

    Attributes:
        name_zh, name_en, short_zh: 甘肃省, Gansu, 甘肃.
        aliases: other names it goes by, such as Xizang.
        code: two digits; 0 where it has none.
        capital: code of the city or county where the province's government is; 0: the first city.
        hours_to_nation: hours one way from the provincial to the national capital.
        codes_of, census_of: years of the codes and of the populations, 0 where unknown.
        travel: what hours are computed with.
        sources: of its tables.
    """

    name_zh: str = ""
    name_en: str = ""
    short_zh: str = ""
    aliases: tuple[str, ...] = ()
    code: int = 0
    capital: int = 0
    hours_to_nation: float = 8.0
    codes_of: int = 0
    census_of: int = 0
    travel: Travel = PLAIN_TRAVEL
    sources: tuple[Source, ...] = ()


_TEXTS = ("name_zh", "name_en", "short_zh")
_WHOLE = {"code": (10, 99), "capital": (1000, 999_999), "codes_of": (1900, 2100), "census_of": (1900, 2100)}


def read_metadata(folder: Path | Traversable, name: str) -> Metadata:
    """What ``province.yaml`` of a folder says; without the file, a province that goes by the folder's name.

    Raises:
        InputError: naming file, key, value and what is allowed.
    """
    plain = Metadata(name_zh=name, name_en=name, short_zh=name)
    file = f"{folder}/{FILE}"
    try:
        content = (folder / FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return plain
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise InputError(f"{file}: cannot be read: it has {len(content):,} bytes, at most {LARGEST:,}")
    import yaml

    from sim.province.plain_yaml import load

    try:
        values = load(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: byte {error.start} is not UTF-8; save it as UTF-8") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" line {where.line + 1}:" if where else ""
        raise InputError(f"{file}:{line} is not YAML: {getattr(error, 'problem', None) or error}") from None
    if not isinstance(values, dict):
        raise InputError(f"{file}: must hold keys and values, such as name_zh: 甘肃省")
    return _metadata(values, plain, file)


def _metadata(values: dict[Any, Any], plain: Metadata, file: str) -> Metadata:
    _check_keys(values, [each.name for each in fields(Metadata)], "", file)
    found: dict[str, Any] = {}
    for key, value in values.items():
        if key in _TEXTS:
            found[key] = _text(key, value, file)
        elif key in _WHOLE:
            least, most = _WHOLE[key]
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
                raise InputError(f"{file}: {key}: {value!r} must be a whole number from {least} to {most}")
            found[key] = value
        elif key == "hours_to_nation":
            found[key] = _number(key, value, 0.0, 200.0, file)
        elif key == "aliases":
            if not isinstance(value, list):
                raise InputError(f"{file}: {key}: {value!r} must be a list of names")
            found[key] = tuple(_text(key, each, file) for each in value)
        elif key == "travel":
            found[key] = _travel(value, file)
        else:
            found[key] = _sources(value, file)
    merged = replace(plain, **found)
    return merged if "short_zh" in found else replace(merged, short_zh=merged.name_zh)


def _check_keys(values: dict[Any, Any], known: list[str], above: str, file: str) -> None:
    for key in values:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1, cutoff=0.6)
            hint = f"did you mean {above}{near[0]}?" if near else f"known are {', '.join(known)}"
            raise InputError(f"{file}: unknown key {above + str(key)!r}: {hint}")


def _text(key: str, value: Any, file: str) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > LONGEST_NAME:
        raise InputError(f"{file}: {key}: {value!r} must be a text of at most {LONGEST_NAME} letters")
    return value.strip()


def _number(key: str, value: Any, least: float, most: float, file: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise InputError(f"{file}: {key}: {value!r} must be a number from {least:g} to {most:g}")
    return float(value)


def _travel(values: Any, file: str) -> Travel:
    if not isinstance(values, dict):
        raise InputError(f"{file}: travel: {values!r} must hold keys and values")
    _check_keys(values, [each.name for each in fields(Travel)], "travel.", file)
    read: dict[str, Any] = {}
    for key, value in values.items():
        least, most = Travel.RANGES[key]
        if isinstance(getattr(Travel, key), float):
            read[key] = _number(f"travel.{key}", value, least, most, file)
        elif not isinstance(value, list) or len(value) != 3:
            raise InputError(
                f"{file}: travel.{key}: {value!r} must be a list of three numbers: plain, hills, mountains"
            )
        else:
            read[key] = tuple(_number(f"travel.{key}", each, least, most, file) for each in value)
    return Travel(**read)


def _sources(values: Any, file: str) -> tuple[Source, ...]:
    if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
        raise InputError(f"{file}: sources: must be a list of tables, title and licence")
    for each in values:
        _check_keys(each, [field.name for field in fields(Source)], "sources.", file)
        if not {"tables", "title"} <= set(each) or not all(isinstance(text, str) for text in each.values()):
            raise InputError(f"{file}: sources: {each!r} must have the texts tables and title, and may have licence")
    return tuple(Source(**each) for each in values)
