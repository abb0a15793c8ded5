"""The tables that the results of a sweep hold."""

from __future__ import annotations

TABLES = {
    "points": {"point": "text", "reference_id": "text"},
    "runs": {"scenario": "text", "scenario_id": "text", "seed": "int", "status": "text"},
    "reference_runs": {"scenario": "text", "scenario_id": "text", "seed": "int", "status": "text"},
}
"""Columns that each table has at least; ``points`` has one more a factor, the others one a measure.

``scenario`` of a run is its point; that of a reference run is its ``scenario_id``, since points may share it.
"""
