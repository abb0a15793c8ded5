"""How the search went: the volume that its candidates dominate, by generation."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from experiments.report import numbers, theme
from experiments.report.optimise.evidence import OptimisationEvidence
from experiments.report.table import Table
from experiments.report.text import Words
from experiments.runs.tables import plain_rows


def available(evidence: OptimisationEvidence) -> bool:
    """Needs two generations."""
    return len(evidence.tables["progress"]) > 1


def draw(evidence: OptimisationEvidence, words: Words) -> Figure:
    """A line that should flatten."""
    steps = evidence.tables["progress"]
    figure = theme.new_figure(2.4)
    axes = figure.subplots()
    axes.plot(steps["generation"], steps["hypervolume"], "o-", ms=3.5, lw=1.3, color="#0072b2")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(words("search.generation"))
    axes.set_ylabel(words("search.volume"))
    axes.grid(color=theme.GRID, lw=0.6)
    return figure


def table(evidence: OptimisationEvidence, words: Words) -> Table:
    """Volume and feasible candidates by generation."""
    header = [words("search.generation"), words("search.volume"), words("search.feasible")]
    body = [
        [str(row["generation"]), numbers.plain(row["hypervolume"], 3), str(row["feasible"])]
        for row in plain_rows(evidence.tables["progress"])
    ]
    return Table(words("search.title"), header, body)
