"""The whole difference, its parts, what two groups do together, and which levers differ, as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from experiments.report import numbers
from experiments.report.attribution.shared_out import MATTERS, Row, SharedOut
from experiments.report.factors import lever_name, lever_value
from experiments.report.measure_text import bracketed, effect_text, title_of, title_of_effects
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.runs.tables import plain_rows

if TYPE_CHECKING:
    import pandas as pd

NAME = "attribution"
"""Of the kind: how its words begin."""

type Write = Callable[[Row, str, Words], str]


def whole_table(found: SharedOut, words: Words, is_over_time: bool = False) -> Table:
    """A row a measure and year: under both policies, the difference, and what would be too small to matter.

    Over time it is the year before the reform and the one after it, under the policy after it.
    """
    sides = ("year_before", "year_itself") if is_over_time else ("before", "after")
    header = [words(f"{NAME}.{key}") for key in ("measure", "year", *sides, "difference", "smallest")]
    body = []
    for measure in found.measures:
        unit = unit_of(measure)
        for year in found.years:
            row = found.whole[year, measure]
            ends = [numbers.amount(row[key], unit) for key in ("before", "after")]
            smallest = numbers.difference(row["smallest"], unit).removeprefix("+")
            difference = effect_text(row, measure, words)
            body.append([title_of(measure, words), words.year_after(year), *ends, difference, smallest])
    return Table(words(f"{NAME}.whole"), header, body)


def part_table(found: SharedOut, words: Words, write: Write | None = None) -> Table:
    """A row a group, a column a measure and year; the last row is the whole difference.

    Cells have their intervals, and over a set of behaviours the share of it that agrees in sign, unless ``write`` says
    otherwise.
    """
    write = write or shared_text
    columns = [(year, measure) for measure in found.measures for year in found.years]
    header = [words(f"{NAME}.group"), *(_heading(measure, year, words) for year, measure in columns)]
    body = [
        [group_name(group, words), *(write(found.parts[group, *key], key[1], words) for key in columns)]
        for group in found.ranked()
    ]
    body.append([words(f"{NAME}.sum"), *(write(found.whole[key], key[1], words) for key in columns)])
    return Table(words(f"{NAME}.parts"), header, body)


def apart_table(found: SharedOut, words: Words) -> Table:
    """A row a measure and part: its share of the whole, and that as the first to come and as the last, year by year."""
    header = [words(f"{NAME}.{key}") for key in ("measure", "group")]
    for year in found.years:
        header += [words(f"{NAME}.{key}", year=words.year_after(year)) for key in ("share", "orders")]
    body = []
    for measure in found.measures:
        for group in found.ranked(measure):
            row = [words.measure(measure), group_name(group, words)]
            for year in found.years:
                part, is_told = found.parts[group, year, measure], found.whole[year, measure]["verdict"] in MATTERS
                ends = [numbers.percent(numbers.known(part[f"share_{key}"]), 0) for key in ("first", "last")]
                row += [share_text(part, words), " / ".join(ends)] if is_told else [numbers.NONE] * 2
            body.append(row)
    return Table(words(f"{NAME}.apart"), header, body)


def share_text(part: Row, words: Words) -> str:
    """A share of the whole with its range: ``72 % [60 to 84]``."""
    share, low, high = (numbers.percent(numbers.known(part[key]), 0) for key in ("share", "share_low", "share_high"))
    return bracketed((share, *(end.removesuffix(f"{numbers.NBSP}%") for end in (low, high))), words)


def together_table(found: SharedOut, words: Words) -> Table:
    """A row for each two groups, a column a measure and year: what they do beyond what each does alone."""
    columns = [(year, measure) for measure in found.measures for year in found.years]
    header = [words(f"{NAME}.pair"), *(_heading(measure, year, words) for year, measure in columns)]
    body = [
        [pair_name(pair, words), *(shared_text(found.together[*pair, *key], key[1], words) for key in columns)]
        for pair in found.pairs
    ]
    return Table(words(f"{NAME}.together"), header, body)


def lever_table(tables: Mapping[str, pd.DataFrame], words: Words) -> Table:
    """A row a lever that differs: its group, and what each policy sets."""
    header = [words(f"{NAME}.{key}") for key in ("lever", "group", "before", "after")]
    body = []
    for row in plain_rows(tables["levers"]):
        name = lever_name(row["lever"], words)
        if row["in_places"]:
            name = words(f"{NAME}.in_places", lever=name)
        values = [lever_value(row[key], words) for key in ("before", "after")]
        body.append([name, group_name(row["group"], words), *values])
    return Table(words(f"{NAME}.levers"), header, body)


def group_name(group: str, words: Words) -> str:
    """A group as people say it; one that users brought keeps its name."""
    name = words.line(f"{NAME}.group.{group}", group)
    return name[:1].upper() + name[1:]


def pair_name(pair: tuple[str, str], words: Words) -> str:
    """Two groups: ``Grid × centres and staff``."""
    one, two = (group_name(group, words) for group in pair)
    return words(f"{NAME}.pair_of", one=one, two=words.in_sentence(two))


def shared_text(row: Row, measure: str, words: Words) -> str:
    """An effect with its interval; over a set of behaviours with the share of it in which the sign is that of most."""
    text, share = effect_text(row, measure, words), row["same_sign"]
    return text if share is None else words(f"{NAME}.in_members", effect=text, share=numbers.percent(share, 0))


def value_text(row: Row, measure: str, _: Words) -> str:
    """An effect without its interval, with as many decimals as it has beside it."""
    unit = unit_of(measure)
    values = [numbers.known(row[key]) for key in ("difference", "low", "high")]
    return numbers.difference(values[0], unit, None if numbers.is_share(unit) else numbers.decimals_for(values, unit))


def _heading(measure: str, year: int, words: Words) -> str:
    return words(f"{NAME}.in_year", measure=title_of_effects(measure, words), year=words.year_after(year))
