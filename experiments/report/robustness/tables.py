"""The tables that the results of a robustness study hold."""

from __future__ import annotations

TABLES = {
    "futures": {"future": "String", "stress": "String"},
    "outcomes": {"policy": "String", "future": "String", "stress": "String", "holds": "Boolean"},
    "regret": {"policy": "String", "measure": "String"},
    "satisficing": {"policy": "String", "threshold": "String", "share": "Float64"},
    "groups": {"policy": "String", "group": "String", "share": "Float64"},
    "chance": {"policy": "String", "measure": "String"},
    "limits": {"factor": "String"},
    "trajectory": {"coverage": "Float64", "density": "Float64", "mass": "Float64", "limits": "Int64"},
}
"""Columns that each table has at least. ``outcomes`` has the means of every measure over a future's replicates;
``regret`` mean, 90 % quantile, largest and the tail mean of the measure; ``limits`` and ``trajectory`` are PRIM's."""

TOGETHER = "all together"
"""The threshold that is all thresholds."""
