"""The ratio's verdict and what became of people, world by world, as text and as plain values for JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.configuration.stresses import LABEL
from experiments.report.plain_text import number, percent, table
from experiments.results.folder import RunRow
from experiments.statistics.equivalence import REPLICATES_MIN, equivalence, one_level_off
from experiments.statistics.headline import TOTAL, welfare
from experiments.statistics.intervals import estimate
from experiments.statistics.paired import Equivalence, ilr, ilr_inverse
from sim.measures import MEASURES


def by_world(rows: Sequence[RunRow]) -> dict[str, list[Mapping[str, float]]]:
    """Measures after the reform of the finished runs of every world, in the order of seeds."""
    found: dict[str, list[Mapping[str, float]]] = {}
    for row in rows:
        found.setdefault(row.scenario, [])
        if row.record is not None:
            found[row.scenario].append(row.record.after)
    return found


def verdicts(rows: Sequence[RunRow], target: Sequence[float], margin: float) -> dict[str, Equivalence | None]:
    """Whether each world is shown to lie within the margin; ``None`` where replicates or ratios are too few."""
    return {label: equivalence(_points(runs), target, margin) for label, runs in by_world(rows).items()}


def _points(runs: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    points = np.array([[run.get("ilr_1", math.nan), run.get("ilr_2", math.nan)] for run in runs], dtype=float)
    return points.reshape(-1, 2)


def side_by_side(
    rows: Sequence[RunRow],
    stressed: Mapping[str, Any],
    measures: Sequence[str],
    target: Sequence[float],
    margin: float,
) -> str:
    """A column a world: ratio, distance and verdict, the total, then the study's measures of what became of people."""
    worlds, found = by_world(rows), verdicts(rows, target, margin)
    asked = " : ".join(f"{part:g}" for part in target)
    lines = [["", *(LABEL if label in stressed else "" for label in worlds)]] if stressed else []
    lines.append(["province : city : county", *(_ratio(runs) for runs in worlds.values())])
    lines.append([f"distance to {asked}", *(_distance(runs, target) for runs in worlds.values())])
    lines.append([f"within the margin of {margin:g}", *(_verdict(found[label]) for label in worlds)])
    for name in (TOTAL, *welfare(measures)):
        means = [number(estimate([run.get(name, math.nan) for run in runs]).mean) for runs in worlds.values()]
        lines.append([f"{name} ({MEASURES[name].unit})", *means])
    return table(["", *worlds], lines)


def margin_text(margin: float) -> str:
    """What the margin means, in words."""
    below, above = one_level_off(margin)
    return (
        f"Within the margin: the 95 % upper bound of the mean's Aitchison distance lies below {margin:g}, which one "
        f"level alone reaches at {percent(above)} or {percent(-below)}; – = fewer than {REPLICATES_MIN} replicates. "
        "Reaching a ratio is no gain in itself."
    )


def verdicts_document(rows: Sequence[RunRow], target: Sequence[float], margin: float) -> dict[str, Any]:
    """The verdicts as plain values for JSON; ``within`` is null where there is none."""
    worlds = {
        label: None
        if found is None
        else {
            "within": found.is_equivalent,
            "distance": found.distance,
            "upper": found.upper,
            "p_value": found.p_value,
            "replicates": found.n,
        }
        for label, found in verdicts(rows, target, margin).items()
    }
    return {"target": list(target), "margin": margin, "worlds": worlds}


def _mean_point(runs: Sequence[Mapping[str, float]]) -> NDArray[np.float64] | None:
    points = _points(runs)
    points = points[np.isfinite(points).all(axis=1)]
    return points.mean(axis=0) if len(points) else None


def _ratio(runs: Sequence[Mapping[str, float]]) -> str:
    point = _mean_point(runs)
    if point is None:
        return "–"
    province, city, county = ilr_inverse(point)
    return f"1 : {city / province:.2f} : {county / province:.2f}"


def _distance(runs: Sequence[Mapping[str, float]], target: Sequence[float]) -> str:
    point = _mean_point(runs)
    return "–" if point is None else number(float(np.linalg.norm(point - ilr(target))))


def _verdict(found: Equivalence | None) -> str:
    return "–" if found is None else "yes" if found.is_equivalent else "no"
