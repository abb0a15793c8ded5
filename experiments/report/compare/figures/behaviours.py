"""Effects behaviour by behaviour: what the choice of assumptions about people moves, and what it does not."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.report import numbers, theme
from experiments.report.axis import name_rows, small_panels
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.figures.forest import finish_axis, ordered_worlds, scale_of, unit_of
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.results.members import by_member

MEASURES_SHOWN = ("durable_resolution", "distance_to_target", "petitions_province", "petitions_total")


def available(evidence: Evidence) -> bool:
    """Needs an ensemble of behaviours, two of them with pairs."""
    return any(len(member_effects(evidence, name, shown_worlds(evidence)[0])) > 1 for name in evidence.contrasts)


def shown_worlds(evidence: Evidence) -> list[str]:
    """Measures of the panels that these results have."""
    return [name for name in MEASURES_SHOWN if evidence.has(name)] or [MEASURES_SHOWN[0]]


def member_effects(evidence: Evidence, scenario: str, measure: str) -> NDArray[np.float64]:
    """The effect for every behaviour, on the scale that the measure is drawn on."""
    found = evidence.by_member(scenario, measure).values()
    scale = scale_of(measure)
    values = [100 * each.relative if scale == "percent" else each.difference for each in found]
    drawn = (100 if scale == "points" else 1) * np.array(values, float)
    return drawn[np.isfinite(drawn)]


def draw(evidence: Evidence, words: Words) -> Figure:
    """One panel a measure: a dot a behaviour, the middle half and the middle 95 % of them as bars, right is better."""
    names = ordered_worlds(evidence)
    measures = shown_worlds(evidence)
    marks = theme.marks(evidence.scenarios, evidence.reference)
    height = 0.85 + 0.36 * len(names)
    figure, panels = small_panels(len(measures), min(2, len(measures)), 0.5, height, sharey=True)
    for axes, measure in zip(panels, measures, strict=True):
        for row, name in enumerate(names):
            _strip(axes, row, member_effects(evidence, name, measure), marks[name].colour)
        finish_axis(axes, measure, words)
        name_rows(axes, [words.title(name) for name in names])
    return figure


def _strip(axes: Axes, row: int, values: NDArray[np.float64], colour: str) -> None:
    if not len(values):
        return
    # dots lie apart by their rank, not by chance: the same results give the same bytes
    apart = (np.argsort(np.argsort(values)) * 0.381966) % 1.0
    axes.plot(values, row + 0.12 + 0.24 * apart, ".", color=colour, ms=2.6, alpha=0.55, zorder=3)
    for width, (low, high) in ((1.2, (0.025, 0.975)), (3.6, (0.25, 0.75))):
        axes.plot(np.quantile(values, [low, high]), [row - 0.1] * 2, color=colour, lw=width, zorder=4)
    axes.plot([np.median(values)], [row - 0.1], "o", color=colour, mfc="white", mew=1.2, ms=4.5, zorder=5)


def table(evidence: Evidence, words: Words) -> Table:
    """Median and middle 95 % over behaviours, how many of them agree on the direction, and how much is chance."""
    header = [words("table.measure"), words("table.policy"), words("behaviours.median"), words("behaviours.middle")]
    header += [words("behaviours.up"), words("behaviours.chance"), words("behaviours.members")]
    body = []
    for measure in shown_worlds(evidence):
        points = {"points": words("forest.points"), "percent": " %", "plain": ""}[scale_of(measure)]
        for name in ordered_worlds(evidence):
            values = member_effects(evidence, name, measure)
            if not len(values):
                continue
            low, middle, high = np.quantile(values, [0.025, 0.5, 0.975]).tolist()
            digits = 2 if scale_of(measure) == "points" else numbers.decimals_for([low, high], unit_of(measure))
            ends = (numbers.signed(end, digits) for end in (low, high))
            body.append(
                [
                    words.measure(measure),
                    words.scenario(name),
                    numbers.signed(middle, digits) + points,
                    words("interval.plain", low=next(ends), high=next(ends)),
                    numbers.percent(float(np.mean(values > 0))),
                    _chance(evidence, name, measure),
                    str(len(values)),
                ]
            )
    return Table(words("behaviours.title"), header, body)


def _chance(evidence: Evidence, name: str, measure: str) -> str:
    assert evidence.reference is not None
    policy, other = evidence.by_seed(name, measure), evidence.by_seed(evidence.reference, measure)
    found = by_member({seed: policy[seed] - other[seed] for seed in policy if seed in other}, evidence.members)
    if found is None or not math.isfinite(found.share_of_chance):
        return numbers.NONE
    return numbers.percent(found.share_of_chance)
