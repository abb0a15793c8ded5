"""What policies cost against what they settle for good: labelled points, and the frontier of those not outdone.

A policy that moves levers without a price is uncosted: what it costs leaves something out, so it is on no frontier and
cheaper than none.
"""

from __future__ import annotations

import math
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.compare.choice import candidates
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures.crowds import name_points
from experiments.report.compare.phrases import effect_difference
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.uncosted import marked, some_levers

COST, SETTLED = "cost_per_resident", "durable_resolution"
Point = tuple[float, float]
"""Cost and durable settlement of a policy."""


def available(evidence: Evidence) -> bool:
    """Needs a reference policy, cost and durable resolution."""
    return evidence.reference is not None and evidence.has(COST, SETTLED)


def not_outdone(points: dict[str, Point]) -> list[str]:
    """Policies on the frontier, cheapest first: no other costs as little and settles as much, and is better in one."""

    def outdone(mine: Point) -> bool:
        return any(other[0] <= mine[0] and other[1] >= mine[1] and other != mine for other in points.values())

    return sorted((name for name, point in points.items() if not outdone(point)), key=lambda name: points[name])


def known(evidence: Evidence) -> list[str]:
    """Scenarios that have both figures."""
    return [name for name in evidence.scenarios if evidence.by_seed(name, COST) and evidence.by_seed(name, SETTLED)]


def choices(evidence: Evidence) -> list[str]:
    """What may stand on the frontier: fully costed, under the stresses of the reference alone: nobody chooses one."""
    allowed = {evidence.reference, *candidates(evidence)}
    return [name for name in known(evidence) if name in allowed and not evidence.is_uncosted(name, COST)]


def label(evidence: Evidence, name: str, words: Words) -> str:
    """A scenario's name, with a note where it is uncosted."""
    return marked(words.scenario(name), words) if evidence.is_uncosted(name, COST) else words.scenario(name)


def points_of(evidence: Evidence) -> dict[str, Point]:
    """Means over replicates, by scenario."""
    means = {name: [evidence.estimate(name, measure).mean for measure in (COST, SETTLED)] for name in known(evidence)}
    return {name: (cost, settled) for name, (cost, settled) in means.items()}


def times_on_frontier(evidence: Evidence) -> tuple[dict[str, int], int]:
    """In how many replicates each policy is on the frontier, and how many replicates hold all policies."""
    names = choices(evidence)
    if not names:
        return {}, 0
    cost, settled = ({name: evidence.by_seed(name, measure) for name in names} for measure in (COST, SETTLED))
    seeds = set.intersection(*(set(values[name]) for name in names for values in (cost, settled)))
    fronts = [not_outdone({name: (cost[name][seed], settled[name][seed]) for name in names}) for seed in seeds]
    return {name: sum(name in front for front in fronts) for name in names}, len(seeds)


def draw(evidence: Evidence, words: Words) -> Figure:
    """Cheaper to the left, more settled upwards; marks filled on the frontier, hollow if outdone, half if uncosted."""
    marks = theme.marks(evidence.scenarios, evidence.reference)
    figure = theme.new_figure(4.4)
    axes = figure.subplots()
    points = {name: (cost, 100 * settled) for name, (cost, settled) in points_of(evidence).items()}
    front = not_outdone({name: points[name] for name in choices(evidence)})
    lines: list[list[Point]] = []
    for name, (x, y) in points.items():
        mark, filled = marks[name], name in front
        for line in _intervals(evidence, name, (x, y)):
            axes.plot(*zip(*line, strict=True), color=mark.colour, lw=1.3, zorder=3)
            lines.append(line)
        look: dict[str, Any] = {"mfc": mark.colour if filled else "white"}
        if evidence.is_uncosted(name, COST):
            look = {"mfc": mark.colour, "fillstyle": "left", "markerfacecoloralt": "white"}
        axes.plot([x], [y], mark.marker, color=mark.colour, mew=1.5, ms=8, zorder=5 if filled else 4, **look)
    axes.set_xlabel(words("cost.x"))
    axes.set_ylabel(words("cost.y"))
    axes.yaxis.set_major_formatter(lambda value, _: words.spaced(f"{value:g}{numbers.NBSP}%"))
    axes.xaxis.set_major_locator(MaxNLocator(7))
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
    _limits(axes)
    steps = _steps([points[name] for name in front], axes.get_xlim()[1])
    if steps:
        axes.plot(*zip(*steps, strict=True), color=theme.MUTED, lw=1.1, ls=(0, (4, 2)), zorder=2)
    name_points(
        axes,
        list(points.values()),
        [label(evidence, name, words) for name in points],
        [marks[name] for name in points],
        [name in front for name in points],
        [*lines, steps],
    )
    return figure


def _steps(front: list[Point], right: float) -> list[Point]:
    """Corners of the frontier: level until the next policy can be paid for, then up, and level to the edge."""
    if not front:
        return []
    corners = [front[0]]
    for cost, settled in front[1:]:
        corners += [(cost, corners[-1][1]), (cost, settled)]
    return [*corners, (right, corners[-1][1])]


def _intervals(evidence: Evidence, name: str, point: Point) -> list[list[Point]]:
    """Paired 95 % intervals of the differences from the reference, laid around the policy's mean."""
    if name not in evidence.contrasts:
        return []
    x, y = point
    cost, settled = evidence.effect(name, COST), evidence.effect(name, SETTLED)
    found = []
    if cost and math.isfinite(cost.low):
        found.append([(x + end - cost.difference, y) for end in (cost.low, cost.high)])
    if settled and math.isfinite(settled.low):
        found.append([(x, y + 100 * (end - settled.difference)) for end in (settled.low, settled.high)])
    return found


def _limits(axes: Axes) -> None:
    """Room around the points for their names; never so close that a trifle looks like much."""
    for get, put, least in ((axes.get_xlim, axes.set_xlim, 2.0), (axes.get_ylim, axes.set_ylim, 1.0)):
        low, high = get()
        middle, half = (low + high) / 2, max((high - low) / 2, least) * 1.2
        put(middle - half, middle + half)


def table(evidence: Evidence, words: Words) -> Table:
    """Cost, durable settlement and cost per durable settlement with paired differences, and the frontier."""
    header = [words("table.policy"), words("cost.cost"), words("cost.change"), words.measure(SETTLED)]
    header += [words("together.points"), words("cost.each"), words("cost.each_change"), words("cost.frontier")]
    header += [words("uncosted.levers")]
    times, n = times_on_frontier(evidence)
    points = points_of(evidence)
    front = not_outdone({name: points[name] for name in choices(evidence)})
    body = []
    for name in points:
        cells = [label(evidence, name, words)]
        for measure, unit, decimals in ((COST, "yuan", 2), (SETTLED, "share", 2), ("cost_per_durable", "yuan", 0)):
            cells.append(numbers.amount(evidence.estimate(name, measure).mean, unit))
            effect = evidence.effect(name, measure) if name in evidence.contrasts else None
            cells.append(effect_difference(effect, unit, words, decimals))
        if name in times:
            count = words("flags.count", k=times[name], n=n)
            cells.append(words("flags.verdict", verdict=words("yes" if name in front else "no"), count=count))
        else:
            cells.append(numbers.NONE)
        body.append([*cells, some_levers(evidence.uncosted(name), words) or numbers.NONE])
    return Table(words("cost.title"), header, body)
