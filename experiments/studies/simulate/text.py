"""The table of a simulation, and how it is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from experiments.configuration.ensemble import Ensemble
from experiments.configuration.words_file import in_language
from experiments.report import numbers
from experiments.report.levels import figure_text, none_of
from experiments.report.plain_text import table
from experiments.report.text import Words
from experiments.statistics.intervals import MeasureSummary

WORDS = Path(__file__).parent / "words.toml"

PARTS = (
    ("before", numbers.amount, numbers.interval),
    ("after", numbers.amount, numbers.interval),
    ("change", numbers.difference, numbers.difference_interval),
    ("kept", numbers.amount, numbers.interval),
    ("effect", numbers.difference, numbers.difference_interval),
)
"""Columns of a measure: what is shown of its summary, and how."""


def measures_table(
    summaries: Sequence[MeasureSummary],
    several: bool,
    ensemble: Ensemble | None,
    words: Words,
    missing: Sequence[str] = (),
) -> str:
    """A row a measure; with ``several`` replicates every column has its interval.

    What speaks of one of the ``missing`` levels of government is said in words.

    Names are those of commands and results; in Chinese those of the report.
    """
    said = in_language(WORDS, words.language)
    rows = []
    for summary in summaries:
        name = summary.name if words.language == "en" else words.measure(summary.name)
        row = [name, words.unit(summary.unit)]
        for part, show, between in PARTS:
            found = getattr(summary, part)
            none = none_of(summary.name, missing, words)
            if show is numbers.amount:
                row.append(figure_text(found.mean, summary.name, summary.unit, missing, words))
            else:
                row.append(numbers.NONE if none else show(found.mean, summary.unit))
            row += ["" if none else between(found.low, found.high, summary.unit)] if several else []
        rows.append(row)
    interval = said["range.behaviours" if ensemble else "range"]
    header = [said["measure"], said["unit"]]
    for part, *_ in PARTS:
        header += [said[part], interval] if several else [said[part]]
    return table(header, rows, left=2)


def note_of(seeds: Sequence[int], ensemble: Ensemble | None, words: Words) -> str:
    """What figures and intervals are: of one replicate, over chance, or over behaviours."""
    said = in_language(WORDS, words.language)
    key = "single" if len(seeds) == 1 else "behaviours" if ensemble else "replicates"
    values: dict[str, Any] = {"n": len(seeds), "first": seeds[0], "last": seeds[-1]}
    if ensemble is not None:
        values |= {"n": min(len(seeds), len(ensemble)), "members": len(ensemble), "name": ensemble.name}
    return words.joined(said[key].format(**values), said["points"])
