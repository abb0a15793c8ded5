"""Paired effects on the headline measures as a forest of intervals, Holm-adjusted, right is better."""

from __future__ import annotations

import math
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import name_rows, small_panels
from experiments.report.compare.evidence import Effect, Evidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.report.uncosted import marked
from sim.measures import MEASURES
from sim.measures.smallest_effect import OTHERS, is_absolute, smallest_effect

COLUMNS = 3

REACH = 1.6
"""How far a panel reaches at least to both sides of zero, in bands."""


@dataclass(frozen=True)
class EffectLine:
    """One interval: the effect on the scale it is drawn on, its adjusted p-value, and whether its mark is filled."""

    effect: Effect
    value: float
    low: float
    high: float
    adjusted: float
    is_found: bool


def available(evidence: Evidence) -> bool:
    """Needs something to compare."""
    return any(evidence.effect(name, measure) for name in evidence.contrasts for measure in evidence.measures)


def unit_of(measure: str) -> str:
    """Unit of a measure; empty for one that is not registered."""
    return MEASURES[measure].unit if measure in MEASURES else ""


def direction_of(measure: str) -> str:
    """``up``, ``down`` or ``none``."""
    return MEASURES[measure].better if measure in MEASURES else "none"


def scale_of(measure: str) -> str:
    """How effects on a measure are drawn: ``points`` for shares, ``percent`` of the reference, or ``plain``.

    Plain are those without a natural zero: distances, coordinates of the ratio, trust.
    """
    if numbers.is_share(unit_of(measure)):
        return "points"
    return "plain" if measure in MEASURES and is_absolute(measure) else "percent"


def band_of(measure: str) -> float:
    """The smallest effect of interest on the scale that a measure is drawn on."""
    scale = scale_of(measure)
    if scale == "percent":
        return 100 * OTHERS
    return (100 if scale == "points" else 1) * smallest_effect(measure, math.nan)


def effect_lines(evidence: Evidence) -> dict[str, list[EffectLine]]:
    """The effects by measure, p-values adjusted over all of them."""
    effects = [
        effect
        for measure in evidence.measures
        for name in ordered_worlds(evidence)
        if (effect := evidence.effect(name, measure)) is not None
    ]
    lines: dict[str, list[EffectLine]] = {}
    for effect in effects:
        drawn = {
            "points": (100 * effect.difference, 100 * effect.low, 100 * effect.high),
            "plain": (effect.difference, effect.low, effect.high),
            "percent": (100 * effect.relative, 100 * effect.relative_low, 100 * effect.relative_high),
        }[scale_of(effect.measure)]
        key = effect.scenario, effect.measure
        line = EffectLine(effect, *drawn, adjusted=evidence.adjusted[key], is_found=evidence.is_found(*key))
        lines.setdefault(effect.measure, []).append(line)
    return lines


def ordered_worlds(evidence: Evidence) -> list[str]:
    """Compared scenarios, the largest gain in durable resolution first."""
    gains = {}
    for name in evidence.contrasts:
        effect = evidence.effect(name, "durable_resolution")
        gains[name] = effect.difference if effect else -math.inf
    return sorted(evidence.contrasts, key=lambda name: -gains[name])


def draw(evidence: Evidence, words: Words) -> Figure:
    """One panel a measure, policies in the same order in all; filled marks matter and are no chance find."""
    lines = effect_lines(evidence)
    names = ordered_worlds(evidence)
    marks = theme.marks(evidence.scenarios, evidence.reference)
    height = 0.85 + (0.34 if evidence.stresses else 0.24) * len(names)
    figure, panels = small_panels(len(lines), min(COLUMNS, len(lines)), 0.5, height, sharey=True)
    for axes, (measure, drawn) in zip(panels, lines.items(), strict=True):
        for line in drawn:
            grey = direction_of(measure) == "none"
            _interval(axes, names.index(line.effect.scenario), line, marks[line.effect.scenario], grey)
        finish_axis(axes, measure, words)
        name_rows(axes, [words.title(name) for name in names])
    dot = theme.Mark(theme.INK, "o")
    handles = [dot.handle(words("forest.found")), dot.handle(words("forest.not_found"), hollow=True)]
    figure.legend(handles=handles, loc="outside upper right", ncols=2)
    return figure


def _interval(axes: Axes, row: int, line: EffectLine, mark: theme.Mark, grey: bool) -> None:
    colour = "#767676" if grey else mark.colour
    if math.isfinite(line.low) and math.isfinite(line.high):
        axes.plot([line.low, line.high], [row, row], color=colour, lw=1.8, zorder=3)
    face = colour if line.is_found else "white"
    axes.plot([line.value], [row], mark.marker, color=colour, mfc=face, mew=1.3, ms=6, zorder=4)


def finish_axis(axes: Axes, measure: str, words: Words) -> None:
    """Zero line, band of what is too small to matter, direction, title and unit of a panel of effects on a measure."""
    axes.axvline(0, color=theme.INK, lw=0.9, zorder=2)
    low, high = axes.get_xlim()
    band = band_of(measure)
    axes.axvspan(-band, band, color=theme.BAND, zorder=0)
    low, high = min(low, -REACH * band), max(high, REACH * band)
    better = direction_of(measure)
    axes.set_xlim(*((high, low) if better == "down" else (low, high)))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    decimals = 1 if high - low >= 1 else numbers.decimals_for([high - low], "")
    axes.xaxis.set_major_formatter(lambda value, _: _tick(value, decimals))
    title = words.measure(measure)
    axes.set_title("\n".join(wrap(title, 38 if words.language == "en" else 18)), fontsize=9, loc="left")
    unit = words(f"forest.scale.{scale_of(measure)}")
    arrow = "" if better == "none" else words("forest.better")
    axes.set_xlabel(words("forest.axis", unit=unit, arrow=arrow).strip(), fontsize=8.5)
    axes.tick_params(labelsize=8.5)


def _tick(value: float, decimals: int) -> str:
    return numbers.signed(value, 0) if value == round(value) else numbers.signed(value, decimals).rstrip("0")


def table(evidence: Evidence, words: Words) -> Table:
    """Means, difference, interval, adjusted p, replicates and variance reduction of every effect."""
    header = [
        words("table.measure"),
        words("table.policy"),
        words("table.unit"),
        words("forest.reference"),
        words("forest.policy"),
    ]
    header += [words("forest.difference"), words("table.interval"), words("forest.relative")]
    header += [words("forest.p"), "n", words("forest.reduction")]
    body = []
    for measure, lines in effect_lines(evidence).items():
        unit = unit_of(measure)
        for line in lines:
            effect = line.effect
            digits = numbers.decimals_for([effect.mean_reference, effect.mean_policy], unit)
            points = words("forest.points") if numbers.is_share(unit) else ""
            interval = numbers.NONE
            if math.isfinite(effect.low):
                ends = (numbers.difference(end, unit, digits) for end in (effect.low, effect.high))
                interval = words("interval.plain", low=next(ends), high=next(ends))
            body.append(
                [
                    words.measure(measure),
                    _named(evidence, line, words),
                    words.unit(unit),
                    numbers.amount(effect.mean_reference, unit, digits),
                    numbers.amount(effect.mean_policy, unit, digits),
                    numbers.difference(effect.difference, unit, digits) + points,
                    interval,
                    numbers.NONE if scale_of(measure) == "plain" else numbers.signed_percent(effect.relative),
                    numbers.p_value(line.adjusted),
                    str(effect.n),
                    _reduction(effect.variance_reduction),
                ]
            )
    return Table(words("forest.title"), header, body)


def _named(evidence: Evidence, line: EffectLine, words: Words) -> str:
    name = words.scenario(line.effect.scenario)
    return marked(name, words) if evidence.is_uncosted(line.effect.scenario, line.effect.measure) else name


def _reduction(value: float) -> str:
    if math.isinf(value):
        return "∞"
    return numbers.plain(value, 1)
