"""How many petitions there are, and city : province and county : province beside them, as dots with intervals."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import draw_estimate, name_rows, reference_line
from experiments.report.compare.evidence import LEVELS, Evidence
from experiments.report.compare.phrases import range_text, relative_text
from experiments.report.compare.rows import window_rows
from experiments.report.table import Table
from experiments.report.text import Words


def available(evidence: Evidence) -> bool:
    """Needs the log-ratio coordinates and the total."""
    return evidence.has("ilr_1", "ilr_2", "petitions_total")


def draw(evidence: Evidence, words: Words) -> Figure:
    """A panel of registered totals from zero, then two of ratios against the target."""
    rows = window_rows(evidence, words)
    figure = theme.new_figure(1.25 + 0.34 * len(rows))
    panels = figure.subplots(1, 3, sharey=True)
    for index, row in enumerate(rows):
        ratios = evidence.ratio(row.scenario, row.span)
        total = evidence.estimate(row.scenario, "petitions_total", row.span)
        drawn = zip(panels, (total, *ratios), strict=True) if ratios else [(panels[0], total)]
        for axes, value in drawn:
            draw_estimate(axes, index, value, row.mark, row.hollow)
    for axes, target, key in zip(panels[1:], evidence.target[1:], ("city", "county"), strict=True):
        axes.set_title(words(f"ratios.{key}"), pad=16)
        axes.set_xlim(0, max(axes.get_xlim()[1], target * 1.08))
        reference_line(axes, target, words("ratios.target", value=numbers.plain(target, 0 if target % 1 == 0 else 2)))
    panels[0].set_title(words("ratios.total"), pad=16)
    panels[0].set_xlim(0, panels[0].get_xlim()[1])
    panels[0].xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    for axes in panels:
        axes.xaxis.set_major_locator(MaxNLocator(4))
        name_rows(axes, [row.title for row in rows])
    return figure


def table(evidence: Evidence, words: Words) -> Table:
    """Counts by level, totals and what was presented, then ratios with intervals."""
    presented = [name for name in ("presented_total",) if evidence.has(name)]
    header = [words("table.policy")]
    header += [words(key) for key in (*(f"level.{level}" for level in LEVELS), "ratios.total")]
    header += [*(words.measure(name) for name in presented)]
    header += [words("ratios.city"), words("table.interval"), words("ratios.county"), words("table.interval")]
    visits = [name for name in ("visits_province", "visits_nation") if evidence.has(name, before=True)]
    before = words.span(evidence.before)
    header += [words("ratios.visits", measure=words.measure(name), before=before) for name in visits]
    body = []
    for row in window_rows(evidence, words):
        cells = [row.label]
        for name in (*(f"petitions_{level}" for level in LEVELS), "petitions_total", *presented):
            cells.append(numbers.plain(evidence.estimate(row.scenario, name, row.span).mean, 0))
        for value in evidence.ratio(row.scenario, row.span) or (None, None):
            cells += [numbers.plain(value.mean), range_text(value, words)] if value else [numbers.NONE] * 2
        for name in visits:
            change = evidence.change(row.scenario, name) if row.span == evidence.after else None
            cells.append(relative_text(change, words))
        body.append(cells)
    return Table(words("ratios.title"), header, body)
