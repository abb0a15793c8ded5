"""The ratio under every counting basis that the measures know, each with its total."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.compare.evidence import LEVELS, Evidence, of_means
from experiments.report.compare.rows import Row, window_rows
from experiments.report.table import Table
from experiments.report.text import Words

BASES = ("", "visits_", "first_time_", "with_hand_downs_")
"""Prefixes of the measures of each basis; the first is the report's own."""


def bases_of(evidence: Evidence) -> list[str]:
    """Bases that the results hold ratios and totals of."""
    return [prefix for prefix in BASES if evidence.has(f"{prefix}ratio_city_to_province", _total(prefix))]


def bases_table(evidence: Evidence, words: Words) -> Table | None:
    """Ratio (means of log-ratios) and total of every basis; ``None`` where there is only one basis."""
    bases = bases_of(evidence)
    if len(bases) < 2 or evidence.missing_levels:
        return None
    header = [words("table.policy")]
    for prefix in bases:
        name = words(f"basis.{prefix}all")
        header += [words("bases.ratio", basis=name), words.total(words("bases.total", basis=name))]
    body = []
    for row in window_rows(evidence, words):
        cells = [row.label]
        for prefix in bases:
            cells += [_ratio(evidence, row, prefix, words), _total_text(evidence, row, prefix)]
        body.append(cells)
    return Table(words("bases.title"), header, body)


def _total(prefix: str) -> str:
    return f"{prefix}total" if prefix else "petitions_total"


def _total_text(evidence: Evidence, row: Row, prefix: str) -> str:
    return numbers.plain(evidence.estimate(row.scenario, _total(prefix), row.span).mean, 0)


def _ratio(evidence: Evidence, row: Row, prefix: str, words: Words) -> str:
    """As ``Evidence.ratio`` on a basis."""
    counts = [
        list(evidence.by_seed(row.scenario, f"{prefix or 'petitions_'}{level}", row.span).values()) for level in LEVELS
    ]
    if any(0 in each for each in counts):
        found = of_means(*counts)
        return numbers.ratio(found[0].mean, found[1].mean) if found else words("levels.none.province")
    means = []
    for level in LEVELS[1:]:
        values = evidence.by_seed(row.scenario, f"{prefix}ratio_{level}_to_province", row.span)
        means.append(math.exp(evidence.over({seed: math.log(value) for seed, value in values.items()}).mean))
    return numbers.ratio(*means)
