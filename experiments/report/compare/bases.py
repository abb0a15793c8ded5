"""The ratio under every counting basis that the measures know, each with its total."""

from __future__ import annotations

import math

from experiments.report import numbers
from experiments.report.compare.evidence import Evidence
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
    if len(bases) < 2:
        return None
    header = [words("table.policy")]
    for prefix in bases:
        name = words(f"basis.{prefix}all")
        header += [words("bases.ratio", basis=name), words.total(words("bases.total", basis=name))]
    body = []
    for row in window_rows(evidence, words):
        cells = [row.label]
        for prefix in bases:
            cells += [_ratio(evidence, row, prefix), _total_text(evidence, row, prefix)]
        body.append(cells)
    return Table(words("bases.title"), header, body)


def _total(prefix: str) -> str:
    return f"{prefix}total" if prefix else "petitions_total"


def _total_text(evidence: Evidence, row: Row, prefix: str) -> str:
    return numbers.plain(evidence.estimate(row.scenario, _total(prefix), row.span).mean, 0)


def _ratio(evidence: Evidence, row: Row, prefix: str) -> str:
    means = []
    for level in ("city", "county"):
        values = evidence.by_seed(row.scenario, f"{prefix}ratio_{level}_to_province", row.span)
        logs = {seed: math.log(value) for seed, value in values.items() if value > 0}
        means.append(math.exp(evidence.over(logs).mean) if logs else math.nan)
    return numbers.ratio(*means) if all(map(math.isfinite, means)) else numbers.NONE
