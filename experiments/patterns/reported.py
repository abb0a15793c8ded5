"""What is reported of a province: ``patterns.csv`` of its folder, and of all of China where that says nothing.

| column | what |
|---|---|
| statistic | name of ``experiments.patterns.statistics``, each once |
| low, high | what is reported, in the statistic's unit; without ``high`` one number |
| unit | the statistic's; a share of 65 % is 0.65 |
| tolerance | how far off a mean may lie and still meet it, 0 without one |
| judged_by | ``value`` (without one) or ``direction`` |
| use | ``fitted`` (without one) or ``held_out``: never fitted, and scored |
| tag | F fact with a source, D derived, A assumed |
| years | 2019 or 2018-2019; may be empty |
| source_en, source_zh | where the number comes from; one is enough |
| note_en, note_zh | what else to know; may be empty |
| remedy_en, remedy_zh | what would have to change in the model where the figure is missed; may be empty |
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from experiments.patterns.pattern import Pattern
from experiments.patterns.statistics import STATISTICS
from sim.errors import InputError
from sim.province.builder import folder_of
from sim.province.nation import is_nation
from sim.province.table import Table, file_of
from sim.province.tables import REPORTS
from sim.vocabulary import suggestion

NATIONAL = "national_patterns.csv"
"""The file beside the shipped provinces."""

NEEDED = ("statistic", "low", "unit", "tag")
TEXTS = ("source", "note", "remedy")
"""Columns of texts, each in English and Chinese."""

OPTIONAL = (
    *("high", "tolerance", "judged_by", "use", "years"),
    *(f"{text}_{language}" for text in TEXTS for language in ("en", "zh")),
)

RANGES = {
    "share": (0.0, 1.0),
    "points": (-1.0, 1.0),
    "change": (-1.0, 1e3),
    "ratio": (0.0, 1e6),
    "Aitchison distance": (0.0, 100.0),
    "1/1000/year": (0.0, 1e6),
    "1/year": (0.0, 1e6),
    "days": (0.0, 1e5),
    "1": (-1e6, 1e6),
}
"""What a statistic of a unit can be."""

LONGEST = 300
"""Letters of the longest text."""

_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?", re.ASCII)
_YEARS = re.compile(r"([12][0-9]{3}(-[12][0-9]{3})?)?", re.ASCII)


def patterns_of(source: str) -> tuple[Pattern, ...]:
    """What is reported of a province, in the order of the statistics; its own report comes before a national one.

    Raises:
        InputError: naming file, row, column and value, and what is allowed.
    """
    found = {each.name: each for each in _read(Path(str(files("sim.province") / "shipped")), NATIONAL, True)}
    if not is_nation(source) and file_of(folder := folder_of(source), REPORTS).exists():
        found |= {each.name: each for each in _read(folder, REPORTS, False)}
    return tuple(found[name] for name in STATISTICS if name in found)


def has_reports(patterns: Iterable[Pattern]) -> bool:
    """Whether anything among patterns is reported of the province itself."""
    return not all(each.is_national for each in patterns)


def _read(folder: Path, name: str, is_national: bool) -> list[Pattern]:
    table = Table(folder, name, NEEDED, OPTIONAL)
    seen: dict[str, int] = {}
    for row, statistic in enumerate(table.columns["statistic"]):
        if statistic not in STATISTICS:
            raise table.refuse(row, "statistic", f"there is no such statistic; {suggestion(statistic, STATISTICS)}")
        if seen.setdefault(statistic, row) != row:
            raise table.refuse(row, "statistic", f"it stands twice, first in row {table.lines[seen[statistic]]}")
    numbers = {column: _numbers(table, column) for column in ("low", "high", "tolerance")}
    is_direction = table.choice("judged_by", {"value": False, "direction": True}, unknown=False)
    is_held_out = table.choice("use", {"fitted": False, "held_out": True}, unknown=False)
    return [
        replace(
            _pattern(table, row, {column: of[row] for column, of in numbers.items()}, bool(is_direction[row])),
            is_held_out=bool(is_held_out[row]),
            is_national=is_national,
        )
        for row in range(len(table))
    ]


def _numbers(table: Table, column: str) -> list[float | None]:
    """A column's numbers, each within what its statistic's unit can be; ``None`` for an empty cell."""
    found: list[float | None] = []
    for row, text in enumerate(table.columns.get(column, [""] * len(table))):
        unit = STATISTICS[table.columns["statistic"][row]].unit
        low, high = (0.0, RANGES[unit][1]) if column == "tolerance" else RANGES[unit]
        if not text:
            found.append(None)
            continue
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not low <= value <= high:
            raise table.refuse(row, column, f"must be a number from {low:g} to {high:g} ({unit})")
        found.append(value)
    return found


def _pattern(table: Table, row: int, numbers: dict[str, float | None], is_direction: bool) -> Pattern:
    columns = table.columns
    statistic = STATISTICS[columns["statistic"][row]]
    if columns["unit"][row] != statistic.unit:
        raise table.refuse(row, "unit", f"{statistic.name} is in {statistic.unit!r}")
    if columns["tag"][row] not in ("F", "D", "A"):
        raise table.refuse(row, "tag", "must be F (fact with a source), D (derived) or A (assumed)")
    low = numbers["low"]
    if low is None:
        raise table.refuse(row, "low", "a number is needed")
    high = low if numbers["high"] is None else numbers["high"]
    if high < low:
        raise table.refuse(row, "high", f"must not be below low, {low:g}")
    if is_direction and low + high == 0:
        raise table.refuse(row, "low", "0 has no direction")
    if statistic.direction and not is_direction:
        reason = f"{statistic.name} is judged by its direction alone: write direction"
        raise table.refuse(row, "judged_by", reason) if "judged_by" in columns else _lacks(table, row, reason)
    years = columns["years"][row] if "years" in columns else ""
    if not _YEARS.fullmatch(years):
        raise table.refuse(row, "years", "must be like 2019 or 2018-2019")
    source, remark, remedy = (_both(table, row, name) for name in TEXTS)
    if not source[0]:
        raise _lacks(table, row, "source_en or source_zh must say where the number comes from")
    return Pattern(
        statistic,
        low,
        high,
        columns["tag"][row],
        source,
        years,
        tolerance=numbers["tolerance"] or 0.0,
        direction=is_direction,
        remark=remark,
        remedy=remedy,
    )


def _lacks(table: Table, row: int, reason: str) -> InputError:
    """The error of a row that lacks what no column of it has."""
    return InputError(f"{table.file}: row {table.lines[row]}: {reason}")


def _both(table: Table, row: int, name: str) -> tuple[str, str]:
    """A text in English and Chinese; in the one that there is where the other is missing."""
    texts = []
    for column in (f"{name}_en", f"{name}_zh"):
        text = table.columns[column][row] if column in table.columns else ""
        if len(text) > LONGEST or not (text.isprintable() or not text):
            raise table.refuse(row, column, f"must be a text of at most {LONGEST} letters that can be printed")
        texts.append(text)
    return texts[0] or texts[1], texts[1] or texts[0]
