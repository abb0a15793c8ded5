"""The best points and the worst, by the ranking measure, with the paired difference from the reference.

Points that differ by place stand in the order of the study, without ranks.
"""

from __future__ import annotations

from matplotlib.figure import Figure

from experiments.report import numbers, theme
from experiments.report.axis import draw_estimate, name_rows
from experiments.report.factors import short_label
from experiments.report.levels import none_of
from experiments.report.measure_text import difference_text, factor_of, interval_text, wrapped, written
from experiments.report.sweep.evidence import SweepEvidence, value_text
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.groups import unit_of
from experiments.statistics.behaviours import spread
from experiments.statistics.intervals import Estimate
from experiments.statistics.paired import PairedEffect

LABEL = 44
"""Letters on a line of a point's name."""

SHOWN = 16
"""Points drawn: as many of the best and the worst; the table has all."""


def available(evidence: SweepEvidence) -> bool:
    """Needs the ranking measure at two points."""
    return len(evidence.ranked) > 1


def shown_points(evidence: SweepEvidence) -> list[str]:
    """Points that are drawn, from best to worst."""
    ranked = evidence.ranked
    return ranked if len(ranked) <= SHOWN else [*ranked[: SHOWN // 2], *ranked[-SHOWN // 2 :]]


def draw(evidence: SweepEvidence, words: Words) -> Figure:
    """Dots with intervals; beside them differences from the reference, where there is one."""
    measure, points = evidence.rank_by, shown_points(evidence)
    panels = 1 + (evidence.reference is not None)
    lines = sum(1 + wrapped(evidence.label(name, words), words, LABEL).count("\n") for name in points)
    figure = theme.new_figure(1.3 + 0.12 * len(points) + 0.15 * lines)
    axes = figure.subplots(1, panels, sharey=True, squeeze=False)[0]
    scale = factor_of(measure)
    mark = theme.Mark("#0072b2", "o")
    for row, name in enumerate(points):
        draw_estimate(axes[0], row, evidence.estimate(name, measure).through(lambda x: scale * x), mark)
        effect = evidence.effect(name, measure) if panels > 1 else None
        if effect is not None:
            change = _over_behaviours(evidence, name) or of_effect(effect)
            draw_estimate(axes[1], row, change.through(lambda x: scale * x), mark)
    axes[0].set_xlabel(evidence.title(measure, words))
    if panels > 1:
        axes[1].axvline(0, color=theme.INK, lw=0.8)
        key = "sweep.difference.points" if numbers.is_share(unit_of(measure)) else "sweep.difference"
        axes[1].set_xlabel(words(key, reference=words.scenario(str(evidence.reference))))
    for each in axes:
        theme.ticks(each.xaxis, 5)
        each.margins(x=0.08)
    name_rows(axes[0], [wrapped(evidence.label(name, words), words, LABEL) for name in points])
    if len(points) < len(evidence.ranked):
        for each in axes:
            each.axhline(len(points) / 2 - 0.5, color=theme.MUTED, lw=0.8, ls=(0, (4, 3)))
    return figure


def _over_behaviours(evidence: SweepEvidence, name: str) -> Estimate | None:
    """The differences of a point from its reference over behaviours; ``None`` where the study has one alone."""
    measure = evidence.rank_by
    units = evidence.units(evidence.reference_by_seed(name, measure), evidence.by_seed(name, measure))
    return spread([each.difference for each in units]) if evidence.members > 1 and len(units) > 1 else None


def of_effect(effect: PairedEffect) -> Estimate:
    """A paired difference as an estimate to draw (its 50 % interval from the 95 % one, both being t)."""
    from scipy import stats

    half = (effect.high - effect.low) / 2
    narrow = half * stats.t.ppf(0.75, effect.n - 1) / stats.t.ppf(0.975, effect.n - 1) if effect.n > 1 else half
    d = effect.difference
    return Estimate(d, effect.low, effect.high, d - narrow, d + narrow, effect.n)


def table(evidence: SweepEvidence, words: Words) -> Table:
    """All points from best to worst, with the means of every measure of the study."""
    factors = evidence.factors
    measure = evidence.rank_by
    others = [name for name in evidence.measures if name != measure]
    ranks = [] if evidence.is_of_places else [words("sweep.rank")]
    header = [*ranks, *(short_label(f.key, words) for f in factors), evidence.title(measure, words)]
    if evidence.reference:
        header.append(words("sweep.table.difference", reference=words.scenario(evidence.reference)))
    header += [evidence.title(name, words) for name in others]
    body = []
    for place, name in enumerate(evidence.ranked, 1):
        row = [
            *([str(place)] if ranks else []),
            *(value_text(evidence.value_of(name, f.key), f, words) for f in factors),
        ]
        row.append(amount_text(evidence.estimate(name, measure), measure, words))
        if evidence.reference:
            effect = evidence.effect(name, measure)
            row.append(numbers.NONE if effect is None else effect_text(effect, measure, words))
        missing = evidence.missing_at(name)
        row += [
            none_of(other, missing, words) or written(evidence.estimate(name, other).mean, other) for other in others
        ]
        body.append(row)
    return Table(words(f"ranking.table.{'places' if evidence.is_of_places else 'ranked'}"), header, body)


def amount_text(value: Estimate, measure: str, words: Words) -> str:
    """A mean with its interval."""
    return interval_text(value.mean, value.low, value.high, unit_of(measure), words)


def effect_text(effect: PairedEffect, measure: str, words: Words) -> str:
    """A difference with its interval, shares in points."""
    return difference_text(effect.difference, effect.low, effect.high, measure, words)
