"""The trends of a province beside those that come of them: in a choice among forums the two are not quite the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from experiments.configuration.words_file import in_language
from experiments.report.text import Words
from experiments.runs.record import RunRecord
from experiments.studies.simulate.text import WORDS
from sim.ledger import CHANNELS, PETITION_LEVELS
from sim.province import load_province
from sim.province.nation import is_nation
from sim.scenario import Scenario

PRESENTED = tuple(
    f"{first}presented_{channel}_{level}"
    for first in ("", "repeat_")
    for channel in CHANNELS
    for level in PETITION_LEVELS
)
COUNTED = {"grievances": ("raised",), "petitions": PRESENTED}
"""Events that show what came of a trend; suits of others come as they are given, and no event counts them."""


class TrendYear(NamedTuple):
    """A year of a trend, of the year of the first measures: as given, and as it came with the policy before kept."""

    given: float
    achieved: float


def trends_of(scenario: Scenario, kept: Collection[RunRecord]) -> dict[str, dict[int, TrendYear]]:
    """By series and year, for whole years after that of the first measures; empty where that is not whole."""
    if is_nation(scenario.province.source) or not kept:
        return {}
    series = load_province(scenario.province.source, scenario.province.codes).series
    first = next(iter(kept))
    of_month = first.months.astype("M8[Y]").astype(np.int64) + 1970
    years, months = np.unique(of_month, return_counts=True)
    whole = years[months == 12].tolist()
    base = int(scenario.calendar.measures[:4])
    found: dict[str, dict[int, TrendYear]] = {}
    for name, events in COUNTED.items():
        if name in series.trends and base in whole:
            columns = [first.events.index(each) for each in events]
            total = np.sum([record.monthly[:, columns].sum(axis=1) for record in kept], axis=0)
            by_year = {year: int(total[of_month == year].sum()) for year in whole}
            index = dict(enumerate(series.trends[name].tolist(), series.first_year))
            found[name] = {
                year: TrendYear(index[year] / index[base], by_year[year] / by_year[base])
                for year in whole
                if year != base and by_year[base]
            }
    return {name: by_year for name, by_year in found.items() if by_year}


def trend_notes(scenario: Scenario, kept: Collection[RunRecord], words: Words) -> list[str]:
    """A line for each trend that can be told."""
    said, base = in_language(WORDS, words.language), scenario.calendar.measures[:4]
    notes = []
    for name, by_year in trends_of(scenario, kept).items():
        years = [
            said["trend.year"].format(year=year, given=_of_base(each.given), achieved=_of_base(each.achieved))
            for year, each in by_year.items()
        ]
        notes.append(
            said["trend"].format(what=said[f"trend.{name}"], base=base, years=said["trend.between"].join(years))
        )
    return notes


def _of_base(index: float) -> str:
    return f"{100.0 * index:.1f}"
