"""The tables that the results of a sensitivity analysis hold."""

from __future__ import annotations

TABLES = {
    "design": {"matrix": "text", "row": "int", "seed": "int"},
    "indices": {"measure": "text", "factor": "text"},
    "convergence": {"measure": "text", "factor": "text", "rows": "int"},
}
"""Columns that each table has at least. ``design`` has one more a factor and a measure: values and figures of a run;
``matrix`` says which (A, B, a factor's key, chance; of Morris's, trajectory and chance). ``indices`` has first and
total with their intervals, or mu_star with its interval and sigma; ``convergence`` is empty for Morris's."""
