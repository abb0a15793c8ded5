"""Durable settlement by group of claimants: one panel a division, and whoever fares worst."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import draw_estimate, name_rows, percent_ticks, small_panels
from experiments.report.compare.comparison_table import GAP_MEASURES, comparison_table
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.rows import Row, window_rows
from experiments.report.table import Table
from experiments.report.text import Words
from sim.ledger import DIVISIONS, GROUPS
from sim.measures.equity import GAPS

COLUMNS = 3
WORST = "worst_group_resolution"

USUALLY_BETTER = theme.Mark("#0072b2", "o")
BETWEEN = theme.Mark("#cc79a7", "D")
THE_OTHER = theme.Mark("#e69f00", "s")
"""Marks of the groups of a division: the one usually better off, one in between, the other end."""


def divisions_of(evidence: Evidence) -> dict[str, list[str]]:
    """Groups that these results tell apart, by division, the one usually better off first."""
    found = {}
    for division, (better, other) in GAPS.items():
        groups = next(groups for groups in DIVISIONS if better in groups)
        ordered = [better, *(group for group in groups if group not in (better, other)), other]
        known = [group for group in ordered if evidence.has(f"resolution_{group}")]
        if len(known) > 1:
            found[division] = known
    return found


def marks_of(groups: list[str]) -> dict[str, theme.Mark]:
    """A mark for every group of a division."""
    ends = {groups[0]: USUALLY_BETTER, groups[-1]: THE_OTHER}
    return {group: ends.get(group, BETWEEN) for group in groups}


def worst_of(evidence: Evidence, row: Row) -> tuple[str, int, int] | None:
    """The group that fares worst in most replicates, in how many, and of how many; ``None`` where unknown.

    Of groups that do so equally often, the one with the lowest mean.
    """
    by_group = {group: evidence.by_seed(row.scenario, f"resolution_{group}", row.span) for group in GROUPS}
    seeds = sorted(set().union(*by_group.values()))
    if not seeds:
        return None
    lowest = Counter(min((by_group[group].get(seed, math.inf), group) for group in GROUPS)[1] for seed in seeds)
    worst = max(lowest, key=lambda group: (lowest[group], -np.mean(list(by_group[group].values()))))
    return worst, lowest[worst], len(seeds)


def available(evidence: Evidence) -> bool:
    """Needs durable resolution of at least two groups of a division, and of the worst-off group."""
    return bool(divisions_of(evidence)) and evidence.has(WORST)


def draw(evidence: Evidence, words: Words) -> Figure:
    """Groups as dots with intervals below one another in each policy's row; a ring around the worst-off one."""
    rows, divisions = window_rows(evidence, words), divisions_of(evidence)
    figure, panels = small_panels(len(divisions) + 1, COLUMNS, 0.75, 0.72 + 0.32 * len(rows), sharex=True)
    worst = [worst_of(evidence, row) for row in rows]
    for axes, (division, groups) in zip(panels, divisions.items(), strict=False):
        _division(axes, evidence, rows, groups, [found[0] if found else None for found in worst])
        axes.set_title(words(f"equity.division.{division}"), pad=17)
        _legend(axes, groups, words)
    _worst(panels[-1], evidence, rows, worst, words)
    for index, axes in enumerate(panels):
        axes.margins(x=0.06)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        percent_ticks(axes.xaxis, words)
        axes.tick_params(labelsize=8.5, labelbottom=index + COLUMNS > len(divisions))
        name_rows(axes, [row.title for row in rows])
        axes.tick_params(axis="y", labelleft=index % COLUMNS == 0)
    figure.supxlabel(words("equity.axis"), fontsize=9.5)
    ring = Line2D([], [], label=words("equity.ring"), **_RING)
    figure.legend(handles=[ring], loc="outside upper right")
    return figure


_RING: Any = {"marker": "o", "ls": "none", "mfc": "none", "mec": theme.INK, "mew": 1.1, "ms": 10}


def _division(axes: Axes, evidence: Evidence, rows: list[Row], groups: list[str], worst: list[str | None]) -> None:
    reach = 0.16 if len(groups) == 2 else 0.25
    marks = marks_of(groups)
    for index, row in enumerate(rows):
        for group, shift in zip(groups, np.linspace(-reach, reach, len(groups)), strict=True):
            value = evidence.estimate(row.scenario, f"resolution_{group}", row.span)
            draw_estimate(axes, index + shift, value, marks[group], row.hollow, scale=0.7)
            if group == worst[index]:
                axes.plot([value.mean], [index + shift], zorder=5, **_RING)


def _legend(axes: Axes, groups: list[str], words: Words) -> None:
    axes.legend(
        handles=[mark.handle(_short(group, words), ms=5) for group, mark in marks_of(groups).items()],
        loc="lower left",
        bbox_to_anchor=(-0.03, 0.985),
        ncols=len(groups),
        fontsize=8,
        borderpad=0,
        handlelength=1.2,
        handletextpad=0.2,
        columnspacing=0.8,
    )


def _short(group: str, words: Words) -> str:
    """A group's name under the heading of its division."""
    return words.line(f"equity.group.{group}", words(f"group.{group}"))


def _worst(
    axes: Axes, evidence: Evidence, rows: list[Row], worst: list[tuple[str, int, int] | None], words: Words
) -> None:
    """The rate of the worst-off group, with the group's name above it."""
    for index, (row, found) in enumerate(zip(rows, worst, strict=True)):
        value = evidence.estimate(row.scenario, WORST, row.span)
        draw_estimate(axes, index, value, row.mark, row.hollow, scale=0.85)
        if found:
            text = words(f"group.{found[0]}")
            axes.annotate(text, (value.mean, index), (9, 3), textcoords="offset points", fontsize=8, va="bottom")
    axes.set_title(words("equity.worst"), pad=17)


def table(evidence: Evidence, words: Words) -> Table:
    """Durable settlement per grievance of every group, with paired differences."""
    groups = [group for known in divisions_of(evidence).values() for group in known]
    measures = ["durable_resolution", *(f"resolution_{group}" for group in groups)]
    return comparison_table(words("equity.title"), [name for name in measures if evidence.has(name)], evidence, words)


def gaps_table(evidence: Evidence, words: Words) -> Table:
    """Which group fares worst and how, then the gap of every division, with paired differences."""
    rows = window_rows(evidence, words)
    gaps = [name for name in GAP_MEASURES if evidence.has(name)]
    found = comparison_table(words("equity.gaps"), [WORST, *gaps], evidence, words)
    named = [_named(worst_of(evidence, row), words) for row in rows]
    return Table(found.caption, found.header, [[words("equity.who"), numbers.NONE, numbers.NONE, *named], *found.rows])


def _named(worst: tuple[str, int, int] | None, words: Words) -> str:
    if worst is None:
        return numbers.NONE
    group, k, n = worst
    return words("equity.named", group=words(f"group.{group}"), count=words("flags.count", k=k, n=n))
