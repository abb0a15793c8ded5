"""The finished runs of a sweep, in numbers: each point's measures, and its paired difference from its reference."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.design.factors import PLACES, shown_value
from experiments.report import numbers
from experiments.report.factors import short_label
from experiments.report.levels import figure_text
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.runs.build import YEARS
from experiments.runs.groups import unit_of
from experiments.runs.record import RunRecord
from experiments.statistics.intervals import Estimate, estimate
from experiments.statistics.paired import PairedEffect, paired_difference


@dataclass(frozen=True)
class FinishedPoint:
    """A point with the measures of its finished runs by seed, and those of its reference.

    Attributes:
        name: the point's.
        values: of the factors.
        runs, reference: measures after the reform by seed; ``reference`` is empty without one.
        stresses: that act at the point, scored as harm.
        missing: levels on which no place of the point has a government.
        years: the same over the ``YEARS`` of ``experiments.runs.build``, where runs have both.
    """

    name: str
    values: Mapping[str, Any]
    runs: Mapping[int, Mapping[str, float]]
    reference: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    stresses: Mapping[str, float] = field(default_factory=dict)
    missing: Sequence[str] = ()
    years: Mapping[str, FinishedPoint] = field(default_factory=dict)

    def mean(self, measure: str) -> Estimate:
        """Mean of a measure over the replicates."""
        return estimate([values.get(measure, math.nan) for values in self.runs.values()])

    def pairs(self, measure: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Values of the reference and of the point by shared seed, each of shape (n,); only finite pairs."""
        seeds = [seed for seed in self.runs if seed in self.reference]
        both = np.array(
            [[side[seed].get(measure, math.nan) for seed in seeds] for side in (self.reference, self.runs)], float
        ).reshape(2, len(seeds))
        known = np.isfinite(both).all(axis=0)
        return both[0][known], both[1][known]

    def effect(self, measure: str) -> PairedEffect | None:
        """Paired difference from the reference; ``None`` where there is none."""
        reference, mine = self.pairs(measure)
        return paired_difference(reference, mine) if len(mine) else None


def by_window(records: Mapping[int, RunRecord]) -> dict[str, dict[int, Mapping[str, float]]]:
    """Measures by window and seed: ``after``, and the years where all runs have both."""
    found: dict[str, dict[int, Mapping[str, float]]] = {"after": {seed: each.after for seed, each in records.items()}}
    if records and all(set(YEARS) <= each.years.keys() for each in records.values()):
        found |= {year: {seed: each.years[year] for seed, each in records.items()} for year in YEARS}
    return found


def point_of(
    name: str,
    values: Mapping[str, Any],
    records: Mapping[int, RunRecord],
    reference: Mapping[int, RunRecord] | None = None,
    stresses: Mapping[str, float] | None = None,
    missing: Sequence[str] = (),
) -> FinishedPoint:
    """A point of the records of its finished runs by seed, and those of its reference."""
    mine, other = by_window(records), by_window(reference or {})

    def over(window: str) -> FinishedPoint:
        return FinishedPoint(name, values, mine[window], other.get(window, {}), stresses or {}, missing)

    years = [year for year in YEARS if year in mine and (not reference or year in other)]
    return replace(over("after"), years={year: over(year) for year in years})


def are_of_places(points: Sequence[FinishedPoint]) -> bool:
    """Whether some points differ by place."""
    return any(len({shown_value(point.values.get(key, "")) for point in points}) > 1 for key in (*PLACES, "province"))


def ranked(points: Sequence[FinishedPoint], measure: str) -> list[FinishedPoint]:
    """Points from best to worst by the mean of a measure, in the direction in which it is better.

    A measure of which neither is better is ranked from large to small; points without a value come last, and points
    that are equal keep their order. So do all that differ by place (``are_of_places``): none of them is the best.
    """
    if are_of_places(points):
        return list(points)
    from sim.measures import MEASURES

    better = MEASURES[measure.partition("@")[0]].better
    sign = 1 if better == "down" else -1

    def place(point: FinishedPoint) -> tuple[bool, float]:
        mean = point.mean(measure).mean
        return not math.isfinite(mean), sign * mean if math.isfinite(mean) else 0.0

    return sorted(points, key=place)


def ranked_table(
    points: Sequence[FinishedPoint],
    measures: Sequence[str],
    rank_by: str,
    words: Words | None = None,
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Points from best to worst: the factors' values, the ranking measure with intervals, then the other means.

    Names are those of commands and results; in Chinese those of the report, and of places those in ``names`` by value
    and language. Points that differ by place keep their order and have no rank.
    """
    words = words or Words("en")
    keys = list(dict.fromkeys(key for point in points for key in point.values))
    stressed = any(point.stresses for point in points)
    paired = any(point.reference for point in points)
    several = any(len(point.runs) > 1 for point in points)
    years = [year for year in YEARS if all(year in point.years for point in points)]
    others = [name for name in measures if name != rank_by]

    header = ["", *(_factor(key, words) for key in keys), *([""] if stressed else [])]
    header += [_title(rank_by, words), *([words("sweep.console.interval")] if several else [])]
    if paired:
        header += [words("sweep.console.difference"), *([words("sweep.console.paired")] if several else [])]
    header += [words(f"sweep.console.{year}") for year in years]
    rows, unit = [], unit_of(rank_by)
    for place, point in enumerate(ranked(points, rank_by), 1):
        mean = point.mean(rank_by)
        row = ["" if are_of_places(points) else str(place)]
        row += [_value(point.values.get(key, ""), words, names) for key in keys]
        row += [words("sweep.console.harm") if point.stresses else ""] if stressed else []
        row.append(figure_text(mean.mean, rank_by, unit, point.missing, words))
        row += [numbers.interval(mean.low, mean.high, unit)] if several else []
        if paired:
            effect = point.effect(rank_by)
            row.append(numbers.difference(effect.difference if effect else None, unit))
            row += [numbers.difference_interval(effect.low, effect.high, unit) if effect else ""] if several else []
        row += [_of_year(point.years[year], rank_by, words) for year in years]
        means = {name: point.mean(name).mean for name in others}
        rows.append([*row, *(figure_text(means[name], name, unit_of(name), point.missing, words) for name in others)])
    return table([*header, *(_title(name, words) for name in others)], rows, left=1 + len(keys) + stressed)


def _of_year(point: FinishedPoint, measure: str, words: Words) -> str:
    """The difference from the reference in a year, or the figure itself without one."""
    unit = unit_of(measure)
    if not point.reference:
        return figure_text(point.mean(measure).mean, measure, unit, point.missing, words)
    effect = point.effect(measure)
    return numbers.difference(effect.difference if effect else None, unit)


def _title(name: str, words: Words) -> str:
    measure, at, group = name.partition("@")
    if words.language == "en":
        return name
    return words.measure(measure) + (words("sweep.of_group", group=words.group(group)) if at else "")


def _factor(key: str, words: Words) -> str:
    return key if words.language == "en" else short_label(key, words)


def _value(value: Any, words: Words, names: Mapping[str, Mapping[str, str]] | None) -> str:
    text = shown_value(value)
    if names and text in names:
        return names[text][words.language]
    return text if words.language == "en" else words.line(f"sweep.value.{text}", words.scenario(text))
