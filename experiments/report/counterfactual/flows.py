"""Where each dispute ended under A and under B: two columns of fates and the bands between them."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from experiments.report import numbers, theme
from experiments.report.counterfactual.evidence import COLOURS, FATES, CounterfactualEvidence
from experiments.report.table import Table
from experiments.report.text import Words

GAP = 0.018
"""Space between fates, of the height."""

LABELLED = 0.012
"""Bands of at least this share of all disputes carry their number."""


def available(evidence: CounterfactualEvidence) -> bool:
    """Always."""
    return True


def draw(evidence: CounterfactualEvidence, words: Words) -> Figure:
    """Only disputes that ended elsewhere are drawn, so that the bands that matter can be seen."""
    flows = evidence.moved
    everything = sum(flows.values()) or 1.0
    fates = [fate for fate in evidence.shown if any(fate in pair for pair in flows)]
    figure = theme.new_figure(5.6)
    axes = figure.subplots()
    heights = [
        {fate: sum(flow for pair, flow in flows.items() if pair[side] == fate) / everything for fate in fates}
        for side in (0, 1)
    ]
    tops: list[dict[str, float]] = []
    for side, x in ((0, 0.0), (1, 1.0)):
        at, placed = 1.0 + GAP * len(fates), {}
        for fate in fates:
            height = heights[side][fate]
            placed[fate] = at
            axes.barh(at - height / 2, 0.03, height, left=x - 0.015, color=COLOURS[fate], ec=theme.MUTED, lw=0.4)
            label = words(f"fate.{fate}")
            text = f"{label}  {numbers.plain(height * everything, 0)}"
            if height > 0:
                align, place = ("right", x - 0.025) if side == 0 else ("left", x + 0.025)
                axes.text(place, at - height / 2, text, ha=align, va="center", fontsize=8)
            at -= height + GAP
        tops.append(placed)
    used: list[dict[str, float]] = [dict.fromkeys(fates, 0.0), dict.fromkeys(fates, 0.0)]
    curve = np.array([0.015, 0.45, 0.55, 0.985])
    for (a, b), flow in sorted(flows.items(), key=lambda item: (FATES.index(item[0][0]), FATES.index(item[0][1]))):
        height = flow / everything
        left, right = tops[0][a] - used[0][a], tops[1][b] - used[1][b]
        used[0][a] += height
        used[1][b] += height
        upper = list(zip(curve, (left, left, right, right), strict=True))
        lower = [(x, y - height) for x, y in reversed(upper)]
        half = [Path.CURVE4] * 3
        path = Path([*upper, *lower], [Path.MOVETO, *half, Path.LINETO, *half])
        axes.add_patch(PathPatch(path, fc=COLOURS[a], alpha=0.55, lw=0))
        if height >= LABELLED:
            axes.text(0.03, left - height / 2, numbers.plain(flow, 0), fontsize=6.5, va="center", color=theme.INK)
    top = 1.0 + GAP * len(fates) + 0.03
    for side, x, align in ((0, 0.0, "right"), (1, 1.0, "left")):
        title = evidence.world_name(side, words)
        axes.text(x, top, title, ha=align, va="bottom", fontsize=9.5, fontweight="bold")
    axes.set_xlim(-0.42, 1.42)
    axes.set_ylim(-0.06, top + 0.05)
    axes.set_axis_off()
    return figure


def table(evidence: CounterfactualEvidence, words: Words) -> Table:
    """All disputes: A below, B across."""
    shown = evidence.shown
    header = [words("counterfactual.corner"), *(words(f"fate.{fate}") for fate in shown), words("counterfactual.all")]
    body = [
        [
            words(f"fate.{a}"),
            *(numbers.plain(evidence.flow(a, b), 0) for b in shown),
            numbers.plain(evidence.total(a, 0), 0),
        ]
        for a in shown
    ]
    body.append(
        [words("counterfactual.all"), *(numbers.plain(evidence.total(fate, 1), 0) for fate in shown), numbers.NONE]
    )
    return Table(words("flows.title"), header, body)
