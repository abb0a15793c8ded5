"""Which assumptions the effect of a policy turns on, over the sets that were tried.

A member of a set of behaviours has values of its own and an effect under them. An assumption is told of where the two
go together beyond chance (Spearman's rank correlation, adjusted by Holm over all assumptions), and the sets with its
lowest and with its highest values differ by as much as matters.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import stats

from experiments.configuration.ensemble import Ensemble
from experiments.report.compare.evidence import Evidence
from experiments.statistics.paired import holm
from experiments.statistics.relevance import SIGNIFICANT
from sim.measures.smallest_effect import smallest_effect

MEASURES = ("durable_resolution", "petitions_province", "distance_to_target")
"""Measures of which it is told."""

LEAST = 20
"""Sets that must have been tried."""

MOST = 5
"""Assumptions that are told of for each measure."""

THIRDS = (1 / 3, 2 / 3)


def turns_on(evidence: Evidence, ensemble: Ensemble | None, policy: str) -> list[dict[str, Any]]:
    """The assumptions by measure, those that matter most first: the median effect in the sets with the lowest third of
    its values, up to ``below``, and in those with the highest, from ``above`` on."""
    if ensemble is None or evidence.behaviours < LEAST:
        return []
    found = []
    for measure in MEASURES:
        effects = evidence.by_member(policy, measure) if evidence.has(measure) else {}
        told = {member: each for member, each in effects.items() if np.isfinite(each.difference)}
        if len(told) < LEAST:
            continue
        differences = np.array([each.difference for each in told.values()])
        band = smallest_effect(measure, float(np.median([each.mean_reference for each in told.values()])))
        rows = [_row(column, values, differences) for column, values in _columns(ensemble, list(told)).items()]
        adjusted = holm([row["p_value"] for row in rows])
        kept = [
            {"policy": policy, "measure": measure, **row}
            for row, p_value in zip(rows, adjusted, strict=True)
            if p_value < SIGNIFICANT and abs(row["high"] - row["low"]) >= band
        ]
        found += sorted(kept, key=lambda row: -abs(row["high"] - row["low"]))[:MOST]
    return [{key: value for key, value in row.items() if key != "p_value"} for row in found]


def _columns(ensemble: Ensemble, members: list[int]) -> dict[str, np.ndarray]:
    """The numbers that the members set, by assumption; of those that differ."""
    found = {}
    for place, column in enumerate(ensemble.columns):
        values = [ensemble.rows[member][place] for member in members]
        if not any(isinstance(value, str) for value in values) and len(set(values)) > len(THIRDS):
            found[column] = np.array(values, float)
    return found


def _row(column: str, values: np.ndarray, effects: np.ndarray) -> dict[str, Any]:
    below, above = np.quantile(values, THIRDS)
    return {
        "assumption": column,
        "below": float(below),
        "above": float(above),
        "low": float(np.median(effects[values <= below])),
        "high": float(np.median(effects[values >= above])),
        "p_value": float(stats.spearmanr(values, effects).pvalue),
    }
