"""The tables that the results of a robustness study hold."""

from __future__ import annotations

TABLES = {
    "futures": {"future": "text", "stress": "text"},
    "outcomes": {"policy": "text", "future": "text", "stress": "text", "holds": "bool"},
    "regret": {"policy": "text", "measure": "text"},
    "satisficing": {"policy": "text", "threshold": "text", "share": "float"},
    "groups": {"policy": "text", "group": "text", "share": "float"},
    "chance": {"policy": "text", "measure": "text"},
    "limits": {"factor": "text"},
    "trajectory": {"coverage": "float", "density": "float", "mass": "float", "limits": "int"},
}
"""Columns that each table has at least. ``outcomes`` has the means of every measure over a future's replicates;
``regret`` mean, 90 % quantile, largest and the tail mean of the measure; ``limits`` and ``trajectory`` are PRIM's."""

TOGETHER = "all together"
"""The threshold that is all thresholds."""
