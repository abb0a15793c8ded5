"""The ternary plot: shares of the three levels with joint regions, and a hollow ring for the target."""

from __future__ import annotations

from typing import Any

import mpltern  # noqa: F401  (registers the projection)
import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from experiments.report import numbers, theme
from experiments.report.axis import percent_ticks
from experiments.report.compare.evidence import LEVELS, Evidence
from experiments.report.compare.margin import verdict_text
from experiments.report.compare.rows import Row, window_rows
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.statistics import paired as statistics

SMALLEST_SIDE = 0.25
"""The plot never zooms closer than this part of the whole triangle."""


def available(evidence: Evidence) -> bool:
    """Needs the log-ratio coordinates."""
    return evidence.has("ilr_1", "ilr_2")


def draw(evidence: Evidence, words: Words) -> Figure:
    """Regions filled, means marked, the target ringed; zoomed to what is there."""
    rows = [row for row in window_rows(evidence, words) if evidence.composition(row.scenario, row.span) is not None]
    target = np.array(evidence.target) / sum(evidence.target)
    means = {row: _shares(_points(evidence, row).mean(axis=0)) for row in rows}
    outlines = {row: _outline(_points(evidence, row)) for row in rows}
    drawn = [target[None], *(mean[None] for mean in means.values())]
    drawn += [outline for outline in outlines.values() if outline is not None]
    figure = theme.new_figure(4.9)
    axes = figure.add_subplot(projection="ternary", ternary_sum=1.0)
    _frame(axes, np.concatenate(drawn), words)
    for row in rows:
        outline = outlines[row]
        if outline is not None:
            axes.fill(*outline.T, color=row.mark.colour, alpha=0.18, lw=0, zorder=3)
            axes.plot(*outline.T, color=row.mark.colour, lw=1, zorder=3)
        axes.plot(
            *means[row][:, None],
            row.mark.marker,
            color=row.mark.colour,
            mfc="white" if row.hollow else row.mark.colour,
            mew=1.4,
            ms=5,
            zorder=4,
        )
    ring: dict[str, Any] = {"marker": "o", "mfc": "none", "mec": theme.REFERENCE, "mew": 2.0, "ms": 14, "ls": "none"}
    axes.plot(*target[:, None], zorder=5, **ring)
    handles = [Line2D([], [], label=words("ternary.target", ratio=_ratio_text(evidence)), **{**ring, "ms": 10})]
    handles += [row.mark.handle(row.title, row.hollow, mew=1.4) for row in rows]
    figure.legend(handles=handles, loc="outside right center")
    return figure


def _frame(axes: Any, drawn: NDArray[np.float64], words: Words) -> None:
    low = drawn.min(axis=0)
    side = max(1 - low.sum(), SMALLEST_SIDE - 0.1)
    pad = 0.12 * side
    low = np.maximum(np.floor((low - pad) * 20) / 20, 0)
    side = 1 - low.sum()
    axes.set_ternary_lim(low[0], low[0] + side, low[1], low[1] + side, low[2], low[2] + side)
    axes.set_tlabel(words("ternary.axis", level=words("level.province")))
    axes.set_llabel(words("ternary.axis", level=words("level.city")))
    axes.set_rlabel(words("ternary.axis", level=words("level.county")))
    for axis in (axes.taxis, axes.laxis, axes.raxis):
        axis.set_label_position("tick1")
        percent_ticks(axis, words)
    axes.grid(color=theme.GRID, lw=0.6)


def _points(evidence: Evidence, row: Row) -> NDArray[np.float64]:
    points = evidence.composition(row.scenario, row.span)
    assert points is not None
    return points


def _shares(point: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(statistics.ilr_inverse(point), dtype=float)


def _outline(points: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Border of the 95 % joint region of the mean as shares, shape (k, 3); ``None`` under three replicates."""
    if len(points) < 3 or not np.ptp(points, axis=0).any():
        return None
    return _shares(statistics.joint_region(points).outline())


def _ratio_text(evidence: Evidence) -> str:
    return " : ".join(f"{part:g}" for part in evidence.target)


def table(evidence: Evidence, words: Words) -> Table:
    """Shares of the levels, log-ratio coordinates, and the distance to the target."""
    header = [words("table.policy"), *(words(f"level.{level}") for level in LEVELS)]
    header += ["ilr₁", "ilr₂", words.measure("distance_to_target")]
    header.append(words("margin.within", margin=f"{evidence.margin:g}"))
    body = []
    for row in window_rows(evidence, words):
        points = evidence.composition(row.scenario, row.span)
        if points is None:
            continue
        mean = points.mean(axis=0)
        distance = evidence.estimate(row.scenario, "distance_to_target", row.span).mean
        cells = [row.label, *(numbers.percent(share) for share in _shares(mean))]
        cells += [numbers.plain(mean[0], 3), numbers.plain(mean[1], 3), numbers.plain(distance)]
        body.append([*cells, verdict_text(evidence, row.scenario, words, row.span)])
    return Table(words("ternary.title"), header, body)
