"""What the change in durable settlement is made of, transition by transition."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.axis import name_rows
from experiments.report.counterfactual.evidence import CounterfactualEvidence
from experiments.report.measure_text import bracketed
from experiments.report.table import Table
from experiments.report.text import Words

SHOWN = 10
"""Transitions drawn for each figure; the others are one bar."""


def available(evidence: CounterfactualEvidence) -> bool:
    """Always."""
    return bool(evidence.changes)


def largest_changes(evidence: CounterfactualEvidence, column: str) -> list[tuple[str, str]]:
    """Transitions by how much they add or take off."""
    found = [pair for pair, row in evidence.changes.items() if row[column]]
    return sorted(found, key=lambda pair: -abs(evidence.changes[pair][column]))


def pair_text(pair: tuple[str, str], words: Words) -> str:
    """``gave up → township``; ``still open under both``."""
    key = "counterfactual.pair.same" if pair[0] == pair[1] else "counterfactual.pair"
    return words(key, a=words(f"fate.{pair[0]}"), b=words(f"fate.{pair[1]}"))


def draw(evidence: CounterfactualEvidence, words: Words) -> Figure:
    """Bars from zero: disputes settled for good (left) and before the province (right), B less A."""
    figure = theme.new_figure(1.2 + 0.27 * (SHOWN + 2))
    panels = figure.subplots(1, 2)
    for axes, column in zip(panels, ("durable", "province"), strict=True):
        pairs = largest_changes(evidence, column)
        rows: list[tuple[str, float, float | None, float | None]] = [
            (pair_text(pair, words), *ends_of(evidence.changes[pair], column)) for pair in pairs[:SHOWN]
        ]
        rest = sum(evidence.changes[pair][column] for pair in pairs[SHOWN:])
        total = sum(evidence.changes[pair][column] for pair in pairs)
        rows += [(words("counterfactual.rest"), rest, None, None), (words("counterfactual.sum"), total, None, None)]
        for row, (_, value, low, high) in enumerate(rows):
            colour = theme.INK if row == len(rows) - 1 else "#56b4e9" if value > 0 else "#e69f00"
            axes.barh(row, value, 0.66, color=colour)
            if low is not None and high is not None:
                axes.plot([low, high], [row, row], color=theme.INK, lw=1)
        axes.axvline(0, color=theme.MUTED, lw=0.8)
        name_rows(axes, [name for name, *_ in rows])
        axes.set_title(words(f"changes.{column}"), fontsize=9)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(lambda value, _: numbers.plain(value, 0))
        axes.tick_params(axis="y", labelsize=8)
    return figure


def ends_of(row: dict[str, Any], column: str) -> tuple[float, float | None, float | None]:
    """A change with its interval."""
    return float(row[column]), row[f"{column}_low"], row[f"{column}_high"]


def change_text(row: dict[str, Any], column: str, words: Words) -> str:
    """A change with its interval, as text."""
    texts = [numbers.signed(end, 0) for end in ends_of(row, column)]
    return texts[0] if len(set(texts)) == 1 else bracketed(texts, words)


def table(evidence: CounterfactualEvidence, words: Words) -> Table:
    """Every transition that adds or takes off anything."""
    pairs = largest_changes(evidence, "durable")
    pairs += [pair for pair in largest_changes(evidence, "province") if pair not in pairs]
    header = [words("counterfactual.transition"), words("counterfactual.disputes")]
    header += [words(f"changes.{column}") for column in ("durable", "province")]
    body = [
        [
            pair_text(pair, words),
            numbers.plain(evidence.flow(*pair), 0),
            *(change_text(evidence.changes[pair], column, words) for column in ("durable", "province")),
        ]
        for pair in pairs[:40]
    ]
    return Table(words("changes.title"), header, body)
