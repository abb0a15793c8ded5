"""What the figures and sentences rest on: estimates and paired effects, worked out once from a results folder.

Replicates are paired by seed. Where a study has a reference policy, an effect is policy against reference over the
same window; with one policy alone it is the window after the reform against the one before. Where windows are not
equally long, totals are those of a year. A single replicate gives values without intervals (their ends are NaN). Under
an ensemble an estimate is the median over its behaviours and its interval holds 95 of 100 of them; an effect is the
median of what a policy does under each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.ensemble import seeds_by_member
from experiments.configuration.stresses import acting
from experiments.report.attribution.shared_out import SharedOut
from experiments.report.compare.tables import StoredComparison, StoredPlace, StoredWorld
from experiments.report.study_evidence import StudyEvidence
from experiments.report.uncosted import is_cost
from experiments.report.windows import Span
from experiments.results.members import by_member, means_by_member, over_behaviours
from experiments.runs.build import YEARS, years_of
from experiments.statistics import paired as statistics
from experiments.statistics.behaviours import equivalence_over, paired_spread
from experiments.statistics.equivalence import equivalence
from experiments.statistics.headline import HEADLINE
from experiments.statistics.intervals import Estimate
from experiments.statistics.paired import PairedEffect
from experiments.statistics.relevance import is_found, judge_effect
from sim.errors import InputError
from sim.measures.petitions import BASES, DEFAULT, PYRAMID, counts_on, distance_on

if TYPE_CHECKING:
    from experiments.results.folder import Results

NORMAL_95 = 1.96
"""Standard deviations on either side of the mean that hold 95 of 100 draws of a normal distribution."""

LEVELS = PYRAMID
"""Levels of the pyramid, from the top."""

DISTANCES = {distance_on(basis): basis for basis in BASES}
"""Counting bases by the measure of their distance to the target."""


@dataclass(frozen=True)
class Effect(PairedEffect):
    """The effect of a scenario on a measure: a paired difference with its 95 % interval, of chance or of behaviours."""

    scenario: str
    measure: str


class Evidence(StudyEvidence[StoredComparison]):
    """Everything a report says comes from here; built from ``experiments.results.folder.Results`` alone."""

    def __init__(self, results: Results) -> None:
        """Raises ``InputError`` when the results hold no finished run or no usable calendar."""
        super().__init__(results)
        done = results.runs[results.runs["status"] == "done"]
        if done.empty:
            raise InputError(f"{results.path / 'runs.parquet'} holds no finished run, so there is nothing to report")
        self.failed = len(results.runs) - len(done)
        self._runs = done.sort_values(["scenario", "seed"])
        found = list(dict.fromkeys(done["scenario"]))
        worlds = self.settings.worlds
        declared = [name for name in worlds or self.settings.policies if name in found]
        self.reference = self.reference if self.reference in found and len(found) > 1 else None
        order = ([self.reference] if self.reference else []) + declared + found
        self.scenarios = tuple(dict.fromkeys(order))
        self.stresses = self._stresses(worlds)
        self._values: dict[tuple[str, str, Span], dict[int, float]] = {}
        self._effects: dict[tuple[str, str], Effect | None] = {}

    @cached_property
    def places(self) -> tuple[StoredPlace, ...]:
        """Places that are measured apart, with their seats; empty where the results name none."""
        return tuple(self.settings.places)

    def _stresses(self, worlds: Mapping[str, StoredWorld]) -> dict[str, dict[str, float]]:
        """The stresses that act in a scenario, of those under one; results without worlds share one stress."""
        shared = acting(self.settings.stress) if not worlds else {}
        found = {name: worlds[name].acting if name in worlds else shared for name in self.scenarios}
        return {name: stresses for name, stresses in found.items() if stresses}

    @cached_property
    def years(self) -> dict[str, Span]:
        """The ``first_year`` after the reform and the ``full_year``, when everything is built, where runs have both."""
        years = {name: Span(*window) for name, window in years_of(self.settings.calendar).items()}
        columns = {f"{name}_durable_resolution" for name in YEARS}
        return years if len(years) == len(YEARS) and columns <= set(self._runs.columns) else {}

    @cached_property
    def attribution(self) -> SharedOut | None:
        """What each group of levers has of the difference of the policy that settles most, where that was told."""
        import pandas as pd

        stored = self.settings.attribution
        if stored is None:
            return None
        rows = {"whole": stored.whole, "parts": stored.parts, "together": []}
        return SharedOut({name: pd.DataFrame([vars(each) for each in part]) for name, part in rows.items()})

    @cached_property
    def _windows(self) -> dict[Span, str]:
        """What columns of runs put before the names of measures, by window."""
        before = {self.before: "before"} if self.before else {}
        return {**{span: name for name, span in self.years.items()}, **before}

    @property
    def contrasts(self) -> tuple[str, ...]:
        """Scenarios that an effect is worked out for."""
        if self.reference:
            return tuple(name for name in self.scenarios if name != self.reference)
        return self.scenarios if self.before else ()

    @cached_property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of all finished runs."""
        return tuple(sorted(set(self._runs["seed"].tolist())))

    @cached_property
    def replicates(self) -> int:
        """Fewest finished replicates of any scenario."""
        return min(int((self._runs["scenario"] == name).sum()) for name in self.scenarios)

    def has(self, *measures: str, before: bool = False) -> bool:
        """Whether every finished run could have these measures (and, with ``before``, before the reform too)."""
        columns = set(self._runs.columns)
        wanted = [*measures, *(f"before_{name}" for name in measures if before)]
        return (self.before is not None or not before) and all(
            name in columns and np.isfinite(self._runs[name]).any() for name in wanted
        )

    def by_seed(self, scenario: str, measure: str, span: Span | None = None) -> dict[int, float]:
        """Finite values of a measure by seed, over the window after the reform unless told otherwise."""
        window = span or self.after
        key = (scenario, measure, window)
        if key not in self._values:
            if measure in DISTANCES:
                self._values[key] = self._distances(scenario, DISTANCES[measure], window)
                return self._values[key]
            column = measure if window == self.after else f"{self._windows[window]}_{measure}"
            rows = self._runs[self._runs["scenario"] == scenario]
            values = rows[column].tolist() if column in rows.columns else []
            self._values[key] = {
                seed: value
                for seed, value in zip(rows["seed"].tolist(), values, strict=bool(values))
                if math.isfinite(value)
            }
        return self._values[key]

    def _distances(self, scenario: str, basis: str, span: Span) -> dict[int, float]:
        """Aitchison distance to the study's own target on a counting basis, by seed."""
        if BASES[basis] == DEFAULT:
            first, second = (self.by_seed(scenario, name, span) for name in ("ilr_1", "ilr_2"))
            points = {seed: np.array((first[seed], second[seed])) for seed in first if seed in second}
        else:
            counts = [self.by_seed(scenario, counts_on(basis, level)[0], span) for level in LEVELS]
            known: set[int] = set() if self.missing_levels else set(counts[0]).intersection(*counts)
            points = {seed: statistics.ilr([each[seed] for each in counts]) for seed in counts[0] if seed in known}
        target = statistics.ilr(self.target)
        away = {seed: float(np.linalg.norm(point - target)) for seed, point in points.items()}
        return {seed: distance for seed, distance in away.items() if math.isfinite(distance)}

    def estimate(self, scenario: str, measure: str, span: Span | None = None) -> Estimate:
        """Mean of a measure over replicates; under an ensemble its median over behaviours."""
        return self.over(self.by_seed(scenario, measure, span))

    def over(self, values: Mapping[int, float]) -> Estimate:
        """What values by seed come to: mean with its interval, or median and range over the behaviours of the seeds."""
        return over_behaviours(list(values.values()), list(values), self.members if self.behaviours > 1 else 0)

    def effect_in(self, scenario: str, measure: str, span: Span) -> Effect | None:
        """Paired effect over another window, against what ``against`` compares with, over the same if it has that."""
        if self.reference is None and (kept := self.by_seed(scenario, f"kept_{measure}", span)):
            return self.paired(scenario, measure, kept, span)
        other, window = (self.reference, span) if self.reference else (scenario, self.before)
        return self.paired(scenario, measure, self.by_seed(other, measure, window), span) if window else None

    def effect(self, scenario: str, measure: str) -> Effect | None:
        """Paired effect of a scenario on a measure; ``None`` where no pair has both values."""
        key = scenario, measure
        if key not in self._effects:  # figures, tables and sentences ask for the same ones
            self._effects[key] = (
                self.change(scenario, measure)
                if self.reference is None
                else self.paired(scenario, measure, self.by_seed(self.reference, measure))
            )
        return self._effects[key]

    @property
    def members(self) -> int:
        """How many behaviours the ensemble of the study has; 0 without one."""
        return self.settings.ensemble.members if self.settings.ensemble else 0

    @cached_property
    def behaviours(self) -> int:
        """How many of them were tried."""
        return len(seeds_by_member(self.seeds, self.members)) if self.members else 0

    def chance(self, scenario: str, measure: str) -> float:
        """What chance alone does to an effect under one behaviour: half of the range of 95 of 100 runs.

        Told from behaviours that were tried with two seeds; NaN where none was.
        """
        policy, other = self.by_seed(scenario, measure), self.by_seed(self.reference or "", measure)
        found = by_member({seed: policy[seed] - other[seed] for seed in policy if seed in other}, self.members)
        return math.nan if found is None else NORMAL_95 * found.within

    def by_member(self, scenario: str, measure: str) -> dict[int, Effect]:
        """The effect of a scenario for every behaviour of the study's ensemble that has a pair; empty without one."""
        if not self.members or self.reference is None:
            return {}
        policy, other = self.by_seed(scenario, measure), self.by_seed(self.reference, measure)
        found = {}
        for member, shared in seeds_by_member([seed for seed in policy if seed in other], self.members).items():
            values = (np.array([each[seed] for seed in shared]) for each in (other, policy))
            found[member] = paired_effect(scenario, measure, *values)
        return found

    def change(self, scenario: str, measure: str) -> Effect | None:
        """The same scenario after the reform against before it, pair by pair; ``None`` where either is unknown."""
        if self.before is None:
            return None
        return self.paired(scenario, measure, self.by_seed(scenario, measure, self.before))

    def beside_kept(self, scenario: str, measure: str) -> Effect | None:
        """The scenario against the policy before the reform kept, pair by pair, where its runs hold that too."""
        return self.paired(scenario, measure, self.by_seed(scenario, f"kept_{measure}"))

    def against(self, scenario: str, measure: str) -> Effect | None:
        """The effect of a scenario against whatever it is best compared with.

        The reference; without one, the policy before the reform kept on the same seeds; without that, the window before
        the reform.
        """
        if self.reference is None and self.by_seed(scenario, f"kept_{measure}"):
            return self.beside_kept(scenario, measure)
        return self.effect(scenario, measure)

    def differences(self, scenario: str, measure: str) -> dict[int, float]:
        """What ``against`` sums up, by behaviour of an ensemble, or by seed under one behaviour."""
        other = self.by_seed(self.reference, measure) if self.reference else self.by_seed(scenario, f"kept_{measure}")
        if not other and self.before is not None:
            other = self.by_seed(scenario, measure, self.before)
        policy = self.by_seed(scenario, measure)
        found = {seed: policy[seed] - other[seed] for seed in policy if seed in other}
        return means_by_member(found, self.members) if self.behaviours > 1 else found

    def uncosted(self, scenario: str) -> tuple[str, ...]:
        """Levers without a price that the policy of a scenario moves against the reference's."""
        worlds = self.settings.worlds
        return tuple(worlds[scenario].uncosted) if scenario in worlds else ()

    def paired(self, scenario: str, measure: str, other: dict[int, float], span: Span | None = None) -> Effect | None:
        """A measure of a scenario against other values by seed, pair by pair; ``None`` where no pair has both."""
        policy = self.by_seed(scenario, measure, span)
        shared = [seed for seed in policy if seed in other]
        if not shared:
            return None
        pairs = [{seed: found[seed] for seed in shared} for found in (other, policy)]
        effect = paired_effect(scenario, measure, *(np.array(list(each.values())) for each in pairs))
        if self.behaviours < 2:
            return effect
        before, after = (list(means_by_member(each, self.members).values()) for each in pairs)
        return cast(Effect, paired_spread(before, after, effect))

    def ratio(self, scenario: str, span: Span | None = None) -> tuple[Estimate, Estimate] | None:
        """City : province and county : province, as means of log-ratios taken back; ``None`` where there is none.

        Where a replicate has no petition at a level it has no log-ratio: they are of mean petitions then, without an
        interval.
        """
        points = self.composition(scenario, span)
        if points is None:
            return None
        counts = [list(self.by_seed(scenario, f"petitions_{level}", span).values()) for level in LEVELS]
        if any(0 in each for each in counts):
            return of_means(*counts)
        log_half = points[:, 1] * math.sqrt(2)  # ln(C / K)
        log_top = points[:, 0] * math.sqrt(1.5)  # ln(P / √(C K))
        seeds = self._with_composition(scenario, span)
        city, county = (
            self.over(dict(zip(seeds, logs, strict=True))).through(math.exp)
            for logs in ((log_half / 2 - log_top).tolist(), (-log_half / 2 - log_top).tolist())
        )
        return city, county

    def composition(self, scenario: str, span: Span | None = None) -> NDArray[np.float64] | None:
        """Isometric log-ratio coordinates of the replicates, shape (n, 2); ``None`` where unknown."""
        first, second = (self.by_seed(scenario, name, span) for name in ("ilr_1", "ilr_2"))
        points = [(first[seed], second[seed]) for seed in self._with_composition(scenario, span)]
        return np.array(points) if points else None

    def _with_composition(self, scenario: str, span: Span | None) -> list[int]:
        """Seeds of the replicates that have a petition at each of the three levels."""
        second = self.by_seed(scenario, "ilr_2", span)
        return [seed for seed in self.by_seed(scenario, "ilr_1", span) if seed in second]

    def equivalence(self, scenario: str, span: Span | None = None) -> statistics.Equivalence | None:
        """Whether a scenario's mean ratio is shown to lie within the margin; ``None`` where that cannot be tested.

        Under an ensemble, whether it does so in 95 of 100 behaviours.
        """
        points = self.composition(scenario, span)
        if points is None or self.behaviours < 2:
            return None if points is None else equivalence(points, self.target, self.margin)
        seeds = self._with_composition(scenario, span)
        axes = [means_by_member(dict(zip(seeds, axis, strict=True)), self.members) for axis in points.T.tolist()]
        return equivalence_over(np.array([list(axis.values()) for axis in axes]).T, self.target, self.margin)

    @cached_property
    def measures(self) -> list[str]:
        """Headline measures that these results have, then others that the study asks for."""
        asked = self.settings.measures
        return [name for name in dict.fromkeys((*HEADLINE, *asked)) if self.has(name) and not self.lacks(name)]

    @cached_property
    def adjusted(self) -> dict[tuple[str, str], float]:
        """p-values by scenario and measure, adjusted by Holm over one family: all effects on ``measures``."""
        found = [self.effect(name, measure) for measure in self.measures for name in self.contrasts]
        family = [effect for effect in found if effect is not None]
        p_values = statistics.holm([effect.p_value for effect in family])
        return {(e.scenario, e.measure): float(p) for e, p in zip(family, p_values, strict=True)}

    def judgement(self, scenario: str, measure: str) -> int | None:
        """+1 or −1 where an effect matters, 0 where it is too small to, ``None`` where that is open."""
        effect = self.effect(scenario, measure)
        return None if effect is None else judge_effect(effect, measure)

    def is_uncosted(self, scenario: str, measure: str) -> bool:
        """Whether a measure is of money that a scenario's policy leaves something out of."""
        return is_cost(measure) and bool(self.uncosted(scenario))

    def is_found(self, scenario: str, measure: str) -> bool:
        """Whether an effect matters and is no chance find, p-values being adjusted."""
        effect = self.effect(scenario, measure)
        return effect is not None and is_found(effect, measure, self.adjusted.get((scenario, measure), effect.p_value))


def of_means(province: list[float], city: list[float], county: list[float]) -> tuple[Estimate, Estimate] | None:
    """Mean petitions at city and at county for one at the province; ``None`` where there are none at the province."""
    whole = sum(province)
    if not whole:
        return None
    unknown = {name: math.nan for name in ("low", "high", "low50", "high50")}
    first, second = (Estimate(sum(each) / whole, n=len(each), **unknown) for each in (city, county))
    return first, second


def paired_effect(scenario: str, measure: str, reference: NDArray[np.float64], policy: NDArray[np.float64]) -> Effect:
    """The paired effect on one measure, from the values of the pairs."""
    found = statistics.paired_difference(reference, policy)
    return Effect(**vars(found), scenario=scenario, measure=measure)
