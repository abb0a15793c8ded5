"""The tables that the results of a sweep hold."""

from __future__ import annotations

TABLES = {
    "points": {"point": "String", "reference_id": "String"},
    "runs": {"scenario": "String", "scenario_id": "String", "seed": "Int64", "status": "String"},
    "reference_runs": {"scenario": "String", "scenario_id": "String", "seed": "Int64", "status": "String"},
}
"""Columns that each table has at least; ``points`` has one more a factor, the others one a measure.

``scenario`` of a run is its point; that of a reference run is its ``scenario_id``, since points may share it.
"""
