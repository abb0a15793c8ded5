"""Registered petitions a month at the three levels, one panel a policy, the reform marked."""

from __future__ import annotations

from datetime import date

import numpy as np
from matplotlib.dates import MonthLocator, date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from experiments.report import numbers, theme
from experiments.report.axis import columns_for, small_panels
from experiments.report.compare.evidence import LEVELS, Evidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.statistics.intervals import series as series_of
from sim.measures.petitions import DEFAULT

MIDDLE = 14.5
"""Days from the first of a month to its middle, where its count is drawn."""


def available(evidence: Evidence) -> bool:
    """Needs the monthly register of at least two months."""
    monthly = evidence.results.monthly
    needed = [column for level in LEVELS for column in DEFAULT.recorded(level)]
    return all(name in monthly.columns for name in needed) and monthly["month"].nunique() > 1


def monthly_series(evidence: Evidence, scenario: str, level: str) -> tuple[list[date], NDArray[np.float64]]:
    """Months, and registered petitions by replicate and month, shape (n, months)."""
    monthly = evidence.results.monthly
    frame = monthly[monthly["scenario"] == scenario].sort_values(["seed", "month"])
    months = sorted(set(frame["month"]))
    counts = frame[[*DEFAULT.recorded(level)]].to_numpy().sum(axis=1)
    return months, counts.reshape(-1, len(months)).astype(float)


def draw(evidence: Evidence, words: Words) -> Figure:
    """Means as lines, 95 % intervals of the mean as bands."""
    names = evidence.scenarios
    columns = columns_for(len(names))
    figure, panels = small_panels(len(names), columns, 0.75, 1.7, sharex=True, sharey=True)
    reform = date.fromisoformat(f"{evidence.after.first}-01")
    for index, axes in enumerate(panels):
        for level in LEVELS:
            months, counts = monthly_series(evidence, names[index], level)
            days = date2num(months) + MIDDLE
            found = series_of(counts)
            colour = theme.LEVEL_COLOURS[level]
            axes.fill_between(days, found.low, found.high, color=colour, alpha=0.3, lw=0)
            axes.plot(days, found.mean, color=colour, lw=1.7)
        if evidence.before:
            axes.axvline(date2num(reform), color=theme.MUTED, lw=1, ls=(0, (3, 2)))
        axes.set_title(words.title(names[index]), fontsize=9.5, linespacing=1.4)
        axes.tick_params(axis="x", labelbottom=index + columns >= len(names))
    axes = panels[0]
    axes.set_ylim(0)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_locator(MonthLocator(bymonth=1))
    axes.xaxis.set_minor_locator(MonthLocator(bymonth=(4, 7, 10)))
    axes.xaxis.set_major_formatter(FuncFormatter(_year))
    handles = [
        Line2D([], [], color=theme.LEVEL_COLOURS[level], lw=2, label=words(f"level.{level}")) for level in LEVELS
    ]
    if evidence.before:
        handles.append(Line2D([], [], color=theme.MUTED, lw=1, ls=(0, (3, 2)), label=words("monthly.reform")))
    figure.legend(handles=handles, loc="outside upper right", ncols=4)
    figure.supylabel(words("monthly.axis"), fontsize=9.5)
    return figure


def _year(value: float, _: int | None = None) -> str:
    return str(np.datetime64("1970-01-01") + np.timedelta64(round(value), "D"))[:4]


def table(evidence: Evidence, words: Words) -> Table:
    """Mean count of every policy, level and month."""
    months, _ = monthly_series(evidence, evidence.scenarios[0], LEVELS[0])
    header = [words("table.month")]
    columns = []
    for name in evidence.scenarios:
        for level in LEVELS:
            header.append(words("figure.row", name=words.scenario(name), span=words(f"level.{level}")))
            columns.append(monthly_series(evidence, name, level)[1].mean(axis=0))
    body = [
        [str(month)[:7], *(numbers.plain(float(column[index]), 0) for column in columns)]
        for index, month in enumerate(months)
    ]
    return Table(words("monthly.title"), header, body)
