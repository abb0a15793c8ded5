"""Parts of figures that several kinds of report draw: panels, estimates, names of rows, maps of numbers, a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.cm import ScalarMappable
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory
from numpy.typing import NDArray

from experiments.report import numbers, theme
from experiments.report.text import Words
from experiments.statistics.intervals import Estimate


def columns_for(panels: int) -> int:
    """Columns of small panels: at most three, four from seven panels on."""
    return min(panels, 3 if panels < 7 else 4)


def small_panels(
    count: int, columns: int, base: float, height: float, spare: str = "axis_off", **shared: Any
) -> tuple[Figure, list[Axes]]:
    """A figure of panels in rows of ``columns``: ``height`` inches a row, and ``base`` for all else.

    Places left over in the last row have their ``axis_off``, or are not drawn at all (``invisible``).
    """
    rows = -(-count // columns)
    figure = theme.new_figure(base + rows * height)
    panels = [*figure.subplots(rows, columns, squeeze=False, **shared).flat]
    for axes in panels[count:]:
        axes.set_axis_off()
        axes.set_visible(spare != "invisible")
    return figure, panels[:count]


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


def percent_ticks(axis: Axis, words: Words) -> None:
    """Shares along an axis in whole per cent."""
    axis.set_major_formatter(lambda value, _: words.spaced(numbers.percent(value, 0)))


def heat_map(
    axes: Axes, values: NDArray[np.float64], texts: Sequence[Sequence[str]], size: float = 7.5, **image: Any
) -> None:
    """A cell a value, shaded by it, with its text; neither ticks nor frame."""
    shades: ScalarMappable = axes.imshow(values, **{"cmap": "cividis", "aspect": "auto", **image})
    for (row, column), value in np.ndenumerate(values):
        if text := texts[row][column]:
            ink = theme.ink_over(shades, value)
            axes.text(column, row, text, ha="center", va="center", fontsize=size, color=ink)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


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
