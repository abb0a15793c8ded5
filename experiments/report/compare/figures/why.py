"""Why registered petitions changed: the parts of the change, and unresolved grievances beside them."""

from __future__ import annotations

from typing import Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from experiments.report import numbers, theme
from experiments.report.axis import name_rows
from experiments.report.compare.evidence import Evidence
from experiments.report.compare.phrases import relative_text
from experiments.report.compare.reasons import PARTS, reasons_of, unresolved_measure
from experiments.report.measure_text import count_change_text
from experiments.report.table import Table
from experiments.report.text import Words

UNSETTLED = ("discouraged", "unregistered", "relabelled")
"""Parts that change the register without settling anything: drawn hatched."""


def available(evidence: Evidence) -> bool:
    """Needs something to compare and the monthly events."""
    return bool(reasons_of(evidence))


def draw(evidence: Evidence, words: Words) -> Figure:
    """Parts stacked to both sides of zero, their sum as a diamond with its interval."""
    reasons = reasons_of(evidence)
    figure = theme.new_figure(1.45 + 0.42 * len(reasons))
    axes = figure.subplots()
    for row, parts in enumerate(reasons.values()):
        ends = {1: 0.0, -1: 0.0}
        for part in PARTS:
            size = parts[part].mean / 1000
            side = 1 if size >= 0 else -1
            axes.barh(row, size, 0.62, left=ends[side], lw=0.6, **_look(part))
            ends[side] += size
        total = parts["total"]
        axes.plot([total.low / 1000, total.high / 1000], [row, row], color=theme.INK, lw=1.4, zorder=4)
        axes.plot([total.mean / 1000], [row], "D", color=theme.INK, mfc="white", mew=1.4, ms=6, zorder=5)
    axes.axvline(0, color=theme.INK, lw=0.9)
    axes.set_xlabel(words("why.axis"))
    axes.xaxis.set_major_formatter(lambda value, _: numbers.signed(value, 0 if value == round(value) else 1))
    name_rows(axes, [words.title(name) for name in reasons])
    handles: list[Artist] = [Patch(label=words(f"part.{part}"), **_look(part)) for part in PARTS]
    handles.append(theme.Mark(theme.INK, "D").handle(words("why.sum"), hollow=True))
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
    return figure


def _look(part: str) -> dict[str, Any]:
    return {"fc": theme.PART_COLOURS[part], "ec": "white", "hatch": "////" if part in UNSETTLED else None}


def table(evidence: Evidence, words: Words) -> Table:
    """Parts with their sum, and the change of the unresolved stock."""
    header = [words("table.policy"), *(words(f"part.{part}") for part in PARTS), words("why.sum")]
    header.append(words("why.stock"))
    body = []
    for name, parts in reasons_of(evidence).items():
        cells = [words.scenario(name), *(numbers.signed(parts[part].mean, 0) for part in PARTS)]
        cells.append(count_change_text(parts["total"], words))
        cells.append(relative_text(evidence.effect(name, unresolved_measure(evidence)), words))
        body.append(cells)
    return Table(words("why.title"), header, body)
