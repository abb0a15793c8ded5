"""The difference between two policies shared out among groups of levers: rows of the stored tables."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.design.factors import shown_value
from experiments.runs.year_figures import YearFigures
from experiments.statistics.behaviours import paired_spread
from experiments.statistics.paired import PairedEffect, paired_difference
from experiments.statistics.relevance import NAMES, judge
from experiments.statistics.shapley import interactions, shapley_values
from experiments.studies.attribution.plan import DRIFT, Attribution
from sim.measures.smallest_effect import smallest_effect

type Figures = Mapping[str, Mapping[int, YearFigures]]
"""Of finished runs, by key and year."""

type Rows = list[dict[str, Any]]


def complete_seeds(study: Attribution, figures: Figures) -> list[int]:
    """Seeds under which every world was carried out: only such are shared out."""
    columns = zip(*study.runs, strict=True)
    return [runs[0].seed for runs in columns if all(run.key in figures for run in runs)]


def rows_of(study: Attribution, figures: Figures) -> dict[str, Rows]:
    """Rows of the tables of ``experiments.report.attribution.stored``, by table."""
    rows: dict[str, Rows] = {name: [] for name in ("levers", "whole", "parts", "together", "runs")}
    owner = {lever: name for name, levers in study.groups.items() for lever in levers}
    rows["levers"] = [
        {
            "group": owner[each.lever],
            "lever": each.lever,
            "before": shown_value(each.before),
            "after": shown_value(each.after),
            "in_places": each.in_places,
        }
        for each in study.differing
    ]
    seeds = complete_seeds(study, figures)
    by_seed = [{run.seed: figures.get(run.key) for run in runs} for runs in study.runs]
    for year in study.years:
        found = {seed: [world[seed][year].measures for world in by_seed] for seed in seeds}  # type: ignore[index]
        for measure in study.measures:
            values = np.array([[world[measure] for world in found[seed]] for seed in seeds], float)
            earlier = np.repeat(values[:, :1], len(by_seed), axis=1)  # no group at all, in the same year
            if study.is_over_time:
                ago = [[world[seed][0].measures[measure] for world in by_seed] for seed in seeds]  # type: ignore[index]
                earlier = np.array(ago, float)
            _add(rows, study, {"year": year, "measure": measure}, *_by_member(study, seeds, earlier, values))
        rows["runs"] += [
            {
                "coalition": coalition,
                "groups": ", ".join(study.inside(coalition)),
                "year": year,
                "seed": seed,
                **{name: found[seed][coalition][name] for name in study.measures},
            }
            for coalition, seed in product(study.coalitions, seeds)
        ]
    return rows


def _by_member(study: Attribution, seeds: list[int], *games: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Values of coalitions under each seed, or under each member of a set of behaviours, each of shape (pairs, 2**n).

    A seed that lacks a value in any world (a ratio where nobody petitions) is left out; a member has the mean of its
    seeds.
    """
    known = np.logical_and.reduce([np.isfinite(each).all(axis=1) for each in games])
    if study.members == 1:
        return [each[known] for each in games]
    members = np.array([study.member(seed) for seed in seeds])[known]
    return [
        np.array([each[known][members == member].mean(axis=0) for member in np.unique(members)]).reshape(
            -1, each.shape[1]
        )
        for each in games
    ]


def _add(
    rows: dict[str, Rows],
    study: Attribution,
    where: dict[str, Any],
    earlier: NDArray[np.float64],
    later: NDArray[np.float64],
) -> None:
    """Adds the rows of one measure in one year: of what ``later`` differs from ``earlier`` by, coalition by coalition.

    Both have a row a seed, or a member of a set of behaviours.
    """
    whole, games = _effect(study, earlier[:, -1], later[:, -1]), later - earlier
    band = smallest_effect(where["measure"], whole.mean_reference)
    ends = {"before": whole.mean_reference, "after": whole.mean_policy, "smallest": band}
    relative = {"relative": whole.relative, "relative_low": whole.relative_low, "relative_high": whole.relative_high}
    rows["whole"].append({**where, **ends, **relative, **_told(study, games[:, -1], whole, band)})
    values, pairs = shapley_values(games.T), interactions(games.T)
    every = len(games.T) - 1
    for place, name in enumerate(study.groups):
        alone = games[:, 1 << place] - games[:, 0]
        last = games[:, every] - games[:, every ^ 1 << place]
        part = _shared(study, values[place], band) | _shares(study, games[:, -1], values[place], alone, last)
        rows["parts"].append({"group": name, **where, **part})
    if study.is_over_time:
        rest = games[:, 0]
        part = _shared(study, rest, band) | _shares(study, games[:, -1], rest, rest, rest)
        rows["parts"].append({"group": DRIFT, **where, **part})
    for (one, first), (two, second) in combinations(enumerate(study.groups), 2):
        rows["together"].append({"group": first, "other": second, **where, **_shared(study, pairs[one, two], band)})


def _effect(study: Attribution, before: NDArray[np.float64], after: NDArray[np.float64]) -> PairedEffect:
    """The mean with its t interval over seeds; over a set of behaviours the median with the middle 95 %."""
    effect = paired_difference(before, after)
    return paired_spread(before, after, effect) if study.members > 1 else effect


def _shared(study: Attribution, values: NDArray[np.float64], band: float) -> dict[str, Any]:
    return _told(study, values, _effect(study, np.zeros_like(values), values), band)


def _shares(study: Attribution, whole: NDArray[np.float64], *parts: NDArray[np.float64]) -> dict[str, float]:
    """The shares of the whole that a part has, that it has as the first to come, and as the last.

    Of seeds the ratio of means, with its interval by the delta method; of a set of behaviours the median of those in
    which the whole has the sign that it has on average.
    """
    sign = np.sign(whole.mean()) if len(whole) else 1.0
    share, alone, last = (_effect(study, sign * whole, sign * (whole + each)) for each in parts)
    return {
        "share": share.relative,
        "share_low": share.relative_low,
        "share_high": share.relative_high,
        "share_first": alone.relative,
        "share_last": last.relative,
    }


def _told(study: Attribution, values: NDArray[np.float64], effect: PairedEffect, band: float) -> dict[str, Any]:
    """An effect with its interval, what it is by the smallest effect of interest, and in how many sets its sign is.

    One seed has no interval and tells nothing.
    """
    signs = np.unique(np.sign(values), return_counts=True)[1]
    return {
        "difference": effect.difference,
        "low": effect.low,
        "high": effect.high,
        "pairs": effect.n,
        "verdict": NAMES[judge(effect, band) if effect.n > 1 else None],
        "same_sign": signs.max() / len(values) if study.members > 1 and len(values) else np.nan,
    }
