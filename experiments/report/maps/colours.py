"""Colours of differences between places: grey as far as chance may reach, then darker the farther they go."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize, to_hex
from matplotlib.ticker import MaxNLocator

from experiments.report import theme

NEUTRAL = "#c9c9c9"
"""Of places that are not told apart."""

BELOW, ABOVE = ("#a0447b", "#e3b4cf"), ("#a9d4f0", "#0072b2")
"""Ends of the colours on either side of the grey; told apart by everybody."""

SHADES = 41
"""Colours of a scale: with many more its key would be drawn as a picture, not as lines."""

WIDEST = 0.8
"""Share of a scale that the grey takes at most, so that there is room for colours."""


@dataclass(frozen=True)
class Scale:
    """Colours of the values of some maps.

    Attributes:
        label: what the values are, with their unit.
        note: how much of the differences between places is chance, in words.
        band: the grey reaches from −band to band.
        reach: the greatest value on either side that has a colour; 0 where none has.
        none: said in the place of the colours where no value has one.
        write: a value as text, for the ticks.
    """

    label: str
    note: str
    band: float
    reach: float
    none: str
    write: Callable[[float, int], str]

    @cached_property
    def _shades(self) -> ScalarMappable:
        """From the farthest below to the farthest above."""
        end = max(self.reach, self.band / WIDEST)
        inner = 0.5 * self.band / end
        stops = [(0.0, BELOW[0]), (0.5 - inner, BELOW[1]), (0.5 - inner, NEUTRAL)]
        stops += [(0.5 + inner, NEUTRAL), (0.5 + inner, ABOVE[0]), (1.0, ABOVE[1])]
        return ScalarMappable(Normalize(-end, end), LinearSegmentedColormap.from_list("places", stops, SHADES))

    def colour(self, value: float | None) -> str:
        """The colour of a value; grey without one (``None``): a place that is not told apart.

        A value that is told apart has a colour though it is within the band: some places are surer than most.
        """
        if value is None or not self.reach:
            return NEUTRAL
        shade = NEUTRAL if abs(value) <= self.band else to_hex(self._shades.to_rgba(np.array([value]))[0])
        lightest = ABOVE[0] if value > 0 else BELOW[1]
        return lightest if shade == NEUTRAL else shade  # a shade takes in values on both sides of the band's end

    def draw(self, axes: Axes) -> None:
        """The key: the colours with their values, what they are, and the note."""
        axes.set_title(self.label, fontsize=8.2, fontweight="normal", pad=5)
        axes.text(0, -2.6, self.note, transform=axes.transAxes, fontsize=7.5, color=theme.MUTED, va="top",
                  linespacing=1.35)  # fmt: skip
        if not self.reach:
            axes.text(0, 0.5, self.none, transform=axes.transAxes, fontsize=8, va="center")
            axes.set_axis_off()
            return
        bar = axes.figure.colorbar(self._shades, cax=axes, orientation="horizontal")
        bar.ax.xaxis.set_major_locator(MaxNLocator(5))
        bar.ax.xaxis.set_major_formatter(lambda value, _: self.write(value, 1))
        bar.ax.tick_params(labelsize=8)
        for shades in bar.ax.collections:
            shades.set_edgecolor("face")  # else light lines show between them
        bar.outline.set_visible(False)


def band_of(halves: Sequence[float], least: float) -> float:
    """Half of the neutral band: what is too small to matter, and what chance adds to it at a usual place.

    ``halves`` are halves of the places' 95 % intervals; ``least`` is the smallest difference of interest.
    """
    known = [half for half in halves if math.isfinite(half)]
    return least + (float(np.median(known)) if known else 0.0)
