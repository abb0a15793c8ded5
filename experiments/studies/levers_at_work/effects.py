"""Effects of levers over their ranges, counts along their chains, and the verdicts: rows of the stored tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.design.factors import shown_value
from experiments.runs.year_figures import YearFigures, link_unit
from experiments.statistics.paired import PairedEffect, paired_difference
from experiments.statistics.verdicts import BESIDE, VERDICTS, end_of_chain, verdict_of
from experiments.studies.levers_at_work.claims import SIGNS
from experiments.studies.levers_at_work.plan import ENDS, Lever, LeversAtWork

type Rows = list[dict[str, Any]]

type Pair = tuple[YearFigures, YearFigures]
"""One year at the low and at the high end of a lever, under one seed."""

type Read = Callable[[YearFigures], float]


class Arms:
    """The finished runs by base, lever and end; ``figures`` are those of runs by key and year."""

    def __init__(self, study: LeversAtWork, figures: Mapping[str, Mapping[int, YearFigures]]) -> None:
        self.study = study
        self.figures = figures

    def pairs(self, base: str, lever: str, year: int) -> dict[int, Pair]:
        """Both ends of a lever by seed, of the seeds that have both."""
        low, high = ({run.seed: run.key for run in self.study.runs[base, lever, end]} for end in range(len(ENDS)))
        return {
            seed: (self.figures[low[seed]][year], self.figures[high[seed]][year])
            for seed in self.study.seeds
            if low[seed] in self.figures and high[seed] in self.figures
        }


def effect_of(pairs: Sequence[Pair], read: Read) -> PairedEffect:
    """The high end less the low end of a figure, paired by seed."""
    return paired_difference(*_columns(pairs, read))


def effect_over_members(groups: Sequence[Sequence[Pair]], read: Read) -> PairedEffect:
    """The same over sets of assumptions about people: each counts once, with the mean of its seeds."""
    means = [[float(column.mean()) for column in _columns(pairs, read)] for pairs in groups]
    low, high = np.array(means, float).reshape(-1, 2).T
    return paired_difference(low, high)


def _columns(pairs: Sequence[Pair], read: Read) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    values = np.array([[read(low), read(high)] for low, high in pairs], float).reshape(-1, 2)
    return values[:, 0], values[:, 1]


def rows_of(study: LeversAtWork, arms: Arms) -> dict[str, Rows]:
    """Rows of the tables of ``experiments.report.levers_at_work.stored``, by table."""
    rows: dict[str, Rows] = {name: [] for name in ("claims", "verdicts", "effects", "links", "runs")}
    for lever in study.levers:
        rows["claims"].append(
            {
                "lever": lever.name,
                "measure": lever.claim.measure,
                "direction": lever.claim.direction,
                **{end: shown_value(value) for end, value in zip(ENDS, lever.ends, strict=True)},
            }
        )
    for base, lever, year in product(study.bases, study.levers, study.years):
        _add(rows, study, {"base": base, "lever": lever.name, "year": year}, lever, arms.pairs(base, lever.name, year))
    return rows


def _add(
    rows: dict[str, Rows], study: LeversAtWork, where: dict[str, Any], lever: Lever, pairs: Mapping[int, Pair]
) -> None:
    """Adds the rows of one lever, moved from one base, in one year."""
    groups: dict[int, list[Pair]] = {}
    for seed, pair in pairs.items():
        groups.setdefault(study.member(seed), []).append(pair)
    everything = [*pairs.values()]

    def over_all(read: Read) -> PairedEffect:
        return effect_over_members([*groups.values()], read) if study.members > 1 else effect_of(everything, read)

    names = tuple(dict.fromkeys([lever.claim.measure, *BESIDE]))
    effects = {name: over_all(_measure(name)) for name in names}
    links = [(name, over_all(_link(name))) for name in lever.claim.chain]
    end = end_of_chain(links, is_same=bool(everything) and all(low.is_like(high) for low, high in everything))
    rows["verdicts"].append(
        {
            **where,
            "verdict": _verdict(lever, effects),
            "chain": end.how,
            "link": end.link,
            "before": end.before,
            "empty": end.empty,
            **_shares(lever, names, [*groups.values()] if study.members > 1 else []),
        }
    )
    rows["effects"] += [{**where, "measure": name, **_figures(effect)} for name, effect in effects.items()]
    rows["links"] += [
        {**where, "place": place, "link": name, "unit": link_unit(name), **_figures(effect)}
        for place, (name, effect) in enumerate(links, 1)
    ]
    rows["runs"] += [
        {**where, "end": ENDS[end], "seed": seed, **{name: each.measures[name] for name in study.measures}}
        for seed, pair in pairs.items()
        for end, each in enumerate(pair)
    ]


def _measure(name: str) -> Read:
    return lambda figures: figures.measures[name]


def _link(name: str) -> Read:
    return lambda figures: figures.link(name)


def _verdict(lever: Lever, effects: Mapping[str, PairedEffect]) -> str:
    return verdict_of(effects, lever.claim.measure, SIGNS[lever.claim.direction])


def _shares(lever: Lever, names: Sequence[str], members: Sequence[Sequence[Pair]]) -> dict[str, float]:
    """In which share of members the lever has each verdict; NaN without a set of behaviours."""
    found = Counter(_verdict(lever, {name: effect_of(pairs, _measure(name)) for name in names}) for pairs in members)
    return {f"share_{verdict}": found[verdict] / len(members) if members else np.nan for verdict in VERDICTS}


def _figures(effect: PairedEffect) -> dict[str, float]:
    return {
        "at_low": effect.mean_reference,
        "at_high": effect.mean_policy,
        "difference": effect.difference,
        "low": effect.low,
        "high": effect.high,
        "pairs": effect.n,
    }
