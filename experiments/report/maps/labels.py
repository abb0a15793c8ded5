"""Names beside dots, none over another: as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

SIZE = 6.8
"""Points of the letters."""

SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.75, 0.75), (-0.75, 0.75), (0.75, -0.75), (-0.75, -0.75))
"""Where a name may stand from its dot, the best place first."""

APART = 1.5
"""Points between a dot and its name."""


@dataclass(frozen=True)
class Label:
    """A name, its dot in the axes' own coordinates, and the dot's radius in points."""

    text: str
    dot: tuple[float, float]
    radius: float


def place_labels(axes: Axes, labels: Sequence[Label]) -> list[str]:
    """Writes the names that find room, the first ones first; gives their texts.

    A name stays within the axes and clear of all dots and other names. The figure must have its final size.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    renderer = FigureCanvasAgg(figure).get_renderer()
    point = figure.dpi / 72
    taken = []
    for label in labels:
        x, y = axes.transData.transform(label.dot)
        reach = label.radius * point
        taken.append(Bbox([[x - reach, y - reach], [x + reach, y + reach]]))
    inside = axes.get_window_extent(renderer)
    written = []
    for label in labels:
        for east, north in SIDES:
            offset = label.radius + APART
            text = axes.annotate(
                label.text,
                label.dot,
                (east * offset, north * offset),
                textcoords="offset points",
                fontsize=SIZE,
                linespacing=1.1,
                ha="left" if east > 0 else "right" if east < 0 else "center",
                va="bottom" if north > 0 else "top" if north < 0 else "center",
                zorder=4,
                path_effects=[withStroke(linewidth=1.8, foreground="white")],
            )
            box = text.get_window_extent(renderer)
            fits = inside.x0 <= box.x0 and box.x1 <= inside.x1 and inside.y0 <= box.y0 and box.y1 <= inside.y1
            if fits and not any(box.overlaps(other) for other in taken):
                taken.append(box)
                written.append(label.text)
                break
            text.remove()
    return written
