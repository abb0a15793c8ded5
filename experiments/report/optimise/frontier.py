"""The front: what more of one objective costs in the others."""

from __future__ import annotations

import math
from functools import partial
from operator import mul

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from experiments.report import numbers, theme
from experiments.report.measure_text import bracketed, interval_text, wrapped
from experiments.report.optimise.evidence import REFERENCE, OptimisationEvidence, label_of, objective_unit
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.uncosted import some_levers
from experiments.statistics.intervals import Estimate

MARKERS = {"holds": "o", "dominated": "D", "misses": "X"}
"""Marks of points by what became of them on fresh seeds."""


def available(evidence: OptimisationEvidence) -> bool:
    """Always: a search has a front."""
    return True


def scaled(measure: str) -> float:
    """What values are multiplied by on an axis."""
    return 100.0 if numbers.is_share(objective_unit(measure)) else 1.0


def axis_title(measure: str, evidence: OptimisationEvidence, words: Words) -> str:
    """Label, unit and the better direction of an objective."""
    better = words(f"optimise.{evidence.objectives.get(measure, 'low')}")
    return words("optimise.axis", measure=titled(measure, words), better=better)


def titled(measure: str, words: Words) -> str:
    """Label and unit of an objective."""
    unit = objective_unit(measure)
    shown = words("table.percent") if numbers.is_share(unit) else words.unit(unit)
    return words("sweep.measure", measure=label_of(measure, words), unit=shown)


def draw(evidence: OptimisationEvidence, words: Words) -> Figure:
    """First against second objective; colour is the third; small dots are all feasible candidates of the search."""
    names = list(evidence.objectives)
    x, y = names[0], names[1]
    colour = names[2] if len(names) > 2 else None
    figure = theme.new_figure(4.2)
    axes = figure.subplots()
    feasible = evidence.archive[evidence.archive["feasible"]]
    axes.plot(
        scaled(x) * feasible[x].to_numpy(), scaled(y) * feasible[y].to_numpy(), ".", ms=2.5, color="#cccccc", zorder=1
    )
    held = [evidence.measured(point, colour).mean for point in evidence.points] if colour else []
    held = [value for value in held if math.isfinite(value)] or [0.0, 1.0]
    low, high = min(held), max(held)

    def place(point: str) -> tuple[Estimate, Estimate]:
        first, second = (evidence.measured(point, name).through(partial(mul, scaled(name))) for name in (x, y))
        return first, second

    for point in evidence.points:
        first, second = place(point)
        axes.plot([first.low, first.high], [second.mean] * 2, color=theme.MUTED, lw=0.7)
        axes.plot([first.mean] * 2, [second.low, second.high], color=theme.MUTED, lw=0.7)
        value = evidence.measured(point, colour).mean if colour else 0.0
        dot = axes.scatter(
            first.mean,
            second.mean,
            s=46,
            c=[value],
            cmap="cividis",
            vmin=low,
            vmax=high or 1.0,
            marker=MARKERS[evidence.state(point)],
            edgecolors=theme.INK,
            linewidths=0.7,
            zorder=4,
        )
    if colour:
        bar = figure.colorbar(dot, ax=axes, pad=0.02)
        bar.set_label(wrapped(axis_title(colour, evidence, words).replace("   ", "\n"), words, 56), fontsize=8)
    first, second = place(REFERENCE)
    at = first.mean, second.mean
    axes.plot(*at, "o", ms=8, mfc="white", mec="black", mew=1.6, zorder=5)
    axes.annotate(words.scenario(str(evidence.reference)), at, (8, -3), textcoords="offset points", fontsize=8.5)
    axes.set_xlabel(axis_title(x, evidence, words))
    axes.set_ylabel(axis_title(y, evidence, words))
    theme.ticks(axes.xaxis, 6)
    theme.ticks(axes.yaxis, 6)
    axes.grid(color=theme.GRID, lw=0.6)
    handles = [
        Line2D([], [], ls="none", marker=mark, mfc="#7c7b78", mec=theme.INK, ms=6, label=words(f"optimise.state.{key}"))
        for key, mark in MARKERS.items()
    ]
    handles.append(Line2D([], [], ls="none", marker=".", color="#bbbbbb", label=words("optimise.candidates")))
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
    return figure


def objective_change(evidence: OptimisationEvidence, point: str, measure: str, words: Words) -> str:
    """The paired difference of a point from the reference, on fresh seeds, with its interval."""
    unit, values = objective_unit(measure), evidence.difference(point, measure)
    decimals = numbers.POINTS_DECIMALS if numbers.is_share(unit) else numbers.decimals_for(list(values), unit)
    return bracketed((numbers.difference(value, unit, decimals) for value in values), words)


SHOWN = ("recorded_success", "durable_success", "petitions_total", "petitions_province")
"""Measures beside the objectives: the record beside the truth, totals beside the ratio."""


def table(evidence: OptimisationEvidence, words: Words) -> Table:
    """A row a point, on fresh seeds; what the search saw of the second objective beside it."""
    names = list(evidence.objectives)
    header = [words("optimise.point"), *(titled(name, words) for name in names)]
    header += [words("optimise.against", measure=label_of(name, words)) for name in names]
    header += [words("optimise.searched", measure=label_of(names[1], words))]
    header += [label_of(name, words) for name in SHOWN] + [words("optimise.state"), words("uncosted.levers")]
    body = []
    for point in [*evidence.points, REFERENCE]:
        is_reference = point == REFERENCE
        row = [words.scenario(str(evidence.reference)) if is_reference else point]
        for name in names:
            each = evidence.measured(point, name)
            row.append(interval_text(each.mean, each.low, each.high, objective_unit(name), words))
        row += [numbers.NONE if is_reference else objective_change(evidence, point, name, words) for name in names]
        saw = float("nan") if is_reference else evidence.searched(point, names[1])
        row.append(numbers.bare(saw, objective_unit(names[1])))
        row += [numbers.amount(evidence.measured(point, name).mean, objective_unit(name)) for name in SHOWN]
        row.append(numbers.NONE if is_reference else words(f"optimise.state.{evidence.state(point)}"))
        row.append((not is_reference and some_levers(evidence.uncosted(point), words)) or numbers.NONE)
        body.append(row)
    return Table(words("frontier.title"), header, body)
