"""Tables of an index: cities by months with colours, and what is true beside what is recorded."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from experiments.configuration.words_file import in_language
from experiments.report import numbers
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.statistics.intervals import Estimate
from experiments.studies.index.result import BESIDE, BESIDE_MONTHS, WORDS, IndexResult
from sim.measures import MEASURES


def tables(result: IndexResult, words: Words) -> str:
    """A table a year with colours, the last twelve months with true beside recorded, and how both are read."""
    said = in_language(WORDS, words.language)
    named = {name: said.get(f"colour.{name}", name) for name, _ in result.index.colours}
    short = dict(zip(named, shortened(list(named.values())).values(), strict=True))
    limits = words("list.comma").join(
        said["limit"].format(short=short[name], name=named[name], lowest=f"{lowest:g}")
        for name, lowest in result.index.colours
    )
    root = result.index.root
    name = root.name_zh if words.language == "zh" else root.name_en
    parts = [said["heading"].format(name=name, limits=limits)]
    years = result.months.astype("datetime64[Y]")
    for year in np.unique(years):
        parts.append(_year(result, np.flatnonzero(years == year), str(year), short, words))
    key = "single" if len(result.seeds) == 1 else "behaviours" if result.ensemble else "replicates"
    parts += [last_year_table(result, words), said[key].format(n=len(result.seeds), seed=result.seeds[0])]
    return "\n\n".join(parts)


def last_year_table(result: IndexResult, words: Words) -> str:
    """A row a city: the index of the last twelve months with its interval, and true beside recorded."""
    said = in_language(WORDS, words.language)
    several = len(result.seeds) > 1
    title = said["last_year"].format(months=BESIDE_MONTHS, last=result.months[-1])
    header = [title, said["index"], *([said["interval"]] if several else [])]
    header += [words.measure(name) for pair in BESIDE for name in pair]
    rows = []
    for city, name in enumerate(city_names(result, words)):
        index = result.over_replicates(result.last_year[:, city])
        row = [name, numbers.plain(index.mean, 1), *([numbers.interval(index.low, index.high)] if several else [])]
        for pair, names in enumerate(BESIDE):
            row += [_amount(result.beside_of(city, pair, side), measure) for side, measure in enumerate(names)]
        rows.append(row)
    return table(header, rows)


def city_names(result: IndexResult, words: Words) -> list[str]:
    """Names of the cities, in the order of the province's table."""
    return [chinese if words.language == "zh" else english for _, english, chinese in result.cities]


def _amount(value: Estimate, measure: str) -> str:
    return numbers.amount(value.mean, MEASURES[measure].unit)


def _year(result: IndexResult, columns: np.ndarray, year: str, short: Mapping[str, str], words: Words) -> str:
    def cell(city: int, month: int) -> str:
        mean = result.score(result.index.root.name, city, month).mean
        if np.isnan(mean):
            return numbers.NONE
        return f"{math.floor(10 * mean) / 10:.1f}{short[result.index.colour(mean)]}"  # rounding up could cross a limit

    header = [year, *(str(result.months[column])[5:] for column in columns)]
    names = city_names(result, words)
    return table(header, [[name, *(cell(city, month) for month in columns)] for city, name in enumerate(names)])


def shortened(names: Sequence[str]) -> dict[str, str]:
    """Each name by the shortest beginning that no other has."""
    short = {}
    for name in names:
        others = [other for other in names if other != name]
        lengths = (n for n in range(1, len(name)) if not any(other.startswith(name[:n]) for other in others))
        short[name] = name[: next(lengths, len(name))]
    return short
