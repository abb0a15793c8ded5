"""How every figure looks: fonts, colours, marks and the way a figure becomes bytes.

Colours are Okabe and Ito's, told apart by marker shape as well; vermilion belongs to the reference ratio alone.
The same results give the same bytes: SVG ids come from a fixed salt, dates are left out, text is drawn as paths.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, ScalarFormatter

from experiments.report import numbers

FONTS = Path(__file__).parent / "fonts"
FAMILY = ["Noto Sans SC", "DejaVu Sans"]

INK = "#1a1a1a"
MUTED = "#595959"
GRID = "#dddddd"
BAND = "#f0f0f0"
"""Changes too small to matter."""

REFERENCE = "#d55e00"
"""Vermilion: the reference ratio 1 : 2 : 3, nothing else."""

REFERENCE_INK = "#a84a00"
"""The same for words, dark enough to read on white."""

LEVEL_COLOURS = {"county": "#9ecae1", "city": "#4292c6", "province": "#084594", "nation": "#333333"}
"""Levels of government, light to dark as one goes up."""

FORUM_COLOURS = {
    "self": "#e3e3e3",
    "grid": "#c7e9c0",
    "police": "#66c2a4",
    "village": "#9ecae1",
    "township": "#6baed6",
    "county": "#2171b5",
    "city": "#084594",
    "court": "#cc79a7",
    "petition": "#e69f00",
}
"""Where a dispute was settled: outside any forum, near home to far (blues), court, petition."""

PART_COLOURS = {
    "prevented": "#0072b2",
    "resolved": "#56b4e9",
    "diverted": "#e69f00",
    "discouraged": "#cc79a7",
    "repeats": "#0b3c5d",
    "unregistered": "#8c8c8c",
    "relabelled": "#009e73",
}
"""Why petitions changed."""

WIDTH = 8.6
"""Width of a figure in inches."""

RC: Any = {
    "font.family": FAMILY,
    "font.size": 9.5,
    "axes.unicode_minus": True,
    "axes.formatter.useoffset": False,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "legend.frameon": False,
    "legend.fontsize": 9,
    "hatch.linewidth": 0.6,
    "text.hinting": "none",  # widths in proportion to the size: what is laid out once fits at every resolution
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.hashsalt": "petition-pyramid",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "path.simplify": True,
}


@dataclass(frozen=True)
class Mark:
    """Colour and marker of one scenario."""

    colour: str
    marker: str

    def handle(self, label: str, hollow: bool = False, **style: Any) -> Line2D:
        """The mark in a legend."""
        face = "white" if hollow else self.colour
        return Line2D([], [], marker=self.marker, color=self.colour, mfc=face, ls="none", label=label, **style)


REFERENCE_MARK = Mark("#000000", "o")
_COLOURS = ("#0072b2", "#e69f00", "#56b4e9", "#cc79a7")
_MARKERS = ("s", "^", "D", "v", "P", "X", "<", ">", "p", "h")


def marks(scenarios: tuple[str, ...], reference: str | None) -> dict[str, Mark]:
    """A mark for every scenario: black circles for the reference, other colours and shapes in order."""
    others = [name for name in scenarios if name != reference]
    given = {
        name: Mark(_COLOURS[index % len(_COLOURS)], _MARKERS[index % len(_MARKERS)])
        for index, name in enumerate(others)
    }
    return {name: given.get(name, REFERENCE_MARK) for name in scenarios}


@cache
def _register_fonts() -> None:
    for font in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(font)


_one_at_a_time = threading.RLock()  # Matplotlib's settings are those of all threads


@contextmanager
def drawing() -> Iterator[None]:
    """The project's settings, whatever the user's own Matplotlib settings are."""
    _register_fonts()
    with _one_at_a_time, matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RC)
        yield


def new_figure(height: float, width: float = WIDTH) -> Figure:
    """An empty figure of the page's width (inches), laid out by constrained layout."""
    return Figure(figsize=(width, height), layout="constrained")


def settle_layout(figure: Figure) -> None:
    """Lays the figure out once and for all, so that every format shows the same and none lays out again."""
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")


def ink_on(colour: Any) -> str:
    """The ink, dark or white, that has more contrast on a colour (relative luminance as WCAG has it)."""
    light = _luminance(colour) + 0.05
    return INK if light / (_luminance(INK) + 0.05) > 1.05 / light else "white"


def ink_over(image: ScalarMappable, value: float) -> str:
    """The ink on the shade that an image has for a value."""
    return ink_on(image.to_rgba(np.array([value], float))[0])


def _luminance(colour: Any) -> float:
    *parts, alpha = to_rgba(colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return alpha * (0.2126 * red + 0.7152 * green + 0.0722 * blue) + 1 - alpha  # on white paper


class Thousands(ScalarFormatter):
    """Numbers of an axis, from a thousand on with commas, as the report writes them."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The text of a tick."""
        return numbers.plain(x, 0) if abs(x) >= 1000 else super().__call__(x, pos)


def ticks(axis: Axis, most: int) -> None:
    """At most so many steps with round numbers."""
    axis.set_major_locator(MaxNLocator(most))
    axis.set_major_formatter(Thousands())


def to_svg(figure: Figure) -> str:
    """The figure as a stand-alone SVG document; the same figure gives the same text."""
    return _saved(figure, "svg", {"Date": None, "Creator": None}).decode()


def to_pdf(figure: Figure) -> bytes:
    """The figure as a PDF page of its size, for papers; letters stay letters, in fonts that come with it."""
    return _saved(figure, "pdf", {"CreationDate": None, "Creator": None, "Producer": None})


def to_png(figure: Figure, about: str) -> bytes:
    """The figure as a PNG (200 dots an inch) that carries ``about``, its provenance, in its metadata."""
    return _saved(figure, "png", {"Software": None, "Description": about}, dpi=200)


def _saved(figure: Figure, form: str, about: dict[str, Any], **how: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, metadata=about, **how)
    return buffer.getvalue()
