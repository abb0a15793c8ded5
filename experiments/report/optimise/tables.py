"""The tables that the results of an optimisation hold."""

from __future__ import annotations

TABLES = {
    "archive": {"generation": "Int64", "feasible": "Boolean"},
    "front": {"point": "String", "feasible": "Boolean", "non_dominated": "Boolean"},
    "measured": {"point": "String", "measure": "String"},
    "progress": {"generation": "Int64", "hypervolume": "Float64", "feasible": "Int64"},
}
"""Columns that each table has at least. ``archive``: every candidate, its levers and what the search saw; ``front``:
levers of the points kept and whether they hold on fresh seeds; ``measured``: mean and paired difference from the
reference on fresh seeds, with 95 % intervals, and the mean that the search saw (``searched``)."""
