"""What was measured, beside its target: as a table, as JSON and as a figure."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from experiments.report import theme

BLUE = "#0072b2"
RESULTS = Path(__file__).parents[1] / "results" / "bench"


@dataclass(frozen=True)
class Target:
    """A bound on a measured value: at least, or at most when ``is_ceiling``."""

    value: float
    is_ceiling: bool = False

    def is_met(self, value: float) -> bool:
        """Whether a value keeps to it."""
        return value <= self.value if self.is_ceiling else value >= self.value


@dataclass(frozen=True)
class Measured:
    """One line of the table.

    Attributes:
        name: what was measured.
        value: median of the runs; ``None`` when it could not be measured, and then ``note`` says why.
        unit: of the value; ``×`` for a ratio.
        target: what it should be; ``None`` for a figure without one.
        note: how it was measured, or why not.
        group: table and panel that it belongs to.
        size: of what it grows with, for the figure of growth: events for ``time``, residents for ``memory``.
    """

    name: str
    value: float | None
    unit: str
    target: Target | None = None
    note: str = ""
    group: str = "speed"
    size: float | None = None

    @property
    def verdict(self) -> str:
        """``met``, ``missed``, ``not measured``, or nothing without a target."""
        if self.value is None:
            return "not measured"
        if self.target is None:
            return ""
        return "met" if self.target.is_met(self.value) else "missed"


def number(value: float | None, unit: str) -> str:
    """A value with its unit in three digits, or a dash."""
    if value is None:
        return "–"
    digits = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    text = f"{value:,.{digits}f}"
    return f"{text} ×" if unit == "×" else f"{text} {unit}".strip()


def machine() -> str:
    """The machine and the interpreter in words."""
    return f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def markdown(lines: Sequence[Measured]) -> str:
    """The table."""
    rows = ["| what | measured | target | | how |", "|---|---:|---:|---|---|"]
    for line in lines:
        bound = ""
        if line.target:
            bound = ("≤ " if line.target.is_ceiling else "≥ ") + number(line.target.value, line.unit)
        rows.append(f"| {line.name} | {number(line.value, line.unit)} | {bound} | {line.verdict} | {line.note} |")
    return "\n".join(rows) + "\n"


def document(lines: Sequence[Measured]) -> str:
    """The same as JSON, with the machine."""
    return json.dumps(
        {"machine": machine(), "measured": [asdict(line) for line in lines]}, ensure_ascii=False, indent=1
    )


def is_ratio_to_others(line: Measured) -> bool:
    """Whether a line compares with other engines and not the model with itself."""
    return line.unit == "×" and line.group != "model"


def ratios(lines: Sequence[Measured]) -> Figure:
    """How many times as fast as others: dots on a logarithmic axis beside their targets, what is missing in words."""
    shown = [(line, line.target.value) for line in lines if line.target and is_ratio_to_others(line)][::-1]
    with theme.drawing():
        figure = theme.new_figure(1.1 + 0.36 * len(shown))
        axes = figure.subplots()
        for row, (line, target) in enumerate(shown):
            axes.plot([target] * 2, [row - 0.3, row + 0.3], color=theme.MUTED, linewidth=1.6)
            if line.value is None:
                axes.annotate(line.note, (target, row), (8, 0), textcoords="offset points", va="center")
                continue
            is_missed = line.verdict == "missed"
            axes.plot([1.0, line.value], [row, row], color=theme.GRID, linewidth=1.2, zorder=0)
            axes.plot(line.value, row, "o", color=BLUE, markerfacecolor="white" if is_missed else BLUE)
            side, anchor = (-8, "right") if is_missed else (8, "left")  # the target is on the other side
            axes.annotate(
                number(line.value, "×"),
                (line.value, row),
                (side, 0),
                textcoords="offset points",
                va="center",
                ha=anchor,
            )
        axes.set_yticks(range(len(shown)), [line.name for line, _ in shown])
        axes.set_ylim(-0.6, len(shown) - 0.4)
        axes.set_xscale("log")
        axes.set_xlim(1.0, 4.0 * max([10.0, *(max(line.value or 0.0, target) for line, target in shown)]))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.grid(axis="x")
        axes.set_xlabel(
            "times as fast, one core each (logarithmic; better →); upright ticks are targets, hollow: missed"
        )
        theme.settle_layout(figure)
    return figure


def growth(lines: Sequence[Measured]) -> Figure:
    """Time against events on logarithmic axes, where the dashed line is proportion, and memory against residents."""
    with theme.drawing():
        figure = theme.new_figure(3.4)
        times, memory = figure.subplots(1, 2)
        for axes, group, along, up in (
            (times, "time", "million events in five years (logarithmic)", "seconds on one core (logarithmic)"),
            (memory, "memory", "million residents", "MB, with all that is imported"),
        ):
            points = sorted(
                (line.size, line.value) for line in lines if line.group == group and line.size and line.value
            )
            sizes, values = [size / 1e6 for size, _ in points], [value for _, value in points]
            axes.plot(sizes, values, "o", color=BLUE)
            if group == "time":
                axes.plot(sizes, [values[-1] / sizes[-1] * size for size in sizes], "--", color=theme.MUTED, zorder=0)
                for axis, set_scale in ((axes.xaxis, axes.set_xscale), (axes.yaxis, axes.set_yscale)):
                    set_scale("log")
                    axis.set_major_formatter(lambda value, _: f"{value:,g}")
                    axis.set_minor_formatter(lambda value, _: "")
            else:
                axes.set_xlim(0)
                axes.set_ylim(0)
            axes.set_xlabel(along)
            axes.set_ylabel(up)
            axes.grid()
        theme.settle_layout(figure)
    return figure


def figures_of(lines: Sequence[Measured]) -> dict[str, Figure]:
    """The figures that can be drawn from what was measured, by file name."""
    figures = {}
    if any(line.target and is_ratio_to_others(line) for line in lines):
        figures["ratios"] = ratios(lines)
    if any(line.size for line in lines):
        figures["growth"] = growth(lines)
    return figures


def write(lines: Sequence[Measured], where: Path = RESULTS) -> list[Path]:
    """Writes ``bench.md``, ``bench.json`` and, as PNG and SVG, the figures that can be drawn; gives what it wrote."""
    where.mkdir(parents=True, exist_ok=True)
    contents: dict[str, Any] = {"bench.md": f"{machine()}\n\n{markdown(lines)}", "bench.json": document(lines)}
    for name, figure in figures_of(lines).items():
        with theme.drawing():
            contents[f"{name}.svg"] = theme.to_svg(figure)
            contents[f"{name}.png"] = theme.to_png(figure, f"{name}; {machine()}")
    for name, content in contents.items():
        (where / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return [where / name for name in contents]
