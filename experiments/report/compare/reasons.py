"""Why registered petitions changed, pair by pair."""

from __future__ import annotations

from typing import cast

import numpy as np

from experiments.report.compare.evidence import Evidence
from experiments.report.windows import Span
from experiments.runs.windows import YEAR
from experiments.statistics import decomposition
from experiments.statistics.intervals import Estimate
from sim.ledger import EVENTS

PARTS = decomposition.PARTS


def totals(evidence: Evidence, scenario: str, span: Span) -> dict[int, dict[str, float]]:
    """Sums of every event over a window, by seed, as those of a year."""
    frame = evidence.results.monthly
    columns = [name for name in EVENTS if name in frame.columns]
    first, last = np.datetime64(span.first, "D"), np.datetime64(span.last, "D")
    chosen = frame[(frame["scenario"] == scenario) & frame["month"].between(first, last)]
    sums = chosen.groupby("seed")[columns].sum()
    found = sums * (YEAR / span.months)
    return cast(dict[int, dict[str, float]], found.to_dict("index"))


def reasons_of(evidence: Evidence) -> dict[str, dict[str, Estimate]]:
    """Parts of the change in registered petitions and their sum (``total``), by compared scenario."""
    if not set(EVENTS) <= set(evidence.results.monthly.columns):
        return {}
    found = {}
    for name in evidence.contrasts:
        policy = totals(evidence, name, evidence.after)
        if evidence.reference:
            other = totals(evidence, evidence.reference, evidence.after)
        else:
            if evidence.before is None:
                return {}
            other = totals(evidence, name, evidence.before)
        shared = sorted(set(policy) & set(other))
        rows = {seed: decomposition.why_petitions_fell(other[seed], policy[seed]) for seed in shared}
        rows = {seed: row for seed, row in rows.items() if np.isfinite(list(row.parts.values())).all()}
        if not rows:
            continue
        found[name] = {part: evidence.over({seed: row.parts[part] for seed, row in rows.items()}) for part in PARTS}
        found[name]["total"] = evidence.over({seed: row.change for seed, row in rows.items()})
    return found


def unresolved_measure(evidence: Evidence) -> str:
    """Unresolved grievances: the stock against a reference; what was added, where one window follows the other."""
    return "unresolved_stock" if evidence.reference else "unresolved_added"
