"""Tidy tables of a sweep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.costs import COLUMN
from experiments.report.sweep.evidence import SweepEvidence
from experiments.runs.groups import unit_of
from sim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from experiments.results.folder import Results


def runs(results: Results) -> pd.DataFrame:
    """A row a run: ``point``, the values of its factors, ``seed``, ``status``, measures."""
    table = results.tables["points"]
    told = [
        "reference_id",
        "replicates",
        "is_stressed",
        "missing_levels",
        *(name for name in table if str(name).startswith(COLUMN)),
    ]
    points = table.drop(columns=told, errors="ignore")
    found = results.tables["runs"].rename(columns={"scenario": "point"}).drop(columns="scenario_id")
    return points.merge(found, on="point", how="right")


def effects(results: Results) -> pd.DataFrame:
    """A row a point and measure: values of the factors, paired difference from the reference with its interval.

    Raises ``InputError`` for a sweep without a reference.
    """
    import pandas as pd

    evidence = SweepEvidence(results)
    if evidence.reference is None:
        raise InputError("this sweep has no reference to compare with: give study.reference")
    rows = []
    for measure in evidence.measures:
        for name in evidence.names:
            effect = evidence.effect(name, measure)
            if effect is not None:
                values = {factor.key: evidence.value_of(name, factor.key) for factor in evidence.factors}
                rows.append({"point": name, **values, "measure": measure, "unit": unit_of(measure), **vars(effect)})
    return pd.DataFrame(rows)
