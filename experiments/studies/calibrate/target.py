"""What a member has to meet: aims that are drawn for it, and checks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from experiments.configuration.ensemble import STATUS_QUO
from experiments.studies.calibrate.scale import Scale
from sim.parameters import Declaration


@dataclass(frozen=True)
class Knob:
    """One knob and its figure.

    Attributes:
        declared: the uncertainty that is moved, or with ``is_lever`` the lever of the status quo.
        along: uncertainties that are moved as much.
        figure: name of the pattern or measure.
        low, high: what an aim is drawn between, in the figure's unit.
        slack: how far off its aim a member may be, in the figure's unit, or as a share of the aim if ``is_relative``.
        scale: on which aims are drawn and the figure is solved for.
        step: by how much the knob is moved to see what it does.
        is_reported: the range is what is published, with half a tolerance; else it is ours, and an aim a draw of it.
    """

    declared: Declaration
    along: tuple[Declaration, ...]
    figure: str
    low: float
    high: float
    slack: float
    scale: Scale
    step: float
    is_reported: bool
    is_relative: bool = False
    is_lever: bool = False

    @property
    def name(self) -> str:
        """Name of the column that members have of the knob."""
        return column_of(self.declared, self.is_lever)

    @property
    def moved(self) -> dict[str, Declaration]:
        """All that is moved, by column: the knob, then what moves along."""
        return {self.name: self.declared, **{each.name: each for each in self.along}}

    def aim(self, quantile: float) -> float:
        """The aim at a quantile of its range."""
        low, high = self.scale.of(self.low), self.scale.of(self.high)
        return self.scale.back(low + (high - low) * quantile)

    def is_met(self, value: float, aim: float) -> bool:
        """Whether a figure is near enough to its aim."""
        return abs(value - aim) <= self.slack * (abs(aim) if self.is_relative else 1.0)

    def slack_on_scale(self, aim: float) -> float:
        """How far off an aim a member may be, on the scale."""
        return self.scale.of(aim + self.slack * (abs(aim) if self.is_relative else 1.0)) - self.scale.of(aim)

    def probed(self, value: float) -> float:
        """The knob's value a step on, or back where the range ends."""
        up = self.clipped(value + self.step)
        return up if up - value > self.step / 2 else self.clipped(value - self.step)

    def clipped(self, value: float) -> float:
        """The knob's value within its range, the one nearest to it."""
        return min(max(value, float(self.declared.low or 0)), float(self.declared.high or 0))


@dataclass(frozen=True)
class Check:
    """Bounds of a figure that no knob is for."""

    figure: str
    low: float = -math.inf
    high: float = math.inf

    def is_met(self, value: float) -> bool:
        """Whether a figure lies within them; what is not a number does not."""
        return self.low <= value <= self.high

    def is_near(self, value: float) -> bool:
        """Whether a figure lies within them, or so little out (a twentieth of their distance) that it may come in."""
        margin = (self.high - self.low) / 20
        return self.low - margin <= value <= self.high + margin


@dataclass(frozen=True)
class Varied:
    """What is drawn: an uncertainty, or a lever of the status quo (``is_lever``), between two numbers or among values,
    of which one that stands twice is drawn twice as often."""

    declared: Declaration
    low: float
    high: float
    scale: Scale
    values: tuple[str, ...]
    is_lever: bool

    @property
    def name(self) -> str:
        """Name of the column that members have of it."""
        return column_of(self.declared, self.is_lever)

    def position(self, quantile: float) -> float:
        """Where the value at a quantile lies in the prior, 0 to 1: a number at the quantile, a choice by its place."""
        if not self.values:
            return quantile
        different = list(dict.fromkeys(self.values))
        return different.index(str(self.at(quantile))) / max(1, len(different) - 1)

    def at(self, quantile: float) -> float | str:
        """Its value at a quantile of the prior."""
        if self.values:
            return self.values[min(int(quantile * len(self.values)), len(self.values) - 1)]
        low, high = self.scale.of(self.low), self.scale.of(self.high)
        return self.scale.back(low + (high - low) * quantile)


def column_of(declared: Declaration, is_lever: bool) -> str:
    """Name of the column that members have of an uncertainty, or of a lever of the status quo."""
    return f"{STATUS_QUO}{declared.name}" if is_lever else declared.name


def unmet(knobs: Sequence[Knob], checks: Sequence[Check], figures: Sequence[float], aims: Sequence[float]) -> list[str]:
    """Names of the figures that a candidate misses; ``figures`` are those of the knobs, then of the checks."""
    missed = [k.figure for k, value, aim in zip(knobs, figures, aims, strict=False) if not k.is_met(value, aim)]
    rest = figures[len(knobs) :]
    return missed + [c.figure for c, value in zip(checks, rest, strict=True) if not c.is_met(value)]
