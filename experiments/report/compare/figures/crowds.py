"""Names for points of which some lie on top of one another: one list for each crowd, with the marks of its members."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox, DrawingArea, HPacker, TextArea, VPacker
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from experiments.report import theme
from experiments.report.compare.figures.labels import crowding, keep_best, label_points, laid_out, marks_at

TOO_CLOSE = 16
"""Marks whose centres are nearer to one another than this (pixels) are named together."""

STEP = 4
"""Pixels between the boxes that keep names clear of a line."""

_PLACES = (
    (26, -14, 0, 1),
    (26, 14, 0, 0),
    (-26, -14, 1, 1),
    (-26, 14, 1, 0),
    (26, 0, 0, 0.5),
    (-26, 0, 1, 0.5),
    (0, 26, 0.5, 0),
    (0, -26, 0.5, 1),
)
"""Offsets in points, and the point of the list that is put there, best first."""


def name_points(
    axes: Axes,
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    marks: Sequence[theme.Mark],
    filled: Sequence[bool],
    lines: Sequence[Sequence[tuple[float, float]]] = (),
) -> None:
    """Names every point; a crowd gets a list, in the order of height, tied to it by a thin line.

    ``lines`` are lines from point to point that names should keep clear of. Call it when the limits of the axes are
    final.
    """
    renderer, inside = laid_out(axes)
    pixels = [tuple(axes.transData.transform(point)) for point in points]
    taken = marks_at(axes, points)
    taken += [box for line in lines for box in _along(axes.transData.transform(line))]
    crowds = crowds_of(pixels)
    for crowd in crowds:
        if len(crowd) > 1:
            members = sorted(crowd, key=lambda index: (-pixels[index][1], index))
            centre = tuple(float(value) for value in np.mean([points[index] for index in crowd], axis=0))
            listed = [(names[index], marks[index], filled[index]) for index in members]
            taken.append(_list(axes, centre, listed, taken, inside, renderer))
    alone = [crowd[0] for crowd in crowds if len(crowd) == 1]
    label_points(axes, [points[index] for index in alone], [names[index] for index in alone], taken)


def crowds_of(pixels: Sequence[tuple[float, float]]) -> list[list[int]]:
    """Indices of points by crowd: each member is too close to another one of its crowd."""
    crowds: list[list[int]] = []
    for index, (x, y) in enumerate(pixels):
        near = [
            crowd
            for crowd in crowds
            if any((x - pixels[other][0]) ** 2 + (y - pixels[other][1]) ** 2 < TOO_CLOSE**2 for other in crowd)
        ]
        crowds = [crowd for crowd in crowds if crowd not in near]
        crowds.append(sorted([index, *(other for crowd in near for other in crowd)]))
    return sorted(crowds)


def _along(corners: NDArray[np.float64]) -> list[Bbox]:
    """Small boxes along a line, corners in pixels."""
    spots = [
        spot
        for first, then in pairwise(corners)
        for spot in np.linspace(first, then, 2 + int(np.hypot(*(then - first)) / STEP))
    ]
    return [Bbox.from_bounds(x - STEP / 2, y - STEP / 2, STEP, STEP) for x, y in spots]


def _list(
    axes: Axes,
    centre: tuple[float, ...],
    members: list[tuple[str, theme.Mark, bool]],
    taken: list[Bbox],
    inside: Bbox,
    renderer: RendererBase,
) -> Bbox:
    """Writes the list at its least crowded place and returns the room that it takes."""
    options = []
    for across, up, horizontal, vertical in _PLACES:
        box = AnnotationBbox(
            VPacker(children=[_member(*member) for member in members], pad=0, sep=3),
            (centre[0], centre[1]),
            (across, up),
            xycoords="data",
            boxcoords="offset points",
            box_alignment=(horizontal, vertical),
            pad=0.25,
            bboxprops={"fc": "white", "ec": theme.GRID, "lw": 0.8, "boxstyle": "round,pad=0.25"},
            arrowprops={"arrowstyle": "-", "color": theme.MUTED, "lw": 0.7, "shrinkB": 7},
            zorder=3.5,
        )
        axes.add_artist(box)
        box.set_in_layout(False)
        box.update_positions(renderer)
        extent = box.offsetbox.get_window_extent(renderer).padded(4)
        options.append((crowding(extent, taken, inside, edge=3), box, extent))
    return keep_best(options)


def _member(name: str, mark: theme.Mark, filled: bool) -> HPacker:
    area = DrawingArea(9, 9)
    face = mark.colour if filled else "white"
    area.add_artist(Line2D([4.5], [4.5], marker=mark.marker, color=mark.colour, mfc=face, mew=1.2, ms=6, ls="none"))
    text = TextArea(name, textprops={"fontsize": 9, "color": theme.INK})
    return HPacker(children=[area, text], pad=0, sep=4, align="center")
