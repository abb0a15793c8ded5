"""The difference between two policies shared out among groups of levers: rows of the stored tables."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.design.factors import shown_value
from experiments.runs.year_figures import YearFigures
from experiments.statistics.parts import effect_of, part_of, told
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
    several = study.members > 1
    whole, games = effect_of(earlier[:, -1], later[:, -1], several), later - earlier
    band = smallest_effect(where["measure"], whole.mean_reference)
    ends = {"before": whole.mean_reference, "after": whole.mean_policy, "smallest": band}
    relative = {"relative": whole.relative, "relative_low": whole.relative_low, "relative_high": whole.relative_high}
    rows["whole"].append({**where, **ends, **relative, **told(games[:, -1], whole, band, several)})
    values, pairs = shapley_values(games.T), interactions(games.T)
    every = len(games.T) - 1
    for place, name in enumerate(study.groups):
        alone = games[:, 1 << place] - games[:, 0]
        last = games[:, every] - games[:, every ^ 1 << place]
        part = part_of(values[place], band, several) | _shares(study, games[:, -1], values[place], alone, last)
        rows["parts"].append({"group": name, **where, **part})
    if study.is_over_time:
        rest = games[:, 0]
        part = part_of(rest, band, several) | _shares(study, games[:, -1], rest, rest, rest)
        rows["parts"].append({"group": DRIFT, **where, **part})
    for (one, first), (two, second) in combinations(enumerate(study.groups), 2):
        rows["together"].append({"group": first, "other": second, **where, **part_of(pairs[one, two], band, several)})


def _shares(study: Attribution, whole: NDArray[np.float64], *parts: NDArray[np.float64]) -> dict[str, float]:
    """The shares of the whole that a part has, that it has as the first to come, and as the last.

    Of seeds the ratio of means, with its interval by the delta method; of a set of behaviours the median of those in
    which the whole has the sign that it has on average.
    """
    sign = np.sign(whole.mean()) if len(whole) else 1.0
    share, alone, last = (effect_of(sign * whole, sign * (whole + each), study.members > 1) for each in parts)
    return {
        "share": share.relative,
        "share_low": share.relative_low,
        "share_high": share.relative_high,
        "share_first": alone.relative,
        "share_last": last.relative,
    }
