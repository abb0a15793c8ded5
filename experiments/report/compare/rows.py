"""Rows that several figures share: before the reform, then every policy after it."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from experiments.report import theme
from experiments.report.axis import draw_estimate, percent_ticks
from experiments.report.compare.evidence import Evidence
from experiments.report.text import Words
from experiments.report.windows import Span

TRUE = theme.Mark("#0072b2", "o")
RECORDED = theme.Mark("#000000", "s")
"""Marks of what is true, and of what the record or a survey says of it."""


@dataclass(frozen=True)
class Row:
    """One row: a scenario over one window, with its label (``title`` where it may take two lines) and mark."""

    label: str
    title: str
    scenario: str
    span: Span
    mark: theme.Mark
    hollow: bool


def window_rows(evidence: Evidence, words: Words) -> list[Row]:
    """The window before the reform (once, where all scenarios share it), then each scenario after it."""
    marks = theme.marks(evidence.scenarios, evidence.reference)
    rows = []
    shared = evidence.before is not None and shares_before(evidence)
    if evidence.before:
        for name in evidence.scenarios[:1] if shared else evidence.scenarios:
            label = title = words("figure.before", span=words.span(evidence.before))
            if not shared or len(evidence.scenarios) == 1:
                label, title = _named(name, evidence.before, words)
            mark = theme.REFERENCE_MARK if shared and evidence.reference else marks[name]
            rows.append(Row(label, title, name, evidence.before, mark, True))
    for name in evidence.scenarios:
        label, title = words.scenario(name), words.title(name)
        if not shared or len(evidence.scenarios) == 1:
            label, title = _named(name, evidence.after, words)
        rows.append(Row(label, title, name, evidence.after, marks[name], False))
    return rows


def draw_true_and_recorded(
    axes: Axes, evidence: Evidence, rows: list[Row], true: str, recorded: str, words: Words
) -> None:
    """Two shares in every row, one measured by ``true`` and one by ``recorded`` (hollow), with a line between them."""
    for index, row in enumerate(rows):
        found, said = (evidence.estimate(row.scenario, name, row.span) for name in (true, recorded))
        axes.plot([found.mean, said.mean], [index, index], color=theme.MUTED, lw=1)
        draw_estimate(axes, index, found, TRUE)
        draw_estimate(axes, index, said, RECORDED, hollow=True)
    axes.set_xlim(min(0.5, axes.get_xlim()[0]), 1)
    percent_ticks(axes.xaxis, words)


def _named(name: str, span: Span, words: Words) -> tuple[str, str]:
    """Label and title with their window."""
    when = words.span(span)
    label, title = (words("figure.row", name=each, span=when) for each in (words.scenario(name), words.title(name)))
    return label, title


def shares_before(evidence: Evidence) -> bool:
    """Whether every scenario had the same run before the reform."""
    first = evidence.by_seed(evidence.scenarios[0], "petitions_total", evidence.before)
    for name in evidence.scenarios[1:]:
        other = evidence.by_seed(name, "petitions_total", evidence.before)
        if any(other[seed] != first[seed] for seed in other if seed in first):
            return False
    return True
