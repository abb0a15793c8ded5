"""The finished runs of a sweep, in numbers: each point's measures, and its paired difference from its reference."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.short_forms import short
from experiments.design.factors import shown_value
from experiments.report import numbers
from experiments.report.factors import short_label
from experiments.report.levels import figure_text
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.report.titles import told_name
from experiments.runs.groups import unit_of
from experiments.runs.rates import unit_in, yearly
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
        months: of the window after the reform, where totals are to be those of a year: points are not equally long.
        missing: levels on which no place of the point has a government.
    """

    name: str
    values: Mapping[str, Any]
    runs: Mapping[int, Mapping[str, float]]
    reference: Mapping[int, Mapping[str, float]] = field(default_factory=dict)
    stresses: Mapping[str, float] = field(default_factory=dict)
    months: int | None = None
    missing: Sequence[str] = ()

    def unit(self, measure: str) -> str:
        """The unit of what is told of a measure."""
        return unit_in(measure, self.months is not None)

    def mean(self, measure: str) -> Estimate:
        """Mean of a measure over the replicates."""
        return estimate([self._scale(measure) * values.get(measure, math.nan) for values in self.runs.values()])

    def pairs(self, measure: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Values of the reference and of the point by shared seed, each of shape (n,); only finite pairs."""
        seeds = [seed for seed in self.runs if seed in self.reference]
        both = np.array(
            [[side[seed].get(measure, math.nan) for seed in seeds] for side in (self.reference, self.runs)], float
        ).reshape(2, len(seeds))
        both *= self._scale(measure)
        known = np.isfinite(both).all(axis=0)
        return both[0][known], both[1][known]

    def effect(self, measure: str) -> PairedEffect | None:
        """Paired difference from the reference; ``None`` where there is none."""
        reference, mine = self.pairs(measure)
        return paired_difference(reference, mine) if len(mine) else None

    def _scale(self, measure: str) -> float:
        return 1.0 if self.months is None else yearly(measure, self.months)


def ranked(points: Sequence[FinishedPoint], measure: str) -> list[FinishedPoint]:
    """Points from best to worst by the mean of a measure, in the direction in which it is better.

    A measure of which neither is better is ranked from large to small; points without a value come last, and points
    that are equal keep their order.
    """
    from sim.measures import MEASURES

    better = MEASURES[measure.partition("@")[0]].better
    sign = 1 if better == "down" else -1

    def place(point: FinishedPoint) -> tuple[bool, float]:
        mean = point.mean(measure).mean
        return not math.isfinite(mean), sign * mean if math.isfinite(mean) else 0.0

    return sorted(points, key=place)


def ranked_table(
    points: Sequence[FinishedPoint], measures: Sequence[str], rank_by: str, words: Words | None = None
) -> str:
    """Points from best to worst: the factors' values, the ranking measure with intervals, then the other means.

    Names are those of commands and results; in Chinese those of the report.
    """
    words = words or Words("en")
    keys = list(dict.fromkeys(key for point in points for key in point.values))
    stressed = any(point.stresses for point in points)
    paired = any(point.reference for point in points)
    several = any(len(point.runs) > 1 for point in points)
    others = [name for name in measures if name != rank_by]

    def title(name: str) -> str:
        return _title(name, words, is_yearly=any(point.unit(name) != unit_of(name) for point in points))

    header = ["", *(_factor(key, words) for key in keys), *([""] if stressed else [])]
    header += [title(rank_by), *([words("sweep.console.interval")] if several else [])]
    if paired:
        header += [words("sweep.console.difference"), *([words("sweep.console.paired")] if several else [])]
    rows, unit = [], unit_of(rank_by)
    for place, point in enumerate(ranked(points, rank_by), 1):
        mean = point.mean(rank_by)
        row = [str(place), *(_value(key, point.values.get(key, ""), words) for key in keys)]
        row += [words("sweep.console.harm") if point.stresses else ""] if stressed else []
        row.append(figure_text(mean.mean, rank_by, unit, point.missing, words))
        row += [numbers.interval(mean.low, mean.high, unit)] if several else []
        if paired:
            effect = point.effect(rank_by)
            row.append(numbers.difference(effect.difference if effect else None, unit))
            row += [numbers.difference_interval(effect.low, effect.high, unit) if effect else ""] if several else []
        means = {name: point.mean(name).mean for name in others}
        rows.append([*row, *(figure_text(means[name], name, unit_of(name), point.missing, words) for name in others)])
    return table([*header, *map(title, others)], rows, left=1 + len(keys) + stressed)


def _title(name: str, words: Words, is_yearly: bool) -> str:
    measure, at, group = name.partition("@")
    if words.language == "en":
        return f"{name} a year" if is_yearly else name
    label = replace(words, is_yearly=is_yearly).measure(measure)
    return label + (words("sweep.of_group", group=words.group(group)) if at else "")


def _factor(key: str, words: Words) -> str:
    return key if words.language == "en" else short_label(key, words)


def _value(key: str, value: Any, words: Words) -> str:
    text = shown_value(value)
    if short(key) == "province":
        return told_name(text, words)
    return text if words.language == "en" else words.line(f"sweep.value.{text}", words.scenario(text))
