"""Factors from the one that matters most, for the first measures of the study."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.design.factors import CHANCE
from experiments.report import numbers, theme
from experiments.report.axis import name_rows, percent_ticks
from experiments.report.factors import factor_name
from experiments.report.measure_text import bracketed, wrapped
from experiments.report.sensitivity.evidence import FactorIndex, SensitivityEvidence
from experiments.report.table import Table
from experiments.report.text import Words

SHOWN = 14
"""Factors drawn; the table has all."""

LABEL = 46


def available(evidence: SensitivityEvidence) -> bool:
    """Needs indices of variance, one of them known."""
    return evidence.is_sobol and bool(evidence.sorted(evidence.measures[0]))


def draw(evidence: SensitivityEvidence, words: Words) -> Figure:
    """Solid dots: alone; hollow: with all interactions; lines are 95 % intervals."""
    measure = evidence.measures[0]
    factors = evidence.sorted(measure)[:SHOWN]
    labels = [wrapped(factor_name(factor, words), words, LABEL) for factor in factors]
    figure = theme.new_figure(1.2 + 0.14 * len(factors) + 0.15 * sum(1 + label.count("\n") for label in labels))
    axes = figure.subplots()
    for row, factor in enumerate(factors):
        colour = "#e69f00" if factor == CHANCE else "#0072b2"
        for shift, part, hollow in ((-0.13, "first", False), (0.13, "total", True)):
            found = evidence.index(measure, factor, part)
            axes.plot([found.low, found.high], [row + shift] * 2, color=colour, lw=1.4)
            axes.plot(found.value, row + shift, "o", ms=6, color=colour, mfc="white" if hollow else colour, mew=1.4)
    axes.axvline(0, color=theme.MUTED, lw=0.8)
    axes.set_xlabel(words("sensitivity.axis", measure=words.measure(measure.partition("@")[0])))
    percent_ticks(axes.xaxis, words)
    axes.xaxis.set_major_locator(MaxNLocator(6))
    name_rows(axes, labels)
    axes.tick_params(axis="y", labelsize=8.5)
    dot = theme.Mark("#0072b2", "o")
    handles = [dot.handle(words("sensitivity.first")), dot.handle(words("sensitivity.total"), hollow=True)]
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure


def index_text(found: FactorIndex, words: Words) -> str:
    """A share of variance with its interval, in per cent."""
    return bracketed((numbers.plain(100 * each, 1) for each in (found.value, found.low, found.high)), words)


def table(evidence: SensitivityEvidence, words: Words) -> Table:
    """All factors of the first measure."""
    measure = evidence.measures[0]
    header = [words("sensitivity.factor"), words("sensitivity.first"), words("sensitivity.total")]
    body = [
        [
            factor_name(factor, words),
            *(index_text(evidence.index(measure, factor, part), words) for part in ("first", "total")),
        ]
        for factor in evidence.sorted(measure)
    ]
    return Table(words("tornado.title"), header, body)
