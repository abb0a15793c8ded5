"""What one post more settles, pool by pool: rows of the stored tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.statistics.paired import holm, paired_difference
from experiments.statistics.relevance import SIGNIFICANT
from experiments.studies.bottlenecks.figures import KEPT, YearOfWork
from experiments.studies.bottlenecks.plan import Bottlenecks, county_rows
from experiments.studies.bottlenecks.posts import Pool
from sim.measures.smallest_effect import OF_A_POST

type Rows = list[dict[str, Any]]
type Figures = Mapping[str, YearOfWork]

SLOT_DAYS = KEPT.index("slot_days")


def rows_of(study: Bottlenecks, figures: Figures) -> dict[str, Rows]:
    """Rows of the tables of ``experiments.report.bottlenecks.stored``; ``figures`` are those of runs by key."""
    rows: dict[str, Rows] = {"pools": [], "places": [], "runs": []}
    for base in study.bases:
        pools, places = [], []
        for pool in study.pools:
            runs = [
                row
                for turn, group in enumerate(study.rounds(pool))
                for place in group
                for row in _runs(study, figures, base, pool, turn, place)
            ]
            rows["runs"] += runs
            where = {"base": base, "pool": pool.name}
            pools.append({**where, "places": len({row["place"] for row in runs}), **_effect(runs)})
            places += [
                {**where, **_named(study, pool, runs, place), **_effect([row for row in runs if row["place"] == place])}
                for place in dict.fromkeys(row["place"] for row in runs)
            ]
        rows["pools"] += judged(pools)
        rows["places"] += judged(places)
    return rows


def _runs(study: Bottlenecks, figures: Figures, base: str, pool: Pool, turn: int, place: int) -> Rows:
    """A row a seed of a place's pool, of the seeds that have both arms and the post in force.

    Posts are read off the days that slots were staffed, so that a centre that is not built has none.
    """
    province = study.province
    table = province.cities if pool.is_of_city else province.counties
    counties = county_rows(province, pool, place)
    city = place if pool.is_of_city else int(table["city"][place])
    found = []
    for before, after in zip(study.references[base], study.runs[base, pool.name, turn], strict=True):
        if before.key not in figures or after.key not in figures:
            continue
        one, two = figures[before.key], figures[after.key]
        slots = int(getattr(after.scenario.behaviour, pool.slots))
        work, staffed = (_work(year, counties, pool) for year in (one, two))
        posts = (staffed[SLOT_DAYS] - work[SLOT_DAYS]) / (one.days * slots)
        if posts < 0.5:
            continue
        found.append(
            {
                "base": base,
                "pool": pool.name,
                "place": str(table["code"][place]),
                "seed": before.seed,
                "posts": float(posts),
                "settled": float(two.settled[city] - one.settled[city]),
                "cost": float(two.cost[city] - one.cost[city]),
                **dict(zip(KEPT, work.tolist(), strict=True)),
                "days": one.days,
            }
        )
    return found


def _work(year: YearOfWork, counties: Sequence[int], pool: Pool) -> NDArray[np.float64]:
    return year.work[counties, pool.column].sum(axis=0)


def _named(study: Bottlenecks, pool: Pool, runs: Rows, code: str) -> dict[str, str]:
    province = study.province
    table, english, chinese = (
        (province.cities, province.city_names_en, province.city_names_zh)
        if pool.is_of_city
        else (province.counties, province.county_names_en, province.county_names_zh)
    )
    row = table["code"].tolist().index(int(code))
    return {"place": code, "name_en": english[row] or chinese[row], "name_zh": chinese[row]}


def _effect(runs: Rows) -> dict[str, Any]:
    """One post more, over the places of some rows: settled by seed, all places together, per post in force."""
    by_seed: dict[int, dict[str, float]] = {}
    for row in runs:
        sums = by_seed.setdefault(row["seed"], dict.fromkeys(("posts", "settled", "cost", *KEPT, "days"), 0.0))
        for name in sums:
            sums[name] += row[name]
    columns = {name: np.array([sums[name] for sums in by_seed.values()]) for name in ("posts", "settled", "cost")}
    effect = paired_difference(np.zeros(len(by_seed)), columns["settled"] / columns["posts"])
    total = {name: sum(sums[name] for sums in by_seed.values()) for name in ("posts", "cost", *KEPT, "days")}
    return {
        "posts": _ratio(total["posts"], len(by_seed)),
        "utilisation": _ratio(total["busy_days"], total["slot_days"]),
        "wait": _ratio(total["wait_days"], total["started"]),
        "long_waits": _ratio(total["waited_long"], total["started"]),
        "queue": _ratio(total["queue_days"], total["days"]),
        "settled": effect.difference,
        "low": effect.low,
        "high": effect.high,
        "p_value": effect.p_value,
        "pairs": effect.n,
        "cost": _ratio(total["cost"], total["posts"]),
    }


def judged(rows: Rows) -> Rows:
    """The rows with what is short: by as much as matters and beyond chance among all of them (Holm).

    Yuan per settlement stand only there.
    """
    adjusted = holm([row["p_value"] for row in rows]).tolist()
    found = []
    for row, p_value in zip(rows, adjusted, strict=True):
        is_short = bool(row["low"] >= OF_A_POST and p_value < SIGNIFICANT)
        yuan = row["cost"] / row["settled"] if is_short else math.nan
        verdict = "short" if is_short else "not_short" if row["pairs"] > 1 else "untold" if row["pairs"] else "absent"
        found.append({**row, "p_value": p_value, "verdict": verdict, "yuan": yuan})
    return found


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
