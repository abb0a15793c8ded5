"""Where durable settlements fell, what was recorded beside what held, and what was never settled."""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import draw_estimate, name_rows, percent_ticks
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.rows import RECORDED, TRUE, draw_true_and_recorded, window_rows
from experiments.report.table import Table
from experiments.report.text import Words

THOUSANDS_FROM = 10_000
"""A stock of this size is drawn in thousands."""

DARK = ("county", "city")
"""Forums whose colour wants white words on it."""


def forums_of(evidence: Evidence) -> list[str]:
    """Forums that the results tell settled shares of, near home first."""
    return [forum for forum in theme.FORUM_COLOURS if evidence.has(f"settled_{forum}")]


def available(evidence: Evidence) -> bool:
    """Needs the shares of at least two forums."""
    return len(forums_of(evidence)) > 1


def draw(evidence: Evidence, words: Words) -> Figure:
    """Stacked shares of durable settlements; recorded and durable success; the unresolved stock."""
    rows = window_rows(evidence, words)
    forums = forums_of(evidence)
    success = evidence.has("recorded_success", "durable_success")
    stock = evidence.has("unresolved_stock")
    widths = [2.1] + [1.0] * success + [0.9] * stock
    figure = theme.new_figure(1.75 + 0.36 * len(rows))
    panels = figure.subplots(1, len(widths), sharey=True, squeeze=False, gridspec_kw={"width_ratios": widths})[0]
    left = np.zeros(len(rows))
    for forum in forums:
        shares = np.array([evidence.estimate(row.scenario, f"settled_{forum}", row.span).mean for row in rows])
        colour = theme.FORUM_COLOURS[forum]
        panels[0].barh(range(len(rows)), shares, 0.7, left=left, color=colour, ec="white", lw=0.8)
        for index, share in enumerate(shares):
            if share >= 0.06:
                ink = "white" if forum in DARK else theme.INK
                centre = left[index] + share / 2
                panels[0].text(centre, index, f"{100 * share:.0f}", ha="center", va="center", color=ink, fontsize=8)
        left = left + np.nan_to_num(shares)
    panels[0].set_title(words("settled.where"))
    panels[0].set_xlim(0, 1)
    percent_ticks(panels[0].xaxis, words)
    handles: list[Artist] = [Patch(fc=theme.FORUM_COLOURS[forum], label=words(f"forum.{forum}")) for forum in forums]
    if success:
        axes = panels[1]
        draw_true_and_recorded(axes, evidence, rows, "durable_success", "recorded_success", words)
        axes.set_title(words("settled.success"))
        handles += [TRUE.handle(words("settled.durable")), RECORDED.handle(words("settled.recorded"), hollow=True)]
    if stock:
        axes = panels[-1]
        largest = max(evidence.estimate(row.scenario, "unresolved_stock", row.span).mean for row in rows)
        scale = 1000 if largest >= THOUSANDS_FROM else 1
        for index, row in enumerate(rows):
            value = evidence.estimate(row.scenario, "unresolved_stock", row.span).through(lambda end: end / scale)
            draw_estimate(axes, index, value, row.mark, row.hollow)
        axes.set_title(words("settled.stock"))
        axes.set_xlabel(words("settled.thousands" if scale > 1 else "settled.ones"), fontsize=8.5)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.margins(x=0.15)
    for axes in panels:
        axes.xaxis.set_major_locator(MaxNLocator(4))
        name_rows(axes, [row.title for row in rows])
    panels[0].grid(visible=False)
    figure.legend(handles=handles, loc="outside lower center", ncols=5)
    return figure


def table(evidence: Evidence, words: Words) -> Table:
    """Shares by forum, then recorded and durable success, the headline and the unresolved stock."""
    forums = forums_of(evidence)
    figures = [name for name in ("recorded_success", "durable_success", "durable_resolution") if evidence.has(name)]
    stocks = [name for name in ("unresolved_stock", "open_cases") if evidence.has(name)]
    header = [words("table.policy"), *(words(f"forum.{forum}") for forum in forums)]
    header += [words.measure(name) for name in (*figures, *stocks)]
    body = []
    for row in window_rows(evidence, words):
        names = [*(f"settled_{forum}" for forum in forums), *figures]
        cells = [numbers.percent(evidence.estimate(row.scenario, name, row.span).mean) for name in names]
        cells += [numbers.plain(evidence.estimate(row.scenario, name, row.span).mean, 0) for name in stocks]
        body.append([row.label, *cells])
    return Table(words("settled.title"), header, body)
