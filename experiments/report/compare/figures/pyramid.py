"""The pyramid as bars: before the reform to the left, after it to the right, one panel a policy."""

from __future__ import annotations

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import columns_for, small_panels
from experiments.report.compare.evidence import LEVELS, Evidence
from experiments.report.compare.phrases import ratio_text
from experiments.report.table import Table
from experiments.report.text import Words


def available(evidence: Evidence) -> bool:
    """Needs registered petitions at the three levels."""
    return evidence.has(*(f"petitions_{level}" for level in LEVELS))


def draw(evidence: Evidence, words: Words) -> Figure:
    """Registered filled, presented as an outline; counts a year, bars from zero."""
    names = evidence.scenarios
    columns = columns_for(len(names))
    figure, panels = small_panels(len(names), columns, 0.75, 1.75, sharex=True, sharey=True)
    for index, (axes, name) in enumerate(zip(panels, names, strict=True)):
        _panel(axes, evidence, name, words)
        axes.tick_params(axis="x", labelbottom=index + columns >= len(names))
    limit = max(abs(end) for end in panels[0].get_xlim())
    panels[0].set_xlim(-limit if evidence.before else 0, limit)
    panels[0].xaxis.set_major_locator(MaxNLocator(4 if evidence.before else 5, symmetric=True))
    panels[0].xaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")
    handles = [Patch(fc=theme.LEVEL_COLOURS["city"], label=words("pyramid.registered"))]
    if evidence.has(*(f"presented_{level}" for level in LEVELS)):
        handles.append(Patch(fc="none", ec=theme.INK, label=words("pyramid.presented")))
    figure.legend(handles=handles, loc="outside upper right", ncols=2)
    figure.supxlabel(words("pyramid.axis"), fontsize=9.5)
    return figure


def _panel(axes: Axes, evidence: Evidence, name: str, words: Words) -> None:
    levels = levels_of(evidence)
    spans = [(evidence.after, 1)] + ([(evidence.before, -1)] if evidence.before else [])
    for span, side in spans:
        for height, level in enumerate(levels):
            registered = side * evidence.estimate(name, f"petitions_{level}", span).mean
            presented = side * evidence.estimate(name, f"presented_{level}", span).mean
            axes.barh(height, registered, 0.72, color=theme.LEVEL_COLOURS[level])
            if math.isfinite(presented):
                axes.barh(height, presented, 0.72, fill=False, ec=theme.INK, lw=0.8)
        axes.text(
            0.5 + (0.48 if evidence.before else 0.5) * side,
            1.0,
            f"{words.span(span)}\n{ratio_text(evidence, name, words, span)}",
            transform=axes.transAxes,
            ha="right" if side > 0 else "left",
            va="bottom",
            linespacing=1.35,
            fontsize=7.5,
            color=theme.MUTED,
        )
    axes.axvline(0, color=theme.INK, lw=0.8)
    axes.set_title(words.title(name), loc="center", pad=27, fontsize=9.5, linespacing=1.4)
    axes.set_yticks(range(len(levels)), [words(f"level.{level}") for level in levels])
    axes.set_ylim(len(levels) - 0.45, -0.55)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def levels_of(evidence: Evidence) -> list[str]:
    """Levels that the places of the study have, from the top."""
    return [level for level in LEVELS if level not in evidence.missing_levels]


def table(evidence: Evidence, words: Words) -> Table:
    """Registered and presented by level, before and after, with the share registered of what was presented there."""
    header = [words("table.policy"), words("table.window"), words("table.level"), words("pyramid.registered")]
    header += [words("pyramid.presented"), words("pyramid.share")]
    body = []
    for name in evidence.scenarios:
        for span in filter(None, (evidence.before, evidence.after)):
            for level in levels_of(evidence):
                counts = [evidence.estimate(name, f"{what}_{level}", span).mean for what in ("petitions", "presented")]
                share = evidence.estimate(name, f"registered_share_{level}", span).mean
                cells = [words.scenario(name), words.span(span), words(f"level.{level}")]
                body.append([*cells, *(numbers.plain(count, 0) for count in counts), numbers.percent(share)])
    return Table(words("pyramid.title"), header, body)
