"""The study and the tables that the results of a sensitivity analysis hold."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from experiments.results.checks import LAX, Count, StoredStudy, StoredTable


@dataclass(config=LAX, kw_only=True)
class StoredAnalysis(StoredStudy):
    """What the report of a sensitivity analysis reads."""

    size: Count


TABLES = {
    "design": StoredTable({"matrix": "label", "row": "count", "seed": "count"}),
    "indices": StoredTable(
        {"measure": "label", "factor": "label"},
        others=("float",),
        key=("measure", "factor"),
        known={"measure": "measures"},
    ),
    "convergence": StoredTable(
        {
            "measure": "label", "factor": "label", "rows": "count",
            "total": "float?", "total_low": "float?", "total_high": "float?",
        },
        others=("float",),
        key=("measure", "factor", "rows"),
        known={"measure": "indices.measure", "factor": "indices.factor"},
        is_filled=False,
    ),
}  # fmt: skip
"""``design`` has one more column a factor and a measure: values and figures of a run; ``matrix`` says which (A, B, a
factor's key, chance; of Morris's, trajectory and chance). ``indices`` has first and total with their intervals, or
mu_star with its interval and sigma; ``convergence`` is empty for Morris's."""
