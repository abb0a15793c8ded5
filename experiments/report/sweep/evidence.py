"""What the report of a sweep rests on: the points, their factors, and estimates and paired differences at each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.ensemble import seeds_by_member
from experiments.design.factors import PLACES, SOURCE
from experiments.report import numbers
from experiments.report.costs import uncosted_of
from experiments.report.factors import short_label
from experiments.report.measure_text import title_of
from experiments.report.study_evidence import StudyEvidence
from experiments.report.sweep.tables import StoredName, StoredSweep
from experiments.report.text import Words
from experiments.report.uncosted import is_cost, marked
from experiments.statistics.behaviours import paired_spread
from experiments.statistics.intervals import Estimate, estimate
from experiments.statistics.paired import PairedEffect, paired_difference
from experiments.statistics.relevance import judge
from sim.errors import InputError
from sim.measures.smallest_effect import smallest_effect

if TYPE_CHECKING:
    from experiments.results.folder import Results


@dataclass(frozen=True)
class FactorAxis:
    """A factor with the values that the points have, in order: numbers rise, options are as the study lists them."""

    key: str
    values: tuple[Any, ...]
    is_ordered: bool
    unit: str
    names: Mapping[str, StoredName] = field(default_factory=dict)
    """Names of provinces and places by value."""

    @property
    def is_place(self) -> bool:
        """Whether its values are places, of which none is the best."""
        return self.key in PLACES


class SweepEvidence(StudyEvidence[StoredSweep]):
    """Everything the report of a sweep says comes from here."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` for results without a finished run."""
        super().__init__(results)
        self.points = self.tables["points"]
        self._done = self.tables["runs"][self.tables["runs"]["status"] == "done"]
        self._runs = _by_name(self.tables["runs"])
        self._references = _by_name(self.tables["reference_runs"])
        if not self._runs:
            raise InputError(f"{results.path / 'runs.parquet'} holds no finished run, so there is nothing to report")
        self.names = [str(name) for name in self.points["point"]]
        self._points = dict(zip(self.names, self.points.to_dict("records"), strict=True))
        self.rank_by = self.settings.rank_by
        stressed: Iterable[Any] = self.points["is_stressed"] if "is_stressed" in self.points.columns else []
        self.stressed = {name for name, is_so in zip(self.names, stressed, strict=False) if is_so}

    @cached_property
    def axes(self) -> list[FactorAxis]:
        """The factors of the sweep."""
        found = []
        for key, declared in self.settings.factors.items():
            column = self.points[key]
            is_ordered = column.dtype.kind in "if"
            listed = [str(value) for value in declared.values]
            present = column.unique().tolist()
            values = sorted(present) if is_ordered else [value for value in listed if value in present] or present
            found.append(FactorAxis(key, tuple(values), is_ordered, declared.unit, self.settings.place_names))
        return found

    @property
    def factors(self) -> list[FactorAxis]:
        """The factors of the sweep that have more than one value."""
        return [factor for factor in self.axes if len(factor.values) > 1]

    @property
    def places(self) -> list[FactorAxis]:
        """The factors that are places."""
        return [factor for factor in self.factors if factor.is_place]

    @property
    def is_of_places(self) -> bool:
        """Whether points differ by place: they are set side by side, and none is the best."""
        return bool(self.places)

    def missing_at(self, name: str) -> tuple[str, ...]:
        """Levels of government that the places of a point lack."""
        own = str(self._points[name].get("missing_levels") or "")
        return tuple(own.split(",")) if own else self.missing_levels

    @property
    def is_grid(self) -> bool:
        """Whether the points are a grid: every level of a factor meets many of the others'."""
        return self.settings.design == "grid"

    @cached_property
    def measures(self) -> list[str]:
        """Measures of the study that the runs have, the ranking one first."""
        asked = [self.rank_by, *self.settings.measures]
        return [name for name in dict.fromkeys(asked) if self.has(name) and not self.lacks(name)]

    def has(self, *measures: str) -> bool:
        """Whether the runs have these measures."""
        return all(name in self._done.columns and np.isfinite(self._done[name]).any() for name in measures)

    def value_of(self, name: str, key: str) -> Any:
        """The value of a factor at a point."""
        return self._points[name][key]

    def by_seed(self, name: str, measure: str) -> dict[int, float]:
        """Finite values of a measure at a point, by seed."""
        return _finite(self._runs.get(name, {}), measure)

    def reference_by_seed(self, name: str, measure: str) -> dict[int, float]:
        """The same of the point's reference; empty without one."""
        reference = str(self.value_of(name, "reference_id"))
        return _finite(self._references.get(reference, {}), measure) if reference else {}

    def estimate(self, name: str, measure: str) -> Estimate:
        """Mean of a measure at a point, over replicates."""
        return estimate(np.array(list(self.by_seed(name, measure).values())))

    def pooled_by_seed(self, names: Sequence[str], measure: str) -> dict[int, float]:
        """Mean over points, by seed; only seeds that all points have."""
        by_point = [self.by_seed(name, measure) for name in names]
        seeds = sorted(set.intersection(*(set(each) for each in by_point))) if by_point else []
        return {seed: float(np.mean([each[seed] for each in by_point])) for seed in seeds}

    def pooled(self, names: Sequence[str], measure: str) -> Estimate:
        """Mean over points, seed by seed first: the interval is over seeds."""
        return estimate(np.array(list(self.pooled_by_seed(names, measure).values())))

    def effect(self, name: str, measure: str) -> PairedEffect | None:
        """What a point changes against its reference, as in ``compared``; ``None`` without one."""
        return self.compared(self.reference_by_seed(name, measure), self.by_seed(name, measure))

    @property
    def better(self) -> str:
        """Direction in which the ranking measure is better: ``up``, ``down`` or ``none``."""
        from sim.measures import MEASURES

        return MEASURES[self.rank_by.partition("@")[0]].better

    @cached_property
    def ranked(self) -> list[str]:
        """Points from best to worst by the ranking measure, from most to least where neither is better.

        Those without a value are left out; where the points differ by place they keep the order of the study.
        """
        means = {name: self.estimate(name, self.rank_by).mean for name in self.names}
        known = [name for name in self.names if math.isfinite(means[name])]
        if self.is_of_places:
            return known
        return sorted(known, key=lambda name: means[name] if self.better == "down" else -means[name])

    @property
    def unstressed(self) -> list[str]:
        """Points that are under no stress."""
        return [name for name in self.names if name not in self.stressed]

    @property
    def candidates(self) -> list[str]:
        """Ranked points under no stress: what an answer may name."""
        return [name for name in self.ranked if name not in self.stressed]

    @property
    def members(self) -> int:
        """Behaviours of the study's ensemble; 0 without one."""
        return self.settings.ensemble.members if self.settings.ensemble else 0

    def units(self, first: Mapping[int, float], last: Mapping[int, float]) -> list[PairedEffect]:
        """Paired differences of values by seed, one a behaviour of the ensemble; one a seed without an ensemble."""
        shared = [seed for seed in last if seed in first]
        groups = seeds_by_member(shared, self.members).values() if self.members > 1 else [[seed] for seed in shared]
        return [paired_difference([first[seed] for seed in seeds], [last[seed] for seed in seeds]) for seeds in groups]

    def compared(self, first: dict[int, float], last: dict[int, float]) -> PairedEffect | None:
        """Paired difference of values by seed: over behaviours where the study has several, else over seeds."""
        whole, units = paired(first, last), self.units(first, last)
        if whole is None or self.members < 2 or len(units) < 2:
            return whole
        return paired_spread([each.mean_reference for each in units], [each.mean_policy for each in units], whole)

    def judged_beside(self, effect: PairedEffect, measure: str, level: float) -> int | None:
        """Whether a difference of differences matters, in proportion to the level of the measure itself."""
        return judge(effect, smallest_effect(measure.partition("@")[0], level))

    def means(self, measure: str) -> NDArray[np.float64]:
        """Means of a measure at every point, in the order of ``names``."""
        return np.array([self.estimate(name, measure).mean for name in self.names])

    def where(self, **values: Any) -> list[str]:
        """Points with some values of factors, keys with ``.`` written as given."""
        return [name for name in self.names if all(self.value_of(name, key) == value for key, value in values.items())]

    def uncosted(self, name: str) -> tuple[str, ...]:
        """Levers without a price that a point moves from its reference, by key."""
        return uncosted_of(self._points[name])

    def title(self, measure: str, words: Words) -> str:
        """Label and unit of a measure; a cost says so where some point moves a lever without a price."""
        title = title_of(measure, words)
        return marked(title, words) if is_cost(measure) and any(map(self.uncosted, self.names)) else title

    def provinces(self, words: Words) -> dict[str, str]:
        """Names of the provinces of the study by source; of all where they are a factor."""
        factor = next((each for each in self.axes if each.key == SOURCE), None)
        if factor is None:
            return super().provinces(words)
        return {str(value): value_text(value, factor, words) for value in factor.values}

    def typed(self, name: str) -> str:
        """A point as it is typed on the command line: ``after.staff.mediators_county=20, stress=none``."""
        values = {factor.key: self.value_of(name, factor.key) for factor in self.factors or self.axes}
        shown = {key: f"{value:g}" if isinstance(value, float) else value for key, value in values.items()}
        return ", ".join(f"{key}={value}" for key, value in shown.items())

    def label(self, name: str, words: Words) -> str:
        """A point in words: the values of its factors."""
        parts = []
        for factor in self.factors or self.axes:
            value = value_text(self.value_of(name, factor.key), factor, words)
            label = short_label(factor.key, words)
            key = "option" if factor.key in ("after", "before") else "value"
            is_plain = factor.key == "stress" or factor.is_place
            parts.append(value if is_plain else words(f"sweep.label.{key}", label=label, value=value))
        text = words("sweep.join").join(parts)
        is_said = any(factor.key == "stress" for factor in self.factors or self.axes)
        return as_harm(text, words) if name in self.stressed and not is_said else text


def is_stress(key: str) -> bool:
    """Whether a factor is a stress, which nobody chooses."""
    return key.partition(".")[0] == "stress"


def paired(reference: dict[int, float], mine: dict[int, float]) -> PairedEffect | None:
    """Paired difference over shared seeds; ``None`` where there is none."""
    seeds = [seed for seed in mine if seed in reference]
    if not seeds:
        return None
    return paired_difference([reference[seed] for seed in seeds], [mine[seed] for seed in seeds])


def _by_name(runs: Any) -> dict[str, dict[int, dict[str, float]]]:
    found: dict[str, dict[int, dict[str, float]]] = {}
    for row in runs[runs["status"] == "done"].to_dict("records"):
        found.setdefault(str(row["scenario"]), {})[int(row["seed"])] = row
    return found


def _finite(runs: Mapping[int, Mapping[str, float]], measure: str) -> dict[int, float]:
    values = {seed: float(row.get(measure, math.nan)) for seed, row in runs.items()}
    return {seed: value for seed, value in values.items() if math.isfinite(value)}


def as_harm(text: str, words: Words) -> str:
    """What is under a stress, with the label that says so."""
    return text + ("" if words.language == "zh" else " ") + words("stress.label")


def number_text(value: float) -> str:
    """A number that a factor takes: as it was given, or with three figures where it was drawn from an interval."""
    given = f"{value:.10g}"
    if abs(value) >= 1000 or len(given.strip("-0.").replace(".", "")) <= 3:
        return numbers.plain(value, 0) if abs(value) >= 1000 else given.replace("-", "−")
    return f"{value:.3g}".replace("-", "−")


def value_text(value: Any, factor: FactorAxis, words: Words) -> str:
    """A value of a factor as the report writes it."""
    if factor.is_ordered:
        return number_text(float(value))
    text = str(value)
    if factor.is_place and text in factor.names:
        return str(getattr(factor.names[text], words.language))
    if factor.key == "stress" and text != "none":
        return as_harm(words.scenario(text), words)
    if factor.key in ("after", "before", "stress"):
        return words.scenario(text)
    return words.line(f"sweep.value.{text}", text.replace("_", " "))
