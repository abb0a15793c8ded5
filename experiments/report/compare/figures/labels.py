"""Direct labels that keep clear of marks and of each other."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from experiments.report import theme

_PLACES = (
    (10, 0, "left", "center"),
    (-10, 0, "right", "center"),
    (0, 10, "center", "bottom"),
    (0, -10, "center", "top"),
    (9, 9, "left", "bottom"),
    (9, -9, "left", "top"),
    (-9, 9, "right", "bottom"),
    (-9, -9, "right", "top"),
    (12, 24, "left", "bottom"),
    (12, -24, "left", "top"),
    (-12, 24, "right", "bottom"),
    (-12, -24, "right", "top"),
)
"""Offsets in points and alignments, best first."""


def label_points(
    axes: Axes,
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    avoid: Sequence[Bbox] = (),
) -> None:
    """Writes each text beside its point at the first place that covers no mark, no other label and no edge.

    Where no place is free the least crowded one is taken; ``avoid`` is further room that is taken, in pixels. Call it
    when the limits of the axes are final.
    """
    renderer, inside = laid_out(axes)
    taken = [*marks_at(axes, points), *avoid]
    for point, text in zip(points, texts, strict=True):
        options = []
        for across, up, horizontal, vertical in _PLACES:
            note = axes.annotate(
                text,
                point,
                (across, up),
                textcoords="offset points",
                ha=horizontal,
                va=vertical,
                color=theme.INK,
                fontsize=9,
                linespacing=1.3,
                zorder=6,
                path_effects=[withStroke(linewidth=3, foreground="white")],
            )
            box = note.get_window_extent(renderer)
            options.append((crowding(box, taken, inside), note, box))
            if options[-1][0] <= 0.5:
                break
        taken.append(keep_best(options))


def laid_out(axes: Axes) -> tuple[RendererBase, Bbox]:
    """Lays the figure of some axes out; gives what measures texts, and the room inside the axes, in pixels."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    return renderer, axes.get_window_extent(renderer)


def marks_at(axes: Axes, points: Sequence[tuple[float, float]]) -> list[Bbox]:
    """The room that marks at some points take, in pixels."""
    return [Bbox.from_bounds(x - 7, y - 7, 14, 14) for x, y in map(axes.transData.transform, points)]


def crowding(box: Bbox, taken: Sequence[Bbox], inside: Bbox, edge: float = 1) -> float:
    """How much of a box is taken already, or lies outside (which counts ``edge`` times)."""
    return sum(overlap(box, other) for other in taken) + edge * (box.width * box.height - overlap(box, inside))


def keep_best(options: Sequence[tuple[float, Artist, Bbox]]) -> Bbox:
    """Removes all of what was tried but the least crowded one, and gives its room."""
    best = min(range(len(options)), key=lambda index: options[index][0])
    for index, (_, artist, _) in enumerate(options):
        if index != best:
            artist.remove()
    return options[best][2]


def overlap(one: Bbox, other: Bbox) -> float:
    """Area that two boxes share."""
    common = Bbox.intersection(one, other)
    return 0.0 if common is None else common.width * common.height
