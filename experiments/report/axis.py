"""Parts of a figure's axes that several kinds of report draw: estimates, names of rows, a line for a target."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from experiments.report import theme
from experiments.statistics.intervals import Estimate


def columns_for(panels: int) -> int:
    """Columns of small panels: at most three, four from seven panels on."""
    return min(panels, 3 if panels < 7 else 4)


def draw_estimate(
    axes: Axes, row: float, estimate: Estimate, mark: theme.Mark, hollow: bool = False, scale: float = 1.0
) -> None:
    """A dot with a thick 50 % and a thin 95 % interval on one row; ``scale`` makes all of it smaller or larger."""
    if np.isfinite(estimate.low):
        axes.plot([estimate.low, estimate.high], [row, row], color=mark.colour, lw=1.2 * scale, zorder=3)
        axes.plot([estimate.low50, estimate.high50], [row, row], color=mark.colour, lw=3.4 * scale, zorder=3)
    if np.isfinite(estimate.mean):
        axes.plot(
            [estimate.mean],
            [row],
            mark.marker,
            color=mark.colour,
            mfc="white" if hollow else mark.colour,
            mec=mark.colour,
            mew=1.4,
            ms=6.5 * scale,
            zorder=4,
        )


def name_rows(axes: Axes, labels: list[str]) -> None:
    """Row names on the left, first row on top, with light guides."""
    axes.set_yticks(range(len(labels)), labels, linespacing=1.3)
    axes.set_ylim(len(labels) - 0.45, -0.55)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y", color=theme.GRID, lw=0.6)
    axes.spines["left"].set_visible(False)


def reference_line(axes: Axes, value: float, text: str) -> None:
    """A vermilion line for a value of the target ratio, named above the axes."""
    axes.axvline(value, color=theme.REFERENCE, lw=1.4, zorder=2)
    blended = blended_transform_factory(axes.transData, axes.transAxes)
    axes.text(
        value,
        0.995,
        text,
        transform=blended,
        color=theme.REFERENCE_INK,
        ha="right",
        va="bottom",
        fontsize=8.5,
    )
