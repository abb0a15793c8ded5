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
from experiments.studies.attribution.plan import Attribution
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
            games = np.array([[world[measure] for world in found[seed]] for seed in seeds], float)
            _add(rows, study, {"year": year, "measure": measure}, _by_member(study, seeds, games))
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


def _by_member(study: Attribution, seeds: list[int], games: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values of coalitions under each seed, or under each member of a set of behaviours, shape (pairs, 2**n).

    A seed that lacks a value in any world (a ratio where nobody petitions) is left out; a member has the mean of its
    seeds.
    """
    known = np.isfinite(games).all(axis=1)
    if study.members == 1:
        return games[known]
    members = np.array([study.member(seed) for seed in seeds])[known]
    return np.array([games[known][members == each].mean(axis=0) for each in np.unique(members)]).reshape(
        -1, games.shape[1]
    )


def _add(rows: dict[str, Rows], study: Attribution, where: dict[str, Any], games: NDArray[np.float64]) -> None:
    """Adds the rows of one measure in one year; ``games`` has a row a seed, or a member of a set of behaviours."""
    whole = _effect(study, games[:, 0], games[:, -1])
    band = smallest_effect(where["measure"], whole.mean_reference)
    ends = {"before": whole.mean_reference, "after": whole.mean_policy, "smallest": band}
    rows["whole"].append({**where, **ends, **_told(study, games[:, -1] - games[:, 0], whole, band)})
    values, pairs = shapley_values(games.T), interactions(games.T)
    for place, name in enumerate(study.groups):
        rows["parts"].append({"group": name, **where, **_shared(study, values[place], band)})
    for (one, first), (two, second) in combinations(enumerate(study.groups), 2):
        rows["together"].append({"group": first, "other": second, **where, **_shared(study, pairs[one, two], band)})


def _effect(study: Attribution, before: NDArray[np.float64], after: NDArray[np.float64]) -> PairedEffect:
    """The mean with its t interval over seeds; over a set of behaviours the median with the middle 95 %."""
    effect = paired_difference(before, after)
    return paired_spread(before, after, effect) if study.members > 1 else effect


def _shared(study: Attribution, values: NDArray[np.float64], band: float) -> dict[str, Any]:
    return _told(study, values, _effect(study, np.zeros_like(values), values), band)


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
