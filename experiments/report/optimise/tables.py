"""The tables that the results of an optimisation hold."""

from __future__ import annotations

TABLES = {
    "archive": {"generation": "int", "feasible": "bool"},
    "front": {"point": "text", "feasible": "bool", "non_dominated": "bool"},
    "measured": {"point": "text", "measure": "text"},
    "progress": {"generation": "int", "hypervolume": "float", "feasible": "int"},
}
"""Columns that each table has at least. ``archive``: every candidate, its levers and what the search saw; ``front``:
levers of the points kept and whether they hold on fresh seeds; ``measured``: mean and paired difference from the
reference on fresh seeds, with 95 % intervals, and the mean that the search saw (``searched``)."""
