"""Direct labels that keep clear of marks and of each other."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

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
    colours: Sequence[str],
    avoid: Sequence[Bbox] = (),
) -> None:
    """Writes each text beside its point at the first place that covers no mark, no other label and no edge.

    Where no place is free the least crowded one is taken; ``avoid`` is further room that is taken, in pixels. Call it
    when the limits of the axes are final.
    """
    figure = axes.get_figure(root=True)
    assert figure is not None
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw_without_rendering()
    inside = axes.get_window_extent(renderer)
    marks = [axes.transData.transform(point) for point in points]
    taken = [Bbox.from_bounds(x - 7, y - 7, 14, 14) for x, y in marks] + list(avoid)
    for point, text, colour in zip(points, texts, colours, strict=True):
        options = []
        for across, up, horizontal, vertical in _PLACES:
            note = axes.annotate(
                text,
                point,
                (across, up),
                textcoords="offset points",
                ha=horizontal,
                va=vertical,
                color=colour,
                fontsize=9,
                linespacing=1.3,
                zorder=6,
                path_effects=[withStroke(linewidth=3, foreground="white")],
            )
            box = note.get_window_extent(renderer)
            crowd = sum(overlap(box, other) for other in taken)
            crowd += box.width * box.height - overlap(box, inside)
            options.append((crowd, note, box))
            if crowd <= 0.5:
                break
        best = min(range(len(options)), key=lambda index: options[index][0])
        for index, (_, note, _) in enumerate(options):
            if index != best:
                note.remove()
        taken.append(options[best][2])


def overlap(one: Bbox, other: Bbox) -> float:
    """Area that two boxes share."""
    common = Bbox.intersection(one, other)
    return 0.0 if common is None else common.width * common.height
